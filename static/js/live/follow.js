// A page of a site that watches its descriptions asks whether its own has changed, says so, and
// draws its form again with what is typed.

const note = document.querySelector("#live");
const form = document.querySelector("#request");
const OFTEN = 400;
const AWAY = 2_000;

/**
 * @typedef {object} State
 * @property {string} state Changes with what the page shows.
 * @property {string} problem A sentence, empty where nothing is wrong.
 * @property {boolean} gone Whether the operation is not described any more.
 * @property {string} digest What a link to the operation carries.
 */

/** @type {State | undefined} */
let latest;

/** @param {State} state */
const show = (state) => {
  const changed = state.state !== note.dataset.state;
  const problem = note.querySelector("[data-problem]");
  if (problem.textContent.trim() !== state.problem) problem.textContent = state.problem;
  problem.hidden = !state.problem;
  note.querySelector("[data-gone]").hidden = !state.gone;
  const canRedraw = form !== null && !state.gone;
  note.querySelector("[data-reload=form]").hidden = !changed || !canRedraw;
  note.querySelector("[data-reload=page]").hidden = !changed || canRedraw || state.gone;
};

const ask = async () => {
  let wait = OFTEN;
  if (!document.hidden) {
    try {
      const answer = await fetch(note.dataset.url, { cache: "no-store" });
      if (answer.ok) {
        latest = /** @type {State} */ (await answer.json());
        show(latest);
      }
    } catch {
      wait = AWAY;
    }
  }
  setTimeout(ask, wait);
};

/** @param {string} part A selector of what is taken from the page as it is now. */
const renew = (part) =>
  htmx.ajax("GET", location.pathname, {
    source: part,
    target: part,
    select: part,
    swap: "outerHTML"
  });

const redraw = async () => {
  const drawn = latest;
  const target = { source: form, target: "#form-card", swap: "outerHTML" };
  await htmx.ajax("POST", `${form.dataset.action}/form`, target);
  await renew(".operation-head");
  // An answer that was got stays.
  if (!document.querySelector("#response .pill, #response .failed")) await renew("#response");
  if (!drawn) return;
  form.dataset.digest = drawn.digest;
  note.dataset.state = drawn.state;
  show(latest ?? drawn);
  document.querySelector("#main")?.focus({ preventScroll: true });
};

if (note) {
  note.querySelector("[data-reload=form]").addEventListener("click", redraw);
  note.querySelector("[data-reload=page]").addEventListener("click", () => location.reload());
  ask();
}
