// The inputs of the panel: a scheme's fieldset and the custom headers, read into credentials and
// filled from them.
import { endOfToken } from "./tokens.js";

/** @typedef {import("./schemes.js").Credential} Credential */

/** @type {Record<string, string[]>} */
const PARTS = {
  bearer: ["token"],
  basic: ["username", "password"],
  digest: ["username", "password"],
  aws_sigv4: ["accessKeyId", "secretAccessKey", "sessionToken", "region", "service"]
};
const OPTIONAL = ["password", "username", "sessionToken", "region", "service"];
/** Filled in by the description alone, so they say nothing of the visitor's. */
const PREFILLED = ["region", "service"];
const SIGN_IN = ["flow", "clientId", "clientSecret", "oauthUsername", "oauthPassword"];

/**
 * @param {any} set
 * @param {string} name
 */
export const part = (set, name) => set?.querySelector(`[data-part="${name}"]`);

/**
 * What a credential holds beside its inputs: a refresh token, an expiry.
 *
 * @type {WeakMap<any, Credential | null>}
 */
const shown = new WeakMap();

/** @param {any} set */
export const shownIn = (set) => shown.get(set);

/**
 * Return the credential in a scheme's inputs; null where it is not complete.
 *
 * @param {any} set
 * @returns {Credential | null}
 */
export const readInputs = (set) => {
  /** @param {string} name */
  const value = (name) => part(set, name)?.value.trim() ?? "";
  const { kind, name = value("name") } = set.dataset;
  if (kind === "oauth2") {
    const before = shown.get(set);
    const token = value("token");
    if (!token) return null;
    if (before && before.accessToken === token) return before;
    return { type: "oauth2", accessToken: token, expiresAt: endOfToken(token) };
  }
  if (kind === "api_key") {
    if (!value("value") || !name) return null;
    const place = { headerName: name, name, in: set.dataset.in || value("in") };
    return { type: "api_key", value: value("value"), ...place };
  }
  const parts = PARTS[kind];
  const read = (/** @type {string} */ one) =>
    one === "password" ? part(set, one).value : value(one);
  /** @type {Record<string, string>} */
  const values = Object.fromEntries(parts.map((one) => [one, read(one)]));
  const isBegun = parts.some((one) => values[one] && !PREFILLED.includes(one));
  const isComplete = parts.every((one) => values[one] || OPTIONAL.includes(one));
  if (!isBegun || !isComplete) return null;
  return {
    type: kind,
    ...values,
    ...(kind === "bearer" && { expiresAt: endOfToken(values.token) })
  };
};

/**
 * Fill a scheme's inputs, but for those that were touched.
 *
 * @param {any} set
 * @param {Credential | null} credential
 * @param {Set<any>} touched
 */
export const writeInputs = (set, credential, touched) => {
  shown.set(set, credential);
  const token = credential?.token ?? credential?.accessToken;
  /** @type {Credential} */
  const values = { ...credential, token, name: credential?.name ?? credential?.headerName };
  for (const input of set.querySelectorAll("[data-part]")) {
    const text = values[input.dataset.part];
    const isKept = SIGN_IN.includes(input.dataset.part) && text === undefined;
    if (touched.has(input) || isKept) continue;
    input.value = typeof text === "string" ? text : (input.dataset.default ?? "");
  }
};

/** @param {any} panel */
export const headerRows = (panel) => [...panel.querySelectorAll("[data-header-row]")];

/** @param {any} panel */
export const addHeader = (panel, name = "", value = "") => {
  const row = panel.querySelector("template").content.firstElementChild.cloneNode(true);
  part(row, "header-name").value = name;
  part(row, "header-value").value = value;
  panel.querySelector("[data-header-rows]").append(row);
  return row;
};

/**
 * Return the custom headers that are filled in, by name; null without any.
 *
 * @param {any} panel
 * @returns {Record<string, string> | null}
 */
export const readHeaders = (panel) => {
  const rows = headerRows(panel).map((row) => [
    part(row, "header-name").value.trim(),
    part(row, "header-value").value
  ]);
  const named = rows.filter(([name]) => name);
  return named.length ? Object.fromEntries(named) : null;
};
