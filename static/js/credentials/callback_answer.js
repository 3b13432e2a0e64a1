// What an authorization server says in the address it leads back to.

const ANSWER = ["state", "code", "iss", "error", "error_description"];
const IMPLICIT_ANSWER = ["access_token", "token_type", "expires_in", "scope"];

/**
 * Return what an authorization server answered in an address; a parameter that comes twice is none
 * (RFC 6749 section 3.1).
 *
 * @param {string} text A query or a fragment.
 */
export const answerIn = (text) => {
  const parameters = new URLSearchParams(text);
  /** @type {Record<string, string>} */
  const answer = {};
  for (const name of [...ANSWER, ...IMPLICIT_ANSWER]) {
    const values = parameters.getAll(name);
    if (values.length === 1) [answer[name]] = values;
  }
  return answer;
};
