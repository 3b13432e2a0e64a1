// Links that fill the form: `#v1=<base64url of its pairs as JSON>.<digest of what the operation
// takes>`.
import { fromBase64, toBase64url } from "../lib/base64.js";
import { isValue, pairsIn } from "./carried.js";

/** @typedef {import("./carried.js").Pair} Pair */

/** @param {string} hash */
export const isLink = (hash) => /^#v\d/.test(hash);

/**
 * @param {Pair[]} pairs
 * @param {string} digest
 */
export const linkOf = (pairs, digest) => {
  const values = pairs.filter(([name]) => isValue(name) && !/~(was|stored)\//.test(name));
  return `#v1=${toBase64url(JSON.stringify(values))}.${digest}`;
};

/**
 * Return what a link fills in and for which digest it was made. Throws where it is damaged or newer
 * than this page.
 *
 * @param {string} hash
 */
export const readLink = (hash) => {
  const [, spelled, digest] = /^#v1=([\w-]*)(?:\.(\w+))?$/.exec(hash) ?? [];
  if (spelled === undefined) throw new Error("no link of this version");
  return { pairs: pairsIn(spelled ? JSON.parse(fromBase64(spelled)) : [], isValue), digest };
};
