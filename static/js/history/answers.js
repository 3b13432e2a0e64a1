// Answers kept in this browser: kept after a Send, shown again, taken along in a link, opened from
// a file.
import { siteAddress } from "../lib/site.js";
import { submitted } from "../form/carried.js";
import { linkOf } from "../form/link.js";
import { bytesToBase64url } from "../lib/base64.js";
import { headOf } from "./heads.js";
import { pairsNow } from "./pairs.js";
import { noteShown } from "./shown.js";
import { keepAnswer, keptRecord } from "./store.js";

/** @typedef {import("./store.js").Pair} Pair */

const LONGEST_LINK = 8_000;
const LONGEST_RECORD = 1_000_000;

const sheet = () => document.querySelector("#request");
const token = () => document.querySelector('#answer-view [name="answer"]')?.value;
const isDemo = () => document.documentElement.dataset.demo === "large";

/** Return the record of the answer that is shown, without secrets; null where it is gone. */
const recordShown = async () => {
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
    document.dispatchEvent(new CustomEvent("playground:kept"));
  } catch {
    // Storage that is forbidden or full keeps nothing; the answer is on the page all the same.
    noteShown(operation, undefined);
  }
};

/**
 * @param {string} record
 * @param {string} from
 */
const show = (record, from) =>
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
  const record = await keptRecord(id).catch(() => undefined);
  if (record === undefined || !sheet()) return;
  await show(record, "history");
  noteShown(sheet().dataset.operation, id);
};

/** @param {Pair[]} pairs */
export const fillForm = (pairs) =>
  htmx.ajax("POST", `${sheet().dataset.action}/form`, {
    source: "#form-card",
    target: "#form-card",
    swap: "outerHTML",
    values: submitted(pairs)
  });

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {CompressionStream | DecompressionStream} stream
 * @param {number} most
 */
const through = async (bytes, stream, most) => {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const pieces = [];
  let size = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.length;
    if (size > most) throw new Error("too long");
    pieces.push(read.value);
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
};

/**
 * Copy a link that holds the form and the answer, where the answer is small.
 *
 * @param {any} button
 * @param {Pair[]} pairs
 */
export const linkAnswer = async (button, pairs) => {
  const label = button.querySelector("[data-label]");
  const record = await recordShown();
  const bytes = new TextEncoder().encode(record ?? "");
  const packed = await through(bytes, new CompressionStream("deflate-raw"), LONGEST_RECORD);
  const { origin, pathname } = new URL(sheet().dataset.action, location.href);
  const hash = `${linkOf(pairs, sheet().dataset.digest)}.${bytesToBase64url(packed)}`;
  const link = origin + pathname + hash;
  if (record === null || link.length > LONGEST_LINK) {
    label.textContent =
      record === null ? _("Not kept any longer") : _("Too large for a link: use a support bundle");
    return;
  }
  document.querySelector("#answer-link").textContent = link;
  button.dataset.copy = "#answer-link";
  button.click();
  delete button.dataset.copy;
};

/**
 * Show the answer that came in a link.
 *
 * @param {string} spelled
 */
export const showLinked = async (spelled) => {
  const text = atob(spelled.replaceAll("-", "+").replaceAll("_", "/"));
  const packed = Uint8Array.from(text, (byte) => byte.charCodeAt(0));
  const bytes = await through(packed, new DecompressionStream("deflate-raw"), LONGEST_RECORD);
  await show(new TextDecoder().decode(bytes), "link");
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

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-link-answer]");
  if (button && !button.dataset.copy) linkAnswer(button, pairsNow());
});

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
