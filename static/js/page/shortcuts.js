// Keyboard, as playground/web/help.py lists it. Keys without Ctrl or Cmd rest while one types, and
// where they are turned off.
import { readItem } from "../lib/storage.js";
import { isTyping, singleKeysWork } from "./keys.js";

const sheet = /** @type {any} */ (document.querySelector("#shortcuts"));
if (readItem("playground:keys") === "off") document.documentElement.dataset.keys = "off";

/** @param {string} selector */
const press = (selector) => {
  const button = document.querySelector(selector);
  if (!button || button.disabled) return false;
  if (!button.checkVisibility({ visibilityProperty: true })) return false;
  button.click();
  return true;
};
// What shows the sheet is fetched when it is asked for.
const show = async () => (await import(sheet.dataset.script)).showKeys();
const stopSending = () => {
  if (!document.querySelector("[data-sending]")) return;
  for (const button of document.querySelectorAll("[data-send]")) {
    htmx.trigger(button, "htmx:abort");
  }
};

/** @type {Record<string, string>} What a key presses together with Ctrl or Cmd. */
const PRESSED = {
  Enter: "#send",
  ".": "[data-copy='#response-text']",
  j: "[data-download-answer]",
  s: "[data-add-step], [data-scenario] [type=submit]"
};
document.addEventListener("keydown", (event) => {
  const { key } = event;
  const command = (event.ctrlKey || event.metaKey) && !event.altKey;
  let done = false;
  if (command && Object.hasOwn(PRESSED, key)) {
    done = press(PRESSED[key]);
  } else if (key === "Escape") {
    if (!event.defaultPrevented && !document.querySelector("dialog[open]")) stopSending();
  } else if (
    sheet &&
    (command ? key === "/" : key === "?" && !isTyping(event) && singleKeysWork())
  ) {
    show();
    done = true;
  }
  if (done) event.preventDefault();
});
document.addEventListener("click", (event) => {
  if (sheet && event.target.closest("[data-shortcuts]")) {
    event.preventDefault();
    show();
  }
});
