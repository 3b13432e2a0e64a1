// Code and URL follow the keys (live.js): the script for it is fetched at the first of them.
import { readItem } from "../lib/storage.js";

for (const /** @type {any} */ updater of document.querySelectorAll("[data-live]")) {
  const form = updater.closest("form");
  /** @type {any} */
  let field;
  const note = (/** @type {any} */ { target }) => {
    field = target;
  };
  const begin = async () => {
    const { follow } = await import(updater.dataset.live);
    form.removeEventListener("input", note);
    follow(updater)(field);
  };
  form.addEventListener("input", note);
  form.addEventListener("input", begin, { once: true });
  // Variables that are kept are in the form before anything is sent (form/variables.js).
  if (readItem(`playground:variables:${document.documentElement.dataset.provider}`)) {
    import(updater.dataset.live);
  }
}
