// What a view that comes does to the focus and to what is said: the focus goes to the successor of
// what had it, and how often something was found is said although the page around it is new.

/** @typedef {{ find: () => any }} Place How what had the focus is found again. */

const view = () => document.querySelector("#answer-view");

/** @param {string} selector */
const inView = (selector) => () => view()?.querySelector(selector);

/**
 * Return where the focus goes once the part that holds it is another one.
 *
 * @param {any} active
 * @param {any} target
 * @returns {Place}
 */
const placeOf = (active, target) => {
  const { name } = active;
  if (name === "place" || active.querySelector?.(":scope > .more-nodes")) {
    // What was asked for comes in the place of its button.
    const { previousElementSibling: before, parentElement: list } = target;
    return { find: () => (before ? before.nextElementSibling : list.firstElementChild) };
  }
  if (name === "find" || name === "filter") return { find: inView(`.find [name="${name}"]`) };
  if (name === "view") return { find: inView('[name="view"][aria-pressed="true"]') };
  if (name === "number") {
    const further = active !== active.form.elements.number[0];
    const buttons = () => [...(view()?.querySelectorAll('[name="number"]') ?? [])];
    return { find: () => buttons().at(further ? -1 : 0) };
  }
  const cell = active.closest("th, td");
  if (cell) {
    const at = [cell.parentElement.rowIndex, cell.cellIndex];
    return { find: () => view()?.querySelector("table.data")?.rows[at[0]]?.cells[at[1]] };
  }
  const address = active.closest("li[data-address]")?.dataset.address;
  return { find: inView(`li[data-address="${address}"]`) };
};

/** @type {Place | undefined} */
let place;
let searching = false;

document.addEventListener("htmx:beforeSwap", (/** @type {any} */ { detail }) => {
  const { target, shouldSwap } = detail;
  const active = document.activeElement;
  searching = Boolean(inView(".find[open]")());
  place = view()?.contains(target) && target.contains(active) ? placeOf(active, target) : undefined;
  // htmx tells each element that goes so; of a large tree that takes longer than drawing the next.
  const goes = shouldSwap && view();
  if (goes && target.contains(goes)) goes.querySelector(".tree, .table-scroll")?.remove();
});

/** Give the focus to what follows what had it, and say what was found. */
export const goOn = () => {
  // The box that was open stays open, whatever is asked for beside it.
  const box = inView(".find")();
  if (searching && box) box.open = true;
  searching = false;
  const found = place?.find();
  place = undefined;
  if (found) {
    const inner = found.matches("tr") ? found.cells[0] : found;
    inner.focus({ preventScroll: true });
    if (inner.matches("input")) inner.setSelectionRange(inner.value.length, inner.value.length);
  }
  const said = document.querySelector("#answer-said");
  const news = [...(view()?.querySelectorAll("[data-say]") ?? [])];
  const words = news.map((one) => one.textContent.trim()).join(" ");
  if (said && said.textContent !== words) said.textContent = words;
};
