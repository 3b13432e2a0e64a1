// Code with markers for secrets: the server makes the code, the secrets are in this browser, and
// they meet here.
import { toBase64 } from "./tokens.js";

/** @typedef {import("./schemes.js").Credential} Credential */
/** @typedef {{ marker: string, scheme: string, kind: string, location: string }} Place */

/**
 * Return the code with the secrets in their places, or a sentence that says why not.
 *
 * @param {string} code
 * @param {Place[]} places
 * @param {(scheme: string) => Credential | null | undefined} credentialOf
 * @returns {{ code: string } | { reason: string }}
 */
export const fillMarkers = (code, places, credentialOf) => {
  if (!places.length) return { reason: _("This code has no place for a key") };
  for (const { marker, scheme, kind, location } of places) {
    const own = credentialOf(scheme);
    if (!own) return { reason: _("Save a key first") };
    const isBasic = kind === "basic";
    const token = own.token ?? own.accessToken ?? own.value;
    const secret = isBasic ? toBase64(`${own.username}:${own.password}`) : token;
    const written = location === "query" ? encodeURIComponent(secret) : secret;
    // What every language would have to escape in its own way is not pasted into code.
    if (!/^[\w.~+/=:%-]+$/.test(written)) {
      return { reason: _("This key needs escaping: paste it yourself") };
    }
    code = code.replaceAll(marker, () => written);
  }
  return { code };
};
