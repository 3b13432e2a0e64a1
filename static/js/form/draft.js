// Drafts and links: what is typed survives a reload, and a link carries it.
import { fromBase64 } from "../lib/base64.js";
import { readItem, readJSON, removeItem, writeItem } from "../lib/storage.js";
import { carriedPairs, fillAnything, isServer, isValue, pairsIn } from "./carried.js";
import { fillForm } from "./fill.js";
import { takeFilling } from "./hand_over.js";
import { isLink, linkOf, readLink } from "./link.js";
import { keepServer, rememberedServer } from "./server.js";

/** @typedef {import("./carried.js").Pair} Pair */

const root = document.documentElement;
const form = document.querySelector("#request");
const LONGEST = 100_000;
const LONG_LINK = 8_000;
const key = () => `playground:draft:${form.dataset.operation}`;
// How an API takes objects in a form is the same for all of its operations.
const objectsKey = () => `playground:objects:${root.dataset.provider}`;

/** @returns {Pair[]} */
const collect = () => {
  const pairs = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  const hidden = form.querySelectorAll("input[type=password], [data-secret]");
  const schemes = [...document.querySelectorAll("[data-scheme][data-name]")];
  const names = schemes.map(({ dataset }) => `${dataset.in}.${dataset.name}`.toLowerCase());
  const secrets = {
    pattern: new RegExp(form.dataset.secretNames, "i"),
    inputs: new Set([...hidden].map(({ name }) => name)),
    parameters: ["header.authorization", ...names]
  };
  const raw = form.querySelector("[name='body~mode'][value=raw]")?.checked;
  return carriedPairs(/** @type {Pair[]} */ (pairs), secrets, raw);
};

/** @type {Pair[]} What is on its way into the form: a draft that is kept meanwhile has it, too. */
let expected = [];
/**
 * @param {Pair[]} brought
 * @param {string} [digest] What the operation took when they were typed.
 */
const show = (brought, digest) => {
  if (!brought.length) return undefined;
  const isOlder = digest && digest !== form.dataset.digest;
  expected = brought;
  const filled = fillForm(isOlder ? [...brought, ["~from", digest]] : brought);
  filled.then((stands) => {
    if (stands) expected = [];
  });
  return filled;
};
const keptAnswers = () => import(root.dataset.historyScript ?? "");
/** @param {import("./hand_over.js").Filling} filling What another page filled in. */
const fillFrom = async ({ pairs, send, answer }) => {
  const filled = show(pairsIn(pairs, () => true));
  if (answer !== undefined) (await keptAnswers()).showAgain(answer);
  if ((await filled) && send) document.querySelector("#send")?.click();
};

/** @param {string} kind Which of the sentences about links is shown; none where it is empty. */
const note = (kind) => {
  const place = document.querySelector("#link-note");
  const notes = document.querySelector("#link-notes").content;
  place.hidden = !kind;
  place.textContent = kind ? notes.querySelector(`[data-${kind}]`).textContent : "";
};
const openLink = () => {
  try {
    const { pairs, digest, answer } = readLink(location.hash);
    note(digest && digest !== form.dataset.digest ? "changed" : "");
    const shown = show([...rememberedServer(form), ...pairs], digest);
    // What went with the earlier description is told there, name by name.
    shown?.then(() => document.querySelector("#earlier") && note(""));
    if (answer) keptAnswers().then((kept) => kept.showLinked(answer).catch(() => note("broken")));
  } catch {
    note("broken");
  }
};
const restore = () => {
  // A scenario's step, or a pasted request, fills the form.
  const filling = takeFilling(form.dataset.operation);
  if (location.hash === "#step" || "pasting" in form.dataset || "filled" in form.dataset) return;
  if (filling) return fillFrom(filling);
  if (isLink(location.hash)) return openLink();
  try {
    const [, flat] = /^#args=([\w-]+)$/.exec(location.hash) ?? [];
    if (flat) {
      const values = JSON.stringify(JSON.parse(fromBase64(flat)));
      return show([
        ["~arguments", values],
        ["server", form.elements.server?.value ?? ""]
      ]);
    }
  } catch {
    // What the page around gives and is no JSON leaves the form as it is.
    return;
  }
  const draft = readJSON(key());
  const pairs = draft?.v === 1 ? pairsIn(draft.pairs, isValue) : [];
  const remembered = form.elements.objects && readItem(objectsKey()) === "brackets";
  if (remembered && !pairs.some(([name]) => name === "objects"))
    pairs.push(["objects", "brackets"]);
  const brought = [...rememberedServer(form), ...(fillAnything(pairs) ? pairs : [])];
  if (brought.length) show(brought, draft?.digest);
};
const save = () => {
  const typed = collect();
  const names = new Set(typed.map(([name]) => name));
  const others = expected.filter(([name]) => isValue(name) && !names.has(name));
  const pairs = [...others, ...typed].filter(([name]) => !isServer(name));
  const text = JSON.stringify({ v: 1, pairs, digest: form.dataset.digest });
  if (fillAnything(pairs) && text.length < LONGEST) writeItem(key(), text);
  else removeItem(key());
};

if (form) {
  form.addEventListener("playground:collect", (/** @type {any} */ { detail }) => {
    detail.pairs = collect();
  });
  // What was done before the scripts came is done again after it (page/early.js).
  document.addEventListener("playground:begun", restore, { once: true });
  window.addEventListener("hashchange", () => {
    if (isLink(location.hash)) restore();
  });

  /** @type {number | undefined} */
  let timer;
  const cancel = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const saveNow = () => {
    if (timer) save();
    cancel();
  };
  const saveSoon = () => {
    cancel();
    timer = setTimeout(saveNow, 300);
  };
  // Who reloads, leaves or switches away has no 300 ms left.
  addEventListener("pagehide", saveNow);
  document.addEventListener("visibilitychange", saveNow);
  form.addEventListener("input", saveSoon);
  form.addEventListener("change", (/** @type {any} */ { target }) => {
    if (isServer(target.name)) keepServer(form);
    if (target.name !== "objects") return;
    if (target.value === "json") removeItem(objectsKey());
    else writeItem(objectsKey(), target.value);
  });
  document.body.addEventListener("refresh", saveSoon);
  document.querySelector("[data-clear]")?.addEventListener("click", () => {
    cancel();
    removeItem(key());
    history.replaceState(null, "", location.pathname);
  });
  // In the capture phase: the link is in its place before the copy button reads it.
  document.querySelector("[data-share]")?.addEventListener(
    "click",
    (/** @type {any} */ { currentTarget }) => {
      const hash = linkOf(collect(), form.dataset.digest);
      const place = document.querySelector("#share-link");
      place.textContent = location.origin + location.pathname + hash;
      note(place.textContent.length > LONG_LINK ? "long" : "");
      history.replaceState(null, "", hash);
      currentTarget.dataset.copy = "#share-link";
    },
    { capture: true }
  );
}
