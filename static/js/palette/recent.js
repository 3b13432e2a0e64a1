// Operations visited lately: their names and nothing else, kept in this browser, drawn as the
// palette's first options.
import { readJSON, writeItem } from "../lib/storage.js";
import { isOperationName, matchingNames, recentNames, withVisit } from "./recent_names.js";

const KEY = "playground:recent";
const group = document.querySelector("#palette-recent");
const operationHere = () => {
  const action = document.querySelector("#request")?.getAttribute("action");
  const address = action?.match(/^\/providers\/(.+)\/send$/);
  try {
    return address ? decodeURIComponent(address[1]) : null;
  } catch {
    return null;
  }
};
const here = group && operationHere();
const visited = () => recentNames(readJSON(KEY));

/** @param {string} text */
const draw = (text) => {
  const row = group.querySelector("template").content.firstElementChild;
  for (const option of group.querySelectorAll("[role=option]")) option.remove();
  const names = matchingNames(visited(), text).filter((name) => name !== here);
  for (const [place, name] of names.entries()) {
    const option = row.cloneNode(true);
    const cut = name.lastIndexOf("/");
    option.id = `palette-recent-${place}`;
    option.href = `/providers/${name.split("/").map(encodeURIComponent).join("/")}`;
    option.querySelector(".title").textContent = name.slice(cut + 1);
    option.querySelector(".path").textContent = name.slice(0, cut);
    group.append(option);
  }
  group.hidden = !names.length;
};

if (group) {
  if (isOperationName(here)) writeItem(KEY, JSON.stringify(withVisit(visited(), here)));
  // In the capture phase: the options stand before the palette counts them.
  document.addEventListener(
    "input",
    ({ target }) => {
      if (target.id === "palette-field") draw(target.value.trim());
    },
    true
  );
}
