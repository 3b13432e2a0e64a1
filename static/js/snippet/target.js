// The language of the snippets: remembered for the whole site, found by typing in the list of all
// of them.
import { readItem, writeItem } from "../lib/storage.js";

const KEY = "playground:target";
const { dataset } = document.documentElement;
const radios = [...document.querySelectorAll("[name=target]")];
// Until the remembered language's code is there, no other is shown (for a moment at most:
// css/blocks/snippet.css).
const uncover = () => delete dataset.recalls;

const recall = () => {
  // The page around a frame may have chosen one; it goes before what is remembered.
  const wanted = dataset.language ?? readItem(KEY);
  const radio = radios.find(({ value }) => value === wanted);
  // So does one that was chosen before this script came.
  const isChosen = radios.some(({ dataset: { early } }) => early !== undefined);
  document.body.addEventListener("htmx:afterSwap", uncover, { once: true });
  if (radio && !radio.checked && !isChosen) {
    radio.checked = true;
    htmx.trigger(radio.form, "refresh");
  } else uncover();
};

/** @param {any} menu The list of the languages that have no tab. */
const filterable = (menu) => {
  const filter = menu.querySelector("[data-filter-languages]");
  const labels = [...menu.querySelectorAll("label")];
  filter?.addEventListener("input", () => {
    const words = filter.value.toLowerCase().split(/\s+/);
    for (const label of labels) {
      const title = label.textContent.toLowerCase();
      label.hidden = !words.every((/** @type {string} */ word) => title.includes(word));
    }
  });
  filter?.addEventListener("keydown", (/** @type {any} */ event) => {
    const first = event.key === "Enter" && labels.find((label) => !label.hidden);
    if (!first) return;
    event.preventDefault();
    first.querySelector("input").click();
  });
  menu.addEventListener("toggle", () => {
    menu.classList.remove("up");
    if (!menu.open) return;
    // Above its button where there is no room below.
    const list = menu.querySelector("div").getBoundingClientRect();
    const button = menu.querySelector("summary").getBoundingClientRect();
    menu.classList.toggle(
      "up",
      list.bottom > window.innerHeight && button.top > window.innerHeight / 2
    );
    filter.focus({ preventScroll: true });
  });
  document.addEventListener("click", ({ target }) => {
    if (menu.open && !menu.contains(target)) menu.open = false;
  });
  menu.addEventListener("keydown", (/** @type {any} */ event) => {
    const { altKey, ctrlKey, key, metaKey } = event;
    if (key === "Escape") {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (menu.open && /^[\p{L}\d]$/u.test(key) && !ctrlKey && !metaKey && !altKey) {
      // A fast typist is ahead of the event that the list is open; the letter goes where the focus
      // is by then.
      filter.focus();
    }
  });
};

if (radios.length) {
  recall();
  const menu = document.querySelector(".more-targets");
  if (menu) filterable(menu);
  // The server shows another language where a sample does not follow the form. Only new code says
  // so: what else is swapped meanwhile leaves the choice alone, whose code is still on its way.
  let code = document.querySelector("#snippet");
  document.body.addEventListener("htmx:afterSettle", () => {
    const now = document.querySelector("#snippet");
    if (now === code) return;
    code = now;
    const radio = radios.find(({ value }) => value === code?.dataset.target);
    if (radio && !radio.checked) radio.checked = true;
  });
  document.addEventListener("change", ({ target }) => {
    if (target.name !== "target") return;
    document.querySelector("[name='target~drawn']")?.remove();
    const more = target.closest("details");
    if (more) {
      more.open = false;
      more.querySelector("summary").focus();
    }
    writeItem(KEY, target.value);
  });
} else uncover();
