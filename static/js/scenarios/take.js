// On an operation's page: a value of its answer becomes one that the scenario used last takes.
import { siteAddress } from "../lib/site.js";
import { keepScenario, keptScenarios, newId } from "./kept.js";

/** @param {any} button */
export const takeValue = async (button) => {
  const label = button.querySelector("[data-label]");
  const [last] = keptScenarios();
  const { operation, name } = button.dataset;
  const pointer = document.querySelector("#handle-pointer").textContent;
  const body = new URLSearchParams({ scenario: last?.text ?? "", operation, pointer, name });
  try {
    const answer = await fetch(siteAddress("/scenarios/take"), { method: "POST", body });
    const text = await answer.text();
    if (!answer.ok) throw new Error(text.slice(0, 300));
    keepScenario({ id: last?.id ?? newId(), text });
    label.textContent = _("Taken");
    const link = document.querySelector("[data-scenario-link]");
    if (link) link.hidden = false;
  } catch (error) {
    label.textContent = /** @type {Error} */ (error).message || _("Not taken");
  }
};
