// Secret variables of one API: which a text declares, and their values, kept as credentials are: in
// the tab's storage, in the browser's, or for this page only.
import { isObject } from "../lib/objects.js";
import { readJSON, removeItem, writeItem } from "../lib/storage.js";

/** @typedef {import("../lib/storage.js").Area} Area */
/** @typedef {Record<string, Record<string, string>>} Values By environment ("": all), then name. */

const SECTION = /^\[\s*(.{1,40}?)\s*\]$/;
const SECRET = /^secret\s+([A-Za-z_][A-Za-z0-9_.-]{0,63})$/;
export const PREFIX = "playground:secrets:";
/** @type {Area[]} */
const PLACES = ["sessionStorage", "localStorage"];

/** Erase the secret variables of every API. */
export const forgetSecrets = () => {
  for (const area of PLACES) {
    try {
      const keys = Object.keys(window[area]).filter((key) => key.startsWith(PREFIX));
      for (const key of keys) removeItem(key, area);
    } catch {
      // A storage that is forbidden keeps nothing.
    }
  }
};

/**
 * Return the secret variables that hold in an environment: by name, the environment that each is
 * of.
 *
 * @param {string} text
 * @param {string} environment
 * @returns {Map<string, string>}
 */
export const secretsIn = (text, environment) => {
  const found = new Map();
  let section = "";
  for (const line of text.split("\n").map((one) => one.trim())) {
    const [, opened] = SECTION.exec(line) ?? [];
    section = opened ?? section;
    const [, name] = SECRET.exec(line) ?? [];
    const isOurs = section ? section === environment : !found.has(name);
    if (name && isOurs) found.set(name, section);
  }
  return found;
};

/**
 * Open what is kept of one API's secret variables. What is only in memory can be reached by the
 * caller alone.
 *
 * @param {string} provider
 */
export const openSecrets = (provider) => {
  const key = PREFIX + provider;
  /** @type {Values | undefined} */
  let memory;
  /** @param {Area} area @returns {Values | null} */
  const find = (area) => {
    const kept = readJSON(key, area);
    return isObject(kept) ? kept : null;
  };
  const area = () => PLACES.find(find);
  /** @returns {Values} */
  const all = () => memory ?? find(area() ?? "localStorage") ?? {};
  /** @returns {Area | "page"} */
  const where = () => (memory ? "page" : (area() ?? "sessionStorage"));
  /**
   * @param {string} environment
   * @param {string} name
   */
  const valueOf = (environment, name) => {
    const kept = all()[environment];
    const text = isObject(kept) && Object.hasOwn(kept, name) ? kept[name] : "";
    return typeof text === "string" ? text : "";
  };
  /**
   * Keep values in one place only; in memory where storage refuses.
   *
   * @param {Values} values
   * @param {Area | "page"} place
   */
  const keep = (values, place = where()) => {
    const isKept = place !== "page" && writeItem(key, JSON.stringify(values), place);
    for (const other of PLACES) if (other !== place || !isKept) removeItem(key, other);
    memory = isKept ? undefined : values;
  };
  /**
   * @param {string} environment
   * @param {string} name
   * @param {string} text
   */
  const set = (environment, name, text) => {
    const { [name]: _before, ...others } = all()[environment] ?? {};
    const values = text ? { ...others, [name]: text } : others;
    keep({ ...all(), [environment]: values });
  };
  const forget = () => {
    memory = undefined;
  };
  return { forget, move: (/** @type {any} */ place) => keep(all(), place), set, valueOf, where };
};
