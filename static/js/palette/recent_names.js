// Names of operations visited lately, newest first: what is kept, and whether a typed text means
// one.

const MOST = 8;

/** @param {unknown} name */
export const isOperationName = (name) =>
  typeof name === "string" &&
  name.length < 300 &&
  name.includes("/") &&
  name.split("/").every((part) => part && part !== "." && part !== "..");

/**
 * Return the names in what storage held, without rubbish and repetition.
 *
 * @param {unknown} kept
 * @returns {string[]}
 */
export const recentNames = (kept) =>
  Array.isArray(kept) ? [...new Set(kept.filter(isOperationName))].slice(0, MOST) : [];

/**
 * @param {string[]} names
 * @param {string} name
 */
export const withVisit = (names, name) =>
  [name, ...names.filter((other) => other !== name)].slice(0, MOST);
