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

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  const wide = document.querySelector("#answer-view [name='wide']:checked");
  if (!wide) return;
  wide.checked = false;
  wide.focus();
});
