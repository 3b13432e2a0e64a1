// The sandbox knows its visitor by a key that this page makes and the browser keeps: what one makes
// there is there for one alone. A link with ?data-set=NAME brings a data set to begin with.
import { readItem, writeItem } from "../lib/storage.js";

const KEY = "playground:sandbox-visitor";
let key = readItem(KEY) ?? "";

const random = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};
const visitor = () => {
  key ||= readItem(KEY) || random();
  writeItem(KEY, key);
  return key;
};

const form = document.querySelector("#request");
const isChosen = () => form?.querySelector("[name=server]")?.value === "sandbox";

document.body.addEventListener("htmx:configRequest", (/** @type {any} */ { detail }) => {
  const { elt, headers } = detail;
  const isAsked = elt.matches("[data-sandbox]");
  if (!isAsked && !isChosen()) return;
  // No key is made before there is something to keep.
  const own = isAsked || elt.matches("[data-send]") ? visitor() : key;
  if (own) headers["Playground-Visitor"] = own;
});

// The page is the same for everybody; a snippet that finds what was made names who made it.
if (key && isChosen()) htmx.trigger(form, "refresh");

const pane = form?.querySelector("#sandbox-data");
if (pane && location.search.includes("data-set=")) {
  import(pane.dataset.script).then((script) => script.offer(pane));
}
