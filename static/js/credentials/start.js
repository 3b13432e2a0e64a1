// What holds credentials (credentials.js) comes with the other scripts where some are kept
// (page/early.js), else when the panel is opened, or something asks for one.

const panel = document.querySelector("#credentials");
/** @type {Promise<unknown> | undefined} */
let loading;
const load = () => {
  loading ??= new Promise((loaded) => {
    if (document.querySelector("body > [data-holder]")) return loaded(true);
    const script = document.querySelector("#scripts").content.querySelector("[data-holder]");
    const asked = document.importNode(script, true);
    asked.addEventListener("load", loaded);
    return document.body.append(asked);
  });
  return loading;
};

if (panel && !document.querySelector("body > [data-holder]")) {
  panel.closest("details").addEventListener("toggle", load, { once: true });
  addEventListener("storage", ({ key }) => {
    if (key === "utdk_local_credentials") load();
  });
  const ask = (/** @type {any} */ event) => {
    const button = event.target.closest("[data-mend], [data-copy-key], [data-do]");
    if (!button) return;
    document.removeEventListener("click", ask, true);
    if (document.querySelector("body > [data-holder]")) return;
    event.preventDefault();
    event.stopPropagation();
    load().then(() => button.click());
  };
  document.addEventListener("click", ask, true);
}
