// What was typed before the scripts came: a draft or a link that is brought back gives way to it.
import { isKept } from "./carried.js";

/** @typedef {import("./carried.js").Pair} Pair */

/** @param {any} control */
const isTouched = (control) => {
  if (control.options) {
    const first = [...control.options].findIndex((option) => option.defaultSelected);
    return control.selectedIndex !== Math.max(0, first);
  }
  if (/^(radio|checkbox)$/.test(control.type)) return control.checked && !control.defaultChecked;
  return control.type !== "file" && control.value !== control.defaultValue;
};

/**
 * @param {any} form
 * @returns {Pair[]}
 */
export const typedEarly = (form) =>
  [...form.elements]
    .filter((control) => isKept(control.name) && isTouched(control))
    .map(({ name, value }) => [name, value]);
