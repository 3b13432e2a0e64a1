// Drafts and links: what is typed survives a reload, and a link carries it. Never in either: credentials, files, the gateway.
"use strict";
{
  const form = document.querySelector("#request");
  const KEY = form && `playground:draft:${form.dataset.operation}`;
  const LONGEST = 100_000;
  const VALUE = /^(path|query|header|cookie)\.|^body($|[/~])|^(media_type|brackets)$/;
  const DRAFT = /^server($|\.)/;
  const LONG_LINK = 8_000;
  // What is called so is in no draft and no link; the server says how (playground/secrets/detect.py). Without it nothing is kept.
  const SECRET = new RegExp(form?.dataset.secretNames || ".", "i");

  const named = (name) => name.split(/[/~]/).some((token) => SECRET.test(token));
  const holdsSecret = (raw) => [...raw.matchAll(/"((?:[^"\\]|\\.)*)"\s*:/g)].some(([, key]) => SECRET.test(key));

  const secretNames = () => ["header.Authorization", ...[...document.querySelectorAll("[data-scheme][data-name]")].map((set) => `${set.dataset.in}.${set.dataset.name}`)].map((name) => name.toLowerCase());
  const collect = () => {
    const secrets = secretNames();
    const hidden = new Set([...form.querySelectorAll("input[type=password], [data-secret]")].map((input) => input.name));
    // The raw text repeats the form's fields, the secret ones among them; alone it is kept where none of them is secret.
    const raw = form.querySelector("[name='body~mode'][value=raw]")?.checked && ![...hidden].some((name) => name.startsWith("body"));
    const all = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    for (const [name, value] of all) if (name.includes("~key/") && SECRET.test(value)) hidden.add(name.replace("~key/", "~value/"));
    return all.filter(([name, value]) => (VALUE.test(name) || DRAFT.test(name)) && !named(name)
      && name !== "body~shown" && (name !== "body~raw" || (raw && !holdsSecret(value))) && !(name.endsWith("~kept") && holdsSecret(value)) && !hidden.has(name.replace(/~(kept|bytes)$/, "")) && !secrets.includes(name.toLowerCase())
      && (value !== "" || name.includes("~")) && !(name.endsWith("~as") && !value) && !(name === "body~mode" && value === "form") && !(name === "brackets" && value === "index"));
  };
  const said = (pairs) => pairs.some(([name, value]) => !name.includes("~") || (name.includes("~value") && value) || /~(as|choice|kept)$/.test(name) || name === "body~mode");

  const encode = (pairs) => btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(pairs)))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  const decode = (text) => JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0))));
  const checked = (pairs, known) => (Array.isArray(pairs) ? pairs : []).filter((pair) => Array.isArray(pair) && typeof pair[0] === "string" && typeof pair[1] === "string" && known(pair[0]));

  // What was typed before this script came: it goes over what is brought back, and the snippet is made anew for it.
  const isTouched = (one) => one.options ? one.selectedIndex !== Math.max(0, [...one.options].findIndex((option) => option.defaultSelected))
    : /^(radio|checkbox)$/.test(one.type) ? one.checked && !one.defaultChecked : one.type !== "file" && one.value !== one.defaultValue;
  let typed = form ? [...form.elements].filter((one) => (VALUE.test(one.name) || DRAFT.test(one.name)) && isTouched(one)).map((one) => [one.name, one.value]) : [];
  const show = (brought) => {
    if (!brought.length) return;
    const pairs = [...brought.filter(([name]) => !typed.some((one) => one[0] === name)), ...typed];
    typed = [];
    const values = {};
    for (const [name, value] of pairs) (values[name] ??= []).push(value);
    // Raw text stands for itself; without this the server would take it for a switch from the form.
    if (values["body~mode"]?.[0] === "raw") values["body~shown"] = ["raw"];
    htmx.ajax("POST", form.dataset.action + "/form", { target: "#form-card", swap: "outerHTML", values });
  };
  const note = (kind) => {
    const place = document.querySelector("#link-note");
    place.hidden = !kind;
    place.textContent = kind ? document.querySelector("#link-notes").content.querySelector(`[data-${kind}]`).textContent : "";
  };
  const open = (link) => {
    note(link[2] && link[2] !== form.dataset.digest ? "changed" : "");
    show(checked(link[1] ? decode(link[1]) : [], (name) => VALUE.test(name)));
  };
  const restore = () => {
    if (location.hash === "#step") return; // a scenario fills the form
    if ("pasting" in form.dataset) return;
    const given = /^#args=([\w-]+)$/.exec(location.hash);
    const linked = /^#v\d/.test(location.hash);
    try {
      if (given) return show([["~arguments", JSON.stringify(decode(given[1]))], ["server", form.elements.server?.value ?? ""]]);
      if (linked) return open(/^#v1=([\w-]*)(?:\.(\w+))?$/.exec(location.hash));
      const draft = JSON.parse(localStorage.getItem(KEY) || "null");
      const pairs = checked(draft?.pairs, (name) => VALUE.test(name) || DRAFT.test(name));
      if (draft?.v === 1 && said(pairs)) show(pairs);
    } catch { if (linked) note("broken"); /* a broken draft leaves the empty form */ }
  };
  const save = () => {
    const pairs = collect();
    const text = JSON.stringify({ v: 1, pairs });
    try {
      if (said(pairs) && text.length < LONGEST) localStorage.setItem(KEY, text);
      else localStorage.removeItem(KEY);
    } catch { /* not kept */ }
  };

  if (form) {
    form.addEventListener("playground:collect", (event) => { event.detail.pairs = collect(); });
    // After the other scripts, so that the fields that are about to be replaced take no typing meanwhile.
    queueMicrotask(() => {
      restore();
      if (typed.length) htmx.trigger(form, "refresh");
      typed = [];
    });
    window.addEventListener("hashchange", () => { if (/^#v\d/.test(location.hash)) restore(); });
    let waiting;
    const now = () => { if (waiting) save(); waiting = clearTimeout(waiting); };
    const later = () => { clearTimeout(waiting); waiting = setTimeout(now, 300); };
    // Who reloads, leaves or switches away has no 300 ms left.
    addEventListener("pagehide", now);
    document.addEventListener("visibilitychange", now);
    form.addEventListener("input", later);
    document.body.addEventListener("refresh", later);
    document.querySelector("[data-clear]")?.addEventListener("click", () => {
      waiting = clearTimeout(waiting);
      try { localStorage.removeItem(KEY); } catch { /* nothing was kept */ }
      history.replaceState(null, "", location.pathname);
    });
    document.querySelector("[data-share]")?.addEventListener("click", (event) => {
      const link = document.querySelector("#share-link");
      link.textContent = `${location.origin}${location.pathname}#v1=${encode(collect().filter(([name]) => VALUE.test(name) && !/~(was|stored)\//.test(name)))}.${form.dataset.digest}`;
      note(link.textContent.length > LONG_LINK ? "long" : "");
      history.replaceState(null, "", new URL(link.textContent).hash);
      event.currentTarget.dataset.copy = "#share-link";
    }, { capture: true });
  }
}
