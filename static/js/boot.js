// Before the first paint: the theme, a remembered language (its code is still to come) and the configured state. Storage may throw or hold rubbish.
"use strict";
{
  const root = document.documentElement;
  root.dataset.js = "";
  const read = (key) => { try { return localStorage.getItem(key); } catch { return null; } };

  const theme = read("playground:theme");
  if (!root.dataset.theme && (theme === "light" || theme === "dark")) root.dataset.theme = theme;

  if (read("playground:target")) root.dataset.recalls = "";
  const demo = read("playground:demo");
  if (demo) root.dataset.demo = demo;
  const provider = root.dataset.provider;
  for (const area of provider ? ["sessionStorage", "localStorage"] : []) {
    try {
      const all = JSON.parse(window[area].getItem("utdk_local_credentials") || "{}");
      const entry = Object.hasOwn(all, provider) ? all[provider] : null;
      if (!entry) continue;
      const type = entry.credential?.type;
      const known = ["bearer", "basic", "digest", "api_key", "oauth2", "aws_sigv4", "schemes"].includes(type);
      if (known) root.dataset.auth = type;
      else if (entry.customHeaders && Object.keys(entry.customHeaders).length) root.dataset.auth = "headers";
      else if (type === "none") root.dataset.auth = "none";
      break;
    } catch { /* rubbish in storage counts as nothing saved */ }
  }

  // The first picture comes before what is below the screen is laid out; not where a place in the page is to be found again.
  if (performance.getEntriesByType("navigation")[0]?.type === "navigate" && !location.hash) root.dataset.soon = "";
  // The other scripts come when the page is read: before, they would run ahead of its first frame. htmx waits for DOMContentLoaded
  // unless all is loaded; that was, so it is told that all is.
  document.addEventListener("DOMContentLoaded", () => {
    requestAnimationFrame(() => setTimeout(() => { delete root.dataset.soon; }));
    const scripts = document.querySelector("#scripts")?.content.cloneNode(true);
    if (!scripts) return;
    for (const script of scripts.children) script.async = false;
    Object.defineProperty(document, "readyState", { value: "complete", configurable: true });
    for (const end of ["load", "error"]) scripts.firstChild.addEventListener(end, () => { delete document.readyState; });
    document.body.append(scripts);
  });
}
