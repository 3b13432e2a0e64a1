// What a credential's own text says: when a token ends, and which credentials stand in a pasted
// header or curl command.

/**
 * Return the time a JSON Web Token ends (RFC 7519 section 4.1.4), in milliseconds; any other token
 * does not say.
 *
 * @param {string} token
 * @returns {number | undefined}
 */
export const endOfToken = (token) => {
  try {
    const claims = token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
    return JSON.parse(atob(claims)).exp * 1000 || undefined;
  } catch {
    return undefined;
  }
};

/**
 * Return a text as Basic spells it: UTF-8 in base64 (RFC 7617).
 *
 * @param {string} text
 */
export const toBase64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** @typedef {{ name: string, value: string, location: "header" | "query" }} Found */

/**
 * @param {string} text
 * @returns {Found[]}
 */
const inCommand = (text) => {
  /** @type {Found[]} */
  const credentials = [];
  const user = /(?:^|\s)(?:-u|--user)[ =]?\s*(?:'([^']*)'|"([^"]*)"|(\S+))/.exec(text);
  if (user) {
    const value = `Basic ${toBase64(user[1] ?? user[2] ?? user[3])}`;
    credentials.push({ name: "Authorization", value, location: "header" });
  }
  for (const header of text.matchAll(/(?:-H|--header)[ =]?\s*(?:'([^']*)'|"([^"]*)")/g)) {
    const [name, value] = (header[1] ?? header[2]).split(/:\s*(.*)/s);
    if (value) credentials.push({ name, value, location: "header" });
  }
  for (const [, name, value] of text.matchAll(/[?&]([^=&\s'"]+)=([^&\s'"]+)/g)) {
    try {
      const pair = { name: decodeURIComponent(name), value: decodeURIComponent(value) };
      credentials.push({ ...pair, location: "query" });
    } catch {
      // What is not percent-encoded is no parameter of ours.
    }
  }
  return credentials;
};

/**
 * Return what may be credentials in a pasted text: a curl command, a header line, or a bare `Bearer
 * ...` or `Basic ...`.
 *
 * @param {string} text
 * @returns {Found[]}
 */
export const credentialsIn = (text) => {
  if (/^\s*curl\b/.test(text)) return inCommand(text);
  const line = /^\s*([\w-]+):\s+(\S.*?)\s*$/.exec(text);
  if (line) return [{ name: line[1], value: line[2], location: "header" }];
  if (!/^\s*(bearer|basic)\s+\S+\s*$/i.test(text)) return [];
  return [{ name: "Authorization", value: text.trim(), location: "header" }];
};
