// The credentials panel: reads and writes `utdk_local_credentials`, keeps them in memory where storage refuses, and hands
// them over in exactly one moment: when a Send is about to leave. Nothing else on the page can ask for them, which is why
// this file is longer than the others: what reads, keeps and hands over credentials shares one closure.
"use strict";
{
  const KEY = "utdk_local_credentials";
  const panel = document.querySelector("#credentials");
  const root = document.documentElement;
  const provider = root.dataset.provider;
  let memory;

  const readAll = () => {
    try {
      const all = JSON.parse(localStorage.getItem(KEY) || "{}");
      return all && typeof all === "object" && !Array.isArray(all) ? all : {};
    } catch { return {}; }
  };
  const current = () => {
    if (memory !== undefined) return memory;
    const entry = Object.hasOwn(readAll(), provider) ? readAll()[provider] : null;
    return entry && typeof entry === "object" ? entry : null;
  };
  const store = (entry) => {
    memory = entry;
    try {
      const all = readAll();
      if (entry) Object.defineProperty(all, provider, { value: entry, enumerable: true, configurable: true, writable: true });
      else delete all[provider];
      localStorage.setItem(KEY, JSON.stringify(all));
      return true;
    } catch { return false; }
  };

  const sets = () => [...panel.querySelectorAll("[data-scheme]")];
  const part = (set, name) => set.querySelector(`[data-part="${name}"]`);
  const chosen = () => panel.querySelector("[name=authentication]:checked");
  const showChosen = () => {
    const names = JSON.parse(chosen()?.value || "[]");
    for (const set of sets()) set.hidden = !names.includes(set.dataset.scheme);
  };
  const read = (set) => {
    const value = (name) => part(set, name)?.value ?? "";
    const kind = set.dataset.kind;
    if (kind === "bearer") return value("token") && { type: "bearer", token: value("token") };
    if (kind === "oauth2") return value("token") && { type: "oauth2", accessToken: value("token") };
    if (kind === "basic") return (value("username") || value("password")) && { type: "basic", username: value("username"), password: value("password") };
    const name = set.dataset.name || value("name");
    const key = { type: "api_key", value: value("value"), headerName: name, name, in: set.dataset.in || value("in") };
    return value("value") && name && key;
  };
  const write = (set, credential) => {
    const fields = { token: credential?.token ?? credential?.accessToken, username: credential?.username, password: credential?.password,
      value: credential?.value, name: credential?.name ?? credential?.headerName, in: credential?.in };
    for (const [name, text] of Object.entries(fields)) if (part(set, name)) part(set, name).value = text ?? part(set, name).dataset.default ?? "";
  };

  const headerRows = () => [...panel.querySelectorAll("[data-header-row]")];
  const headers = () => Object.fromEntries(headerRows().map((row) => [part(row, "header-name").value.trim(), part(row, "header-value").value]).filter(([name]) => name));
  const addHeader = (name = "", value = "") => {
    const row = panel.querySelector("template").content.firstElementChild.cloneNode(true);
    part(row, "header-name").value = name;
    part(row, "header-value").value = value;
    panel.querySelector("[data-header-rows]").append(row);
    return row;
  };

  // htmx listens once the page is read, and these scripts run before.
  const refresh = () => {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", refresh, { once: true });
    else htmx.trigger("#request", "refresh");
  };
  const say = (text) => { panel.querySelector("[data-said]").textContent = text; };
  const mark = (entry) => {
    const type = entry?.credential?.type;
    const custom = entry?.customHeaders && Object.keys(entry.customHeaders).length;
    const state = type && type !== "none" ? type : custom ? "headers" : type;
    if (state) root.dataset.auth = state; else delete root.dataset.auth;
    const names = type === "schemes" ? Object.keys(entry.credential.schemes || {}) : JSON.parse(chosen()?.value || "[]");
    const field = document.querySelector("#request [name=security]");
    const spell = (name) => name.replaceAll("~", "~0").replaceAll(",", "~2");
    const value = state === "none" ? "~none" : state && state !== "headers" ? names.map(spell).join(",") : "";
    if (field && field.value !== value) { field.value = value; refresh(); }
  };
  const fits = (set, credential) => {
    const kind = credential?.type === "bearer_token" ? "bearer" : credential?.type;
    if (kind !== set.dataset.kind && !(kind === "bearer" && set.dataset.kind === "oauth2")) return false;
    const name = credential.name ?? credential.headerName;
    return kind !== "api_key" || !set.dataset.name || !name || name.toLowerCase() === set.dataset.name.toLowerCase();
  };
  const load = () => {
    const entry = current();
    const credential = entry?.credential;
    const saved = credential?.type === "schemes" ? credential.schemes || {} : null;
    const used = [];
    for (const set of sets()) {
      const own = saved ? saved[set.dataset.scheme] : !used.length && fits(set, credential) ? credential : null;
      write(set, own);
      if (own) used.push(set.dataset.scheme);
    }
    const wanted = JSON.stringify(credential?.type === "none" ? [] : used);
    const radio = [...panel.querySelectorAll("[name=authentication]")].find((one) => credential && one.value === wanted);
    if (radio) radio.checked = true;
    for (const row of headerRows()) row.remove();
    for (const [name, value] of Object.entries(entry?.customHeaders || {})) addHeader(name, String(value));
    showChosen();
    mark(entry);
  };

  const save = () => {
    const names = JSON.parse(chosen()?.value || "[]");
    const found = sets().filter((set) => names.includes(set.dataset.scheme)).map((set) => [set.dataset.scheme, read(set)]);
    const custom = headers();
    const missing = found.find(([, credential]) => !credential);
    if (missing) return say(`Fill in every field of ${missing[0]} first.`);
    const credential = found.length === 0 ? { type: "none" } : found.length === 1 ? found[0][1] : { type: "schemes", schemes: Object.fromEntries(found) };
    const entry = { provider, credential, updatedAt: new Date().toISOString() };
    if (Object.keys(custom).length) entry.customHeaders = custom;
    const kept = store(entry);
    mark(entry);
    say(kept ? "Saved" : "This browser refuses to store anything here, so they are kept until you leave the page.");
  };

  if (panel) {
    load();
    panel.hidden = false;
    panel.addEventListener("change", (event) => { if (event.target.name === "authentication") showChosen(); });
    panel.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target.matches("input")) { event.preventDefault(); save(); } });
    panel.addEventListener("click", (event) => {
      const action = event.target.closest("[data-do]")?.dataset.do;
      if (action === "save") save();
      if (action === "clear") { store(null); memory = undefined; for (const set of sets()) write(set, null); for (const row of headerRows()) row.remove(); mark(null); say("Cleared"); }
      if (action === "add-header") part(addHeader(), "header-name").focus();
      if (action === "remove-header") { event.target.closest("[data-header-row]").remove(); panel.querySelector("[data-do=add-header]").focus(); }
      if (action === "reveal") {
        const button = event.target.closest("[data-do]");
        const input = button.parentElement.querySelector("input");
        input.type = input.type === "password" ? "text" : "password";
        button.setAttribute("aria-pressed", String(input.type === "text"));
      }
    });
    window.addEventListener("storage", (event) => { if (event.key === KEY || event.key === null) { memory = undefined; load(); } });
    document.body.addEventListener("htmx:configRequest", (event) => {
      if (!event.detail.elt.matches("[data-send]")) return;
      const entry = current();
      if (entry?.credential || entry?.customHeaders) event.detail.formData.set("credential", JSON.stringify({ credential: entry.credential, customHeaders: entry.customHeaders }));
    });
  }
}
