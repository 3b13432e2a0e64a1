// The credentials panel, loaded when it opens: fills its inputs from storage and writes them back,
// forgets one or all. It gets its functions from credentials.js; no other script can reach either.
import { removeItem, writeItem } from "../lib/storage.js";
import { copyWithKey } from "./copy_with_key.js";
import { addHeader, part, shownIn, writeInputs } from "./inputs.js";
import { panelActions } from "./panel_actions.js";
import { panelView } from "./panel_view.js";
import { recognise } from "./recognise.js";

/** @typedef {import("./schemes.js").Credential} Credential */

/** @param {any} api Functions of credentials.js. */
export const edit = (api) => {
  const { panel, sets, store, swap, used } = api;
  // What is typed and not saved yet outlives a redraw, as when another tab saves; so does a choice
  // made before this script came.
  /** @type {Set<any>} */
  const touched = new Set();
  const view = panelView(api, touched);
  const { draw, environment, remember, say, showChosen } = view;
  if (remember.selectedIndex > 0) touched.add(remember);
  const { choose, forget, forgetAll, save, takeTyped } = panelActions(api, view, touched);

  /** @param {any} event */
  const paste = (event) => {
    const { target, clipboardData } = event;
    if (!target.matches("input[data-part]")) return;
    if (!recognise(clipboardData?.getData("text") ?? "", api)) return;
    event.preventDefault();
    showChosen();
    for (const input of panel.querySelectorAll("input[data-part]")) {
      if (input.value) touched.add(input);
    }
    takeTyped();
    say(_("Recognised what you pasted. Save it to keep it."));
  };

  /**
   * @param {any} set
   * @param {"show" | "signIn"} act
   */
  const oauth = async (set, act) => {
    const place = set.querySelector("[data-oauth-said]");
    const more = {
      set,
      part: (/** @type {string} */ name) => part(set, name),
      say: (/** @type {string} */ text) => say(text, place),
      take: (/** @type {Credential} */ credential) => {
        touched.clear();
        writeInputs(set, { ...shownIn(set), ...credential }, touched);
        return save();
      }
    };
    try {
      const script = await import(panel.dataset.oauth);
      await script[act]({ ...api, ...more });
    } catch (error) {
      const { message } = /** @type {Error} */ (error);
      const isLost = error instanceof TypeError;
      more.say(
        isLost
          ? _("The sign-in could not be loaded. Check your connection and try again.")
          : message
      );
    }
  };
  /** @param {{ mend: string, scopes?: string }} data What a refusal lacks. */
  const remedy = ({ mend: what, scopes = "" }) => {
    const set = used()[0] ?? sets()[0];
    if (what === "scopes" && set) {
      for (const box of set.querySelectorAll("[data-scope]")) {
        if (scopes.split(" ").includes(box.value)) box.checked = true;
      }
    }
    panel.scrollIntoView({ block: "nearest" });
    const button = what === "open" ? null : set?.querySelector("[data-do=sign-in]");
    const input = set?.querySelector("input:not([type=hidden])") ?? panel.querySelector("input");
    (button ?? input)?.focus();
  };
  /** @param {any} box */
  const blur = (box) => {
    document.documentElement.toggleAttribute("data-demo", box.checked);
    if (box.checked) writeItem("playground:demo", "1");
    else removeItem("playground:demo");
  };
  /** @param {any} button */
  const reveal = (button) => {
    const input = button.parentElement.querySelector("input");
    input.type = input.type === "password" ? "text" : "password";
    button.setAttribute("aria-pressed", String(input.type === "text"));
  };
  /** @type {Record<string, (button: any) => void>} */
  const DO = {
    save,
    clear: forget,
    // Pressed by form/variables.js, whose environment is the same.
    environment: ({ value }) => swap(value),
    "forget-all": forgetAll,
    "add-header": () => part(addHeader(panel), "header-name").focus(),
    "remove-header": (button) => {
      button.closest("[data-header-row]").remove();
      takeTyped();
      panel.querySelector("[data-do=add-header]").focus();
    },
    "sign-in": (button) => oauth(button.closest("[data-scheme]"), "signIn"),
    reveal
  };
  /** @param {any} input */
  const keepLiveKeysShort = ({ type, value }) => {
    // A live key is stored for this tab unless the visitor chooses otherwise: the browser's storage
    // outlives the visit.
    if (type !== "password" || store.current() || remember.value !== "localStorage") return;
    if (!/(^|[_-])(live|prod)[_-]/i.test(value)) return;
    remember.value = "sessionStorage";
    say(
      _("This looks like a live key, so it is kept for this tab only unless you choose otherwise.")
    );
  };

  panel.addEventListener("change", (/** @type {any} */ { target }) => {
    if (target.name === "authentication") {
      say("");
      showChosen();
      choose();
      takeTyped();
    }
    if (target === environment) swap(environment.value.trim());
    if (target.dataset.part === "flow") oauth(target.closest("[data-scheme]"), "show");
    if (target.matches("[data-demo]")) blur(target);
  });
  panel.addEventListener("keydown", (/** @type {any} */ event) => {
    const { key, target } = event;
    if (key !== "Enter" || !target.matches("input:not([type=checkbox])")) return;
    event.preventDefault();
    if (target === environment) target.blur();
    else save();
  });
  panel.addEventListener("paste", paste);
  panel.addEventListener("input", (/** @type {any} */ { target }) => {
    if (target.dataset.part || target === remember) touched.add(target);
    keepLiveKeysShort(target);
    if (target.dataset.part) takeTyped();
  });
  panel.addEventListener("click", (/** @type {any} */ { target }) => {
    const button = target.closest("[data-do]");
    DO[button?.dataset.do]?.(button);
  });
  panel.querySelector("[data-demo]").checked = document.documentElement.hasAttribute("data-demo");
  draw();
  for (const set of sets()) if (set.dataset.kind === "oauth2") oauth(set, "show");
  /** @param {any} button */
  const copy = (button) => copyWithKey(button, api);
  return { copy, draw, remedy };
};
