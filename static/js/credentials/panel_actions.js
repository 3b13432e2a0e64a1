// What the panel's choices and buttons do to what is kept.
import { isObject } from "../lib/objects.js";
import { forgetSecrets } from "../form/secret_variables.js";
import { removeItem, writeItem } from "../lib/storage.js";
import { readHeaders, readInputs } from "./inputs.js";
import { entryToKeep, forgetEnvironment, together } from "./saving.js";

/** @typedef {import("./schemes.js").Credential} Credential */

/**
 * @param {any} api Functions of credentials.js.
 * @param {any} view What panel_view.js gives.
 * @param {Set<any>} touched
 */
export const panelActions = (api, view, touched) => {
  const { chosen, load, mark, originOf, panel, provider, saved, store, used, useTyped } = api;
  const { environment, remember, say } = view;

  // Another alternative that is saved already is in use from the moment it is chosen; one that is
  // not waits for Save.
  const choose = () => {
    const entry = store.current();
    /** @type {[string, Credential | null][]} */
    const found = used().map((/** @type {any} */ set) => [set.dataset.scheme, saved(set, entry)]);
    if (!isObject(entry?.schemes) || entry.fresh || !found.every(([, one]) => one)) return mark();
    const updatedAt = new Date().toISOString();
    store.store({ ...entry, credential: together(found), alternative: chosen().value, updatedAt });
    load();
  };
  /** @returns {[string, Credential | null][]} */
  const read = () => used().map((/** @type {any} */ set) => [set.dataset.scheme, readInputs(set)]);
  /** @param {[string, Credential | null][]} credentials */
  const entryOf = (credentials) =>
    entryToKeep(store.current(), {
      provider,
      credentials,
      alternative: chosen()?.value,
      customHeaders: readHeaders(panel),
      gateway: originOf(document.querySelector("#gateway-url").value),
      // The sandbox replaces a server: what is saved there is for that server.
      server: originOf(document.querySelector("#live-url").title)
    });
  // What is typed goes with the next Send, saved or not; a part of it alone does not.
  const takeTyped = () => {
    const isTyped = [...touched].some((input) => input !== remember && input.value.trim());
    const credentials = isTyped ? read() : [];
    const isWhole = credentials.every(([, credential]) => credential);
    if (!isTyped) useTyped(null, "");
    else useTyped(isWhole ? entryOf(credentials) : null, isWhole ? "ready" : "partial");
  };
  const forgetTyped = () => {
    touched.clear();
    useTyped(null, "");
  };
  const save = () => {
    const credentials = read();
    const [title] = credentials.find(([, credential]) => !credential) ?? [];
    if (title !== undefined) {
      say(_(`Fill in every field of ${title} first.`));
      return false;
    }
    const isKept = store.store(entryOf(credentials), remember.value);
    forgetTyped();
    load();
    say(
      isKept
        ? _("Saved")
        : _(
            "This browser refuses to store anything here, so they are kept until you leave the " +
              "page."
          )
    );
    return true;
  };
  const forget = () => {
    forgetTyped();
    const entry = forgetEnvironment(store.current(), provider, environment.value);
    store.store(entry);
    load();
    const next = entry?.environment;
    if (!entry) say(_("Forgotten"));
    else
      say(
        next
          ? _(`Forgotten. Now using ${next}.`)
          : _("Forgotten. Now using the default environment.")
      );
  };
  const forgetAll = () => {
    forgetTyped();
    store.store(null, "page");
    for (const key of ["utdk_local_credentials", "playground:oauth"]) {
      removeItem(key, "sessionStorage");
      removeItem(key, "localStorage");
    }
    forgetSecrets();
    document.dispatchEvent(new Event("playground:forgotten"));
    writeItem("playground:forgotten", String(Date.now()));
    load();
    say(_("Every credential of every API here is forgotten."));
  };
  return { choose, forget, forgetAll, save, takeTyped };
};
