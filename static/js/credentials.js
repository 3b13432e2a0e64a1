// Credentials: read from storage, chosen for this operation, and handed over in exactly one moment: when a Send is about to
// leave. Nothing else on the page can ask for them: what edits them (lazy/panel.js) and signs in (lazy/oauth.js) is
// loaded when the panel opens and gets this closure's functions. That is why this file is longer than the others.
"use strict";
{
  const KEY = "utdk_local_credentials";
  const AREAS = ["sessionStorage", "localStorage"];
  const panel = document.querySelector("#credentials");
  const root = document.documentElement;
  const provider = root.dataset.provider;
  const isObject = (one) => one !== null && typeof one === "object" && !Array.isArray(one);
  const member = (map, name) => isObject(map) && Object.hasOwn(map, name) ? map[name] : undefined;
  let memory; // what storage refused, or what is kept for this page only; null once it was cleared
  let editor;

  const readAll = (area) => {
    try {
      const all = JSON.parse(window[area].getItem(KEY));
      return isObject(all) ? all : {};
    } catch { return {}; }
  };
  const find = (area) => { const entry = member(readAll(area), provider); return isObject(entry) && (entry.provider ?? provider) === provider ? entry : null; };
  const where = () => memory === undefined ? AREAS.find(find) ?? AREAS[1] : "page";
  const current = () => memory === undefined ? find(where()) : memory;
  const put = (area, entry) => {
    try {
      const all = readAll(area);
      if (entry) Object.defineProperty(all, provider, { value: entry, enumerable: true, configurable: true, writable: true });
      else if (!delete all[provider] || !Object.keys(all).length) return window[area].removeItem(KEY) ?? true;
      window[area].setItem(KEY, JSON.stringify(all));
      return true;
    } catch { return false; }
  };
  // Written first and erased after, so that a full storage loses nothing; says whether it is kept where it was asked for.
  const store = (entry, area = where()) => {
    const kept = AREAS.includes(area) && put(area, entry);
    for (const other of AREAS) if (other !== area) put(other, null);
    memory = kept ? undefined : entry;
    return kept || area === "page";
  };

  const sets = () => [...panel.querySelectorAll("[data-scheme]")];
  const offers = () => [...panel.querySelectorAll("[name=authentication]")];
  const chosen = () => offers().find((one) => one.checked);
  const names = (radio) => JSON.parse(radio?.value || "[]");
  const fits = (set, credential) => {
    const kind = credential?.type === "bearer_token" ? "bearer" : credential?.type;
    if (kind !== set.dataset.kind && !(kind === "bearer" && set.dataset.kind === "oauth2") && !(kind === "basic" && set.dataset.kind === "digest")) return false;
    const name = credential.name ?? credential.headerName;
    return kind !== "api_key" || !set.dataset.name || typeof name !== "string" || name.toLowerCase() === set.dataset.name.toLowerCase();
  };
  const saved = (set, entry = current()) => {
    const credential = entry?.credential;
    const own = member(entry?.schemes, set.dataset.scheme) ?? member(credential?.schemes, set.dataset.scheme);
    return isObject(own) ? own : fits(set, credential) ? credential : null;
  };
  const used = () => sets().filter((set) => names(chosen()).includes(set.dataset.scheme));
  const isExpired = (one, ahead = 0) => one?.expiresAt > 0 && one.expiresAt < Date.now() + ahead;
  const canRenew = (one) => one?.type === "oauth2" && Boolean(one.refreshToken || (one.flow === "clientCredentials" && one.clientSecret));
  const live = () => document.querySelector("#live-url");
  const server = () => {
    try { return document.querySelector("[name=server]")?.value === "sandbox" ? "" : new URL(live().title).origin; } catch { return ""; }
  };

  const refresh = () => htmx.trigger("#request", "refresh");
  const KEPT = { sessionStorage: _("Kept for this tab only."), page: _("Kept until you leave this page.") };
  // A new environment has no credential yet; what stands there is for readers that expect one.
  const typeOf = (entry) => entry?.fresh ? "" : entry?.credential?.type;
  const mark = () => {
    const entry = current();
    const found = used().map((set) => saved(set, entry)).filter(Boolean);
    const type = typeOf(entry);
    const custom = isObject(entry?.customHeaders) && Object.keys(entry.customHeaders).length;
    const known = found.length > 1 ? "schemes" : found[0]?.type?.replace?.("_token", "") ?? (!entry?.schemes && ["bearer", "basic", "digest", "api_key", "oauth2", "aws_sigv4", "schemes"].includes(type) ? type : "");
    const state = type === "none" ? (custom ? "headers" : "none") : known || (custom ? "headers" : "");
    if (state) root.dataset.auth = state; else delete root.dataset.auth;
    const until = Math.min(...found.map((one) => one.expiresAt > 0 ? one.expiresAt : Infinity));
    const soon = until < Date.now() + 86_400_000;
    const date = until === Infinity ? "" : new Date(until)[soon ? "toLocaleTimeString" : "toLocaleDateString"](document.documentElement.lang);
    const text = date && ` ${until < Date.now() ? _(`Expired ${date}.`) : _(`Expires ${date}.`)}`;
    document.querySelector("[data-kept]").textContent = `${entry?.environment ? _(`Environment: ${entry.environment}.`) : ""}${text} ${KEPT[where()] ?? _("Kept in this browser only.")}`;
    const field = document.querySelector("#request [name=security]");
    const spell = (name) => name.replaceAll("~", "~0").replaceAll(",", "~2");
    const value = type === "none" ? "~none" : found.length ? names(chosen()).map(spell).join(",") : "";
    if (field && field.value !== value) { field.value = value; refresh(); }
  };
  const load = () => {
    const entry = current();
    const ready = (radio) => names(radio).length && names(radio).every((name) => saved(sets().find((set) => set.dataset.scheme === name), entry));
    const wanted = typeOf(entry) === "none" ? "[]" : entry?.alternative;
    const radio = offers().find((one) => one.value === wanted && (wanted === "[]" || ready(one))) ?? offers().find(ready) ?? offers().find((one) => one.defaultChecked);
    if (radio) radio.checked = true;
    mark();
    editor?.draw();
  };

  // An environment that is not in use waits below `environments`; the one in use stands where every reader looks for it.
  const swap = (name) => {
    const { environments, environment = "", provider: _, ...now } = current() ?? {};
    const { [name]: _next, ...rest } = isObject(environments) ? environments : {};
    const next = member(environments, name);
    store({ provider, ...(isObject(next) ? next : { credential: { type: "none" }, fresh: true, updatedAt: new Date().toISOString() }), environment: name, environments: { ...rest, ...(now.updatedAt ? { [environment]: now } : {}) } });
    load();
  };
  const follow = () => {
    const here = server();
    const entry = current();
    if (!here || !isObject(entry?.environments) || !Array.isArray(entry.servers) || entry.servers.includes(here)) return;
    const name = Object.keys(entry.environments).find((one) => entry.environments[one]?.servers?.includes?.(here));
    if (name !== undefined) swap(name);
  };
  const agree = (more) => {
    const entry = current();
    if (!entry) return;
    for (const name of ["gateways", "servers"]) if (more[name]) entry[name] = [...new Set([...(Array.isArray(entry[name]) ? entry[name] : []), more[name]])];
    store(entry);
  };
  const handed = () => {
    const entry = current();
    if (entry?.fresh || (!entry?.credential && !entry?.customHeaders)) return null;
    const found = used().map((set) => [set.dataset.scheme, saved(set, entry)]);
    const strip = ({ refreshToken, clientId, clientSecret, flow, ...sent }) => sent;
    const there = found.filter(([, one]) => one).map(([name, one]) => [name, strip(one)]);
    const credential = entry.credential?.type === "none" || !names(chosen()).length ? { type: "none" } : found.length === 1 && there.length ? there[0][1]
      : there.length || entry.schemes || entry.credential?.schemes ? { type: "schemes", schemes: Object.fromEntries(there) } : entry.credential && strip(entry.credential);
    const facts = { expired: found.some(([, one]) => isExpired(one)), renewable: found.some(([, one]) => canRenew(one)) };
    return { provider, credential, customHeaders: entry.customHeaders, gateways: entry.gateways ?? [], servers: entry.servers, ...facts };
  };
  const api = { panel, provider, current, store, where, sets, names, chosen, offers, saved, fits, load, mark, swap, server, isExpired, canRenew, used, isObject };
  const renew = (ahead) => import(panel.dataset.oauth).then((script) => script.renew(api, ahead)).catch(() => false);

  if (panel) {
    let again = false;
    load();
    panel.hidden = false;
    const details = panel.closest("details");
    let loading;
    const ready = () => (loading ??= import(panel.dataset.script).then((script) => { editor = script.edit(api); return editor; }));
    const open = () => { if (details.open) ready(); };
    details.addEventListener("toggle", open);
    // A button that is pressed before its script has come is pressed again when it is there.
    panel.addEventListener("click", ({ target }) => { const button = target.closest("[data-do]"); if (button && !editor) ready().then(() => button.click()); });
    if (/^#signed-in/.test(location.hash)) details.open = true;
    open();
    window.addEventListener("storage", (event) => {
      // "Forget all" in another tab reaches what this one keeps for itself; anything else leaves it alone.
      if (event.key === "playground:forgotten" || event.key === null) { memory = undefined; try { sessionStorage.removeItem(KEY); } catch { /* nothing there */ } load(); }
      if (event.key === KEY && memory === undefined) load();
    });
    document.body.addEventListener("htmx:confirm", (event) => {
      const { elt, issueRequest } = event.detail;
      if (!elt.matches("[data-send]") || !used().some((set) => isExpired(saved(set), 30_000) && canRenew(saved(set)))) return;
      event.preventDefault();
      renew(30_000).then(() => issueRequest(true));
    });
    document.body.addEventListener("htmx:configRequest", (event) => {
      const { elt, formData } = event.detail;
      if (!elt.matches("[data-send]")) return;
      if (elt.dataset.agree) agree(JSON.parse(elt.dataset.agree));
      follow();
      const given = handed();
      if (given) formData.set("credential", JSON.stringify(given));
    });
    document.body.addEventListener("htmx:afterSettle", (event) => {
      follow();
      if (event.detail.elt.id !== "response") return;
      const ask = document.querySelector("#response dialog");
      if (ask) { ask.open = false; ask.showModal(); }
      // A token that was refused before its time is renewed once, and the request sent again: the API did nothing with it.
      const stale = document.querySelector("#response [data-renew]");
      if (!stale || again) { again = false; return; }
      again = true;
      renew(Infinity).then((done) => { if (done) document.querySelector("#send").click(); });
    });
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-mend], [data-copy-key]");
      if (button?.dataset.mend) { event.preventDefault(); details.open = true; }
      if (button) ready().then(() => button.dataset.mend ? editor.mend(button.dataset) : editor.copy(button));
    });
    // An answer that is saved as a file is asked for by the form itself: the credential is in it for that moment only.
    document.addEventListener("submit", ({ target, submitter }) => {
      const given = submitter?.matches("[data-save]") && handed();
      if (given) target.addEventListener("formdata", (event) => event.formData.set("credential", JSON.stringify(given)), { once: true });
    });
  }
}
