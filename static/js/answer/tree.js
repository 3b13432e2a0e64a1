// The tree by keyboard (ARIA Authoring Practices, Tree View): arrows move, open and close, letters
// find, * opens all of a level. Without a script it is nested lists of `details`.
import { byLetters, inList } from "./moves.js";

const ITEMS = ".tree li";

/** @param {any} item */
const holder = (item) => {
  const first = item.firstElementChild;
  return first?.matches("details:not(.explained)") ? first : null;
};

/**
 * The items of a tree that are in sight, in their order: nothing below a closed one is looked at.
 *
 * @param {any} list
 * @returns {any[]}
 */
const itemsOf = (list) =>
  [...list.children].flatMap((item) => {
    const details = holder(item);
    return details?.open ? [item, ...itemsOf(details.lastElementChild)] : [item];
  });

/** @param {any} item */
const describe = (item) => {
  const details = holder(item);
  if (!details) return;
  item.setAttribute("aria-expanded", String(details.open));
  // Else all that is below it would be its name.
  if (!item.ariaLabel) item.ariaLabel = details.firstElementChild.textContent;
};

/** @param {any} item */
const focusItem = (item) => {
  const tree = item.closest(".tree");
  for (const other of tree.querySelectorAll('li[tabindex="0"]')) other.tabIndex = -1;
  item.tabIndex = 0;
  item.focus();
};

const CONTROLS = "li > :is(a, button):not([tabindex]), li > details > summary:not([tabindex])";

/** Give lists the roles of a tree; parts that have come since are given theirs. */
export const enhanceTrees = () => {
  for (const tree of document.querySelectorAll(".tree")) {
    const items = tree.querySelectorAll("li:not([role])");
    if (!items.length) continue;
    tree.setAttribute("role", "tree");
    for (const list of tree.querySelectorAll("ul:not([role])")) list.setAttribute("role", "group");
    for (const item of items) {
      item.setAttribute("role", "treeitem");
      item.setAttribute("tabindex", "-1");
      describe(item);
    }
    for (const inner of tree.querySelectorAll(CONTROLS)) inner.setAttribute("tabindex", "-1");
    if (!tree.querySelector('li[tabindex="0"]')) items[0].tabIndex = 0;
  }
};

/** @param {any} item @param {boolean} open */
const set = (item, open) => {
  const details = holder(item);
  if (details) details.open = open;
};

/** @param {any} item @param {string} key */
const turn = (item, key) => {
  const details = holder(item);
  const opens = key === "ArrowRight";
  if (details && details.open !== opens) {
    details.open = opens;
    return;
  }
  const next = opens
    ? details?.querySelector("li")
    : item.parentElement.closest('[role="treeitem"]');
  if (next) focusItem(next);
};

let typed = "";
let lastTyped = 0;

/** @param {any[]} items @param {any} item @param {KeyboardEvent} event */
const jump = (items, item, event) => {
  typed = event.timeStamp - lastTyped < 700 ? typed + event.key : event.key;
  lastTyped = event.timeStamp;
  const texts = items.map((one) => one.textContent.trim().replace(/^"/, ""));
  const place = byLetters(texts, items.indexOf(item) - (typed.length > 1 ? 1 : 0), typed);
  if (place !== undefined) focusItem(items[place]);
};

/** @param {any} event */
const onKey = (event) => {
  const item = event.target;
  if (!item.matches?.(ITEMS) || event.altKey || event.metaKey || event.ctrlKey) return;
  const items = itemsOf(item.closest(".tree"));
  const place = inList(event.key, items.indexOf(item), items.length);
  if (place !== undefined) focusItem(items[place]);
  else if (event.key === "ArrowRight" || event.key === "ArrowLeft") turn(item, event.key);
  else if (event.key === "Enter" || event.key === " ") {
    const control = item.querySelector(":scope > :is(a, button)");
    if (control) control.click();
    else set(item, !holder(item)?.open);
  } else if (event.key === "*") {
    for (const one of item.parentElement.children) set(one, true);
  } else if (event.key.length === 1) jump(items, item, event);
  else return;
  event.preventDefault();
};

document.addEventListener("keydown", onKey);
document.addEventListener(
  "toggle",
  (/** @type {any} */ { target }) => {
    const item = target.parentElement;
    if (item?.matches?.(ITEMS)) describe(item);
  },
  true
);
document.addEventListener("focusin", (/** @type {any} */ { target }) => {
  const item = target.closest?.(ITEMS);
  if (!item) return;
  for (const other of item.closest(".tree").querySelectorAll('li[tabindex="0"]')) {
    other.tabIndex = -1;
  }
  item.tabIndex = 0;
});
