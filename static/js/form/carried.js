// Which of a form's pairs a draft or a link may carry. Never: files, the gateway, credentials, and
// what is named like one.

/** @typedef {[name: string, value: string]} Pair */
/**
 * @typedef {object} Secrets What a form says about its secrets.
 * @property {RegExp} pattern What names of secrets look like (playground/secrets/detect.py).
 * @property {Set<string>} inputs Names of the inputs that are shown as passwords.
 * @property {string[]} parameters Names of the inputs that are a security scheme's own.
 */

const VALUE = /^(path|query|header|cookie)\.|^body($|[/~])|^(media_type|brackets|objects)$/;
const SERVER = /^server($|[.~])/;

/** @param {string} name */
export const isValue = (name) => VALUE.test(name);

/** @param {string} name */
export const isServer = (name) => SERVER.test(name);

/**
 * What a step of a scenario has is the server beside the values; a draft and a link have none.
 *
 * @param {string} name
 */
export const isKept = (name) => VALUE.test(name) || SERVER.test(name);

/**
 * Say whether a JSON text has a member whose name says "secret".
 *
 * @param {string} text
 * @param {RegExp} pattern
 */
const holdsSecret = (text, pattern) =>
  [...text.matchAll(/"((?:[^"\\]|\\.)*)"\s*:/g)].some(([, key]) => pattern.test(key));

/**
 * Say whether a pair says only what is the case without it.
 *
 * @param {Pair} pair
 */
const isDefault = ([name, value]) =>
  name === "body~shown" ||
  (name === "server~url" && !value) ||
  (value === "" && (!name.includes("~") || name.endsWith("~as"))) ||
  (name === "body~mode" && value === "form") ||
  (name === "brackets" && value === "index") ||
  (name === "objects" && value === "json");

/**
 * Return what a draft keeps of a form's pairs.
 *
 * @param {Pair[]} pairs
 * @param {Secrets} secrets
 * @param {boolean} raw Whether the body is written as raw text.
 */
export const carriedPairs = (pairs, { pattern, inputs, parameters }, raw) => {
  const hidden = new Set(inputs);
  // The raw text repeats the form's fields, the secret ones among them; alone it is kept where none
  // of them is secret.
  const keepsRaw = raw && ![...hidden].some((name) => name.startsWith("body"));
  for (const [name, value] of pairs) {
    if (name.includes("~key/") && pattern.test(value)) hidden.add(name.replace("~key/", "~value/"));
  }
  /** @param {Pair} pair */
  const isSecret = ([name, value]) =>
    name.split(/[/~]/).some((token) => pattern.test(token)) ||
    hidden.has(name.replace(/~(kept|bytes)$/, "")) ||
    parameters.includes(name.toLowerCase()) ||
    ((name === "body~raw" || name.endsWith("~kept")) && holdsSecret(value, pattern));
  return pairs.filter(
    (pair) =>
      isKept(pair[0]) && !isDefault(pair) && (pair[0] !== "body~raw" || keepsRaw) && !isSecret(pair)
  );
};

/**
 * Say whether pairs fill anything in: the rows of an empty list and the like do not.
 *
 * @param {Pair[]} pairs
 */
export const fillAnything = (pairs) =>
  pairs.some(
    ([name, value]) =>
      !name.includes("~") ||
      (name.includes("~value") && value) ||
      /~(as|kept)$/.test(name) ||
      (name.endsWith("~choice") && value !== "0") ||
      name === "body~mode"
  );

/**
 * Return pairs as a form submits them, values by name.
 *
 * @param {Pair[]} pairs
 */
export const submitted = (pairs) => {
  /** @type {Record<string, string[]>} */
  const values = {};
  for (const [name, value] of pairs) (values[name] ??= []).push(value);
  // Without this the server would read raw text as a switch from the form to raw text.
  if (values["body~mode"]?.[0] === "raw") values["body~shown"] = ["raw"];
  return values;
};

// The server refuses a whole form beyond its bounds (playground/web/form_limits.py): one pair of a
// hostile link must not cost the others.
const MOST_PAIRS = 9_000;
const LONGEST_NAME = 4_000;
const DEEPEST = 100;

/** @param {string} name */
const isWithinBounds = (name) =>
  name.split("/").length <= DEEPEST &&
  new URLSearchParams([[name, ""]]).toString().length <= LONGEST_NAME;

/**
 * Return the pairs in what storage or a link held, of the names that `isWanted` accepts.
 *
 * @param {unknown} kept
 * @param {(name: string) => boolean} isWanted
 * @returns {Pair[]}
 */
export const pairsIn = (kept, isWanted) =>
  (Array.isArray(kept) ? kept : [])
    .filter(
      (pair) =>
        Array.isArray(pair) &&
        typeof pair[0] === "string" &&
        typeof pair[1] === "string" &&
        isWanted(pair[0]) &&
        isWithinBounds(pair[0])
    )
    .slice(0, MOST_PAIRS);
