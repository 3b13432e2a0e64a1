// Variables and the chosen environment of one API: kept in browser storage, typed once for all its
// operations. The server fills them in. Values of secret ones leave the page with a Send alone.
// There is one environment, for them and for the credentials: who changes one changes the other.
import { KEY, openStore } from "../credentials/store.js";
import { readJSON, removeItem, writeItem } from "../lib/storage.js";
import { openSecrets, PREFIX, secretsIn } from "./secret_variables.js";

const root = document.documentElement;
const provider = root.dataset.provider ?? "";
const key = `playground:variables:${provider}`;
/** @type {any[]} */
const fields = [...document.querySelectorAll("[data-variables]")];
const state = document.querySelector("[data-variables-state]");
const own = fields.find((field) => field.dataset.variables === "environment");
const rows = document.querySelector("[data-secret-variables]");
const remember = document.querySelector("[data-remember-secrets]");
const secrets = openSecrets(provider);
/** @type {(name: string) => string} */
const valueOf = (name) =>
  fields.find((field) => field.dataset.variables === name)?.value.trim() ?? "";
const declared = () => secretsIn(valueOf("text"), valueOf("environment"));
const refresh = () => document.body.dispatchEvent(new Event("refresh"));

const show = () => {
  const count = valueOf("text")
    .split("\n")
    .filter((line) => line.includes("=")).length;
  const names = declared();
  const total = count + names.size;
  state.textContent = valueOf("environment") || (total ? String(total) : state.dataset.none);
  if (!rows) return;
  /** @type {any[]} */
  const drawn = [...rows.querySelectorAll("[data-secret-variable]")];
  const spelled = (/** @type {[string, string]} */ [name, section]) => `${section} ${name}`;
  const wanted = [...names].map(spelled);
  for (const row of drawn) if (!wanted.includes(row.dataset.secretVariable)) row.remove();
  for (const [name, section] of names) {
    const id = spelled([name, section]);
    let row = drawn.find(({ dataset }) => dataset.secretVariable === id);
    if (!row) {
      row = rows.querySelector("template").content.firstElementChild.cloneNode(true);
      row.dataset.secretVariable = id;
      row.querySelector("code").textContent = section ? `${name} [${section}]` : name;
    }
    const input = row.querySelector("input");
    if (input !== document.activeElement) input.value = secrets.valueOf(section, name);
    rows.append(row);
  }
  rows.hidden = !names.size;
  remember.closest("p").hidden = !names.size;
  remember.value = secrets.where();
};
const keep = () => {
  show();
  const kept = Object.fromEntries(fields.map((field) => [field.dataset.variables, field.value]));
  if (Object.values(kept).some((value) => value.trim())) writeItem(key, JSON.stringify(kept));
  else removeItem(key);
};

// The panel says which environment its credentials are of once it is there (panel_view.js); until
// then storage does. Undefined where nothing was ever saved.
const theirs = () => {
  if (root.dataset.keyEnvironment !== undefined) return root.dataset.keyEnvironment;
  const entry = openStore(provider).current();
  return entry ? String(entry.environment ?? "") : undefined;
};
const followTheirs = () => {
  const environment = theirs();
  if (environment === undefined || environment === valueOf("environment")) return;
  own.value = environment;
  keep();
  refresh();
};
const leadTheirs = () => {
  const button = document.querySelector("#credentials [data-do=environment]");
  if (!button || (theirs() ?? "") === valueOf("environment")) return;
  button.value = valueOf("environment");
  button.click();
};

if (state && provider) {
  const fill = (/** @type {boolean} */ isAnew) => {
    const kept = readJSON(key) ?? {};
    for (const field of fields) {
      const value = kept[field.dataset.variables] ?? "";
      if (typeof value !== "string" || field === document.activeElement) continue;
      if (isAnew ? field.value !== value : !field.value && value) field.value = value;
    }
  };
  fill(false);
  for (const field of fields) field.addEventListener("input", keep);
  own.addEventListener("change", leadTheirs);
  rows?.addEventListener("input", (/** @type {any} */ { target }) => {
    const [section, name] = target
      .closest("[data-secret-variable]")
      .dataset.secretVariable.split(/ (?=[^ ]*$)/);
    secrets.set(section, name, target.value);
  });
  remember?.addEventListener("change", () => secrets.move(remember.value));
  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-environment]")) followTheirs();
  });
  // A Send may have changed the environment, to that of the server it goes to.
  document.body.addEventListener("htmx:afterSettle", followTheirs);
  document.body.addEventListener("htmx:configRequest", ({ detail: { elt, formData } }) => {
    if (!elt.matches("[data-send]")) return;
    followTheirs();
    formData.set("~environment", valueOf("environment"));
    for (const [name, section] of declared()) {
      const value = secrets.valueOf(section, name);
      if (value) formData.set(`~secret.${name}`, value);
    }
  });
  document.addEventListener("submit", ({ target, submitter }) => {
    if (!submitter?.matches("[data-save]")) return;
    const add = (/** @type {any} */ { formData }) => {
      for (const [name, section] of declared()) {
        formData.set(`~secret.${name}`, secrets.valueOf(section, name));
      }
    };
    target.addEventListener("formdata", add, { once: true });
  });
  window.addEventListener("storage", (event) => {
    if (event.key === "playground:forgotten" || event.key === null) secrets.forget();
    if (event.key === key) {
      fill(true);
      leadTheirs();
      refresh();
    }
    if (event.key === KEY) followTheirs();
    if (event.key === null || [KEY, key, PREFIX + provider].includes(event.key)) show();
  });
  document.addEventListener("playground:forgotten", () => {
    secrets.forget();
    show();
  });
  if (theirs() === undefined) leadTheirs();
  else followTheirs();
  keep();
  if (valueOf("text")) refresh();
}
