// "Copy with my key": the code of the form, with this browser's secrets in their places, on the way
// to the clipboard only.
import { fillMarkers } from "./markers.js";

/** @param {any} form */
const codeOf = async (form) => {
  const body = new FormData(form);
  for (const [name, value] of [...body]) {
    if (value instanceof File || name === "credential") body.delete(name);
  }
  body.set("~marked", "1");
  const address = `${form.dataset.action}/snippet`;
  const answer = await fetch(address, { method: "POST", headers: { "HX-Request": "true" }, body });
  return answer.json();
};

/**
 * @param {any} button
 * @param {any} api Functions of credentials.js.
 */
export const copyWithKey = async (button, { saved, sets }) => {
  const label = button.querySelector("[data-label]");
  /** @param {string} text */
  const say = (text) => {
    label.textContent = text;
    setTimeout(() => {
      label.textContent = _("Copy with my key");
    }, 4000);
  };
  /** @param {string} scheme */
  const credentialOf = (scheme) => {
    const set = sets().find((/** @type {any} */ one) => one.dataset.scheme === scheme);
    return set && saved(set);
  };
  try {
    const { text, places } = await codeOf(document.querySelector("#request"));
    const filled = fillMarkers(text, places, credentialOf);
    if ("reason" in filled) return say(filled.reason);
    await navigator.clipboard.writeText(filled.code);
    say(_("Copied with your key"));
  } catch {
    say(_("Could not be copied"));
  }
};
