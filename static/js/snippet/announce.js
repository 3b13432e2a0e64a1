// A changed snippet is announced to screen readers: at once for another language, else when typing
// has paused and the code has changed.

const region = document.querySelector("#snippet-said");
const code = () => document.querySelector("#snippet-text").textContent;
if (region && document.querySelector("[name=target]")) {
  let before = code();
  let language = "";
  /** @type {number | undefined} */
  let timer;
  const changed = () => {
    if (code() === before) return;
    before = code();
    clearTimeout(timer);
    region.textContent = "";
    const tell = () => {
      region.textContent = language ? _(`Code snippet ${language}`) : _("Code snippet updated");
      language = "";
    };
    timer = setTimeout(tell, language ? 300 : 2000);
  };
  document.body.addEventListener("htmx:afterSettle", changed);
  document.body.addEventListener("snippet:followed", changed);
  document.addEventListener("change", ({ target }) => {
    if (target.name === "target") language = target.parentElement.textContent;
  });
}
