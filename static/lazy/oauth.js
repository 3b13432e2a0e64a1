// Sign-in by OAuth 2 (RFC 6749, 7636, 8628, 9207), loaded where a description asks for it. Addresses are the server's word,
// never this script's; the verifier and the state are random, and every answer is compared with them before it is used.
const KEY = "playground:oauth";
const CHANNEL = "playground:oauth";
const FOREIGN = _("An answer came that belongs to another sign-in (its state is not the one sent), so it was not used.");
const DEVICE = "urn:ietf:params:oauth:grant-type:device_code";
const operation = document.querySelector("#request").dataset.operation;

const base64url = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
const challenge = async (verifier) => base64url(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier)));

const ask = async (action, fields) => {
  const kept = Object.entries({ operation, ...fields }).filter(([, text]) => typeof text === "string" && text !== "");
  const answer = await fetch(`/oauth/${action}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(Object.fromEntries(kept)), credentials: "same-origin", referrerPolicy: "same-origin" });
  const value = await answer.json().catch(() => ({}));
  if (!answer.ok || value.error) throw new Error(value.error ?? _(`The token could not be asked for (${answer.status}).`));
  return value;
};
const credential = (answer, { clientId, clientSecret, flow, scope, refreshToken }) => ({
  type: "oauth2", accessToken: answer.access_token, tokenType: answer.token_type, refreshToken: answer.refresh_token ?? refreshToken,
  expiresAt: answer.expires_in > 0 ? Date.now() + answer.expires_in * 1000 : undefined, scopes: (answer.scope ?? scope ?? "").split(" ").filter(Boolean), clientId, clientSecret, flow,
});

// The page that waits knows what it asked; whatever came back and does not belong to it is refused, with the reason.
export const judge = (pending, answer) => {
  if (answer.state !== pending.state) throw new Error(FOREIGN);
  if (answer.iss !== undefined ? answer.iss !== pending.issuer && !(pending.issuer === "" && origin(answer.iss) === origin(pending.authorization)) : pending.issuerRequired) throw new Error(_("The answer comes from another authorization server than the one that was asked, so it was not used."));
  const reason = [answer.error, answer.error_description].filter(Boolean).join(": ").slice(0, 300);
  if (answer.error) throw new Error(_(`The authorization server refused: ${reason}`));
};
const origin = (url) => { try { return new URL(url).origin; } catch { return null; } };

const finish = async (pending, answer) => {
  judge(pending, answer);
  if (pending.flow === "implicit") {
    if (!answer.access_token) throw new Error(_("The authorization server answered without a token."));
    return credential({ ...answer, expires_in: Number(answer.expires_in) }, pending);
  }
  if (!answer.code) throw new Error(_("The authorization server answered without a code."));
  return credential(await ask("token", { scheme: pending.scheme, flow: pending.flow, grant_type: "authorization_code", code: answer.code, code_verifier: pending.verifier, client_id: pending.clientId, client_secret: pending.clientSecret }), pending);
};

const keep = (pending) => { try { sessionStorage.setItem(KEY, JSON.stringify(pending)); return true; } catch { return false; } };
const kept = () => { try { return JSON.parse(sessionStorage.getItem(KEY)); } catch { return null; } };
const drop = () => { try { sessionStorage.removeItem(KEY); } catch { /* nothing was kept */ } };

const authorize = async (on, fields) => {
  if (!crypto.subtle) throw new Error(_("A sign-in needs this page to be opened over https."));
  // Opened before anything is awaited, or the browser takes it for an unasked one.
  const popup = window.open("about:blank", "_blank", "popup,width=520,height=720");
  try {
    const found = await ask("endpoints", { scheme: fields.scheme, flow: fields.flow });
    if (!found.authorization) throw new Error(_("The description names no authorization address for this flow."));
    const pending = { ...fields, authorization: found.authorization, issuer: found.issuer, issuerRequired: found.issuer_required, state: random(), verifier: random(), back: location.pathname };
    const url = new URL(found.authorization);
    const query = { ...JSON.parse(on.set.dataset.query || "{}"), response_type: fields.flow === "implicit" ? "token" : "code", client_id: fields.clientId, redirect_uri: found.redirect_uri, scope: fields.scope, state: pending.state };
    if (fields.flow !== "implicit") Object.assign(query, { code_challenge: await challenge(pending.verifier), code_challenge_method: "S256" });
    for (const [name, text] of Object.entries(query)) if (text) url.searchParams.set(name, text);
    if (!popup) {
      // Kept for the way back to this page; where a window of its own is open, nothing of it is written anywhere.
      if (!keep(pending)) throw new Error(_("This browser refuses both a new window and storage, so the sign-in has no way back."));
      on.say(_("Going to the sign-in…"));
      return location.assign(url);
    }
    popup.location.replace(url);
    on.say(_(`Waiting for the sign-in at ${url.host} in the other window…`));
    return await finish(pending, await wait(pending.state, on.say));
  } catch (error) { popup?.close(); throw error; }
};
// Only the latest sign-in waits. What does not belong to it is refused with the reason, and the wait goes on: it may be the
// answer to another tab's.
let cancel = () => {};
const wait = (state, say) => new Promise((resolve, reject) => {
  cancel();
  const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(CHANNEL) : null;
  const end = () => { channel?.close(); window.removeEventListener("message", heard); };
  const heard = ({ origin: from, data }) => {
    if (data?.type !== CHANNEL || typeof data.answer !== "object" || !data.answer) return;
    if (from !== location.origin) return say(_("A message from another site was not used. Still waiting for the sign-in…"));
    if (data.answer.state !== state) return say(`${FOREIGN} ${_("Still waiting…")}`);
    end();
    resolve(data.answer);
  };
  if (channel) channel.onmessage = heard;
  window.addEventListener("message", heard);
  cancel = () => { end(); reject(new Error(_("Another sign-in was begun."))); };
});

const device = async (on, fields) => {
  const begun = await ask("device", { scheme: fields.scheme, flow: fields.flow, client_id: fields.clientId, client_secret: fields.clientSecret, scope: fields.scope });
  const link = Object.assign(document.createElement("a"), { href: begun.verification_uri, target: "_blank", rel: "noopener noreferrer", textContent: begun.verification_uri });
  const code = Object.assign(document.createElement("code"), { textContent: begun.user_code });
  on.set.querySelector("[data-oauth-said]").replaceChildren(..._("Open %(link)s and enter %(code)s. Waiting…").split(/%\((\w+)\)s/).map((text, at) => at % 2 ? { link, code }[text] : text));
  let pause = begun.interval;
  for (const end = Date.now() + begun.expires_in * 1000; Date.now() < end;) {
    await new Promise((resolve) => { setTimeout(resolve, pause * 1000); });
    const answer = await ask("token", { scheme: fields.scheme, flow: fields.flow, grant_type: DEVICE, device_code: begun.device_code, client_id: fields.clientId, client_secret: fields.clientSecret });
    if (answer.access_token) return credential(answer, fields);
    pause += answer.pending;
  }
  throw new Error(_("The code has expired before it was entered. Begin again."));
};

const PARTS = { authorizationCode: "clientId clientSecret", implicit: "clientId", clientCredentials: "clientId clientSecret", password: "clientId clientSecret oauthUsername oauthPassword", deviceAuthorization: "clientId clientSecret" };
const flowOf = (on) => on.part("flow")?.value ?? "";

export const show = async (on) => {
  const needed = (PARTS[flowOf(on)] ?? "").split(" ");
  for (const row of on.set.querySelectorAll("[data-flow-row]")) row.hidden = !needed.includes(row.querySelector("[data-part]").dataset.part);
  for (const note of on.set.querySelectorAll("[data-flow-note]")) note.hidden = !note.dataset.flowNote.split(" ").includes(flowOf(on));
  const pending = kept();
  if (pending?.answer && pending.scheme === on.set.dataset.scheme && pending.operation === operation) {
    // The whole page went to the sign-in and is back.
    drop();
    const radio = on.offers().find((one) => on.names(one).includes(pending.scheme));
    if (radio) radio.checked = true;
    history.replaceState(null, "", location.pathname);
    on.take(await finish(pending, pending.answer));
    on.say(_("Signed in."));
  }
};

export const signIn = async (on) => {
  const flow = flowOf(on);
  const value = (name) => on.part(name)?.value.trim() ?? "";
  const scope = [...on.set.querySelectorAll("[data-scope]:checked")].map((box) => box.value).join(" ");
  const fields = { operation, scheme: on.set.dataset.scheme, flow, clientId: value("clientId"), clientSecret: flow === "implicit" ? "" : value("clientSecret"), scope };
  if (!fields.clientId && flow !== "password") throw new Error(_("Fill in the client ID first: the API's provider gives you one."));
  on.say(_("One moment…"));
  const grant = { scheme: fields.scheme, flow, client_id: fields.clientId, client_secret: fields.clientSecret, scope };
  const found = flow === "clientCredentials" ? credential(await ask("token", { ...grant, grant_type: "client_credentials" }), fields)
    : flow === "password" ? credential(await ask("token", { ...grant, grant_type: "password", username: value("oauthUsername"), password: on.part("oauthPassword").value }), fields)
      : flow === "deviceAuthorization" ? await device(on, fields) : await authorize(on, fields);
  if (!found) return;
  if (on.take(found)) on.say(_("Signed in."));
};

// Renews what ends within `ahead` milliseconds; says whether anything is fresh now. One tab at a time: a refresh token is
// good once, and the tab that comes second finds what the first one got.
export const renew = async (api, ahead) => {
  const held = () => api.used().map((set) => [set, api.saved(set)]);
  const before = new Map(held());
  const work = async () => {
    let fresh = false;
    for (const [set, old] of held()) {
      if (old?.accessToken !== before.get(set)?.accessToken) { fresh = true; continue; }
      if (!api.canRenew(old) || !api.isExpired(old, ahead) && ahead !== Infinity) continue;
      const scope = Array.isArray(old.scopes) ? old.scopes.join(" ") : "";
      const grant = old.refreshToken ? { grant_type: "refresh_token", refresh_token: old.refreshToken } : { grant_type: "client_credentials", scope };
      const answer = await ask("token", { scheme: set.dataset.scheme, flow: old.flow, client_id: old.clientId, client_secret: old.clientSecret, ...grant });
      const next = credential(answer, { ...old, scope });
      const latest = api.current();
      const replaced = { ...latest, schemes: { ...latest.schemes, [set.dataset.scheme]: next }, updatedAt: new Date().toISOString() };
      if (latest.credential?.type === "oauth2") replaced.credential = next;
      else if (latest.credential?.schemes) replaced.credential = { ...latest.credential, schemes: { ...latest.credential.schemes, [set.dataset.scheme]: next } };
      api.store(replaced);
      api.load();
      fresh = true;
    }
    return fresh;
  };
  try {
    return await (navigator.locks ? navigator.locks.request(`playground:renew:${api.provider}`, work) : work());
  } catch (error) {
    // The answer that stands there says that the token is renewed: it was not.
    const promise = document.querySelector("#response [data-renew] p:last-of-type");
    if (promise) promise.textContent = _(`The token could not be renewed. ${error.message}`);
    return false;
  }
};
