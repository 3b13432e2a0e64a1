// The gateway field: kept in browser storage as plain text, and Send waits while it is empty.
import { readItem, removeItem, writeItem } from "../lib/storage.js";

const KEY = "utdk_gateway_url";
const field = document.querySelector("#gateway-url");
const state = document.querySelector("[data-gateway-state]");
const stateOf = (/** @type {string} */ url) => {
  if (!url) return state.dataset.none;
  if (url.replace(/\/+$/, "") === field.dataset.embedded) return state.dataset.builtIn;
  return url.replace(/^https?:\/\//, "").split("/")[0];
};
const update = () => {
  const empty = !field.value.trim();
  if (state) state.textContent = stateOf(field.value.trim());
  for (const button of document.querySelectorAll("[data-send]")) button.disabled = empty;
  document.querySelector("[data-no-gateway]").hidden = !empty;
  document.querySelector("#live-url").hidden = empty;
};
if (field) {
  // What was typed before this script came goes before what is remembered.
  if (field.dataset.early === undefined) field.value = readItem(KEY) || field.value;
  update();
  field.addEventListener("input", () => {
    update();
    const url = field.value.trim();
    if (url) writeItem(KEY, url);
    else removeItem(KEY);
  });
}
