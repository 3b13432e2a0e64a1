// Keyboard, as playground/web/shortcuts.py lists it. Keys without Ctrl or Cmd rest while one types, and where they are turned off.
"use strict";
{
  const KEY = "playground:keys";
  const root = document.documentElement;
  const sheet = document.querySelector("#shortcuts");
  try { if (localStorage.getItem(KEY) === "off") root.dataset.keys = "off"; } catch { /* they work */ }
  const press = (selector) => {
    const button = document.querySelector(selector);
    if (!button || button.disabled || !button.checkVisibility({ visibilityProperty: true })) return false;
    button.click();
    return true;
  };
  const show = async () => {
    if (sheet.open) return sheet.close();
    if (!sheet.childElementCount) await htmx.ajax("GET", sheet.dataset.from, { target: sheet, swap: "innerHTML" });
    const box = sheet.querySelector("[data-single-keys]");
    if (!box || document.querySelector("dialog[open]")) return;
    box.checked = root.dataset.keys !== "off";
    sheet.showModal();
  };
  document.addEventListener("keydown", (event) => {
    const { key } = event;
    const command = (event.ctrlKey || event.metaKey) && !event.altKey;
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    let done = false;
    if (command && key === "Enter") done = press("#send");
    else if (command && key === ".") done = press("[data-copy='#response-text']");
    else if (command && key === "j") done = press("[data-download^='#response-text']");
    else if (command && key === "s") done = press("[data-add-step], [data-scenario] [type=submit]");
    else if (key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]")) {
      if (document.querySelector("[data-sending]")) for (const button of document.querySelectorAll("[data-send]")) htmx.trigger(button, "htmx:abort");
    } else if (sheet && ((command && key === "/") || (key === "?" && !typing && !command && root.dataset.keys !== "off"))) { show(); done = true; }
    if (done) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (sheet && event.target.closest("[data-shortcuts]")) { event.preventDefault(); show(); }
    if (event.target === sheet) sheet.close();
  });
  sheet?.addEventListener("change", (event) => {
    root.dataset.keys = event.target.checked ? "on" : "off";
    try { localStorage.setItem(KEY, root.dataset.keys); } catch { /* for this page only */ }
  });
}
