// What an answer's views gain from a script: keys in tree and table, the node that was looked for
// in sight, Escape out of the view over the page.
import { goOn } from "./focus.js";
import { enhanceGrids } from "./grid.js";
import { enhanceTrees } from "./tree.js";

let due = false;
const enhanceNow = () => {
  due = false;
  enhanceTrees();
  enhanceGrids();
  goOn();
  const found = document.querySelector("#answer-view .found:not([data-seen])");
  if (!found) return;
  found.dataset.seen = "";
  found.scrollIntoView({ block: "center" });
};

/** Enhance what is shown now. Each element that came with others asks for it: it is done once. */
export const enhance = () => {
  if (due) return;
  due = true;
  queueMicrotask(enhanceNow);
};

// A slice comes as a hundred elements, and htmx tells of each: whoever listens hears of one. Its
// roles are there before anybody asks where it stands: they would be styled twice.
for (const name of ["htmx:afterSwap", "htmx:afterSettle", "htmx:load"]) {
  let told = false;
  const once = (/** @type {any} */ event) => {
    if (!event.target.matches?.("#answer-view :is(li, tr)")) return;
    if (told) event.stopPropagation();
    else if (name === "htmx:afterSwap") enhanceTrees();
    told = true;
    queueMicrotask(() => {
      told = false;
    });
  };
  document.addEventListener(name, once, true);
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  const wide = document.querySelector("#answer-view [name='wide']:checked");
  if (!wide) return;
  wide.checked = false;
  wide.focus();
});
