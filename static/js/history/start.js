// History: its script is fetched once an answer comes, is shown again or is looked for.
import { pairsNow } from "./pairs.js";
import { shownOn } from "./shown.js";

const root = document.documentElement;
const load = () => import(root.dataset.historyScript ?? "");
const sending = document.querySelector("#request");
const earlier = document.querySelector("#history");

if (sending && !root.dataset.embed) {
  /** @type {[string, string][]} */
  let asked = [];
  document.body.addEventListener("htmx:beforeRequest", ({ detail: { elt } }) => {
    if (elt.matches("[data-send]")) asked = pairsNow();
  });
  document.body.addEventListener("htmx:afterSettle", async ({ detail: { elt, requestConfig } }) => {
    const isAnswer = elt.id === "response" && requestConfig?.elt.matches("[data-send]");
    if (isAnswer) (await load()).answered(asked);
  });
  // A page that the server drew with an answer in it: from a file, or after a Send without htmx.
  if (document.querySelector("#answer-view")) {
    queueMicrotask(async () => (await load()).answered(pairsNow(), "filled" in sending.dataset));
  }
  const [arrival] = /** @type {PerformanceNavigationTiming[]} */ (
    performance.getEntriesByType("navigation")
  );
  const id = shownOn(sending.dataset.operation);
  if (id !== undefined && arrival?.type !== "navigate" && !("filled" in sending.dataset)) {
    load().then((script) => script.showAgain(id));
  }
}
if (earlier?.matches("details")) {
  earlier.addEventListener("toggle", async () => {
    if (earlier.open) (await load()).drawHistory();
  });
} else if (earlier) load().then((script) => script.drawHistory());

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-link-answer]:not([data-copy])");
  if (button) (await load()).linkAnswer(button, pairsNow());
});
// A support bundle dropped anywhere on the page opens it.
for (const type of root.dataset.embed ? [] : ["dragover", "drop"]) {
  document.addEventListener(type, async (/** @type {any} */ event) => {
    const { dataTransfer, target } = event;
    if (target.closest?.("input, textarea") || !dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    const { files } = dataTransfer;
    if (type === "drop" && files.length) (await load()).openFile(files);
  });
}
