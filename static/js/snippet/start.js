// Code and URL follow the keys (live.js): the script for it is fetched at the first of them.

for (const /** @type {any} */ updater of document.querySelectorAll("[data-live]")) {
  const form = updater.closest("form");
  /** @type {any} */
  let field;
  const note = (/** @type {any} */ { target }) => {
    field = target;
  };
  const begin = async () => {
    const { follow } = await import(updater.dataset.live);
    form.removeEventListener("input", note);
    follow(updater)(field);
  };
  form.addEventListener("input", note);
  form.addEventListener("input", begin, { once: true });
}
