// Fields that are about to be replaced are read-only meanwhile: what is typed would be lost with
// them. What is chosen or opened meanwhile is so in what comes, too (do_again.js).

const form = document.querySelector("#request");
/** @type {WeakMap<XMLHttpRequest, [any, any][]>} How the form stood when it was sent. */
const asked = new WeakMap();
/** @type {(part: any) => any} */
const stateOf = (part) =>
  part.open ?? (/^(checkbox|radio)$/.test(part.type) ? part.checked : part.readOnly || part.value);

if (form) {
  const updater = form.querySelector("[data-live]");
  /** @type {Set<XMLHttpRequest>} What is on its way to the form. */
  const coming = new Set();
  // Code for a form that is about to be another one would come with words for fields that are not
  // there yet, or no more: it is asked for when the form is there.
  let isHeld = false;
  updater?.addEventListener("htmx:confirm", (/** @type {Event} */ event) => {
    isHeld = coming.size > 0;
    if (isHeld) event.preventDefault();
  });
  document.body.addEventListener("htmx:afterRequest", ({ detail: { xhr } }) => {
    if (!coming.delete(xhr)) return;
    // Not before a request that takes its place has begun.
    queueMicrotask(() => {
      if (isHeld && !coming.size) htmx.trigger(updater, "live");
    });
  });
  for (const [name, readOnly] of /** @type {const} */ ([
    ["htmx:beforeRequest", true],
    ["htmx:afterRequest", false]
  ])) {
    document.body.addEventListener(name, ({ detail: { target, xhr } }) => {
      if (!target?.closest("#request")) return;
      for (const box of target.querySelectorAll("input, textarea")) box.readOnly = readOnly;
      const parts = [...form.querySelectorAll("details, input, select, textarea")];
      if (!readOnly) return;
      coming.add(xhr);
      asked.set(
        xhr,
        parts.map((part) => [part, stateOf(part)])
      );
    });
  }
  document.body.addEventListener("htmx:beforeSwap", ({ detail: { shouldSwap, xhr } }) => {
    const before = asked.get(xhr);
    if (!before || !shouldSwap) return;
    // An update that was asked for by the form as it stood has no place in the one that comes,
    // which asks for its own.
    if (xhr.getResponseHeader("HX-Trigger-After-Settle")) {
      htmx.trigger(updater, "htmx:abort");
      coming.delete(xhr);
    }
    const since = before
      .filter(([part, state]) => stateOf(part) !== state)
      .map(([part]) => [part, stateOf(part)]);
    // Not before it is settled: only then what comes listens.
    const again = async () => (await import(updater.dataset.live)).doAgain(since);
    if (since[0]) document.body.addEventListener("htmx:afterSettle", again, { once: true });
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
