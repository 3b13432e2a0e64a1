// Code and URL follow the keys (live.js): the script for it is fetched at the first of them.
import { readItem } from "../lib/storage.js";

for (const /** @type {any} */ updater of document.querySelectorAll("[data-live]")) {
  const form = updater.closest("form");
  /** @type {any} */
  let field;
  const note = (/** @type {any} */ { target }) => {
    field = target;
  };
  const fetched = () => import(updater.dataset.live);
  const begin = async () => {
    const { follow } = await fetched();
    form.removeEventListener("input", note);
    follow(updater)(field);
  };
  form.addEventListener("input", note);
  form.addEventListener("input", begin, { once: true });
  // With whatever is answered first comes what shows problems beside their fields.
  document.body.addEventListener("htmx:afterSettle", fetched, { once: true });
  // Variables that are kept are in the form before anything is sent (form/variables.js).
  if (readItem(`playground:variables:${document.documentElement.dataset.provider}`)) {
    fetched();
  }
}
