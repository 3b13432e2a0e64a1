// Where credentials are kept: the tab's storage or the browser's, one entry an API; in memory where
// both refuse.
import { isObject, member, without } from "../lib/objects.js";
import { readJSON, removeItem, writeItem } from "../lib/storage.js";

/** @typedef {import("./schemes.js").Entry} Entry */
/** @typedef {import("../lib/storage.js").Area} Area */

export const KEY = "utdk_local_credentials";
/** @type {Area[]} */
const AREAS = ["sessionStorage", "localStorage"];

/**
 * Open the entry of one API. What is only in memory can be reached by the caller alone.
 *
 * @param {string} provider
 */
export const openStore = (provider) => {
  /**
   * What storage refused, or what is for this page only; null once it was cleared.
   *
   * @type {Entry | null | undefined}
   */
  let memory;

  /** @param {Area} area */
  const readAll = (area) => {
    const all = readJSON(KEY, area);
    return isObject(all) ? all : {};
  };
  /** @param {Area} area */
  const find = (area) => {
    const entry = member(readAll(area), provider);
    return isObject(entry) && (entry.provider ?? provider) === provider ? entry : null;
  };
  /**
   * @param {Area} area
   * @param {Entry | null} entry
   */
  const put = (area, entry) => {
    const others = without(readAll(area), provider);
    // A literal, not an assignment: an API may be called `__proto__`.
    const all = entry ? { ...others, [provider]: entry } : others;
    if (!Object.keys(all).length) return removeItem(KEY, area);
    return writeItem(KEY, JSON.stringify(all), area);
  };
  const area = () => AREAS.find(find) ?? "localStorage";
  /** @returns {Area | "page"} */
  const where = () => (memory === undefined ? area() : "page");
  /** @returns {Entry | null} */
  const current = () => (memory === undefined ? find(area()) : memory);
  /**
   * Keep an entry, or none, in one place only; say whether it is kept where it was asked for. It is
   * written first and erased after, so that a full storage loses nothing.
   *
   * @param {Entry | null} entry
   * @param {Area | "page"} [place]
   */
  const store = (entry, place = where()) => {
    const isKept = place !== "page" && put(place, entry);
    for (const area of AREAS) if (area !== place) put(area, null);
    memory = isKept ? undefined : entry;
    return isKept || place === "page";
  };
  const isInMemory = () => memory !== undefined;
  const forget = () => {
    memory = undefined;
    removeItem(KEY, "sessionStorage");
  };
  return { current, forget, isInMemory, store, where };
};
