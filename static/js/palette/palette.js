// The palette once it is open (open.js). A combobox (WAI-ARIA APG, editable with a listbox): the
// focus stays in the field, aria-activedescendant says which option is meant. htmx fetches options
// while one types.
import { filterStart, loadStart } from "./start.js";

const dialog = document.querySelector("#palette");
const field = document.querySelector("#palette-field");
const list = document.querySelector("#palette-list");
const results = document.querySelector("#palette-found");
let waiting = false;

/** @param {string} text */
const say = (text) => {
  dialog.querySelector("[role=status]").textContent = text;
};
const options = () =>
  [...list.querySelectorAll("[role=option]")].filter(
    (option) => !option.closest("#palette-list [hidden]")
  );
const active = () => list.querySelector("[aria-selected=true]");
/** @param {Element | null | undefined} option */
const choose = (option) => {
  active()?.setAttribute("aria-selected", "false");
  if (!option) return field.removeAttribute("aria-activedescendant");
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", option.id);
};
/**
 * @param {any[]} all
 * @param {string} typed
 */
const status = (all, typed) => {
  const count = typed && results.querySelector("[data-count]")?.textContent;
  if (count) return count;
  if (all.length) return _(`${all.length} to choose from`);
  return typed
    ? _(`Nothing matches “${typed}”.`)
    : _("Type a part of a name, a path or a summary.");
};
const show = () => {
  filterStart(field.value.trim());
  const all = options();
  list.hidden = !all.length;
  field.setAttribute("aria-expanded", String(all.length > 0));
  // While the answer is on its way, Enter must not open what an older question found: it goes to
  // the search page. Nor does it open one of this API's operations that nobody asked for.
  const isMeant = !waiting && !all[0]?.closest("[data-here]");
  choose(isMeant ? all[0] : null);
  if (!waiting) say(status(all, field.value.trim()));
};
const typed = () => {
  waiting = field.value.trim() !== "";
  if (!waiting) results.replaceChildren();
  show();
};

/**
 * Find what stands in the field of the palette that was opened just now. What was typed before this
 * script came may have been asked for, and even answered: it is asked for again.
 */
export const opened = () => {
  loadStart();
  typed();
  if (waiting) htmx.trigger(field, "ask");
};

/**
 * Return the option a key leads to; it wraps round at the ends, a page stops there.
 *
 * @param {string} key
 * @param {any[]} all
 */
const optionAfter = (key, all) => {
  const at = all.indexOf(active());
  if (key === "ArrowDown") return all[(at + 1) % all.length];
  if (key === "ArrowUp") return all.at(Math.max(at, 0) - 1);
  if (key === "PageDown") return all[Math.min(at + 6, all.length - 1)];
  if (key === "PageUp") return all[Math.max(at - 6, 0)];
  return undefined;
};

// An empty field asks nothing; an answer to a text that has changed since is dropped.
field?.addEventListener("input", typed);
field?.addEventListener("htmx:configRequest", (/** @type {any} */ event) => {
  if (!field.value.trim()) event.preventDefault();
});
results?.addEventListener("htmx:beforeSwap", (/** @type {any} */ { detail }) => {
  detail.shouldSwap &&= detail.requestConfig.formData.get("q") === field.value;
});
list?.addEventListener("htmx:afterSettle", (/** @type {any} */ { target }) => {
  if (results.contains(target)) waiting = false;
  show();
});
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  field?.addEventListener(name, () =>
    say(_("The search cannot be reached. Press Enter to try again."))
  );
}
field?.addEventListener("keydown", (/** @type {any} */ event) => {
  const option = optionAfter(event.key, options());
  if (option) {
    event.preventDefault();
    choose(option);
  }
  if (event.key === "Enter" && !event.isComposing && active()) {
    event.preventDefault();
    active().click();
  }
});
dialog?.addEventListener("click", (/** @type {any} */ { target }) => {
  if (target === dialog || target.closest("[data-close]")) dialog.close();
});
dialog?.addEventListener("close", () => {
  field.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) dialog?.close();
});
