// When the other scripts come, and what is done before they are there. A page that a visitor opens
// for the first time needs none of them until something is done in it: they are asked for at the
// first movement, and begin when a control is pressed or a letter is typed, after it is painted.
// Any other page has them once it is read. What was pressed or typed before is done again by then,
// so nothing is lost; where they do not come, the page does what it does without them. Every byte
// here delays the first paint.
import { leave } from "./leave.js";
import { recentNames, withVisit } from "../palette/recent_names.js";

const DEEDS = ["click", "submit", "input", "change", "keydown", "dragover", "drop"];
const LEAVING = ["pagehide", "visibilitychange"];
const LINKS = "a:is([hx-get], [hx-post], [data-shortcuts], [data-clear], [data-mend])";
const PRESSED = `button:not([popovertarget]), summary, [data-search], ${LINKS}`;
const SOON = 1000; // ms that who is about to type or press has for it

/** @type {[type: string, target: any, redo: () => void][]} */
const done = [];
/** @type {any} The scripts that the page asks for, in their order, once it is read. */
let scripts;
let isBegun = false;
let isAsked = false;

const arrived = () => {
  for (const type of DEEDS) removeEventListener(type, keep, true);
  for (const type of LEAVING) removeEventListener(type, leave);
  // What is remembered is asked for before: what was done is done to what comes (form/redraw.js).
  document.dispatchEvent(new Event("playground:begun"));
  for (const [, , redo] of done.splice(0)) redo();
  // An input that asks when it gets the focus has it already.
  const focused = document.activeElement;
  if (focused?.matches("[hx-trigger*=focus]")) focused.dispatchEvent(new FocusEvent("focus"));
};
// htmx cleans up a disabled page first, two events for each of a thousand elements: it sees none.
const spare = (/** @type {any} */ { target }) => {
  if (target !== document.body) return;
  Object.defineProperty(target, "children", { value: [], configurable: true });
  queueMicrotask(() => delete target.children);
};
const begin = () => {
  if (isBegun || !scripts) return;
  isBegun = true;
  addEventListener("htmx:beforeCleanupElement", spare, { once: true });
  for (const script of scripts) {
    script.async = false;
    script.addEventListener("error", arrived);
  }
  scripts.at(-1).addEventListener("load", arrived);
  document.body.append(...scripts);
};
/** @param {any} attributes */
const fetchAhead = (attributes) =>
  document.head.append(Object.assign(document.createElement("link"), attributes));
/** @param {any} event */
const ask = ({ type, movementX, movementY }) => {
  // Where the pointer rests on a new page, the browser tells of it as of a movement.
  const isStill = type === "pointermove" && !movementX && !movementY;
  if (isStill || isAsked || !scripts) return;
  isAsked = true;
  for (const { src: href, crossOrigin } of scripts) {
    fetchAhead({ rel: "preload", as: "script", href, crossOrigin });
  }
  for (const { dataset } of document.querySelectorAll("[data-live]")) {
    fetchAhead({ rel: "modulepreload", href: dataset.live });
  }
  setTimeout(begin, SOON);
};
/** @param {any} event @param {() => void} redo */
const hold = (event, redo) => {
  event.preventDefault();
  event.stopPropagation();
  done.push([event.type, event.target, redo]);
};

/** @param {any} init */
const press = (init) => {
  const isFree = document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", init));
  const isText = isFree && init.key.length === 1 && !init.ctrlKey && !init.metaKey;
  if (isText && document.activeElement?.matches("input, textarea")) {
    document.execCommand("insertText", false, init.key);
  }
};

/** @param {any} event */
const keep = (event) => {
  const { type, target, key, altKey, ctrlKey, metaKey, shiftKey } = event;
  const hasCommand = ctrlKey || metaKey;
  if (type === "keydown") {
    const isTyping = target.matches("input, textarea, select");
    // A letter after a shortcut, or after a list was opened, is for what that opens.
    const isLetter = key.length === 1 && !isTyping && (done.length > 0 || /[/?]/.test(key));
    if (altKey || !(hasCommand ? /^([kK/s.]|Enter)$/.test(key) : isLetter)) return;
    hold(event, () => press({ key, ctrlKey, metaKey, shiftKey, bubbles: true, cancelable: true }));
  } else if (/^d/.test(type)) {
    // A file that is dropped would take the page's place (history/start.js opens it).
    if (target.closest("input, textarea") || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    if (type === "drop") {
      const dataTransfer = new DataTransfer();
      for (const file of event.dataTransfer.files) dataTransfer.items.add(file);
      const init = { dataTransfer, bubbles: true, cancelable: true };
      hold(event, () => target.dispatchEvent(new DragEvent(type, init)));
    }
  } else if (type === "submit") {
    const { submitter } = event;
    hold(event, () => target.requestSubmit(submitter));
  } else if (type === "click") {
    const pressed = target.closest(PRESSED);
    if (!pressed) return;
    if (pressed.matches("summary")) {
      const details = pressed.parentElement;
      done.push([type, target, () => details.dispatchEvent(new Event("toggle"))]);
    } else if (pressed.matches("input")) {
      done.push([type, target, () => pressed.click()]);
    } else if (pressed.matches("a") && (hasCommand || shiftKey)) return;
    else hold(event, () => pressed.click());
  } else {
    if (!done.some(([before, where]) => before === type && where === target)) {
      done.push([type, target, () => target.dispatchEvent(new Event(type, { bubbles: true }))]);
    }
    target.dataset.early = ""; // goes before what is remembered
    requestAnimationFrame(() => setTimeout(begin));
    return;
  }
  begin();
};

const RECENT = "playground:recent";
/** Say whether the script that holds credentials is needed from the beginning. */
const areKept = () => {
  try {
    return (
      [localStorage, sessionStorage].some((area) => area.getItem("utdk_local_credentials")) ||
      location.hash.startsWith("#signed-in")
    );
  } catch {
    return false;
  }
};
/** Keep the operation's name as one that was visited; the other scripts may not come. */
const note = () => {
  const here = document.querySelector("body:has(#palette) #request")?.dataset.operation;
  if (!here) return;
  let kept;
  try {
    kept = JSON.parse(localStorage.getItem(RECENT) || "[]");
  } catch {
    // Rubbish counts as nothing.
  }
  try {
    localStorage.setItem(RECENT, JSON.stringify(withVisit(recentNames(kept), here)));
  } catch {
    // Storage that refuses keeps nothing.
  }
};
/** Say whether no script is needed before something is done: all is as it was drawn. */
const canWait = () => {
  try {
    const kept = [...Object.keys(localStorage), ...Object.keys(sessionStorage)];
    const [arrival] = performance.getEntriesByType("navigation");
    const first = document.querySelector("[data-first]");
    return (
      document.querySelector("#scripts[data-wait]") &&
      arrival?.type === "navigate" &&
      !location.hash &&
      !location.search &&
      document.querySelector("#gateway-url")?.value &&
      (!first || CSS.supports("scroll-initial-target", "nearest")) &&
      !kept.some((key) => /^(playground:(?!(recent|theme)$)|utdk_)/.test(key))
    );
  } catch {
    return false; // Storage refuses, which the panel says.
  }
};

for (const type of ["pointermove", "pointerdown", "wheel", "keydown", "focusin", "dragenter"])
  addEventListener(type, ask, { capture: true, passive: true });
for (const type of ["hashchange", "storage"]) addEventListener(type, begin);
for (const type of DEEDS) addEventListener(type, keep, true);
for (const type of LEAVING) addEventListener(type, leave);
document.addEventListener("DOMContentLoaded", () => {
  const content = document.querySelector("#scripts")?.content.cloneNode(true);
  scripts =
    content &&
    [...content.children].filter(({ dataset }) => dataset.holder === undefined || areKept());
  note();
  if (!scripts) arrived();
  else if (done.length || !canWait()) begin();
});
