// Links that fill the form: `#v1=<base64url of its pairs as JSON>.<digest of what the operation
// takes>`, and an answer behind another point where the link has one.
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
 * Return what a link fills in, for which digest it was made, and the answer in it as it is spelled.
 * Throws where it is damaged or newer than this page.
 *
 * @param {string} hash
 */
export const readLink = (hash) => {
  const link = /^#v1=([\w-]*)(?:\.(\w+)(?:\.([\w-]+))?)?$/;
  const [, spelled, digest, answer] = link.exec(hash) ?? [];
  if (spelled === undefined) throw new Error("no link of this version");
  const pairs = pairsIn(spelled ? JSON.parse(fromBase64(spelled)) : [], isValue);
  return { pairs, digest, answer };
};
