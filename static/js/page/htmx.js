// htmx: how it is set, and its start. It starts itself at DOMContentLoaded, which has passed when
// it is loaded (boot.js), so it is started here through its own interface.

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
htmx.process(document.body);
