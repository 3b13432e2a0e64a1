// The chosen server of an API, kept in this browser: its next operation has it, too.
import { readJSON, removeItem, writeItem } from "../lib/storage.js";
import { isServer, pairsIn } from "./carried.js";

/** @typedef {import("./carried.js").Pair} Pair */

const key = () => `playground:server:${document.documentElement.dataset.provider}`;

/**
 * @param {any} form
 * @returns {Pair[]}
 */
const present = (form) =>
  /** @type {Pair[]} */ (
    [...new FormData(form)].filter(([name, value]) => isServer(name) && value)
  );

/** @param {any} form */
export const keepServer = (form) => {
  const pairs = present(form);
  if (pairs.length) writeItem(key(), JSON.stringify({ v: 1, pairs }));
  else removeItem(key());
};

/**
 * Return the remembered server, empty where this operation does not offer it or has it already.
 * What the page around a frame chooses goes before it.
 *
 * @param {any} form
 * @returns {Pair[]}
 */
export const rememberedServer = (form) => {
  const kept = readJSON(key());
  const pairs = kept?.v === 1 ? pairsIn(kept.pairs, isServer) : [];
  const [, wanted = ""] = pairs.find(([name]) => name === "server") ?? [];
  const options = [...(form.elements.server?.options ?? [])].map(({ value }) => value);
  const chosen = new URLSearchParams(location.search).has("server");
  if (chosen || !options.includes(wanted)) return [];
  return JSON.stringify(pairs) === JSON.stringify(present(form)) ? [] : pairs;
};
