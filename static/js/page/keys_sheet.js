// The sheet of keys: what it shows is fetched when it is opened first, as this script is.
import { writeItem } from "../lib/storage.js";
import { singleKeysWork } from "./keys.js";

const sheet = /** @type {any} */ (document.querySelector("#shortcuts"));

export const showKeys = async () => {
  if (sheet.open) return sheet.close();
  if (!sheet.childElementCount) {
    // Its own: what is asked for without a source waits for others, or gives way to them.
    await htmx.ajax("GET", sheet.dataset.from, { source: sheet, target: sheet, swap: "innerHTML" });
  }
  const box = sheet.querySelector("[data-single-keys]");
  if (!box || document.querySelector("dialog[open]")) return;
  box.checked = singleKeysWork();
  sheet.showModal();
};

document.addEventListener("click", ({ target }) => {
  if (target === sheet) sheet.close();
});
sheet.addEventListener("change", (/** @type {any} */ { target }) => {
  const state = target.checked ? "on" : "off";
  document.documentElement.dataset.keys = state;
  writeItem("playground:keys", state);
});
