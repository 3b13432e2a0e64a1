// Drafts and links: what is typed survives a reload, and a link carries it. Never in either: credentials, files, the gateway.
"use strict";
{
  const form = document.querySelector("#request");
  const KEY = form && `playground:draft:${form.dataset.operation}`;
  const LONGEST = 100_000;
  const VALUE = /^(path|query|header|cookie)\.|^body($|[/~])|^media_type$/;
  const DRAFT = /^server($|\.)/;

  const secretNames = () => ["header.Authorization", ...[...document.querySelectorAll("[data-scheme][data-name]")].map((set) => `${set.dataset.in}.${set.dataset.name}`)].map((name) => name.toLowerCase());
  const collect = () => {
    const secrets = secretNames();
    const hidden = new Set([...form.querySelectorAll("input[type=password]")].map((input) => input.name));
    // The raw text repeats the form's fields, the secret ones among them; alone it is kept where none of them is secret.
    const raw = form.querySelector("[name='body~mode'][value=raw]")?.checked && ![...hidden].some((name) => name.startsWith("body"));
    return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && (VALUE.test(name) || DRAFT.test(name))
      && name !== "body~shown" && (name !== "body~raw" || raw) && !hidden.has(name) && !secrets.includes(name.toLowerCase())
      && (value !== "" || name.includes("~")) && !(name.endsWith("~as") && !value) && !(name === "body~mode" && value === "form"));
  };
  const said = (pairs) => pairs.some(([name, value]) => !name.includes("~") || (name.includes("~value") && value) || name.endsWith("~as") || name.endsWith("~choice") || name === "body~mode");

  const encode = (pairs) => btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(pairs)))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  const decode = (text) => JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0))));
  const checked = (pairs, known) => (Array.isArray(pairs) ? pairs : []).filter((pair) => Array.isArray(pair) && typeof pair[0] === "string" && typeof pair[1] === "string" && known(pair[0]));

  const show = (pairs) => {
    if (!pairs.length) return;
    const values = {};
    for (const [name, value] of pairs) (values[name] ??= []).push(value);
    // Raw text stands for itself; without this the server would take it for a switch from the form.
    if (values["body~mode"]?.[0] === "raw") values["body~shown"] = ["raw"];
    htmx.ajax("POST", form.dataset.action + "/form", { target: "#form-card", swap: "outerHTML", values });
  };
  const restore = () => {
    if (location.hash === "#step") return; // a scenario fills the form
    if ("pasting" in form.dataset) return;
    const given = /^#args=([\w-]+)$/.exec(location.hash);
    const linked = /^#v1=([\w-]+)$/.exec(location.hash);
    try {
      if (given) return show([["~arguments", JSON.stringify(decode(given[1]))], ["server", form.elements.server?.value ?? ""]]);
      if (linked) return show(checked(decode(linked[1]), (name) => VALUE.test(name)));
      const draft = JSON.parse(localStorage.getItem(KEY) || "null");
      const pairs = checked(draft?.pairs, (name) => VALUE.test(name) || DRAFT.test(name));
      if (draft?.v === 1 && said(pairs)) show(pairs);
    } catch { /* a broken link or draft leaves the empty form */ }
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
    queueMicrotask(restore);
    let waiting;
    const later = () => { clearTimeout(waiting); waiting = setTimeout(save, 300); };
    form.addEventListener("input", later);
    document.body.addEventListener("refresh", later);
    document.querySelector("[data-clear]")?.addEventListener("click", () => {
      clearTimeout(waiting);
      try { localStorage.removeItem(KEY); } catch { /* nothing was kept */ }
      history.replaceState(null, "", location.pathname);
    });
    document.querySelector("[data-share]")?.addEventListener("click", (event) => {
      const link = document.querySelector("#share-link");
      link.textContent = `${location.origin}${location.pathname}#v1=${encode(collect().filter(([name]) => VALUE.test(name)))}`;
      history.replaceState(null, "", new URL(link.textContent).hash);
      event.currentTarget.dataset.copy = "#share-link";
    }, { capture: true });
  }
}
