// Answers kept in this browser: kept after a Send, shown again, opened from a file.
import { siteAddress } from "../lib/site.js";
import { submitted } from "../form/carried.js";
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
 * @param {string} record
 * @param {string} from
 */
export const show = (record, from) =>
  htmx.ajax("POST", siteAddress("/answers/open"), {
    // Requests of one element wait for each other, and only the last one is made.
    source: "#response",
    target: "#response",
    swap: "outerHTML",
    values: { record, from }
  });

/**
 * Show a kept answer in the page of its operation.
 *
 * @param {number} id
 */
export const showAgain = async (id) => {
  if (!sheet()) return;
  const { operation } = sheet().dataset;
  try {
    const record = await keptRecord(id);
    if (record === undefined) {
      noteShown(operation, undefined);
      tell(FORGOTTEN);
      return;
    }
    await show(record, "history");
    noteShown(operation, id);
    tell("");
  } catch (error) {
    tell(whyNot(error));
  }
};

/** @param {Pair[]} pairs */
export const fillForm = (pairs) =>
  htmx.ajax("POST", `${sheet().dataset.action}/form`, {
    source: "#form-card",
    target: "#form-card",
    swap: "outerHTML",
    values: submitted(pairs)
  });

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

// A support bundle dropped anywhere on the page opens it.
/** @param {any} event */
const isBundle = (event) =>
  !event.target.closest?.("input, textarea") && event.dataTransfer?.types.includes("Files");
if (!document.documentElement.dataset.embed) {
  document.addEventListener("dragover", (event) => {
    if (isBundle(event)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!isBundle(event)) return;
    event.preventDefault();
    const { files } = /** @type {any} */ (event).dataTransfer;
    if (files.length) openFile(files);
  });
}
