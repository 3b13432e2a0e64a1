// A fragment that replaces what had the focus hands it on: to a new row, to the button that adds,
// to its own successor.

const INPUTS = "input:not([type=hidden]), select, textarea, summary, button";

/**
 * @param {string} name
 * @param {string} [value]
 */
const named = (name, value) =>
  /** @type {any} */ (
    [...document.getElementsByName(name)].find(
      (/** @type {any} */ control) => value === undefined || control.value === value
    )
  );

/**
 * Return what the focus goes to; undefined where it goes to the first input of what came, null
 * where it stays.
 *
 * @param {any} before What had the focus, if it was replaced.
 * @param {{ name?: string, value?: any }} pressed
 */
const successor = (before, { name, value }) => {
  // It is somewhere else by now.
  if (document.activeElement !== document.body) return null;
  if (name === "~add") {
    const rows = named("~add", value)?.parentElement.previousElementSibling;
    return rows?.lastElementChild?.querySelector(INPUTS) ?? undefined;
  }
  if (!before || document.contains(before)) return null;
  if (before.closest(".added")) return document.querySelector(".adding > summary");
  if (name === "~remove") return named("~add", value.slice(0, value.lastIndexOf(" ")));
  if (!before.name) return undefined;
  return named(before.name, before.matches("select") ? undefined : before.value);
};

/**
 * Let whoever types go on where the caret was; a text that has come, as one in a field that Tab
 * leads to, gives way to what is typed.
 *
 * @param {any} before
 * @param {any} after
 */
const goOn = (before, after) => {
  if (after.value !== before.value) after.select?.();
  else if (typeof before.selectionStart === "number")
    after.setSelectionRange(before.selectionStart, before.selectionEnd);
};

if (document.querySelector("#request")) {
  document.body.addEventListener("htmx:beforeSwap", ({ detail: { target, requestConfig } }) => {
    if (target?.contains(document.activeElement)) requestConfig.before = document.activeElement;
  });
  document.body.addEventListener("htmx:afterSettle", ({ detail: { elt, requestConfig } }) => {
    const { before, elt: pressed = {} } = requestConfig ?? {};
    const target = successor(before, pressed);
    const first = before?.matches("summary") ? "summary" : INPUTS;
    if (target !== null) (target ?? elt.querySelector(first))?.focus();
    const now = /** @type {any} */ (document.activeElement);
    if (before?.name && !before.isConnected && now.name === before.name) goOn(before, now);
  });
}
