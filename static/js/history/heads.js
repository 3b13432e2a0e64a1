// What a list of kept answers says: the head of a record, what differed from the answer before, and
// what a search finds.

/** @typedef {import("./store.js").Head} Head */
/** @typedef {import("./store.js").Pair} Pair */

const START = 2_000;
const MOST_NAMED = 3;
const LONGEST_VALUE = 40;

/**
 * Return a number that differs where texts do (FNV-1a), as hex digits.
 *
 * @param {string} text
 */
export const digestOf = (text) => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return hash.toString(16);
};

/**
 * Return the head of a record. Throws where the text is none.
 *
 * @param {string} text
 * @param {Pair[]} pairs
 * @returns {Head}
 */
export const headOf = (text, pairs) => {
  const record = JSON.parse(text);
  const body = record.response.body.text ?? record.response.body.base64 ?? "";
  return {
    operation: `${record.provider}/${record.operation}`,
    at: record.at,
    title: record.title,
    method: record.request.method,
    url: record.request.url,
    status: record.response.status,
    origin: record.response.origin,
    length: text.length,
    start: body.slice(0, START),
    digest: digestOf(body),
    pairs
  };
};

/** @param {string} value */
const brief = (value) =>
  value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value || "–";
/** @param {Pair[]} pairs */
const byName = (pairs) => {
  /** @type {Map<string, string>} */
  const values = new Map();
  for (const [name, value] of pairs) {
    values.set(name, values.has(name) ? `${values.get(name)}, ${value}` : value);
  }
  return values;
};
/** @param {string} name */
const label = (name) => name.replace(/^(path|query|header|cookie)\.|^body\//, "");

/**
 * Return what was asked differently than the time before, as short texts.
 *
 * @param {Pair[]} before
 * @param {Pair[]} after
 */
export const differencesOf = (before, after) => {
  const [old, now] = [byName(before), byName(after)];
  const changed = [...new Set([...old.keys(), ...now.keys()])].filter(
    (name) => old.get(name) !== now.get(name)
  );
  const told = changed.slice(0, MOST_NAMED).map((name) => {
    const values = [old.get(name) ?? "", now.get(name) ?? ""].map(brief);
    return `${label(name)}: ${values.join(" → ")}`;
  });
  return changed.length > MOST_NAMED ? [...told, `+${changed.length - MOST_NAMED}`] : told;
};

/**
 * Return the answer to the same operation that came before one.
 *
 * @param {Head} head
 * @param {Head[]} heads Newest first.
 */
export const headBefore = (head, heads) =>
  heads.find((one) => one.operation === head.operation && (one.id ?? 0) < (head.id ?? 0));

/**
 * Tell whether an answer holds every word that was typed.
 *
 * @param {Head} head
 * @param {string} typed
 */
export const holds = (head, typed) => {
  const { operation, title, method, url, status, name = "", start, pairs, at } = head;
  const said = [operation, title, method, url, status, name, start, at, ...pairs.flat()];
  const text = said.join("\n").toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
};
