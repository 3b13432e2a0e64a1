// The page an authorization server leads back to: takes the answer out of the address before anything else, hands it to the
// page that waits, on our own origin only, and closes. In one and the same tab it goes back to that page instead.
"use strict";
{
  const KEY = "playground:oauth";
  const text = location.search.slice(1) || location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
  const answer = {};
  for (const name of ["state", "code", "iss", "error", "error_description", "access_token", "token_type", "expires_in", "scope"]) {
    const values = new URLSearchParams(text).getAll(name);
    if (values.length === 1) [answer[name]] = values;
  }
  let pending = null;
  try { pending = JSON.parse(sessionStorage.getItem(KEY)); } catch { /* another window waits */ }
  const said = document.querySelector("[data-said]");
  let back = null;
  try { back = new URL(`${pending.back}#signed-in`, location.origin); } catch { /* not from here */ }
  if (pending?.state && pending.state === answer.state && back?.origin === location.origin) {
    sessionStorage.setItem(KEY, JSON.stringify({ ...pending, answer }));
    location.replace(back);
  } else {
    const message = { type: KEY, answer };
    if (typeof BroadcastChannel === "function") new BroadcastChannel(KEY).postMessage(message);
    window.opener?.postMessage(message, location.origin);
    said.textContent = answer.error ? _("The sign-in was refused. This window can be closed.") : _("Done. This window can be closed.");
    setTimeout(() => window.close(), 300);
  }
}
