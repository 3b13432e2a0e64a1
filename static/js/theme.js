// The theme button: light, dark, or as the system says. boot.js applies the saved choice before the first paint.
"use strict";
{
  const root = document.documentElement;
  const button = document.querySelector("[data-theme-toggle]");
  button?.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("playground:theme", root.dataset.theme); } catch { /* kept for this page only */ }
  });
}
