// Problems are shown beside their fields as well as in the list. Fetched with the first update or
// answer (snippet/start.js).

/** What kept a request from being sent counts until the form changes. */
const SHOWN = "#problems [data-beside], .output:not([data-stale]) .failed [data-beside]";
const form = document.querySelector("#request");

/** @param {any} link An entry of the list, which leads to the field. */
const showBeside = (link) => {
  const box = /** @type {any} */ (document.getElementById(link.hash.slice(1)));
  if (!box) return;
  const text = document.createElement("p");
  text.className = "problem";
  text.id = `${box.id}-problem`;
  text.textContent = link.dataset.beside || link.nextElementSibling.textContent;
  if (!box.name) {
    (box.querySelector(".control") ?? box).append(text);
    return;
  }
  box.after(text);
  box.ariaInvalid = "true";
  box.setAttribute("aria-describedby", `${text.id} ${box.id}-help`);
};

if (form) {
  const show = () => {
    for (const text of form.querySelectorAll(".problem")) text.remove();
    for (const box of form.querySelectorAll("[aria-invalid]")) {
      box.removeAttribute("aria-invalid");
      box.setAttribute("aria-describedby", `${box.id}-help`);
    }
    for (const link of document.querySelectorAll(SHOWN)) showBeside(link);
  };
  document.body.addEventListener("htmx:afterSettle", show);
  show();
}
