// An answer's views: what makes them easier (views.js) is fetched when there is the first one.

/** @type {Promise<any> | undefined} */
let views;
const start = async () => {
  const view = document.querySelector("[data-views]:not(.send-bar)");
  if (!view) return;
  views ??= import(view.dataset.views);
  (await views).enhance();
};
for (const name of ["htmx:afterSettle", "playground:answer"]) {
  document.addEventListener(name, start);
}
start();
