// A part of the form is replaced by what the server draws. What a visitor does in it meanwhile is
// done once more in what has come (do_again.js), so nothing is lost, however long that takes. Only
// one part is on its way at a time: what would ask for one more waits until it has come.
import { doAgain, putBack } from "./do_again.js";

const form = document.querySelector("#request");
const ASKS = "button[hx-post]:not([data-send])";
const CHOSEN = "select, [type=radio], [type=checkbox]";
/**
 * @typedef {object} Part What is on its way.
 * @property {any} cause What was pressed or chosen, so that it was asked for.
 * @property {any} target What it replaces.
 * @property {Set<any>} used What was typed into or opened since, in that order.
 */
/** @type {Map<XMLHttpRequest, Part>} */
const coming = new Map();
/** @type {any[]} Buttons that were pressed and choices that were made meanwhile. */
const waiting = [];
const updater = form?.querySelector("[data-live]");
let isHeld = false; // whether the code for the form that comes is to be asked for

/**
 * Say whether something that is used now has to wait. Pressed or chosen once more, it ends what it
 * has asked for itself, as htmx does by `hx-sync`.
 *
 * @param {any} control
 */
const hasToWait = (control) =>
  coming.size > 0 &&
  ![...coming.values()].some(
    ({ cause }) => cause === control || (cause?.type === "radio" && cause.name === control.name)
  );
const proceed = () => {
  while (waiting.length && !coming.size) {
    putBack(waiting[0]);
    doAgain(waiting.shift());
  }
  if (isHeld && !coming.size) htmx.trigger(updater, "live");
};
/** @type {(part: Part, control: any) => boolean} */
const isReplaced = ({ target }, control) =>
  // The choice of servers comes with a whole form.
  target.contains(control) || (target.id === "form-card" && control.closest("#servers"));

/** @param {any} event */
const note = (event) => {
  const { target, type } = event;
  for (const part of coming.values()) {
    if (!isReplaced(part, target)) continue;
    part.used.delete(target); // the last time counts
    part.used.add(target);
  }
  if (type !== "change" || !target.matches(CHOSEN) || !hasToWait(target)) return;
  event.stopPropagation();
  waiting.push(target);
};
/** @param {any} event */
const hold = (event) => {
  const button = event.target.closest(ASKS);
  if (button?.form !== form || !hasToWait(button)) return;
  event.preventDefault();
  event.stopPropagation();
  waiting.push(button);
};

if (form) {
  for (const type of ["input", "change", "toggle"]) form.addEventListener(type, note, true);
  document.addEventListener("click", hold, true);
  // Code for a form that is about to be another one would come with words for fields that are not
  // there yet, or no more: it is asked for when the form is there.
  updater?.addEventListener("htmx:confirm", (/** @type {Event} */ event) => {
    isHeld = coming.size > 0;
    if (isHeld) event.preventDefault();
  });
  document.body.addEventListener("htmx:beforeSend", ({ detail }) => {
    const { elt, requestConfig, target, xhr } = detail;
    // What was pasted fills the whole form.
    const place = target.id === "pasted" ? form.querySelector("#form-card") : target;
    if (!form.contains(place) || !place.querySelector("input, select, textarea, button")) return;
    const by = requestConfig.triggeringEvent?.target;
    const cause = by?.matches?.(CHOSEN) ? by : elt;
    coming.set(xhr, { cause, target: place, used: new Set() });
    // Not an event of htmx: it is sent to what asked, which may be gone by then.
    xhr.addEventListener("loadend", () => {
      coming.delete(xhr);
      queueMicrotask(proceed); // what ends it for a newer one is about to send that
    });
  });
  document.body.addEventListener("htmx:beforeSwap", ({ detail: { shouldSwap, xhr } }) => {
    // An update that was asked for by the form as it stood has no place in the one that comes,
    // which asks for its own.
    if (coming.has(xhr) && shouldSwap && xhr.getResponseHeader("HX-Trigger-After-Settle"))
      htmx.trigger(updater, "htmx:abort");
  });
  document.body.addEventListener("htmx:afterSettle", ({ detail: { xhr } }) => {
    const part = coming.get(xhr);
    if (!part) return;
    coming.delete(xhr);
    // After everything that came with it is in its place, before anything more can be done.
    queueMicrotask(() => {
      const changed = [...part.used].filter(putBack);
      for (const control of changed) if (!waiting.includes(control)) doAgain(control);
      proceed();
    });
  });
  // Each update brings the form as raw text; it is dropped once the visitor has switched to raw
  // text, which is then on its way.
  document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
    const { target, fragment } = event.detail;
    const raw = form.querySelector("[name='body~mode'][value=raw]");
    if (target.id === "body-raw" && raw.checked) event.preventDefault();
    // The choice of servers comes with a whole form; it is open where it was.
    if (target.id === "servers") fragment.querySelector("#servers").open = target.open;
  });
}
