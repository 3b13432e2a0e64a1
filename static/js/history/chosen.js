// What is done with answers that were chosen in the list: one is named, two are compared.
import { siteAddress } from "../lib/site.js";
import { element } from "../lib/elements.js";
import { FORGOTTEN, tell } from "./answers.js";
import { keptRecord } from "./store.js";

/** @typedef {import("./store.js").Head} Head */

/**
 * Ask for an answer's name in its place in the list.
 *
 * @param {Head} head
 * @param {any} item
 * @param {(name: string) => unknown} give
 */
export const rename = (head, item, give) => {
  const input = element("input", { class: "input", "aria-label": _("Name"), maxlength: "80" });
  input.value = head.name ?? "";
  const form = element("form", { class: "rename" }, input);
  form.append(element("button", { class: "button" }, _("Save")));
  form.addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    give(input.value.trim());
  });
  item.append(form);
  input.focus();
};

/**
 * Compare two kept answers on a page of their own.
 *
 * @param {number[]} ids The newer one first.
 */
export const compareKept = async ([after, before]) => {
  const found = Promise.all([keptRecord(after), keptRecord(before)]);
  const [newer, older] = await found.catch(() => []);
  if (newer === undefined || older === undefined) {
    tell(FORGOTTEN);
    return;
  }
  const form = element("form", {
    method: "post",
    action: siteAddress("/answers/compare"),
    hidden: ""
  });
  for (const [name, value] of [
    ["before_record", older],
    ["after_record", newer]
  ]) {
    const box = element("textarea", { name });
    box.value = value;
    form.append(box);
  }
  document.body.append(form);
  form.submit();
};
