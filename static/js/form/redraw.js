// What is about to be replaced takes no typing meanwhile: it would be lost with it.

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
  // The raw text of a form comes with each snippet; not for who has left the form, whose text is on
  // its way.
  document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
    const raw = form.querySelector("[name='body~mode'][value=raw]");
    if (event.detail.target.id === "body-raw" && raw.checked) event.preventDefault();
  });
}
