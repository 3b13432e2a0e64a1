// The panel's choices: alternatives of schemes to choose from (radios), and a fieldset for each
// scheme.
import { credentialFor } from "./schemes.js";

/**
 * Return names of schemes as the field `security` holds them.
 *
 * @param {string[]} names
 */
export const spelled = (names) =>
  names.map((name) => name.replaceAll("~", "~0").replaceAll(",", "~2")).join(",");

/**
 * @param {any} panel
 * @param {() => import("./schemes.js").Entry | null} current
 */
export const choicesIn = (panel, current) => {
  /** @returns {any[]} */
  const sets = () => [...panel.querySelectorAll("[data-scheme]")];
  /** @returns {any[]} */
  const offers = () => [...panel.querySelectorAll("[name=authentication]")];
  const chosen = () => offers().find(({ checked }) => checked);
  /**
   * Return the names of the schemes that an alternative takes together.
   *
   * @param {any} offer
   * @returns {string[]}
   */
  const names = (offer) => JSON.parse(offer?.value || "[]");
  const used = () => {
    const wanted = names(chosen());
    return sets().filter(({ dataset }) => wanted.includes(dataset.scheme));
  };
  /** @param {any} set */
  const saved = (set, entry = current()) => credentialFor(entry, set.dataset);
  return { chosen, names, offers, saved, sets, used };
};
