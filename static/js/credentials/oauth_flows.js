// The flows of OAuth 2 (RFC 6749, 7636, 8628), one function each: from what the panel holds to a
// credential. Addresses are the server's word, never this script's; every answer is compared with
// the state that was sent before it is used.
import { removeItem, readJSON, writeItem } from "../lib/storage.js";
import { ask, askToken, operation } from "./oauth_requests.js";
import { challengeOf, credentialIn, foreign, judge, random } from "./oauth_answers.js";

/** @typedef {import("./schemes.js").Credential} Credential */
/** @typedef {import("./oauth_requests.js").Fields} Fields */

const KEY = "playground:oauth";

// A sign-in that replaces the page is stored for the way back; one in a window of its own is not.
export const pendingSignIn = () => readJSON(KEY, "sessionStorage");
export const dropPending = () => removeItem(KEY, "sessionStorage");

/**
 * @param {any} pending
 * @param {Record<string, any>} answer
 * @returns {Promise<Credential>}
 */
export const finish = async (pending, answer) => {
  judge(pending, answer);
  if (pending.flow === "implicit") {
    if (!answer.access_token) {
      throw new Error(_("The authorization server answered without a token."));
    }
    return credentialIn({ ...answer, expires_in: Number(answer.expires_in) }, pending);
  }
  if (!answer.code) throw new Error(_("The authorization server answered without a code."));
  const grant = { grant_type: "authorization_code", code: answer.code };
  const token = await askToken(pending, { ...grant, code_verifier: pending.verifier });
  return credentialIn(token, pending);
};

// Only the latest sign-in waits. An answer that does not belong to it is refused with the reason,
// and it keeps waiting: another tab may have asked.
let cancel = () => {};
/**
 * @param {string} state
 * @param {(text: string) => void} say
 * @returns {Promise<Record<string, any>>}
 */
const waitFor = (state, say) =>
  new Promise((resolve, reject) => {
    cancel();
    const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(KEY) : null;
    const end = () => {
      channel?.close();
      window.removeEventListener("message", receive);
    };
    const receive = (/** @type {any} */ { origin, data }) => {
      if (data?.type !== KEY || typeof data.answer !== "object" || !data.answer) return;
      if (origin !== location.origin) {
        say(_("A message from another site was not used. Still waiting for the sign-in…"));
      } else if (data.answer.state !== state) {
        say(`${foreign()} ${_("Still waiting…")}`);
      } else {
        end();
        resolve(data.answer);
      }
    };
    if (channel) channel.onmessage = receive;
    window.addEventListener("message", receive);
    cancel = () => {
      end();
      reject(new Error(_("Another sign-in was begun.")));
    };
  });

/**
 * @param {any} found What our server says of the flow.
 * @param {any} pending
 * @param {Record<string, string>} query What the description adds to the address.
 */
const addressOf = async (found, pending, query) => {
  const isImplicit = pending.flow === "implicit";
  const parameters = {
    ...query,
    response_type: isImplicit ? "token" : "code",
    client_id: pending.clientId,
    redirect_uri: found.redirect_uri,
    scope: pending.scope,
    state: pending.state,
    ...(!isImplicit && {
      code_challenge: await challengeOf(pending.verifier),
      code_challenge_method: "S256"
    })
  };
  const url = new URL(found.authorization);
  for (const [name, text] of Object.entries(parameters)) {
    if (text) url.searchParams.set(name, text);
  }
  return url;
};

/**
 * Sign in at the authorization server's own page; undefined where the whole page goes there.
 *
 * @param {any} on The panel's fieldset, and what it can do.
 * @param {Fields} fields
 * @returns {Promise<Credential | undefined>}
 */
export const authorize = async (on, fields) => {
  if (!crypto.subtle) throw new Error(_("A sign-in needs this page to be opened over https."));
  // Opened before anything is awaited, or the browser takes it for an unasked one.
  const popup = window.open("about:blank", "_blank", "popup,width=520,height=720");
  try {
    const found = await ask("endpoints", { scheme: fields.scheme, flow: fields.flow });
    if (!found.authorization) {
      throw new Error(_("The description names no authorization address for this flow."));
    }
    const pending = {
      ...fields,
      operation: operation(),
      authorization: found.authorization,
      issuer: found.issuer,
      issuerRequired: found.issuer_required,
      state: random(),
      verifier: random(),
      back: location.pathname
    };
    const url = await addressOf(found, pending, JSON.parse(on.set.dataset.query || "{}"));
    if (popup) {
      popup.location.replace(url);
      on.say(_(`Waiting for the sign-in at ${url.host} in the other window…`));
      return await finish(pending, await waitFor(pending.state, on.say));
    }
    if (!writeItem(KEY, JSON.stringify(pending), "sessionStorage")) {
      throw new Error(
        _("This browser refuses both a new window and storage, so the sign-in has no way back.")
      );
    }
    on.say(_("Going to the sign-in…"));
    location.assign(url);
    return undefined;
  } catch (error) {
    popup?.close();
    throw error;
  }
};
