// Which groups of a provider's operations were opened or closed: what is kept, for the providers
// visited last.

const MOST_PROVIDERS = 20;
const MOST_GROUPS = 60;

/** @typedef {[provider: string, groups: [group: string, isOpen: boolean][]][]} KeptGroups */

/**
 * Return what storage held, without rubbish.
 *
 * @param {unknown} kept
 * @returns {KeptGroups}
 */
export const readGroups = (kept) => {
  if (!Array.isArray(kept)) return [];
  /** @param {unknown} pair */
  const isGroup = (pair) =>
    Array.isArray(pair) && typeof pair[0] === "string" && typeof pair[1] === "boolean";
  return kept
    .filter((entry) => Array.isArray(entry) && typeof entry[0] === "string")
    .map(([provider, groups]) => {
      const pairs = Array.isArray(groups) ? groups.filter(isGroup) : [];
      return /** @type {KeptGroups[0]} */ ([provider, pairs.slice(0, MOST_GROUPS)]);
    })
    .slice(0, MOST_PROVIDERS);
};

/**
 * Return what is kept after a group was opened or closed; the provider comes first.
 *
 * @param {KeptGroups} kept
 * @param {string} provider
 * @param {string} group
 * @param {boolean} isOpen
 * @returns {KeptGroups}
 */
export const withGroup = (kept, provider, group, isOpen) => {
  const groups = new Map(new Map(kept).get(provider));
  groups.delete(group);
  const pairs = /** @type {[string, boolean][]} */ ([[group, isOpen], ...groups]);
  const others = kept.filter(([name]) => name !== provider);
  return [[provider, pairs.slice(0, MOST_GROUPS)], ...others.slice(0, MOST_PROVIDERS - 1)];
};

/**
 * Return what is kept without a provider: its groups are as the page draws them.
 *
 * @param {KeptGroups} kept
 * @param {string} provider
 */
export const withoutProvider = (kept, provider) => kept.filter(([name]) => name !== provider);
