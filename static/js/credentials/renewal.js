// Credentials that end: which are over, and which can be renewed without the visitor.

/** @typedef {import("./schemes.js").Credential} Credential */

/**
 * Say whether a credential ends within `ahead` milliseconds.
 *
 * @param {Credential | null} credential
 */
export const isExpired = (credential, ahead = 0) =>
  credential?.expiresAt > 0 && credential?.expiresAt < Date.now() + ahead;

/** @param {Credential | null} credential */
export const canRenew = (credential) =>
  credential?.type === "oauth2" &&
  Boolean(
    credential.refreshToken || (credential.flow === "clientCredentials" && credential.clientSecret)
  );
