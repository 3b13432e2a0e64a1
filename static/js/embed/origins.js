// The operator's list of pages that may embed: origins, `*`, or `https://*.example.com`.

/**
 * @param {string} origin
 * @param {string[]} listed
 */
export const isListed = (origin, listed) =>
  /^https?:/.test(origin) &&
  listed.some(
    (entry) =>
      entry === "*" ||
      entry === origin ||
      (entry.startsWith("https://*.") &&
        origin.startsWith("https://") &&
        origin.endsWith(entry.slice("https://*".length)))
  );
