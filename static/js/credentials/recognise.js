// A credential that is pasted into any input of the panel goes into the inputs of its scheme.
import { fromBase64 } from "../lib/base64.js";
import { part } from "./inputs.js";
import { credentialsIn } from "./tokens.js";

/** @typedef {import("./tokens.js").Found} Found */

/**
 * Say whether a scheme can take a credential of that name and place.
 *
 * @param {DOMStringMap} scheme
 * @param {Found} found
 */
const takes = ({ kind, name, in: place }, found) => {
  if (kind === "api_key") {
    return place === found.location && name?.toLowerCase() === found.name.toLowerCase();
  }
  if (found.location !== "header" || found.name.toLowerCase() !== "authorization") return false;
  const [, word = ""] = /^(\S+)\s+.+$/.exec(found.value) ?? [];
  if (word.toLowerCase() === "basic") return kind === "basic" || kind === "digest";
  return word !== "" && (kind === "bearer" || kind === "oauth2");
};

/** @param {string} spelled Basic is UTF-8 today (RFC 7617) and was Latin-1. */
const decode = (spelled) => {
  try {
    return fromBase64(spelled);
  } catch {
    return atob(spelled);
  }
};

/**
 * Put a credential into a scheme's inputs; say whether that was possible.
 *
 * @param {any} set
 * @param {Found} found
 */
const fill = (set, { value }) => {
  const secret = value.replace(/^\S+\s+/, "");
  if (set.dataset.kind === "api_key") part(set, "value").value = value;
  else if (part(set, "token")) part(set, "token").value = secret;
  else {
    try {
      const [username, password = ""] = decode(secret).split(/:(.*)/s);
      part(set, "username").value = username;
      part(set, "password").value = password;
    } catch {
      return false;
    }
  }
  return true;
};

/**
 * Fill in every credential of a pasted text and choose the alternative that takes them; say whether
 * there was one.
 *
 * @param {string} text
 * @param {any} api
 */
export const recognise = (text, { names, offers, sets }) => {
  /** @type {string[]} */
  const filled = [];
  for (const found of credentialsIn(text)) {
    const set = sets().find((/** @type {any} */ one) => takes(one.dataset, found));
    if (set && fill(set, found)) filled.push(set.dataset.scheme);
  }
  if (!filled.length) return false;
  const all = offers().filter((/** @type {any} */ offer) =>
    filled.every((scheme) => names(offer).includes(scheme))
  );
  const [fewest] = all.sort(
    (/** @type {any} */ one, /** @type {any} */ other) => names(one).length - names(other).length
  );
  const offer = fewest ?? offers().find((/** @type {any} */ one) => names(one).includes(filled[0]));
  if (offer) offer.checked = true;
  return true;
};
