// The credentials panel, loaded when it opens: fills its inputs from storage and writes them back, knows a pasted credential
// by its shape, forgets one or all. It gets its functions from credentials.js; no other script can reach either.
export const edit = (api) => {
  const { panel, provider } = api;
  const all = (selector, where = panel) => [...where.querySelectorAll(selector)];
  const part = (set, name) => set.querySelector(`[data-part="${name}"]`);
  const say = (text, where = panel.querySelector("[data-said]")) => { where.textContent = text; };
  const environment = panel.querySelector("[data-environment]");
  const remember = panel.querySelector("[data-remember]");
  const known = new WeakMap(); // what a credential holds beside what its inputs show: a refresh token, an expiry
  // What is typed and not saved yet outlives a redraw, as when another tab saves; so does a choice made before this script came.
  const touched = new Set(remember.selectedIndex > 0 ? [remember] : []);
  const KINDS = { bearer: ["token"], basic: ["username", "password"], digest: ["username", "password"], aws_sigv4: ["accessKeyId", "secretAccessKey", "sessionToken", "region", "service"] };
  const OPTIONAL = ["password", "username", "sessionToken", "region", "service"];

  const origin = (text) => { try { return new URL(text).origin; } catch { return ""; } };
  // The time a JSON Web Token ends; any other token does not say.
  const ends = (token) => {
    try { return JSON.parse(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/"))).exp * 1000 || undefined; } catch { return undefined; }
  };
  const read = (set) => {
    const value = (name) => part(set, name)?.value.trim() ?? "";
    const { kind, name = value("name") } = set.dataset;
    if (kind === "oauth2") {
      const more = known.get(set);
      const token = value("token");
      return token && (more?.accessToken === token ? more : { type: "oauth2", accessToken: token, expiresAt: ends(token) });
    }
    if (kind === "api_key") return value("value") && name && { type: "api_key", value: value("value"), headerName: name, name, in: set.dataset.in || value("in") };
    const found = Object.fromEntries(KINDS[kind].map((one) => [one, one === "password" ? part(set, one).value : value(one)]));
    if (!KINDS[kind].some((one) => found[one] && one !== "region" && one !== "service") || KINDS[kind].some((one) => !found[one] && !OPTIONAL.includes(one))) return null;
    return { type: kind, ...found, ...(kind === "bearer" && { expiresAt: ends(found.token) }) };
  };
  const write = (set, credential) => {
    known.set(set, credential);
    const values = { ...credential, token: credential?.token ?? credential?.accessToken, name: credential?.name ?? credential?.headerName };
    for (const input of all("[data-part]", set)) {
      if (touched.has(input)) continue;
      const text = values[input.dataset.part];
      if (!["flow", "clientId", "clientSecret", "oauthUsername", "oauthPassword"].includes(input.dataset.part) || text !== undefined) input.value = typeof text === "string" ? text : input.dataset.default ?? "";
    }
  };
  const show = () => {
    const wanted = api.names(api.chosen());
    for (const set of api.sets()) set.hidden = !wanted.includes(set.dataset.scheme);
  };
  const rows = () => all("[data-header-row]");
  const addHeader = (name = "", value = "") => {
    const row = panel.querySelector("template").content.firstElementChild.cloneNode(true);
    part(row, "header-name").value = name;
    part(row, "header-value").value = value;
    panel.querySelector("[data-header-rows]").append(row);
    return row;
  };
  const draw = () => {
    const entry = api.current();
    if (environment.dataset.drawn !== undefined && environment.dataset.drawn !== (entry?.environment ?? "")) touched.clear();
    environment.dataset.drawn = entry?.environment ?? "";
    for (const set of api.sets()) write(set, api.saved(set, entry));
    const typing = rows().some((row) => all("input", row).some((input) => touched.has(input)));
    if (!typing) for (const row of rows()) row.remove();
    if (!typing && api.isObject(entry?.customHeaders)) for (const [name, value] of Object.entries(entry.customHeaders)) addHeader(name, String(value));
    environment.value = entry?.environment ?? "";
    const names = new Set(["test", "live", ...Object.keys(api.isObject(entry?.environments) ? entry.environments : {})]);
    environment.list.replaceChildren(...[...names].filter(Boolean).map((name) => new Option(name, name)));
    if (!touched.has(remember)) remember.value = api.where();
    show();
  };

  const together = (found) => found.length === 0 ? { type: "none" } : found.length === 1 ? found[0][1] : { type: "schemes", schemes: Object.fromEntries(found) };
  // Another alternative that is saved already is in use from the moment it is chosen; one that is not waits for Save.
  const choose = () => {
    const entry = api.current();
    const found = api.used().map((set) => [set.dataset.scheme, api.saved(set, entry)]);
    if (!api.isObject(entry?.schemes) || entry.fresh || !found.every(([, one]) => one)) return api.mark();
    api.store({ ...entry, credential: together(found), alternative: api.chosen().value, updatedAt: new Date().toISOString() });
    api.load();
  };
  const save = () => {
    const names = api.names(api.chosen());
    const found = api.sets().filter((set) => names.includes(set.dataset.scheme)).map((set) => [set.dataset.scheme, read(set)]);
    const missing = found.find(([, credential]) => !credential);
    if (missing) { const [title] = missing; say(_(`Fill in every field of ${title} first.`)); return false; }
    const custom = Object.fromEntries(rows().map((row) => [part(row, "header-name").value.trim(), part(row, "header-value").value]).filter(([name]) => name));
    const before = api.current() ?? {};
    // The sandbox stands in for a server: what is saved there is that server's.
    const servers = [...(Array.isArray(before.servers) ? before.servers : []), origin(document.querySelector("#live-url").title)].filter(Boolean);
    const place = { gateways: [origin(document.querySelector("#gateway-url").value)].filter(Boolean), ...(servers.length && { servers: [...new Set(servers)] }) };
    const entry = { ...before, provider, credential: together(found), alternative: api.chosen()?.value, schemes: { ...(api.isObject(before.schemes) && before.schemes), ...Object.fromEntries(found) }, ...place, customHeaders: custom, updatedAt: new Date().toISOString() };
    if (!Object.keys(custom).length) delete entry.customHeaders;
    delete entry.fresh;
    const kept = api.store(entry, remember.value);
    touched.clear();
    api.load();
    say(kept ? _("Saved") : _("This browser refuses to store anything here, so they are kept until you leave the page."));
    return true;
  };
  const forget = () => {
    touched.clear();
    const { environments } = api.current() ?? {};
    const { [environment.value]: _, ...rest } = api.isObject(environments) ? environments : {};
    const next = Object.keys(rest)[0];
    api.store(next === undefined ? null : { ...rest[next], provider, environment: next, environments: Object.fromEntries(Object.entries(rest).slice(1)) });
    api.load();
    say(next === undefined ? _("Forgotten") : next ? _(`Forgotten. Now using ${next}.`) : _("Forgotten. Now using the default environment."));
  };
  const forgetAll = () => {
    touched.clear();
    api.store(null, "page");
    for (const area of ["sessionStorage", "localStorage"]) try { for (const key of ["utdk_local_credentials", "playground:oauth"]) window[area].removeItem(key); } catch { /* it holds nothing */ }
    try { localStorage.setItem("playground:forgotten", String(Date.now())); } catch { /* other tabs keep theirs */ }
    api.load();
    say(_("Every credential of every API here is forgotten."));
  };

  // What people paste: a header line, a curl command, a bare key. Each secret goes into the field of its scheme.
  const place = (name, value, location = "header") => {
    const [, word, rest] = /^(\S+)\s+(.+)$/.exec(value) ?? [];
    const isAuthorization = name.toLowerCase() === "authorization";
    const set = api.sets().find((one) => {
      const { kind, name: own, in: place } = one.dataset;
      if (kind === "api_key") return place === location && own?.toLowerCase() === name.toLowerCase();
      if (!isAuthorization || location !== "header") return false;
      return word?.toLowerCase() === "basic" ? kind === "basic" || kind === "digest" : word && (kind === "bearer" || kind === "oauth2");
    });
    if (!set) return false;
    if (set.dataset.kind === "api_key") part(set, "value").value = value;
    else if (part(set, "token")) part(set, "token").value = rest;
    else try { [part(set, "username").value, part(set, "password").value] = atob(rest).split(/:(.*)/s); } catch { return false; }
    return set.dataset.scheme;
  };
  const recognise = (text) => {
    const found = [];
    const note = (scheme) => { if (scheme) found.push(scheme); };
    const user = /(?:^|\s)(?:-u|--user)[ =]?\s*(?:'([^']*)'|"([^"]*)"|(\S+))/.exec(text);
    if (/^\s*curl\b/.test(text)) {
      if (user) note(place("Authorization", `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(user[1] ?? user[2] ?? user[3])))}`));
      for (const [, one, two] of text.matchAll(/(?:-H|--header)[ =]?\s*(?:'([^']*)'|"([^"]*)")/g)) { const [name, value] = (one ?? two).split(/:\s*(.*)/s); if (value) note(place(name, value)); }
      for (const [, name, value] of text.matchAll(/[?&]([^=&\s'"]+)=([^&\s'"]+)/g)) note(place(decodeURIComponent(name), decodeURIComponent(value), "query"));
    } else {
      const line = /^\s*([\w-]+):\s+(\S.*?)\s*$/.exec(text);
      if (line) note(place(line[1], line[2]));
      else if (/^\s*(bearer|basic)\s+\S+\s*$/i.test(text)) note(place("Authorization", text.trim()));
    }
    if (!found.length) return false;
    const radio = api.offers().filter((one) => found.every((name) => api.names(one).includes(name))).sort((a, b) => api.names(a).length - api.names(b).length)[0]
      ?? api.offers().find((one) => api.names(one).includes(found[0]));
    if (radio) radio.checked = true;
    show();
    for (const input of all("input[data-part]")) if (input.value) touched.add(input);
    say(_("Recognised what you pasted. Save it to use it."));
    return true;
  };

  const oauth = async (set, act) => {
    const said = set.querySelector("[data-oauth-said]");
    try {
      const script = await import(panel.dataset.oauth);
      await script[act]({ ...api, set, part: (name) => part(set, name), say: (text) => say(text, said), take: (credential) => { touched.clear(); write(set, { ...known.get(set), ...credential }); return save(); } });
    } catch (error) { say(error instanceof TypeError ? _("The sign-in could not be loaded. Check your connection and try again.") : error.message, said); }
  };
  const mend = ({ mend: what, scopes = "" }) => {
    const set = api.used()[0] ?? api.sets()[0];
    if (what === "scopes" && set) for (const box of all("[data-scope]", set)) if (scopes.split(" ").includes(box.value)) box.checked = true;
    panel.scrollIntoView({ block: "nearest" });
    const button = what === "open" ? null : set?.querySelector("[data-do=sign-in]");
    (button ?? set?.querySelector("input:not([type=hidden])") ?? panel.querySelector("input"))?.focus();
  };

  // The code comes with markers, the secrets are in this browser, and they meet here, on the way to the clipboard.
  const copy = async (button) => {
    const label = button.querySelector("[data-label]");
    const tell = (text) => { label.textContent = text; setTimeout(() => { label.textContent = _("Copy with my key"); }, 4000); };
    const form = document.querySelector("#request");
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File || name === "credential") body.delete(name);
    body.set("~marked", "1");
    try {
      const answer = await fetch(`${form.dataset.action}/snippet`, { method: "POST", headers: { "HX-Request": "true" }, body });
      let { text, places } = await answer.json();
      if (!places.length) return tell(_("This code has no place for a key"));
      for (const { marker, scheme, kind, location: where } of places) {
        const set = api.sets().find((one) => one.dataset.scheme === scheme);
        const own = set && api.saved(set);
        if (!own) return tell(_("Save a key first"));
        const secret = kind === "basic" ? btoa(String.fromCharCode(...new TextEncoder().encode(`${own.username}:${own.password}`))) : own.token ?? own.accessToken ?? own.value;
        const written = where === "query" ? encodeURIComponent(secret) : secret;
        // What every language would have to escape in its own way is not pasted into code.
        if (!/^[\w.~+/=:%-]+$/.test(written)) return tell(_("This key needs escaping: paste it yourself"));
        text = text.replaceAll(marker, () => written);
      }
      await navigator.clipboard.writeText(text);
      tell(_("Copied with your key"));
    } catch { tell(_("Could not be copied")); }
  };

  panel.addEventListener("change", (event) => {
    if (event.target.name === "authentication") { say(""); show(); choose(); }
    if (event.target === environment) api.swap(environment.value.trim());
    if (event.target.dataset.part === "flow") oauth(event.target.closest("[data-scheme]"), "show");
    if (event.target.matches("[data-demo]")) {
      document.documentElement.toggleAttribute("data-demo", event.target.checked);
      try { if (event.target.checked) localStorage.setItem("playground:demo", "1"); else localStorage.removeItem("playground:demo"); } catch { /* for this page */ }
    }
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("input:not([type=checkbox])")) return;
    event.preventDefault();
    if (event.target !== environment) save();
    else event.target.blur();
  });
  panel.addEventListener("paste", (event) => {
    if (event.target.matches("input[data-part]") && recognise(event.clipboardData?.getData("text") ?? "")) event.preventDefault();
  });
  panel.addEventListener("input", ({ target }) => { if (target.dataset.part || target === remember) touched.add(target); });
  // A live key is kept for this tab unless the visitor says otherwise: the browser outlives the visit.
  panel.addEventListener("input", (event) => {
    if (event.target.matches("[type=password]") && !api.current() && /(^|[_-])(live|prod)[_-]/i.test(event.target.value) && remember.value === "localStorage") { remember.value = "sessionStorage"; say(_("This looks like a live key, so it is kept for this tab only unless you choose otherwise.")); }
  });
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    const action = button?.dataset.do;
    if (action === "save") save();
    if (action === "clear") forget();
    if (action === "forget-all") forgetAll();
    if (action === "add-header") part(addHeader(), "header-name").focus();
    if (action === "remove-header") { button.closest("[data-header-row]").remove(); panel.querySelector("[data-do=add-header]").focus(); }
    if (action === "sign-in") oauth(button.closest("[data-scheme]"), "signIn");
    if (action === "reveal") {
      const input = button.parentElement.querySelector("input");
      input.type = input.type === "password" ? "text" : "password";
      button.setAttribute("aria-pressed", String(input.type === "text"));
    }
  });
  panel.querySelector("[data-demo]").checked = document.documentElement.hasAttribute("data-demo");
  draw();
  for (const set of api.sets()) if (set.dataset.kind === "oauth2") oauth(set, "show");
  return { draw, mend, copy };
};
