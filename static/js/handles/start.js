// Every value of an answer is a handle: a button beside the one that is pointed at shows what can
// be done with it. Forms that open another operation, and buttons for further pages, fill in here.
import { goAndFill } from "../form/hand_over.js";

const root = document.documentElement;
const handle = document.createElement("button");
handle.type = "button";
handle.className = "handle";
handle.textContent = _("Use");

/** @param {any} target */
const show = (target) => {
  const node = target.closest?.("[data-address]");
  if (!node || target === handle || !document.querySelector("#use-value")) return;
  const line = node.querySelector(":scope > details > summary") ?? node;
  if (handle.parentElement === line) return;
  handle.dataset.of = node.dataset.address;
  line.append(handle);
};
const open = () => {
  const form = document.querySelector("#use-value");
  // What asks stays where it is: the value that was asked for last is shown.
  const source = form.closest(".answer-tools");
  htmx.trigger(source, "htmx:abort");
  const answer = form.elements.answer.value;
  htmx
    .ajax("POST", form.action, {
      source,
      target: "#answer-value",
      swap: "outerHTML",
      values: { answer, address: handle.dataset.of }
    })
    .then(
      () => {
        const card = document.querySelector("#answer-value");
        card.scrollIntoView({ block: "nearest" });
        card.focus({ preventScroll: true });
      },
      () => {}
    );
};

document.addEventListener("pointerover", ({ target }) => show(target));
document.addEventListener("focusin", ({ target }) => show(target));
// What was pointed at before this script came is pointed at still.
show([...document.querySelectorAll(":hover")].at(-1) ?? document.body);
handle.addEventListener("click", (event) => {
  event.preventDefault();
  event.stopPropagation();
  open();
});

// The same addresses work without this script; with it no value is in the page that is sent.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target.closest("[data-use]");
    if (!form) return;
    event.preventDefault();
    /** @type {any} */
    const pairs = [...new FormData(form)];
    const { use: operation, href, sends } = form.dataset;
    goAndFill(href, { operation, pairs, send: sends !== undefined });
  },
  { capture: true }
);

/** @param {any} button */
const fill = (button) => {
  /** @type {[string, string][]} */
  const inputs = Object.entries(JSON.parse(button.value));
  const fields = inputs.map(([name]) => /** @type {any} */ (document.getElementsByName(name)[0]));
  if (!fields.every((field) => field?.matches("input, textarea, select"))) return false;
  for (const [at, [, text]] of inputs.entries()) {
    fields[at].value = text;
    fields[at].dispatchEvent(new Event("input", { bubbles: true }));
  }
  document.querySelector("#send").click();
  return true;
};

document.addEventListener("click", async (event) => {
  const page = event.target.closest("[data-fill]");
  if (page && fill(page)) event.preventDefault();
  if (event.target.closest("[data-close-value]")) {
    document.querySelector("#answer-value").replaceChildren();
    if (handle.isConnected) handle.focus();
  }
  const take = event.target.closest("[data-take]");
  if (take) (await import(root.dataset.scenarios ?? "")).takeValue(take);
});
