// What the closed panel says of the credentials in use: where they are kept, and when they end.

/** @type {Record<string, string>} */
const KEPT = {
  sessionStorage: _("Kept for this tab only."),
  localStorage: _("Kept in this browser only."),
  page: _("Kept until you leave this page."),
  typed: _("Not saved.")
};
const DAY = 86_400_000;

/** @param {import("./schemes.js").Credential[]} credentials */
const expiry = (credentials) => {
  const ends = credentials.map(({ expiresAt }) => (expiresAt > 0 ? expiresAt : Infinity));
  const end = Math.min(...ends);
  if (end === Infinity) return "";
  const { lang } = document.documentElement;
  const time = new Date(end);
  const isSoon = end < Date.now() + DAY;
  const date = isSoon ? time.toLocaleTimeString(lang) : time.toLocaleDateString(lang);
  return end < Date.now() ? _(`Expired ${date}.`) : _(`Expires ${date}.`);
};

/**
 * Say where they would go that they were not saved for: a Send asks before.
 *
 * @param {any} entry
 * @param {string} gateway The origin of the gateway.
 * @param {string} server The origin of the server; "" for the sandbox.
 */
export const elsewhere = (entry, gateway, server) => {
  for (const [list, origin] of [
    [entry?.servers, server],
    [entry?.gateways, gateway]
  ]) {
    if (!origin || !list?.length || list.includes?.(origin) !== false) continue;
    const [first] = list;
    return _(`Saved for ${first}: Send asks first.`);
  }
  return "";
};

/**
 * @param {import("./schemes.js").Entry | null} entry
 * @param {import("./schemes.js").Credential[]} credentials
 * @param {string} where
 * @param {string} asks Where they would go that they were not saved for.
 */
export const summaryOf = (entry, credentials, where, asks) => {
  const environment = entry?.environment ? _(`Environment: ${entry.environment}.`) : "";
  return [asks, environment, expiry(credentials), KEPT[where]].filter(Boolean).join(" ");
};
