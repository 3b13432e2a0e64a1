// The palette: Ctrl/Cmd+K, / or the header's search open it. A combobox (WAI-ARIA APG, editable with a listbox): the focus
// stays in the field, aria-activedescendant says which option is meant. htmx fetches options while one types.
"use strict";
{
  const dialog = document.querySelector("#palette");
  const field = document.querySelector("#palette-field");
  const list = document.querySelector("#palette-list");
  const found = document.querySelector("#palette-found");
  const header = document.querySelector("[data-search]");
  let waiting = false;

  const say = (text) => { dialog.querySelector("[role=status]").textContent = text; };
  const options = () => [...list.querySelectorAll("[role=option]")].filter((one) => !one.closest("#palette-list [hidden]"));
  const active = () => list.querySelector("[aria-selected=true]");
  const choose = (option) => {
    active()?.setAttribute("aria-selected", "false");
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  };
  const show = () => {
    const all = options();
    const typed = field.value.trim();
    list.hidden = !all.length;
    field.setAttribute("aria-expanded", String(all.length > 0));
    // While the answer is on its way, Enter must not open what an older question found: it goes to the search page.
    choose(waiting ? null : all[0]);
    if (!waiting) say(all.length ? _(`${all.length} to choose from`) : typed ? _(`Nothing matches “${typed}”.`) : _("Type a part of a name, a path or a summary."));
  };
  const set = (text) => {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const open = (text = "") => {
    if (dialog.open) return dialog.close();
    dialog.showModal();
    field.focus();
    set(text);
  };

  // Nothing typed asks nothing; an answer to what no longer stands there comes too late.
  field?.addEventListener("input", () => {
    waiting = field.value.trim() !== "";
    if (!waiting) found.replaceChildren();
    show();
  });
  field?.addEventListener("htmx:configRequest", (event) => { if (!field.value.trim()) event.preventDefault(); });
  found?.addEventListener("htmx:beforeSwap", (event) => { event.detail.shouldSwap &&= event.detail.requestConfig.formData.get("q") === field.value; });
  list?.addEventListener("htmx:afterSettle", () => { waiting = false; show(); });
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    field?.addEventListener(name, () => say(_("The search cannot be reached. Press Enter to try again.")));
  }
  field?.addEventListener("keydown", (event) => {
    const all = options();
    const at = all.indexOf(active());
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, PageDown: Math.min(at + 6, all.length - 1), PageUp: Math.max(at - 6, 0) }[event.key];
    if (to !== undefined && all.length) { event.preventDefault(); choose(all.at(to % all.length)); }
    if (event.key === "Enter" && !event.isComposing && active()) { event.preventDefault(); active().click(); }
  });
  dialog?.addEventListener("click", (event) => { if (event.target === dialog || event.target.closest("[data-close]")) dialog.close(); });
  dialog?.addEventListener("close", () => set(""));
  window.addEventListener("pageshow", (event) => { if (event.persisted) dialog?.close(); });
  header?.addEventListener("click", () => open(header.value));
  header?.addEventListener("input", () => { const text = header.value; header.value = ""; open(text); });
  document.addEventListener("keydown", (event) => {
    const command = event.ctrlKey || event.metaKey;
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const asked = (command && event.key.toLowerCase() === "k") || (event.key === "/" && !typing && !command && !event.altKey && document.documentElement.dataset.keys !== "off");
    if (asked && dialog) { event.preventDefault(); open(); }
  });
}
