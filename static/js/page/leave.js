// Who leaves an operation's page before its scripts are there finds what was typed in the draft
// (form/draft.js). What could be a secret is left out by more than is needed: only they can tell.

export const leave = () => {
  const form = document.querySelector("#request");
  const typed = form ? [...form.elements].filter(({ dataset }) => "early" in dataset) : [];
  const secret = new RegExp(form?.dataset.secretNames, "i");
  const own = [...document.querySelectorAll("[data-in=query]")].map(({ dataset }) => dataset.name);
  /** @param {any} control */
  const isPlain = ({ checked, dataset, name, type }) =>
    /^(path\.|query\.|body\/)[^~]+$/.test(name) &&
    !/^(password|file|checkbox)$/.test(type) &&
    (type !== "radio" || checked) &&
    !(
      "secret" in dataset || own.some((one) => name.toLowerCase() === `query.${one}`.toLowerCase())
    ) &&
    !name.split("/").some((/** @type {string} */ part) => secret.test(part));
  const pairs = typed.filter(isPlain).map(({ name, value }) => [name, value]);
  if (!pairs.length) return;
  try {
    const key = `playground:draft:${form.dataset.operation}`;
    const { v, digest, ...kept } = JSON.parse(localStorage.getItem(key) || "{}");
    const names = new Set(pairs.map(([name]) => name));
    const before =
      v === 1 ? kept.pairs.filter((/** @type {any} */ [name]) => !names.has(name)) : [];
    const now = { v: 1, pairs: [...before, ...pairs], digest: digest ?? form.dataset.digest };
    localStorage.setItem(key, JSON.stringify(now));
  } catch {
    // Rubbish, or storage that refuses: nothing is kept.
  }
};
