// What the panel shows: the inputs of the chosen alternative, filled from storage.
import { isObject } from "../lib/objects.js";
import { addHeader, headerRows, writeInputs } from "./inputs.js";

/**
 * @param {any} api Functions of credentials.js.
 * @param {Set<any>} touched Inputs that hold what is typed and not saved yet; a redraw leaves them
 *   alone.
 */
export const panelView = ({ chosen, names, panel, saved, sets, store }, touched) => {
  const environment = panel.querySelector("[data-environment]");
  const remember = panel.querySelector("[data-remember]");
  const root = document.documentElement;

  /** @param {string} text */
  const say = (text, where = panel.querySelector("[data-said]")) => {
    where.textContent = text;
  };
  const showChosen = () => {
    const wanted = names(chosen());
    for (const set of sets()) set.hidden = !wanted.includes(set.dataset.scheme);
  };
  /** @param {any} headers */
  const drawHeaders = (headers) => {
    const rows = headerRows(panel);
    const isTyping = rows.some((row) =>
      [...row.querySelectorAll("input")].some((input) => touched.has(input))
    );
    if (isTyping) return;
    for (const row of rows) row.remove();
    if (!isObject(headers)) return;
    for (const [name, value] of Object.entries(headers)) addHeader(panel, name, String(value));
  };
  const draw = () => {
    const entry = store.current();
    const name = entry?.environment ?? "";
    if ((environment.dataset.drawn ?? name) !== name) touched.clear();
    environment.dataset.drawn = name;
    environment.value = name;
    // The environment of variables is the same (form/variables.js).
    root.dataset.keyEnvironment = name;
    for (const set of sets()) writeInputs(set, saved(set, entry), touched);
    drawHeaders(entry?.customHeaders);
    const others = isObject(entry?.environments) ? Object.keys(entry.environments) : [];
    const all = new Set(["test", "live", ...others]);
    all.delete("");
    environment.list.replaceChildren(...[...all].map((one) => new Option(one, one)));
    if (!touched.has(remember)) remember.value = store.where();
    showChosen();
  };
  return { draw, environment, remember, say, showChosen };
};
