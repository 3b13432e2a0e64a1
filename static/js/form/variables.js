// Variables and the chosen environment of one API: kept in browser storage, typed once for all its
// operations. The server fills them in.
import { readJSON, removeItem, writeItem } from "../lib/storage.js";

const root = document.documentElement;
const key = `playground:variables:${root.dataset.provider}`;
/** @type {any[]} */
const fields = [...document.querySelectorAll("[data-variables]")];
const state = document.querySelector("[data-variables-state]");
/** @type {(name: string) => string} */
const valueOf = (name) =>
  fields.find((field) => field.dataset.variables === name)?.value.trim() ?? "";

const show = () => {
  const count = valueOf("text")
    .split("\n")
    .filter((line) => line.includes("=")).length;
  state.textContent = valueOf("environment") || (count ? String(count) : state.dataset.none);
};
const keep = () => {
  show();
  const kept = Object.fromEntries(fields.map((field) => [field.dataset.variables, field.value]));
  if (Object.values(kept).some((value) => value.trim())) writeItem(key, JSON.stringify(kept));
  else removeItem(key);
};

if (state && root.dataset.provider) {
  const kept = readJSON(key) ?? {};
  for (const field of fields) {
    const value = kept[field.dataset.variables];
    if (!field.value && typeof value === "string" && value) field.value = value;
    field.addEventListener("input", keep);
  }
  // The environment of the key is that of the variables too: one switch.
  document.addEventListener("change", ({ target }) => {
    if (!target.matches("[data-environment]")) return;
    const own = fields.find((field) => field.dataset.variables === "environment");
    own.value = target.value;
    keep();
    document.body.dispatchEvent(new Event("refresh"));
  });
  keep();
  if (valueOf("text")) document.body.dispatchEvent(new Event("refresh"));
}
