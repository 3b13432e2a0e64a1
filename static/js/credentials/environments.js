// Environments (test, live, ...) of one API's credentials. One that is not in use waits below
// `environments`; the one in use is at the top of the entry, where other programs look for it.
import { isObject, member, without } from "../lib/objects.js";

/** @typedef {import("./schemes.js").Entry} Entry */

/**
 * Return an entry in which another environment is in use; a new one has no credential yet.
 *
 * @param {Entry | null} entry
 * @param {string} provider
 * @param {string} name
 * @returns {Entry}
 */
export const switchEnvironment = (entry, provider, name) => {
  const { environments, environment = "", provider: owner, ...present } = entry ?? {};
  const next = member(environments, name);
  const updatedAt = new Date().toISOString();
  const fresh = { credential: { type: "none" }, fresh: true, updatedAt };
  const rest = without(environments, name);
  if (present.updatedAt) rest[environment] = present;
  return {
    provider,
    ...(isObject(next) ? next : fresh),
    environment: name,
    environments: rest
  };
};

/**
 * Return the name of the environment that was saved for a server, if another is in use; undefined
 * else.
 *
 * @param {Entry | null} entry
 * @param {string} server Its origin.
 */
export const environmentOf = (entry, server) => {
  const environments = entry?.environments;
  if (!server || !isObject(environments) || !Array.isArray(entry?.servers)) return undefined;
  if (entry.servers.includes(server)) return undefined;
  const names = Object.keys(environments);
  return names.find((name) => environments[name]?.servers?.includes?.(server));
};
