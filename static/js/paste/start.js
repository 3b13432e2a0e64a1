// Paste anything: a text for another operation is taken along to its page. The rest (hand_over.js)
// is fetched when the box is opened, or when a text was taken along to this page.
import { readItem, removeItem, writeItem } from "../lib/storage.js";

const KEY = "playground:paste";
const place = document.querySelector("[data-paste]");
const form = document.querySelector("#request");
const carried = readItem(KEY, "sessionStorage");
removeItem(KEY, "sessionStorage");

if (place) {
  const box = place.querySelector("#paste");
  box.form.addEventListener("htmx:beforeOnLoad", (/** @type {any} */ event) => {
    if (!event.detail.xhr.getResponseHeader("HX-Redirect")) return;
    if (writeItem(KEY, box.value, "sessionStorage")) return;
    event.preventDefault();
    box.form.submit();
  });
  /** @param {string | null} text */
  const load = async (text) => (await import(place.dataset.paste)).start(box, text);
  if (carried && form) {
    form.dataset.pasting = "";
    place.open = true;
    load(carried);
  } else place.addEventListener("toggle", () => load(null), { once: true });
}
