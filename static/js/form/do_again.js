// What a visitor did in a part of the form while another was on its way to its place (redraw.js) is
// done once more in what has come.

/** @type {(place: any, kind: any) => any[]} */
const disclosures = (place, { className }) =>
  [...(place?.querySelectorAll("details") ?? [])].filter(
    (other) => other.className === className && other.closest("[id]") === place
  );
/**
 * Return what has taken the place of a part of the form: the part itself where it is still there.
 *
 * @param {any} before
 * @returns {any}
 */
const successor = (before) => {
  if (before.isConnected) return before;
  if (before.matches("details")) {
    const place = before.closest("[id]");
    const after = document.getElementById(place.id);
    return place === before
      ? after
      : disclosures(after, before)[disclosures(place, before).indexOf(before)];
  }
  const { name, type, value } = before;
  const isOneOfMany = /^(radio|checkbox|submit|button)$/.test(type);
  return [...document.querySelector("#request").elements].find(
    (other) =>
      other.name === name &&
      other.type === type &&
      (!isOneOfMany || other.value === value) &&
      other.getAttribute("hx-post") === before.getAttribute("hx-post")
  );
};

/**
 * Write into what has come, the caret where it was.
 *
 * @param {any} before
 * @param {any} after
 */
const write = (before, after) => {
  after.value = before.value;
  // Only a text has a caret.
  if (before.selectionStart !== null && before.selectionStart !== undefined)
    after.setSelectionRange(before.selectionStart, before.selectionEnd);
};

/**
 * Leave what has come as the visitor left what was there before; say whether that changes it.
 *
 * @param {any} before
 */
export const putBack = (before) => {
  const after = successor(before);
  if (!after || after === before || /^(hidden|file)$/.test(before.type)) return false;
  const isBox = /^(radio|checkbox)$/.test(before.type);
  const offers = [...(after.options ?? [])];
  if (offers.length && !offers.some(({ value }) => value === before.value)) return false;
  const key = before.matches("details") ? "open" : isBox ? "checked" : "value";
  // One that has come takes the mark from the radio button that was chosen in its place.
  const state = before.type === "radio" || before[key];
  if (after[key] === state) return false;
  if (key === "value") write(before, after);
  else after[key] = state;
  return key !== "open";
};
/** @param {any} before Where something was typed or chosen, or a button that was pressed. */
export const doAgain = (before) => {
  const after = successor(before);
  if (before.matches("button")) after?.click();
  else
    for (const kind of ["input", "change"])
      after?.dispatchEvent(new Event(kind, { bubbles: true }));
};
