// Fields that are about to be replaced are read-only meanwhile: what is typed would be lost with
// them. A disclosure that is opened meanwhile is open afterwards: form/disclosures.js.

const form = document.querySelector("#request");

if (form) {
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
