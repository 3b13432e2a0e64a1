// Only in the page for an iframe, before its first paint: tells the page around it how tall it is, follows that page's theme,
// and says why credentials cannot be kept. Speaks to the origins of the operator's list and to no other; takes one word from them.
"use strict";
{
  const root = document.documentElement;
  const listed = root.dataset.embed.split(" ").filter(Boolean);
  const fits = (origin) => /^https?:/.test(origin) && listed.some((one) => one === "*" || one === origin
    || (one.startsWith("https://*.") && origin.startsWith("https://") && origin.endsWith(one.slice(9))));
  const around = location.ancestorOrigins?.[0];
  const parents = window.parent === window ? [] : around ? [around].filter(fits) : listed.filter((one) => !one.includes("*"));

  // A sandboxed frame has no origin to keep anything for; a browser may also refuse storage to every frame of another site.
  root.dataset.storage = self.origin === "null" ? "sandbox" : "kept";
  if (self.origin !== "null") try { localStorage.setItem("playground:probe", ""); localStorage.removeItem("playground:probe"); } catch { root.dataset.storage = "blocked"; }

  window.addEventListener("message", (event) => {
    const { type, theme } = event.data ?? {};
    if (event.source === window.parent && fits(event.origin) && type === "playground:theme" && (theme === "light" || theme === "dark")) root.dataset.theme = theme;
  });
  document.addEventListener("DOMContentLoaded", () => {
    let last = 0;
    const tell = () => {
      const height = Math.ceil(document.body.getBoundingClientRect().height);
      if (height === last) return;
      last = height;
      for (const origin of parents) window.parent.postMessage({ type: "playground:height", height }, origin);
    };
    if (parents.length) new ResizeObserver(tell).observe(document.body);
  });
}
