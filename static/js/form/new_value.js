// Values that are made on request: fresh ones (generate.js), and the text of a file (from_file.js).
// What makes them is fetched with the first.

const form = document.querySelector("#request");
const maker = () => import(form.dataset.maker);

form?.addEventListener("click", async (/** @type {any} */ event) => {
  const button = event.target.closest('[name="~new"]');
  if (!button) return;
  event.preventDefault();
  (await maker()).generate(button);
});
form?.addEventListener("change", async (/** @type {any} */ { target }) => {
  if (target.matches("[data-bytes]") && target.files[0]) (await maker()).readFile(target);
});
