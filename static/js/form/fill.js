// The form is drawn anew with what was kept, linked or opened. Of two that were asked for the newer
// one stands, whichever answer comes first.
import { submitted } from "./carried.js";

/**
 * @param {import("./carried.js").Pair[]} pairs
 * @returns {Promise<boolean>} Whether it stands: nothing newer was asked for, and an answer came.
 */
export const fillForm = (pairs) => {
  const form = document.querySelector("#request");
  // What asks stays where it is, and is in no form whose fields would be sent with it.
  const source = document.querySelector("#main");
  htmx.trigger(source, "htmx:abort");
  const place = { source, target: "#form-card", swap: "outerHTML" };
  const values = submitted(pairs);
  return htmx.ajax("POST", `${form.dataset.action}/form`, { ...place, values }).then(
    () => true,
    () => false
  );
};
