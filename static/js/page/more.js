// What a closed group holds comes as it is opened, to the list in it, by the list's link and what
// the group adds to that. One listener for all groups: htmx would keep several for each.
document.addEventListener(
  "toggle",
  ({ target: { dataset, lastElementChild: target } }) => {
    if (dataset.opens === undefined) return;
    const { href } = target.querySelector("a");
    htmx.ajax("GET", href + dataset.opens, { source: target, target }).catch(() => {});
    delete dataset.opens;
  },
  true
);

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
