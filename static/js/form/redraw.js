// Fields that are about to be replaced are read-only meanwhile: what is typed would be lost with
// them. What is chosen or opened meanwhile is so in what comes, too.

const form = document.querySelector("#request");
/** @type {WeakMap<XMLHttpRequest, [any, any][]>} How the form stood when it was sent. */
const asked = new WeakMap();
const isBox = (/** @type {any} */ { type }) => type === "checkbox" || type === "radio";
const stateOf = (/** @type {any} */ part) =>
  part.matches("details") ? part.open : isBox(part) ? part.checked : part.value;
const controls = () => [...form.elements].filter(({ type }) => !/^(hidden|file)$/.test(type));
const parts = () => [...controls(), ...form.querySelectorAll("details")];

/**
 * Do in what came what was done meanwhile in what it replaced, as the visitor would once more.
 *
 * @param {any} before
 * @param {any} state How the visitor left it; what comes with it may have changed that.
 */
const doAgain = (before, state) => {
  if (before.isConnected) return;
  if (before.matches("details")) {
    const place = document.getElementById(before.dataset.within);
    const after = place?.matches("details") ? place : place?.querySelector("details");
    if (after) after.open = state;
    return;
  }
  if (before.type === "radio" && !state) return;
  const control = controls().find(
    ({ name, type, value }) =>
      name === before.name && type === before.type && (!isBox(before) || value === before.value)
  );
  const isOffered = [...(control?.options ?? [])].some(({ value }) => value === state);
  if (!control || (control.options && !isOffered) || stateOf(control) === state) return;
  control[isBox(before) ? "checked" : "value"] = state;
  for (const name of ["input", "change"]) control.dispatchEvent(new Event(name, { bubbles: true }));
};

if (form) {
  document.body.addEventListener("htmx:beforeRequest", ({ detail: { target, xhr } }) => {
    if (!target?.closest("#request")) return;
    asked.set(
      xhr,
      parts().map((part) => [part, stateOf(part)])
    );
  });
  document.body.addEventListener("htmx:beforeSwap", ({ detail: { shouldSwap, xhr } }) => {
    const before = asked.get(xhr);
    if (!before || !shouldSwap) return;
    // An update that was asked for by the form as it stood has no place in the one that comes,
    // which asks for its own.
    if (/\brefresh\b/.test(xhr.getResponseHeader("HX-Trigger-After-Settle") ?? ""))
      htmx.trigger(form.querySelector("[data-live]"), "htmx:abort");
    const since = before
      .filter(([part, state]) => stateOf(part) !== state && (isBox(part) || !part.readOnly))
      .map(([part]) => [part, stateOf(part)]);
    for (const [part] of since) part.dataset.within = part.closest("[id]").id;
    const repeat = () => since.forEach(([part, state]) => doAgain(part, state));
    // Not before it is settled: only then what comes listens.
    if (since.length) document.body.addEventListener("htmx:afterSettle", repeat, { once: true });
  });
  for (const [name, readOnly] of /** @type {const} */ ([
    ["htmx:beforeRequest", true],
    ["htmx:afterRequest", false]
  ])) {
    document.body.addEventListener(name, ({ detail: { target } }) => {
      if (!target?.closest("#request")) return;
      for (const box of target.querySelectorAll("input, textarea")) box.readOnly = readOnly;
    });
  }
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
