// The device flow of OAuth 2 (RFC 8628): a code to enter on another page, then waiting for the
// token.
import { credentialIn } from "./oauth_answers.js";
import { ask, askToken } from "./oauth_requests.js";

/** @typedef {import("./oauth_requests.js").Fields} Fields */

const GRANT = "urn:ietf:params:oauth:grant-type:device_code";

/**
 * Show a code to enter elsewhere, and ask for the token until it was entered (RFC 8628).
 *
 * @param {any} on The panel's fieldset, and what it can do.
 * @param {Fields} fields
 */
export const authorizeDevice = async (on, fields) => {
  const { scheme, flow, scope, clientId, clientSecret } = fields;
  const client = { client_id: clientId, client_secret: clientSecret };
  const begun = await ask("device", { scheme, flow, scope, ...client });
  const link = document.createElement("a");
  link.href = begun.verification_uri;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  link.textContent = begun.verification_uri;
  const code = document.createElement("code");
  code.textContent = begun.user_code;
  /** @type {Record<string, Element>} */
  const places = { link, code };
  const sentence = _("Open %(link)s and enter %(code)s. Waiting…").split(/%\((\w+)\)s/);
  on.set
    .querySelector("[data-oauth-said]")
    .replaceChildren(...sentence.map((text, at) => (at % 2 ? places[text] : text)));
  let pause = begun.interval;
  const end = Date.now() + begun.expires_in * 1000;
  while (Date.now() < end) {
    await new Promise((resolve) => {
      setTimeout(resolve, pause * 1000);
    });
    const grant = { grant_type: GRANT, device_code: begun.device_code };
    const answer = await askToken(fields, grant);
    if (answer.access_token) return credentialIn(answer, fields);
    pause += answer.pending;
  }
  throw new Error(_("The code has expired before it was entered. Begin again."));
};
