// What the panel's buttons make of an entry: Save keeps it, Forget takes the environment in use out
// of it.
import { isObject, without } from "../lib/objects.js";
import { distinct } from "./agreed.js";

/** @typedef {import("./schemes.js").Credential} Credential */
/** @typedef {import("./schemes.js").Entry} Entry */

/**
 * Join the credentials of an alternative to the one credential that is in use.
 *
 * @param {[scheme: string, credential: Credential | null][]} credentials
 */
export const together = (credentials) => {
  if (!credentials.length) return { type: "none" };
  if (credentials.length === 1) return credentials[0][1];
  return { type: "schemes", schemes: Object.fromEntries(credentials) };
};

/**
 * Return the entry that Save keeps: what it knew before, and what the panel holds now.
 *
 * @param {Entry | null} before
 * @param {object} panel
 * @param {string} panel.provider
 * @param {[scheme: string, credential: Credential | null][]} panel.credentials Those of the chosen
 *   alternative, all filled in.
 * @param {string} [panel.alternative]
 * @param {Record<string, string> | null} panel.customHeaders
 * @param {string} panel.gateway The origin that may have them; "" for none.
 * @param {string} panel.server The origin they are for; "" for none.
 * @returns {Entry}
 */
export const entryToKeep = (before, { provider, credentials, alternative, ...panel }) => {
  const { fresh, customHeaders, ...rest } = before ?? {};
  const servers = distinct([...(Array.isArray(rest.servers) ? rest.servers : []), panel.server]);
  return {
    ...rest,
    provider,
    credential: together(credentials),
    alternative,
    schemes: { ...(isObject(rest.schemes) && rest.schemes), ...Object.fromEntries(credentials) },
    gateways: distinct([panel.gateway]),
    ...(servers.length && { servers }),
    ...(panel.customHeaders && { customHeaders: panel.customHeaders }),
    updatedAt: new Date().toISOString()
  };
};

/**
 * Return the entry that is left when an environment is forgotten: the next one is in use. Null when
 * it was the last.
 *
 * @param {Entry | null} entry
 * @param {string} provider
 * @param {string} name
 * @returns {Entry | null}
 */
export const forgetEnvironment = (entry, provider, name) => {
  const rest = without(entry?.environments, name);
  const [next] = Object.keys(rest);
  if (next === undefined) return null;
  return { ...rest[next], provider, environment: next, environments: without(rest, next) };
};
