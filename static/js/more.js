// "Show more" in a list: the focus goes on to the first of what came, instead of to the top of the page.
"use strict";
{
  let after = null;
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const link = event.detail.requestConfig?.elt;
    after = link?.matches("[data-more]") && link === document.activeElement ? event.detail.target.previousElementSibling : null;
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    after?.nextElementSibling?.querySelector("a, summary")?.focus();
    after = null;
  });
}
