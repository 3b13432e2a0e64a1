// An answer in a link: copied with the form where it is small, shown where such a link is opened.
import { linkOf } from "../form/link.js";
import { bytesToBase64url } from "../lib/base64.js";
import { recordShown, sheet, show } from "./answers.js";

/** @typedef {import("./store.js").Pair} Pair */

const LONGEST_LINK = 8_000;
const LONGEST_RECORD = 1_000_000;

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
