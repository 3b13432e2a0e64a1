// A link with ?data-set=NAME offers a data set of the sandbox to begin with.

/** @param {any} pane */
export const offer = (pane) => {
  const wanted = new URLSearchParams(location.search).get("data-set");
  pane.closest("details").open = true;
  const button = pane.closest("form").querySelector("[data-sandbox]");
  htmx.ajax("POST", button.getAttribute("hx-post"), {
    source: button,
    target: "#sandbox-data",
    swap: "outerHTML",
    values: { "~sandbox": `offer:${wanted}` }
  });
};
