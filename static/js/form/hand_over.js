// What fills the form of another page: taken along in this tab for the one page load in between, so
// that no value is in an address.
import { readJSON, removeItem, writeItem } from "../lib/storage.js";

const FILL_KEY = "playground:fill";

/**
 * @typedef {object} Filling
 * @property {string} operation `provider/operation`
 * @property {[name: string, value: string][]} pairs What the form's inputs hold, or `~arguments`.
 * @property {boolean} [send] Whether it is sent then.
 * @property {number} [answer] The kept answer that is shown with it.
 */

/**
 * Go to an operation's page with something to fill in there.
 *
 * @param {string} href
 * @param {Filling} filling
 */
export const goAndFill = (href, filling) => {
  writeItem(FILL_KEY, JSON.stringify(filling), "sessionStorage");
  const { origin, pathname } = new URL(href, location.href);
  if (pathname === location.pathname) history.replaceState(null, "", pathname);
  if (pathname === location.pathname) location.reload();
  else location.assign(origin + pathname);
};

/**
 * Return what was taken along to an operation's page, once.
 *
 * @param {string} operation
 * @returns {Filling | null}
 */
export const takeFilling = (operation) => {
  const filling = readJSON(FILL_KEY, "sessionStorage");
  removeItem(FILL_KEY, "sessionStorage");
  if (filling?.operation !== operation || !Array.isArray(filling.pairs)) return null;
  return filling;
};
