// An operation's credentials: chosen for it, and handed over in exactly one moment, when a Send is
// about to leave. Nothing else can ask for them: what edits them (panel.js) and signs in (oauth.js)
// is loaded when the panel opens and is handed functions of this module.
import { withAgreed } from "./agreed.js";
import { choicesIn, spelled } from "./choices.js";
import { environmentOf, switchEnvironment } from "./environments.js";
import { canRenew, isExpired } from "./renewal.js";
import { carriedBySend, stateOf, typeInUse } from "./schemes.js";
import { KEY, openStore } from "./store.js";
import { elsewhere, summaryOf } from "./summary.js";

const panel = document.querySelector("#credentials");
const root = document.documentElement;
const provider = root.dataset.provider ?? "";
const store = openStore(provider);
/** @type {import("./schemes.js").Entry | null} What is typed and not saved: it goes with a Send. */
let typed = null;
const current = () => typed ?? store.current();
const choices = choicesIn(panel, current);
const { chosen, names, offers, saved, sets, used } = choices;
/** @type {{ draw(): void, remedy(data: any): void, copy(button: any): void } | undefined} */
let editor;

/** @param {string} text */
const originOf = (text) => (URL.canParse(text) ? new URL(text).origin : "");
const server = () =>
  document.querySelector("[name=server]")?.value === "sandbox"
    ? ""
    : originOf(document.querySelector("#live-url").title);

/** Say what is in use, and tell the snippet which schemes it is to show. */
const mark = () => {
  const entry = current();
  const credentials = used().flatMap((set) => saved(set, entry) ?? []);
  const state = stateOf(entry, credentials);
  if (state) root.dataset.auth = state;
  else delete root.dataset.auth;
  const summary = document.querySelector("[data-kept]");
  const asks = elsewhere(entry, originOf(document.querySelector("#gateway-url").value), server());
  summary.textContent = summaryOf(entry, credentials, typed ? "typed" : store.where(), asks);
  const field = document.querySelector("#request [name=security]");
  let value = "";
  if (typeInUse(entry) === "none") value = "~none";
  else if (credentials.length) value = spelled(names(chosen()));
  if (!field || field.value === value) return;
  field.value = value;
  htmx.trigger("#request", "refresh");
};

/** Choose the alternative that storage speaks for, and draw it. */
const load = () => {
  const entry = store.current();
  /** @param {any} offer */
  const isReady = (offer) => {
    const wanted = names(offer).map((name) => sets().find((set) => set.dataset.scheme === name));
    return wanted.length > 0 && wanted.every((set) => saved(set, entry));
  };
  const last = typeInUse(entry) === "none" ? "[]" : entry?.alternative;
  const offer =
    offers().find((one) => one.value === last && (last === "[]" || isReady(one))) ??
    offers().find(isReady) ??
    offers().find((one) => one.defaultChecked);
  if (offer) offer.checked = true;
  mark();
  editor?.draw();
};

/** @param {string} name */
const swap = (name) => {
  store.store(switchEnvironment(store.current(), provider, name));
  load();
};
const followServer = () => {
  const name = environmentOf(store.current(), server());
  if (name !== undefined) swap(name);
};

/**
 * Keep what the visitor agreed to when asked before a Send: a gateway or a server that may have the
 * credentials.
 *
 * @param {Record<string, string>} agreed
 */
const agree = (agreed) => {
  const entry = store.current();
  if (entry) store.store(withAgreed(entry, agreed));
};

/** @returns {string | null} What a Send carries, as JSON. */
const carried = () => {
  const entry = current();
  /** @type {[string, any][]} */
  const credentials = used().map((set) => [set.dataset.scheme, saved(set, entry)]);
  const value = carriedBySend(provider, entry, credentials, names(chosen()).length > 0);
  return value && JSON.stringify(value);
};

/** @type {(entry: import("./schemes.js").Entry | null, state: "ready" | "partial" | "") => void} */
const useTyped = (entry, state) => {
  typed = entry;
  if (state) root.dataset.typed = state;
  else delete root.dataset.typed;
  mark();
};

const api = { ...choices, load, mark, originOf, panel, provider, store, swap, useTyped };
/** @param {number} ahead */
const renew = (ahead) =>
  import(panel.dataset.oauth).then((script) => script.renew(api, ahead)).catch(() => false);

const start = () => {
  let isRenewed = false;
  load();
  panel.hidden = false;
  const details = panel.closest("details");
  /** @type {Promise<any> | undefined} */ let loading;
  const ready = () => {
    loading ??= import(panel.dataset.script).then((script) => {
      editor = script.edit(api);
      panel.dataset.ready = "";
      panel.dispatchEvent(new Event("playground:ready"));
      return editor;
    });
    return loading;
  };
  const open = () => {
    if (details.open) ready();
  };
  details.addEventListener("toggle", open);
  // A button that is pressed before its script has come is pressed again when it is there.
  panel.addEventListener("click", (/** @type {any} */ { target }) => {
    const button = target.closest("[data-do]");
    if (button && !editor) ready().then(() => button.click());
  });
  if (location.hash.startsWith("#signed-in")) details.open = true;
  open();

  document.querySelector("#gateway-url").addEventListener("input", mark);
  window.addEventListener("storage", ({ key }) => {
    // "Forget all" in another tab reaches what this one keeps for itself; anything else leaves it
    // alone.
    if (key === "playground:forgotten" || key === null) {
      store.forget();
      load();
    }
    if (key === KEY && !store.isInMemory()) load();
  });
  document.body.addEventListener("htmx:confirm", (event) => {
    const { elt, issueRequest } = event.detail;
    if (!elt.matches("[data-send]")) return;
    const credentials = used().map((set) => saved(set));
    if (!credentials.some((one) => isExpired(one, 30_000) && canRenew(one))) return;
    event.preventDefault();
    renew(30_000).then(() => issueRequest(true));
  });
  document.body.addEventListener("htmx:configRequest", ({ detail: { elt, formData } }) => {
    if (!elt.matches("[data-send]")) return;
    if (elt.dataset.agree) agree(JSON.parse(elt.dataset.agree));
    followServer();
    const value = carried();
    if (value) formData.set("credential", value);
  });
  document.body.addEventListener("htmx:afterSettle", ({ detail: { elt } }) => {
    followServer();
    mark();
    if (elt.id !== "response") return;
    // A token that was refused before its time is renewed once, and the request sent again.
    const refused = document.querySelector("#response [data-renew]");
    if (!refused || isRenewed) {
      isRenewed = false;
      return;
    }
    isRenewed = true;
    renew(Infinity).then((done) => {
      if (done) document.querySelector("#send").click();
    });
  });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-mend], [data-copy-key]");
    if (!button) return;
    if (button.dataset.mend) {
      event.preventDefault();
      details.open = true;
    }
    const { remedy, copy } = await ready();
    if (button.dataset.mend) remedy(button.dataset);
    else copy(button);
  });
  // An answer that is saved as a file is asked for by the form itself: the credential is in it for
  // that moment only.
  document.addEventListener("submit", ({ target, submitter }) => {
    const value = submitter?.matches("[data-save]") && carried();
    if (!value) return;
    const add = (/** @type {any} */ { formData }) => formData.set("credential", value);
    target.addEventListener("formdata", add, { once: true });
  });
};

if (panel) start();
