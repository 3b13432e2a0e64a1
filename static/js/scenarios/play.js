// While a scenario is played: the bar of the step, the form filled, values taken from the answer.
import { fillForm } from "../form/fill.js";
import { siteAddress } from "../lib/site.js";
import { readJSON, removeItem, writeItem } from "../lib/storage.js";

const PLAY_KEY = "playground:play";
const form = document.querySelector("#request");
const bar = () => document.querySelector("#play-bar");

/** @typedef {{ text: string, index: number, values?: string }} Playing */

/** @returns {Playing | null} */
const playing = () => {
  const kept = readJSON(PLAY_KEY, "sessionStorage");
  return kept && typeof kept.text === "string" && Number.isInteger(kept.index) ? kept : null;
};
/** @param {Playing} state */
const keep = (state) => writeItem(PLAY_KEY, JSON.stringify(state), "sessionStorage");

/** @param {Record<string, string>} more */
const draw = async (more) => {
  const state = playing();
  if (!state) return;
  if (!bar()) {
    const aside = document.createElement("aside");
    aside.id = "play-bar";
    document.body.append(aside);
  }
  const { text: scenario, index, values = "" } = state;
  await htmx.ajax("POST", siteAddress("/scenarios/play"), {
    source: bar(),
    target: bar(),
    swap: "outerHTML",
    values: { scenario, index, values, ...more }
  });
  const drawn = bar();
  const root = document.documentElement;
  root.dataset.playing = "";
  root.style.setProperty("--bar", `${drawn.offsetHeight}px`);
  if (drawn.dataset.values) keep({ ...state, values: drawn.dataset.values });
};

/** @type {Promise<unknown>} */
let drawing = Promise.resolve();
/**
 * Draw the bar, after what was asked for before: it holds the values that this one goes on with.
 *
 * @param {Record<string, string>} more
 */
const drawBar = (more = {}) => {
  drawing = drawing.then(
    () => draw(more),
    () => draw(more)
  );
  return drawing;
};

export const play = async () => {
  await drawBar();
  const { arguments: given, server, mediaType } = bar()?.dataset ?? {};
  if (given === undefined) return;
  /** @type {[string, string][]} */
  const pairs = [["~arguments", given]];
  if (server) pairs.push(["server", server]);
  if (mediaType) pairs.push(["media_type", mediaType]);
  fillForm(pairs);
};

/**
 * Go to a step of a scenario.
 *
 * @param {string} text
 * @param {number} index
 * @param {string} href
 */
export const goToStep = (text, index, href) => {
  keep({ text, index, values: index ? playing()?.values : "" });
  if (new URL(href, location.href).pathname === location.pathname) {
    location.hash = "#step";
    location.reload();
  } else location.assign(href);
};

document.addEventListener("click", (event) => {
  if (!event.target.closest("#play-bar")) return;
  const step = event.target.closest("[data-play]");
  const { text } = playing() ?? {};
  if (step && text) {
    event.preventDefault();
    goToStep(text, Number(step.dataset.play), step.href);
  } else if (event.target.closest("[data-leave]")) removeItem(PLAY_KEY, "sessionStorage");
});
if (form) {
  document.body.addEventListener("htmx:afterSettle", ({ detail: { target, elt } }) => {
    if (bar()?.dataset.takes === undefined) return;
    if (target?.id !== "response" && elt?.id !== "response") return;
    const answer = document.querySelector("#response-text");
    const token = document.querySelector("#response input[name=answer]")?.value ?? "";
    if (answer) drawBar({ answer: answer.textContent, token });
    else if (token) drawBar({ token });
  });
}
