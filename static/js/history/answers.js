// Answers kept in this browser: kept after a Send, shown again, opened from a file.
import { siteAddress } from "../lib/site.js";
import { element } from "../lib/elements.js";
import { headOf } from "./heads.js";
import { noteShown } from "./shown.js";
import { whyNot } from "./broken.js";
import { keepAnswer, keptRecord } from "./store.js";

/** @typedef {import("./store.js").Pair} Pair */

export const FORGOTTEN = _("This answer is not kept any longer: another tab has forgotten it.");
export const sheet = () => document.querySelector("#request");
const token = () => document.querySelector('#answer-view [name="answer"]')?.value;
const isDemo = () => document.documentElement.dataset.demo === "large";

/** Return the record of the answer that is shown, without secrets; null where it is gone. */
export const recordShown = async () => {
  const answer = token();
  if (!answer) return null;
  const body = new URLSearchParams({ answer });
  const response = await fetch(siteAddress("/answers/record"), { method: "POST", body });
  return response.ok && response.headers.get("content-type")?.includes("json")
    ? response.text()
    : null;
};

/**
 * Keep the answer that is shown now.
 *
 * @param {Pair[]} pairs What the form held when it was sent.
 * @param {boolean} [brought] Whether the page itself came with the answer, from a file.
 */
export const answered = async (pairs, brought) => {
  const form = sheet();
  const { operation, action } = form.dataset;
  if (brought) history.replaceState(null, "", action);
  if (isDemo()) {
    noteShown(operation, undefined);
    return;
  }
  try {
    const record = await recordShown();
    if (record === null) return;
    const id = await keepAnswer(headOf(record, pairs), record);
    noteShown(operation, id);
    tell("");
    document.dispatchEvent(new CustomEvent("playground:kept"));
  } catch (error) {
    // Storage that is forbidden or full keeps nothing; the answer is on the page all the same.
    noteShown(operation, undefined);
    tell(`${_("This answer is not kept.")} ${whyNot(error)}`);
  }
};

/**
 * Say above the history what became of it, or nothing any more.
 *
 * @param {string} text
 */
export const tell = (text) => {
  const list = document.querySelector("#history");
  let said = document.querySelector("#history-said");
  if (!said && text) {
    said = element("p", { class: "note", id: "history-said", role: "status" });
    list?.before(said);
  }
  if (said) said.textContent = text;
};

/**
 * Show an answer that was kept or linked; of two that were asked for the newer one stays.
 *
 * @param {string} record
 * @param {string} from
 * @returns {Promise<boolean>} Whether it is shown.
 */
export const show = (record, from) => {
  // What asks stays where it is; a Send ends it, too (form/send.js).
  const source = document.querySelector(".output");
  htmx.trigger(source, "htmx:abort");
  const place = { source, target: "#response", swap: "outerHTML" };
  return htmx
    .ajax("POST", siteAddress("/answers/open"), { ...place, values: { record, from } })
    .then(
      () => true,
      () => false
    );
};

/** @type {number | undefined} The kept answer that was asked for last. */
let wanted;
/**
 * Show a kept answer in the page of its operation.
 *
 * @param {number} id
 */
export const showAgain = async (id) => {
  if (!sheet()) return;
  const { operation } = sheet().dataset;
  wanted = id;
  try {
    const record = await keptRecord(id);
    if (wanted !== id) return;
    if (record === undefined) {
      noteShown(operation, undefined);
      tell(FORGOTTEN);
      return;
    }
    if (!(await show(record, "history"))) return;
    noteShown(operation, id);
    tell("");
  } catch (error) {
    tell(whyNot(error));
  }
};

/** @param {FileList} files */
export const openFile = (files) => {
  const form = document.createElement("form");
  form.method = "post";
  form.action = siteAddress("/answers/open");
  form.enctype = "multipart/form-data";
  form.hidden = true;
  const input = document.createElement("input");
  input.type = "file";
  input.name = "file";
  input.files = files;
  form.append(input);
  document.body.append(form);
  form.submit();
};
