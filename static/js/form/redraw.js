// Fields that are about to be replaced are read-only meanwhile: what is typed would be lost with
// them. A disclosure that is opened meanwhile is open afterwards.

const form = document.querySelector("#request");

if (form) {
  let open = new Set();
  for (const [name, readOnly] of /** @type {const} */ ([
    ["htmx:beforeRequest", true],
    ["htmx:afterRequest", false]
  ])) {
    document.body.addEventListener(name, ({ detail: { target } }) => {
      if (!target?.closest("#request")) return;
      for (const box of target.querySelectorAll("input, textarea")) box.readOnly = readOnly;
      if (readOnly) open = new Set(target.querySelectorAll("details[open]"));
    });
  }
  document.body.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
    for (const details of form.contains(target) ? target.querySelectorAll("details[open]") : []) {
      const { id } = details.closest("[id]");
      if (open.has(details)) continue;
      document.body.addEventListener(
        "htmx:afterSwap",
        () => document.getElementById(id)?.querySelector("details")?.setAttribute("open", ""),
        { once: true }
      );
    }
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
