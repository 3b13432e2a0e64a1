// Where the visitor agreed to send credentials that were saved for somewhere else.

/** @typedef {import("./schemes.js").Entry} Entry */

/** @param {any[]} values */
export const distinct = (values) => [...new Set(values.filter(Boolean))];

/**
 * Return the entry with what the visitor agreed to: a gateway or a server that may have it.
 *
 * @param {Entry} entry
 * @param {Record<string, string>} agreed
 * @returns {Entry}
 */
export const withAgreed = (entry, agreed) => {
  const added = ["gateways", "servers"].filter((list) => agreed[list]);
  const lists = added.map((list) => [
    list,
    distinct([...(Array.isArray(entry[list]) ? entry[list] : []), agreed[list]])
  ]);
  return { ...entry, ...Object.fromEntries(lists) };
};
