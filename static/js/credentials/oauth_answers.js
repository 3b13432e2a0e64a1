// OAuth 2 without a page: the secrets of a sign-in, what is wrong with its answer (RFC 6749, 7636,
// 9207), and the credential in it.
import { bytesToBase64url } from "../lib/base64.js";

/** @typedef {import("./schemes.js").Credential} Credential */
/**
 * @typedef {object} Client Who signs in, by which flow.
 * @property {string} flow
 * @property {string} [clientId]
 * @property {string} [clientSecret]
 * @property {string} [scope]
 * @property {string} [refreshToken]
 */

export const foreign = () =>
  _(
    "An answer came that belongs to another sign-in (its state is not the one sent), so it was " +
      "not used."
  );

/** Return 256 random bits: a state, or a verifier. */
export const random = () => bytesToBase64url(crypto.getRandomValues(new Uint8Array(32)));

/**
 * Return the S256 challenge of a verifier (RFC 7636 section 4.2).
 *
 * @param {string} verifier
 */
export const challengeOf = async (verifier) => {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return bytesToBase64url(new Uint8Array(digest));
};

/** @param {string} url */
const originOf = (url) => {
  try {
    return new URL(url).origin;
  } catch {
    return null;
  }
};

/**
 * Say whether the answer's issuer is the one that was asked (RFC 9207). Where the description names
 * none, it has to be of the authorization address's origin.
 *
 * @param {Record<string, any>} pending
 * @param {Record<string, any>} answer
 */
const isIssuer = (pending, { iss }) => {
  if (iss === undefined) return !pending.issuerRequired;
  if (iss === pending.issuer) return true;
  return pending.issuer === "" && originOf(iss) === originOf(pending.authorization);
};

/**
 * Throw what is wrong with an answer: the page that waits knows what it asked, and whatever does
 * not belong to it is refused.
 *
 * @param {Record<string, any>} pending
 * @param {Record<string, any>} answer
 */
export const judge = (pending, answer) => {
  if (answer.state !== pending.state) throw new Error(foreign());
  if (!isIssuer(pending, answer)) {
    throw new Error(
      _(
        "The answer comes from another authorization server than the one that was asked, so it " +
          "was not used."
      )
    );
  }
  const parts = [answer.error, answer.error_description].filter(Boolean);
  const reason = parts.join(": ").slice(0, 300);
  if (answer.error) throw new Error(_(`The authorization server refused: ${reason}`));
};

/**
 * Return the credential in a token answer (RFC 6749 section 5.1), with what its renewal needs.
 *
 * @param {Record<string, any>} answer
 * @param {Client} client
 * @returns {Credential}
 */
export const credentialIn = (answer, { clientId, clientSecret, flow, scope, refreshToken }) => ({
  type: "oauth2",
  accessToken: answer.access_token,
  tokenType: answer.token_type,
  refreshToken: answer.refresh_token ?? refreshToken,
  expiresAt: answer.expires_in > 0 ? Date.now() + answer.expires_in * 1000 : undefined,
  scopes: (answer.scope ?? scope ?? "").split(" ").filter(Boolean),
  clientId,
  clientSecret,
  flow
});
