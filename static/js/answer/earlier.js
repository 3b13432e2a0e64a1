// An answer once something else has happened: the form has changed since, or a later Send failed
// and took its place, from where it is one click away.

const form = document.querySelector("#request");
const output = document.querySelector(".output");
const pane = () => output.querySelector("#response");
const SENT = /^(path|query|header|cookie|server|body|media_type|brackets|objects)\b/;
/** What says how a field is drawn; a field that was fetched since brings more of it. */
const DRAWN = /~(?!as$|kept$|key\/|value)/;

/** Return what the form holds, or held, but for what only says how it is drawn. */
const held = (data = new FormData(form)) => {
  const pairs = [...data];
  const isRaw = pairs.some(([name, value]) => name === "body~mode" && value === "raw");
  const sent = pairs.filter(
    ([name, value]) =>
      value !== "" && SENT.test(name) && (!DRAWN.test(name) || (isRaw && name === "body~raw"))
  );
  return JSON.stringify(
    sent.map(([name, value]) => [name, value instanceof File ? value.name : value]).sort()
  );
};

// A Send before this script came (form/send.js).
const before = document.querySelector(".send-bar")?.sent;
const isAnswer = (/** @type {any} */ { nodeType, parentNode }) =>
  nodeType === 1 && parentNode?.querySelector(".status-line");
/** @type {Node[]} The last answer that there was. */
let earlier = before?.answer.some(isAnswer) ? before.answer : [];
let asked = form ? held(before?.form) : "";

const mark = () => {
  if (pane().querySelector(".status-line, .failed")) output.dataset.stale = "";
};
const offer = () => {
  const button = pane().querySelector(".failed [data-earlier]");
  if (button) button.hidden = !earlier.length;
};
const keep = () => {
  if (pane().querySelector(".status-line")) earlier = [...pane().childNodes];
  asked = held();
};

if (form && output) {
  document.body.addEventListener("htmx:beforeRequest", ({ detail: { elt } }) => {
    if (!elt.matches("[data-send]")) return;
    keep();
    delete output.dataset.stale;
  });
  document.body.addEventListener("htmx:afterSettle", ({ detail: { elt, requestConfig } }) => {
    if (elt.id === "response") {
      // One that is shown again comes with its form.
      if (!requestConfig?.elt.matches("[data-send]")) {
        asked = held();
        delete output.dataset.stale;
      }
      offer();
    } else if (elt.closest?.("#request") && held() !== asked) mark();
  });
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.body.addEventListener(name, offer);
  }
  output.addEventListener("click", (/** @type {any} */ { target }) => {
    if (!target.closest("[data-earlier]")) return;
    pane().replaceChildren(...earlier);
    htmx.process(pane());
    output.dataset.stale = "earlier";
    pane().querySelector("summary, button, input")?.focus();
    document.dispatchEvent(new CustomEvent("playground:answer"));
  });
  offer();
  if (held() !== asked) mark();
}
