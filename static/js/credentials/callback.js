// The page an authorization server leads back to: takes the answer out of the address before
// anything else, hands it to the page that waits, on our own origin only, and closes. In one and
// the same tab it goes back to that page instead.
import { readJSON } from "../lib/storage.js";
import { answerIn } from "./callback_answer.js";

const KEY = "playground:oauth";
const answer = answerIn(location.search.slice(1) || location.hash.slice(1));
history.replaceState(null, "", location.pathname);

const pending = readJSON(KEY, "sessionStorage");
const isOurs = pending?.state && pending.state === answer.state;
/** @type {URL | null} */
let back = null;
try {
  back = isOurs && new URL(`${pending.back}#signed-in`, location.origin);
} catch {
  // Not an address of this site.
}
if (back?.origin === location.origin) {
  sessionStorage.setItem(KEY, JSON.stringify({ ...pending, answer }));
  location.replace(back);
} else {
  const message = { type: KEY, answer };
  if (typeof BroadcastChannel === "function") new BroadcastChannel(KEY).postMessage(message);
  window.opener?.postMessage(message, location.origin);
  document.querySelector("[data-said]").textContent = answer.error
    ? _("The sign-in was refused. This window can be closed.")
    : _("Done. This window can be closed.");
  setTimeout(() => window.close(), 300);
}
