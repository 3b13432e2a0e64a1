// "Show more" in a list: the focus moves to the first of the new entries, not to the top of the
// page.

/** @type {Element | null} */
let after = null;
document.body.addEventListener("htmx:beforeSwap", ({ detail: { requestConfig, target } }) => {
  const link = requestConfig?.elt;
  const pressed = link?.matches("[data-more]") && link === document.activeElement;
  after = pressed ? target.previousElementSibling : null;
});
document.body.addEventListener("htmx:afterSettle", () => {
  after?.nextElementSibling?.querySelector("a, summary")?.focus();
  after = null;
});
