// The snippet and the URL follow the keys. The server says with an answer what further keys in the
// field will change (predicted.js): while that holds, the page shows them by itself and asks for
// nothing. Else it asks while someone types, one request under way, the newest text always asked
// for at last, with a pause between two that grows with what the server takes. What else comes with
// them, mistakes above all, waits until typing pauses: half a word is no mistake yet.
import { covers, showing } from "./predicted.js";

const GAP = 180;
const PAUSE = 200;
const REST = 2; // times what an answer took, the server is left alone
const TYPED = "textarea, input:not([type=checkbox], [type=radio], [type=file])";

/**
 * Follow the keys in a form, and return what is done at one.
 * @param {any} updater The element that asks, through htmx; it is in the form that it sends.
 */
export const follow = (updater) => {
  const form = updater.closest("form");
  const isAlwaysBrief = "~brief" in form.elements;
  let isUnderWay = false;
  let isBrief = false; // whether what is asked for now is the snippet and the URL alone
  let isShown = true; // whether they were asked for since the last key, or are shown already
  let isWhole = true; // whether all the rest was
  let paused = 0; // when typing will have paused
  let next = 0; // when the next key may ask
  let asked = 0; // when the last request began
  /** @type {any} */
  let field; // where the last key went
  /** @type {any} */
  let known; // what the server said of further keys in one field
  /** @type {any} */
  let show;
  /** @type {number | undefined} */
  let timer;

  /** @param {boolean} brief */
  const ask = (brief) => {
    isBrief = brief && !isAlwaysBrief;
    htmx.trigger(updater, "live");
    isBrief = false;
  };
  const proceed = () => {
    clearTimeout(timer);
    if (isUnderWay || isWhole) return;
    const now = performance.now();
    if (now >= paused) ask(false);
    else if (!isShown && now >= next) ask(true);
    else timer = setTimeout(proceed, Math.min(paused, isShown ? paused : next) - now);
  };
  const predict = () => {
    if (field?.name !== known?.name || !covers(known, field.value)) return false;
    show(field.value);
    document.body.dispatchEvent(new Event("snippet:followed"));
    return true;
  };
  const typed = (/** @type {any} */ target) => {
    // A key is typed in the form's place, and is none of its inputs: code and URL never hold it.
    if (target.form !== form) return;
    field = target.matches(TYPED) ? target : undefined;
    if (!field || field.name !== known?.name) known = undefined;
    isShown = !field || predict();
    isWhole = isShown && known?.whole;
    paused = performance.now() + PAUSE;
    proceed();
  };
  form.addEventListener("input", (/** @type {any} */ { target }) => typed(target));
  updater.addEventListener("htmx:configRequest", (/** @type {any} */ { detail }) => {
    if (isBrief) detail.formData.set("~brief", "typed");
    if (field) detail.formData.set("~typed", field.name);
  });
  updater.addEventListener("htmx:beforeRequest", () => {
    isUnderWay = true;
    isShown = true;
    isWhole = !isBrief;
    known = undefined;
    asked = performance.now();
  });
  updater.addEventListener("typed", (/** @type {any} */ { detail }) => {
    known = detail;
    show = showing(known);
    // What was typed since the request began is shown as well.
    if (predict()) {
      isShown = true;
      isWhole ||= known.whole;
    }
  });
  updater.addEventListener("htmx:afterRequest", () => {
    isUnderWay = false;
    next = Math.max(asked + GAP, performance.now() + REST * (performance.now() - asked));
    proceed();
  });
  return typed;
};
