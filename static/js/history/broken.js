// What storage refuses, said as a sentence, and what is rubbish among what it holds.

/** @typedef {import("./store.js").Head} Head */

/**
 * Return as a sentence why storage keeps or gives back nothing.
 *
 * @param {any} error
 */
export const whyNot = (error) => {
  if (error?.name === "QuotaExceededError")
    return _("This browser has no room left for it: forget older answers.");
  if (error?.name === "VersionError")
    return _("A newer version of this page has written the history: reload the page.");
  if (error?.name === "NotFoundError")
    return _("The history in this browser is broken: “Erase all” begins a new one.");
  return _("This browser lets this site keep nothing.");
};

/**
 * Return a head as it was kept, undefined where it is none: whatever runs on this origin can write
 * there.
 *
 * @param {any} value
 * @returns {Head | undefined}
 */
export const readHead = (value) => {
  if (!Number.isInteger(value?.id) || typeof value.operation !== "string") return undefined;
  const text = (/** @type {string} */ name) => (typeof value[name] === "string" ? value[name] : "");
  const number = (/** @type {string} */ name) => (Number.isFinite(value[name]) ? value[name] : 0);
  const isPair = (/** @type {any} */ pair) =>
    Array.isArray(pair) && pair.length === 2 && pair.every((one) => typeof one === "string");
  return {
    id: value.id,
    operation: value.operation,
    at: text("at"),
    title: text("title"),
    method: text("method"),
    url: text("url"),
    status: number("status"),
    origin: text("origin"),
    length: number("length"),
    start: text("start"),
    digest: text("digest"),
    pairs: (Array.isArray(value.pairs) ? value.pairs : []).filter(isPair),
    pinned: value.pinned === true,
    name: text("name")
  };
};
