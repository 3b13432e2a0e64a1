// On an operation's page: a value of its answer becomes one that the scenario used last takes.
import { siteAddress } from "../lib/site.js";
import { keepScenario, keptScenarios, newId } from "./kept.js";

/**
 * A value of a workflow's answer becomes an output of its step.
 *
 * @param {any} button
 * @param {any} run The input that names the run in its bar.
 */
const takeOutput = async (button, run) => {
  const label = button.querySelector("[data-label]");
  const pointer = document.querySelector("#handle-pointer").textContent;
  const body = new URLSearchParams({ "~run": run.value, pointer, name: button.dataset.name });
  const headers = { "HX-Request": "true" };
  const answer = await fetch(siteAddress("/scenarios/workflow/output"), {
    method: "POST",
    body,
    headers
  });
  const text = await answer.text();
  label.textContent = answer.ok ? _("Taken") : text.slice(0, 300);
  if (answer.ok) run.value = text;
};

/** @param {any} button */
export const takeValue = async (button) => {
  const run = document.querySelector("#play-bar input[name='~run']");
  if (run) {
    await takeOutput(button, run);
    return;
  }
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
