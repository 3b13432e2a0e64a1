// Scenarios kept in this browser as texts. Numbers are never parsed here, so they keep their
// spelling; the server reads and writes scenarios.
import { readJSON, writeItem } from "../lib/storage.js";

const STORAGE_KEY = "playground:scenarios";
const MOST = 50;

/** @typedef {[name: string, value: string]} Pair */
/**
 * @typedef {object} Scenario
 * @property {string} id
 * @property {string} text
 * @property {unknown} [typed] The page's fields: stored at every key, long before the server has
 *   put them into the text.
 */

/** @type {Scenario[] | null} What storage refused. */
let memory = null;

/** @returns {Scenario[]} */
export const keptScenarios = () => {
  const kept = memory ?? readJSON(STORAGE_KEY);
  return (Array.isArray(kept) ? kept : [])
    .filter((one) => typeof one?.id === "string" && typeof one.text === "string")
    .slice(0, MOST);
};

/** @param {Scenario[]} scenarios */
export const keepScenarios = (scenarios) => {
  memory = writeItem(STORAGE_KEY, JSON.stringify(scenarios)) ? null : scenarios;
};

/**
 * Keep one before all others: it is the one that was used last.
 *
 * @param {Scenario} scenario
 */
export const keepScenario = (scenario) =>
  keepScenarios([scenario, ...keptScenarios().filter(({ id }) => id !== scenario.id)]);

/**
 * @param {{ typed?: unknown } | undefined} scenario
 * @returns {Pair[]}
 */
export const typedIn = (scenario) => {
  const typed = Array.isArray(scenario?.typed) ? scenario.typed : [];
  /** @type {(pair: any) => boolean} */
  const isPair = (pair) => Array.isArray(pair) && pair.every((text) => typeof text === "string");
  return typed.filter(isPair);
};

/** @param {Scenario} scenario */
export const titleOf = (scenario) => {
  try {
    const typed = typedIn(scenario).find(([name]) => name === "title")?.[1];
    return typed || JSON.parse(scenario.text).title || _("Untitled");
  } catch {
    return _("Untitled");
  }
};

export const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) =>
    byte.toString(16).padStart(2, "0")
  ).join("");
