// Before the first paint: the theme, whether a language is remembered, and whether credentials are
// saved. Storage may throw or hold rubbish. Imports nothing: every byte here delays the first
// paint.

const root = document.documentElement;
/** @param {string} key */
const read = (key) => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};

root.dataset.js = "";
const theme = read("playground:theme");
if (!root.dataset.theme && (theme === "light" || theme === "dark")) root.dataset.theme = theme;
if (read("playground:target")) root.dataset.recalls = "";
const demo = read("playground:demo");
if (demo) root.dataset.demo = demo;

const KINDS = ["bearer", "basic", "digest", "api_key", "oauth2", "aws_sigv4", "schemes"];
const { provider } = root.dataset;
for (const area of /** @type {const} */ (["sessionStorage", "localStorage"])) {
  if (!provider) break;
  try {
    const all = JSON.parse(window[area].getItem("utdk_local_credentials") || "{}");
    const entry = Object.hasOwn(all, provider) ? all[provider] : null;
    if (!entry) continue;
    const type = entry.credential?.type;
    const { customHeaders } = entry;
    if (KINDS.includes(type)) root.dataset.auth = type;
    else if (customHeaders && Object.keys(customHeaders).length) root.dataset.auth = "headers";
    else if (type === "none") root.dataset.auth = "none";
    break;
  } catch {
    // Rubbish in storage counts as nothing saved.
  }
}

// The first paint comes before the layout of what is below the screen, except where the browser has
// to find a place in the page again, and in a frame, which is as tall as all of the page.
const [arrival] = performance.getEntriesByType("navigation");
if (arrival?.type === "navigate" && !location.hash && window.parent === window)
  root.dataset.soon = "";

document.addEventListener("DOMContentLoaded", () =>
  requestAnimationFrame(() =>
    (window.requestIdleCallback ?? setTimeout)(() => delete root.dataset.soon, { timeout: 300 })
  )
);
