// What a visitor did in a part of the form while another was on its way to its place (redraw.js) is
// done once more in what has come.

/**
 * @param {any} before
 * @param {any} state How the visitor left it.
 */
const once = (before, state) => {
  const { name, type, value } = before;
  if (before.isConnected || /^(hidden|file)$/.test(type)) return;
  if (before.matches("details")) {
    const place = document.getElementById(before.closest("[id]").id);
    const after = place?.matches("details") ? place : place?.querySelector("details");
    if (after) after.open = state;
    return;
  }
  const isBox = typeof state === "boolean";
  if (type === "radio" && !state) return;
  const [control] = [...document.querySelector("#request").elements].filter(
    (other) => other.name === name && other.type === type && (!isBox || other.value === value)
  );
  const offers = [...(control?.options ?? [])];
  if (!control || (offers.length && !offers.some((offer) => offer.value === state))) return;
  const key = isBox ? "checked" : "value";
  if (control[key] === state) return;
  control[key] = state;
  for (const kind of ["input", "change"]) control.dispatchEvent(new Event(kind, { bubbles: true }));
};

/** @param {[any, any][]} since */
export const doAgain = (since) => since.forEach((one) => once(...one));
