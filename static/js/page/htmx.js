// htmx: how it is set, and its start. It starts itself at DOMContentLoaded, which has passed when
// it is loaded (early.js), or at once where all of the page has come. The page says by `hx-disable`
// that it is to leave everything alone then: it is set and started here, by its own interface.

const SETTINGS = {
  allowEval: false,
  allowScriptTags: false,
  selfRequestsOnly: true,
  historyEnabled: false,
  timeout: 620_000,
  disableInheritance: true,
  defaultSettleDelay: 0
};

// htmx sets innerHTML with the server's fragments; its Trusted Types policy lets HTML through and
// no script ever.
if (window.trustedTypes?.createPolicy) {
  trustedTypes.createPolicy("default", { createHTML: String });
}
Object.assign(htmx.config, SETTINGS);
// Its own start does one thing that `process` does not: this event ends a request for a newer one.
htmx.defineExtension("abort", {
  init: (api) =>
    document.body.addEventListener("htmx:abort", ({ target, detail }) =>
      api.getInternalData(detail.elt ?? target).xhr?.abort()
    )
});
// Of an input that asks where its text has changed htmx takes note of the text that is there now.
// What was typed before counts as a change.
const early = [...document.querySelectorAll("[hx-trigger*=changed]")]
  .filter((field) => field.value !== field.defaultValue)
  .map((field) => /** @type {const} */ ([field, field.value, field.selectionEnd]));
for (const [field] of early) field.value = field.defaultValue;
document.body.removeAttribute("hx-disable");
htmx.process(document.body);
for (const [field, text, caret] of early) {
  field.value = text;
  field.setSelectionRange(caret, caret);
}
