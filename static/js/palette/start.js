// The palette's options before anything is typed: operations visited lately, and those of this API.
// They are fetched as it opens first; while one types, those visited lately are filtered here.
import { matches } from "./matching.js";
import { visitedBefore } from "./recent.js";

const startOptions = document.querySelector("#palette-start");
const paletteField = document.querySelector("#palette-field");
let isStartLoaded = false;

/** Fetch the options, once on a page. */
export const loadStart = () => {
  if (isStartLoaded) return;
  isStartLoaded = true;
  const api = document.querySelector("[data-api]")?.dataset.api;
  const provider = document.documentElement.dataset.provider ?? api ?? "";
  const values = { provider, recent: visitedBefore() };
  htmx.ajax("GET", paletteField.getAttribute("hx-get"), {
    source: startOptions,
    target: startOptions,
    swap: "innerHTML",
    values
  });
};

/**
 * Show the options that a typed text means: all where nothing is typed.
 *
 * @param {string} text
 */
export const filterStart = (text) => {
  const recent = startOptions.querySelector("[data-recent]");
  if (!recent) return;
  startOptions.querySelector("[data-here]").hidden = text !== "";
  for (const option of recent.querySelectorAll("[role=option]")) {
    option.hidden = !matches(`${option.dataset.name} ${option.textContent}`, text);
  }
  recent.hidden = !recent.querySelector("[role=option]:not([hidden])");
};
