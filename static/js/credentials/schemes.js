// Credentials as storage holds them: which of an entry's belongs to a scheme, when it ends, and
// what of it a Send carries.

import { isObject, member } from "../lib/objects.js";
import { canRenew, isExpired } from "./renewal.js";

/** @typedef {Record<string, any> & { type?: string }} Credential */
/**
 * @typedef {Record<string, any>} Entry What storage holds for one API: `credential` and
 *   `customHeaders` are in use, `schemes` holds each scheme's credential by name, `environments`
 *   what other environments use.
 */
/**
 * The data of a scheme's fieldset.
 *
 * @typedef {{ scheme?: string, kind?: string, name?: string }} Scheme
 */

const KINDS = ["bearer", "basic", "digest", "api_key", "oauth2", "aws_sigv4", "schemes"];

/**
 * Return the type of the credential in use. A new environment has none yet; its placeholder is for
 * other programs that expect one.
 *
 * @param {Entry | null} [entry]
 * @returns {string | undefined}
 */
export const typeInUse = (entry) => (entry?.fresh ? "" : entry?.credential?.type);

/**
 * Say whether a credential without a scheme's name can be that scheme's.
 *
 * @param {Credential | undefined} credential
 * @param {Scheme} scheme
 */
const fits = (credential, scheme) => {
  const kind = credential?.type === "bearer_token" ? "bearer" : credential?.type;
  const isAlike =
    kind === scheme.kind ||
    (kind === "bearer" && scheme.kind === "oauth2") ||
    (kind === "basic" && scheme.kind === "digest");
  if (!isAlike) return false;
  const name = credential?.name ?? credential?.headerName;
  if (kind !== "api_key" || !scheme.name || typeof name !== "string") return true;
  return name.toLowerCase() === scheme.name.toLowerCase();
};

/**
 * Return the credential an entry holds for a scheme; null without one.
 *
 * @param {Entry | null} entry
 * @param {Scheme} scheme
 * @returns {Credential | null}
 */
export const credentialFor = (entry, scheme) => {
  const credential = entry?.credential;
  const own = member(entry?.schemes, scheme.scheme) ?? member(credential?.schemes, scheme.scheme);
  if (isObject(own)) return own;
  return fits(credential, scheme) ? credential : null;
};

/**
 * Return what the page says is in use: a kind, `headers`, `none`, or "" for nothing.
 *
 * @param {Entry | null} entry
 * @param {Credential[]} credentials Those of the chosen alternative that are saved.
 */
export const stateOf = (entry, credentials) => {
  const type = typeInUse(entry);
  const custom = isObject(entry?.customHeaders) && Object.keys(entry?.customHeaders).length;
  const other = custom ? "headers" : "";
  if (type === "none") return other || "none";
  if (credentials.length > 1) return "schemes";
  const kind = credentials[0]?.type;
  if (typeof kind === "string") return kind.replace("_token", "") || other;
  return !entry?.schemes && type && KINDS.includes(type) ? type : other;
};

/**
 * Return a credential without what is for its renewal only.
 *
 * @param {Credential} credential
 */
const sent = ({ refreshToken, clientId, clientSecret, flow, ...rest }) => rest;

/**
 * Return what a Send carries; null where nothing is saved.
 *
 * @param {string} provider
 * @param {Entry | null} entry
 * @param {[scheme: string, credential: Credential | null][]} used Those of the chosen alternative,
 *   saved or not.
 * @param {boolean} isNeeded Whether the chosen alternative asks for any.
 */
export const carriedBySend = (provider, entry, used, isNeeded) => {
  if (!entry || entry.fresh || (!entry.credential && !entry.customHeaders)) return null;
  const saved = used.flatMap(([name, one]) => (one ? [[name, sent(one)]] : []));
  let credential;
  if (entry.credential?.type === "none" || !isNeeded) credential = { type: "none" };
  else if (used.length === 1 && saved.length) credential = saved[0][1];
  else if (saved.length || entry.schemes || entry.credential?.schemes) {
    credential = { type: "schemes", schemes: Object.fromEntries(saved) };
  } else credential = entry.credential && sent(entry.credential);
  return {
    provider,
    credential,
    customHeaders: entry.customHeaders,
    gateways: entry.gateways ?? [],
    servers: entry.servers,
    expired: used.some(([, one]) => isExpired(one)),
    renewable: used.some(([, one]) => canRenew(one))
  };
};
