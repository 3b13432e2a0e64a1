// The page of scenarios: the list of those kept here, and the one that is open, edited through the
// server.
import { siteAddress } from "../lib/site.js";
import { fromBase64, toBase64url } from "../lib/base64.js";
import { keepScenario, keepScenarios, keptScenarios, newId, titleOf, typedIn } from "./kept.js";
import { goToStep } from "./play.js";

/** @typedef {import("./kept.js").Pair} Pair */
/** @typedef {import("./kept.js").Scenario} Scenario */

const page = document.querySelector(".scenarios");
/** @type {string | undefined} Of the scenario that is open. */
let id;
/** @type {string | undefined} Of the one that is being opened. */
let nextId;
let sent = ""; // the fields as they were last sent
let taken = ""; // the fields as they stand in the text
/** @type {Pair[]} */
let late = []; // what was typed while an answer was under way

const opened = () => page.querySelector("[data-scenario]");
/** @returns {Pair[]} */
const fields = () => {
  const pairs = [...new FormData(opened())];
  return /** @type {Pair[]} */ (
    pairs.filter(([name, value]) => name !== "scenario" && typeof value === "string")
  );
};
const spelled = () => JSON.stringify(fields());
const text = () => opened()?.elements.scenario.value ?? "";

const drawList = () => {
  // Nothing would happen if it were pressed before this script came.
  for (const button of page.querySelectorAll("[data-play-example]")) button.disabled = false;
  const nav = page.querySelector(".scenario-kept");
  const scenarios = keptScenarios();
  nav.hidden = !scenarios.length;
  const items = scenarios.map((scenario) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = titleOf(scenario);
    if (scenario.id === id) button.setAttribute("aria-current", "true");
    button.addEventListener("click", () => open(scenario));
    item.append(button);
    return item;
  });
  nav.querySelector("ul").replaceChildren(...items);
};
/**
 * Open a scenario; of two that were asked for the newer one stays.
 *
 * @param {Partial<Scenario>} scenario
 * @returns {Promise<boolean>} Whether it is open.
 */
const open = (scenario) => {
  nextId = scenario.id;
  htmx.trigger(page, "htmx:abort");
  const place = { source: page, target: "#scenario", swap: "outerHTML" };
  const values = { ...Object.fromEntries(typedIn(scenario)), scenario: scenario.text };
  return htmx.ajax("POST", siteAddress("/scenarios"), { ...place, values }).then(
    () => true,
    () => false
  );
};
const save = () => {
  if (!opened()) return;
  id ??= newId();
  keepScenario({ id, text: text(), typed: fields() });
};
const update = () => {
  save();
  drawList();
};
/** @param {any} detail */
const isOurs = ({ elt, target }) => elt === page || page.contains(elt) || target?.id === "scenario";

/** @param {any} event */
const keepLateTyping = ({ detail }) => {
  const { elt } = detail.requestConfig;
  if (!isOurs(detail) || !opened() || elt === page || elt.name?.startsWith("~")) return;
  const before = new Map(sent && JSON.parse(sent));
  late = fields().filter(([name, value]) => before.get(name) !== value);
};
/** @param {any} event */
const settle = ({ detail }) => {
  if (!isOurs(detail)) return;
  if (detail.elt === page || detail.requestConfig?.elt === page) id = nextId;
  if (detail.target?.id === "scenario-text") taken = sent;
  else if (opened()) taken = spelled();
  for (const [name, value] of late) {
    const field = opened()?.elements[name];
    if (field) field.value = value;
  }
  late = [];
  update();
};
/**
 * Let the server read what was typed a moment ago, then press the same button again.
 *
 * @param {any} button
 */
const readFirst = async (button) => {
  const name = ["play", "print", "link"].find((one) => one in button.dataset) ?? "";
  const value = button.dataset[name];
  if (!(await open({ id, text: text(), typed: fields() }))) return;
  if (page.querySelector("#scenario-problem .notice")) return;
  page.querySelector(`[data-${name}="${value}"]`)?.click();
};
/** @param {string} text */
const playNew = async (text) => {
  if (!(await open({ id: newId(), text }))) return;
  page.querySelector('[data-play="0"]')?.click();
};
/** @param {any} event */
const press = (event) => {
  const button = event.target.closest("button");
  const { play, print, forget, link, playExample } = button?.dataset ?? {};
  const needsText = [play, print, link].some((one) => one !== undefined);
  if (opened() && needsText && spelled() !== taken) {
    event.preventDefault();
    event.stopImmediatePropagation();
    readFirst(button);
    return;
  }
  if (play !== undefined) {
    const step = page.querySelector(`#step-${Number(play) + 1} a.path`);
    if (step) goToStep(text(), Number(play), `${step.href}#step`);
  }
  if (playExample !== undefined) playNew(button.form.elements.scenario.value);
  if (print !== undefined) window.print();
  if (link !== undefined) {
    const place = page.querySelector("#scenario-link");
    place.textContent = `${location.origin}${siteAddress("/scenarios")}#v1=${toBase64url(text())}`;
  }
  if (forget !== undefined) {
    keepScenarios(keptScenarios().filter((scenario) => scenario.id !== id));
    id = undefined;
    opened().remove();
    drawList();
  }
};

/** @returns {string | null} The text of a link that was followed. */
const linkedText = () => {
  const [, link] = /^#v1=([\w-]+)$/.exec(location.hash) ?? [];
  try {
    return link ? fromBase64(link) : null;
  } catch {
    return null; // a broken link opens nothing
  }
};
const start = () => {
  page.addEventListener("input", (/** @type {any} */ { target }) => {
    if (target.form === opened()) update();
  });
  addEventListener("pagehide", () => {
    if (opened() && spelled() !== taken) save();
  });
  document.body.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (isOurs(detail) && opened()) sent = spelled();
  });
  document.body.addEventListener("htmx:beforeSwap", keepLateTyping);
  document.body.addEventListener("htmx:afterSettle", settle);
  page.addEventListener("click", press, { capture: true });
  const linked = linkedText();
  const [last] = keptScenarios();
  if (linked !== null) {
    history.replaceState(null, "", location.pathname);
    const same = keptScenarios().find((one) => one.text.trim() === linked.trim());
    open({ id: same?.id, text: linked });
  } else if (opened()) {
    taken = spelled();
    update();
  } else if (last) open(last);
  drawList();
};

if (page) start();
