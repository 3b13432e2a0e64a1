// base64url of UTF-8 text and of bytes (RFC 4648 section 5), without padding: links and PKCE.

/** @param {Uint8Array} bytes */
export const bytesToBase64url = (bytes) => {
  const spelled = btoa(String.fromCharCode(...bytes));
  return spelled.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
};

/** @param {string} text */
export const toBase64url = (text) => bytesToBase64url(new TextEncoder().encode(text));

/**
 * Return the text of either spelling. Throws where it is no base64, or its bytes are no UTF-8.
 *
 * @param {string} spelled
 */
export const fromBase64 = (spelled) => {
  const bytes = atob(spelled.replaceAll("-", "+").replaceAll("_", "/"));
  const text = new TextDecoder("utf-8", { fatal: true });
  return text.decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
};
