// A disclosure of the form that is opened while its field is redrawn is open afterwards.

const form = document.querySelector("#request");

/** @type {Set<Element>} Those that were open when the field was asked for. */
let open = new Set();

document.body.addEventListener("htmx:beforeRequest", ({ detail: { target } }) => {
  if (target && form?.contains(target)) open = new Set(target.querySelectorAll("details[open]"));
});
document.body.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
  for (const details of form?.contains(target) ? target.querySelectorAll("details[open]") : []) {
    const { id } = details.closest("[id]");
    const reopen = () => {
      const redrawn = document.getElementById(id)?.querySelector("details");
      if (redrawn) redrawn.open = true;
    };
    if (!open.has(details)) {
      document.body.addEventListener("htmx:afterSwap", reopen, { once: true });
    }
  }
});
