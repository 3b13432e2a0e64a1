// Sign-in by OAuth 2, loaded where a description asks for it: the fieldset's rows by flow, signing
// in, and renewing a token.
import { credentialIn } from "./oauth_answers.js";
import { authorizeDevice } from "./oauth_device.js";
import { authorize, dropPending, finish, pendingSignIn } from "./oauth_flows.js";
import { askToken, operation } from "./oauth_requests.js";
import { canRenew, isExpired } from "./renewal.js";

/** @type {Record<string, string[]>} The parts of the fieldset that a flow needs. */
const PARTS = {
  authorizationCode: ["clientId", "clientSecret"],
  implicit: ["clientId"],
  clientCredentials: ["clientId", "clientSecret"],
  password: ["clientId", "clientSecret", "oauthUsername", "oauthPassword"],
  deviceAuthorization: ["clientId", "clientSecret"]
};

/** @param {any} on The panel's fieldset, and what it can do. */
const flowOf = (on) => on.part("flow")?.value ?? "";

/** @param {any} on */
export const show = async (on) => {
  const flow = flowOf(on);
  const needed = PARTS[flow] ?? [];
  for (const row of on.set.querySelectorAll("[data-flow-row]")) {
    row.hidden = !needed.includes(row.querySelector("[data-part]").dataset.part);
  }
  for (const note of on.set.querySelectorAll("[data-flow-note]")) {
    note.hidden = !note.dataset.flowNote.split(" ").includes(flow);
  }
  const pending = pendingSignIn();
  if (!pending?.answer || pending.operation !== operation()) return;
  if (pending.scheme !== on.set.dataset.scheme) return;
  // The whole page went to the sign-in and is back.
  dropPending();
  const offer = on
    .offers()
    .find((/** @type {any} */ one) => on.names(one).includes(pending.scheme));
  if (offer) offer.checked = true;
  history.replaceState(null, "", location.pathname);
  on.take(await finish(pending, pending.answer));
  on.say(_("Signed in."));
};

/** @param {any} on */
export const signIn = async (on) => {
  const flow = flowOf(on);
  /** @param {string} name */
  const value = (name) => on.part(name)?.value.trim() ?? "";
  const scopes = [...on.set.querySelectorAll("[data-scope]:checked")].map((box) => box.value);
  const fields = {
    scheme: on.set.dataset.scheme,
    flow,
    clientId: value("clientId"),
    clientSecret: flow === "implicit" ? "" : value("clientSecret"),
    scope: scopes.join(" ")
  };
  if (!fields.clientId && flow !== "password") {
    throw new Error(_("Fill in the client ID first: the API's provider gives you one."));
  }
  on.say(_("One moment…"));
  /** @param {Record<string, string>} grant */
  const credentialFrom = async (grant) =>
    credentialIn(await askToken(fields, { scope: fields.scope, ...grant }), fields);
  let credential;
  if (flow === "clientCredentials") {
    credential = await credentialFrom({ grant_type: "client_credentials" });
  } else if (flow === "password") {
    const password = on.part("oauthPassword").value;
    const user = { username: value("oauthUsername"), password };
    credential = await credentialFrom({ grant_type: "password", ...user });
  } else if (flow === "deviceAuthorization") credential = await authorizeDevice(on, fields);
  else credential = await authorize(on, fields);
  if (credential && on.take(credential)) on.say(_("Signed in."));
};

/**
 * Renew one scheme's token and keep it where the old one is.
 *
 * @param {any} api
 * @param {any} set
 * @param {any} old
 */
const renewOne = async (api, set, old) => {
  const { scheme } = set.dataset;
  const scope = Array.isArray(old.scopes) ? old.scopes.join(" ") : "";
  const grant = old.refreshToken
    ? { grant_type: "refresh_token", refresh_token: old.refreshToken }
    : { grant_type: "client_credentials", scope };
  const next = credentialIn(await askToken({ ...old, scheme }, grant), { ...old, scope });
  const latest = api.store.current();
  const schemes = { ...latest.schemes, [scheme]: next };
  const entry = { ...latest, schemes, updatedAt: new Date().toISOString() };
  const inUse = latest.credential;
  if (inUse?.type === "oauth2") entry.credential = next;
  else if (inUse?.schemes) {
    entry.credential = { ...inUse, schemes: { ...inUse.schemes, [scheme]: next } };
  }
  api.store.store(entry);
  api.load();
};

/**
 * Renew what ends within `ahead` milliseconds; say whether anything is fresh now. One tab at a
 * time: a refresh token is good once, and the tab that comes second finds what the first one got.
 *
 * @param {any} api Functions of credentials.js.
 * @param {number} ahead
 */
export const renew = async (api, ahead) => {
  /** @returns {[any, any][]} */
  const credentials = () => api.used().map((/** @type {any} */ set) => [set, api.saved(set)]);
  const before = new Map(credentials());
  const work = async () => {
    let isFresh = false;
    for (const [set, old] of credentials()) {
      if (old?.accessToken !== before.get(set)?.accessToken) isFresh = true;
      else if (canRenew(old) && (ahead === Infinity || isExpired(old, ahead))) {
        await renewOne(api, set, old);
        isFresh = true;
      }
    }
    return isFresh;
  };
  try {
    if (!navigator.locks) return await work();
    return await navigator.locks.request(`playground:renew:${api.provider}`, work);
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    // The answer on the page says that the token is being renewed: it was not.
    const promise = document.querySelector("#response [data-renew] p:last-of-type");
    if (promise) promise.textContent = _(`The token could not be renewed. ${message}`);
    return false;
  }
};
