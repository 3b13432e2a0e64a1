// Paste anything: a pasted credential goes from the visitor's own box to the credentials panel, or
// to its own field where it has one (the server only sends its position in the box).
import { fromBase64 } from "../lib/base64.js";
import { fillFiles } from "./files.js";

/**
 * @typedef {object} Place The position of a credential in the box, and where it belongs.
 * @property {number} from
 * @property {number} to
 * @property {"percent" | "basic"} [how]
 * @property {string} [input]
 * @property {string} [header]
 * @property {string} [prefix]
 * @property {string} [scheme]
 * @property {string} [form]
 */

/** @type {any} */
let box;

/** @type {Record<string, (text: string) => string>} */
const READ = { percent: decodeURIComponent, basic: fromBase64 };

/**
 * Return the credential of a place in the pasted text. Throws where it is not written as the server
 * says.
 *
 * @param {string} text
 * @param {Place} place
 */
export const secretAt = (text, { from, to, how }) => {
  const written = text.slice(from, to);
  return how ? READ[how](written) : written;
};
/**
 * Write into an input as a visitor does: what is typed goes with the next Send.
 *
 * @param {any} input
 * @param {string} text
 */
const type = (input, text) => {
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
};
/**
 * @param {any} set
 * @param {string} name
 * @param {string} text
 */
const put = (set, name, text) => {
  const input = set?.querySelector(`[data-part="${name}"]`);
  return Boolean(input && type(input, text));
};
/**
 * @param {string} name
 * @param {string} text
 */
const intoField = (name, text) => {
  const [input] = /** @type {any} */ (document.getElementsByName(name));
  return Boolean(input && type(input, text));
};
/**
 * @param {any} panel
 * @param {string} name
 * @param {string} value
 */
const intoHeader = (panel, name, value) => {
  panel.querySelector("[data-do=add-header]").click();
  const row = [...panel.querySelectorAll("[data-header-row]")].at(-1);
  return put(row, "header-name", name) && put(row, "header-value", value);
};
/**
 * @param {any} panel
 * @param {Place} place
 * @param {string} secret
 */
const intoScheme = (panel, { scheme, form }, secret) => {
  const sets = [...panel.querySelectorAll("[data-scheme]")];
  const set = sets.find(({ dataset }) => dataset.scheme === scheme);
  if (set?.hidden) {
    const offers = [...panel.querySelectorAll("[name=authentication]")];
    offers.find(({ value }) => JSON.parse(value).includes(scheme))?.click();
  }
  if (form !== "basic") return put(set, form === "bearer" ? "token" : "value", secret);
  const [name, ...rest] = secret.split(":");
  return put(set, "username", name) && put(set, "password", rest.join(":"));
};
/**
 * Put a credential where it belongs; say whether that was possible.
 *
 * @param {any} panel
 * @param {string} text
 * @param {Place} place
 */
const handOver = (panel, text, place) => {
  let secret;
  try {
    secret = secretAt(text, place);
  } catch {
    return false;
  }
  if (place.input) return intoField(place.input, secret);
  if (place.header) return intoHeader(panel, place.header, `${place.prefix}${secret}`);
  return intoScheme(panel, place, secret);
};
/**
 * Open the panel. It draws itself from storage as it opens, so what is pasted comes after that.
 *
 * @param {any} panel
 */
const openPanel = async (panel) => {
  const details = panel.closest("details");
  if (!details.open) {
    const toggled = new Promise((done) => {
      details.addEventListener("toggle", done, { once: true });
    });
    details.open = true;
    await toggled;
  }
  if (panel.dataset.ready === undefined) {
    await new Promise((ready) => {
      panel.addEventListener("playground:ready", ready, { once: true });
    });
  }
  await new Promise((done) => {
    setTimeout(done);
  });
};
const handOverAll = async () => {
  const notice = document.querySelector("[data-secrets]");
  const panel = document.querySelector("#credentials");
  const text = box.value;
  box.value = "";
  fillFiles();
  /** @type {Place[]} */
  const places = notice && panel ? JSON.parse(notice.dataset.secrets) : [];
  if (places.some((place) => !place.input)) await openPanel(panel);
  const done = places.map((place) => handOver(panel, text, place));
  if (!places.length || !done.every(Boolean)) return;
  notice.querySelector("[data-by-hand]").hidden = true;
  notice.querySelector("[data-handed]").hidden = false;
};

/**
 * @param {any} area The box that is pasted into.
 * @param {string | null} carried A text that was taken along to this page.
 */
export const start = (area, carried) => {
  box = area;
  document.body.addEventListener("pasted", handOverAll);
  // It was read before this script came.
  if (document.querySelector("[data-secrets]") && box.value) handOverAll();
  if (!carried) return;
  box.value = carried;
  htmx.trigger(box.form, "submit");
};
