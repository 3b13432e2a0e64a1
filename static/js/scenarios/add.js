// On an operation's page: what the form says becomes a step of the scenario used last.
import { siteAddress } from "../lib/site.js";
import { keepScenario, keptScenarios, newId, typedIn } from "./kept.js";

/** @typedef {import("./kept.js").Pair} Pair */

/**
 * @param {string} address
 * @param {Pair[]} pairs
 */
const ask = async (address, pairs) => {
  const answer = await fetch(address, { method: "POST", body: new URLSearchParams(pairs) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text.slice(0, 300));
  return { text, steps: answer.headers.get("X-Playground-Steps") };
};

/** @param {any} button */
export const add = async (button) => {
  const form = document.querySelector("#request");
  /** @type {CustomEvent<{ pairs: Pair[] }>} */
  const event = new CustomEvent("playground:collect", { detail: { pairs: [] } });
  form.dispatchEvent(event);
  const label = button.querySelector("[data-label]");
  const [last] = keptScenarios();
  try {
    const typed = typedIn(last);
    let before = last?.text ?? "";
    if (typed.length) {
      ({ text: before } = await ask(siteAddress("/scenarios/file"), [
        ["scenario", before],
        ...typed
      ]));
    }
    const pairs = /** @type {Pair[]} */ ([...event.detail.pairs, ["~scenario", before]]);
    const { text, steps } = await ask(`${form.dataset.action}/step`, pairs);
    keepScenario({ id: last?.id ?? newId(), text });
    label.textContent = _(`Added as step ${steps}`);
    document.querySelector("[data-scenario-link]").hidden = false;
  } catch (error) {
    label.textContent = /** @type {Error} */ (error).message || _("Not added");
  }
};
