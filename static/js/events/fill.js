// An event is filled in from what this visitor has made in the sandbox, as its button does, unless
// somebody has begun to write it: what is typed goes before what comes.
import { readItem } from "../lib/storage.js";

const form = /** @type {any} */ (document.querySelector(".event"));
const isUntouched = () =>
  !form.contains(document.activeElement) &&
  [...form.elements].every(({ value, defaultValue }) => value === (defaultValue ?? value));

if (form && readItem("playground:sandbox-visitor") && isUntouched()) {
  form.addEventListener("htmx:beforeSwap", (/** @type {any} */ { detail }) => {
    detail.shouldSwap = isUntouched();
  });
  form.querySelector("[value=fill]").click();
}
