// Which kept answer a tab shows on which operation's page, so that Reload and Back show it again.
import { readJSON, writeItem } from "../lib/storage.js";

const SHOWN_KEY = "playground:shown";
const MOST_SHOWN = 30;

/** @returns {[operation: string, id: number][]} */
const shownHere = () => {
  const kept = readJSON(SHOWN_KEY, "sessionStorage");
  return (Array.isArray(kept) ? kept : []).filter(
    (one) => Array.isArray(one) && typeof one[0] === "string" && Number.isInteger(one[1])
  );
};

/**
 * @param {string} operation
 * @returns {number | undefined}
 */
export const shownOn = (operation) => shownHere().find(([name]) => name === operation)?.[1];

/**
 * @param {string} operation
 * @param {number | undefined} id None, where nothing is shown any more.
 */
export const noteShown = (operation, id) => {
  const others = shownHere().filter(([name]) => name !== operation);
  /** @type {[string, number][]} */
  const all = id === undefined ? others : [[operation, id], ...others];
  writeItem(SHOWN_KEY, JSON.stringify(all.slice(0, MOST_SHOWN)), "sessionStorage");
};
