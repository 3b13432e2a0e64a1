// Who leaves an operation's page before its scripts are there finds what was typed in the draft
// (form/draft.js). What could be a secret is left out by more than is needed: only they can tell.

export const leave = () => {
  const form = document.querySelector("#request");
  const typed = form ? [...form.elements].filter(({ dataset }) => "early" in dataset) : [];
  const secret = new RegExp(form?.dataset.secretNames, "i");
  // A key that goes along in the query may be a parameter, too.
  const takesKey = document.querySelector("[data-in=query]");
  /** @param {any} control */
  const isPlain = ({ checked, dataset, name, type }) =>
    /^(path\.|query\.|body\/)[^~]+$/.test(name) &&
    !(takesKey && /^query/.test(name)) &&
    !/^(password|file|checkbox)$/.test(type) &&
    (type !== "radio" || checked) &&
    !("secret" in dataset) &&
    !name.split("/").some((/** @type {string} */ part) => secret.test(part));
  const pairs = typed.filter(isPlain).map(({ name, value }) => [name, value]);
  if (!pairs.length) return;
  try {
    const key = `playground:draft:${form.dataset.operation}`;
    const { v, pairs: kept, digest } = JSON.parse(localStorage.getItem(key) || "{}");
    const names = new Set(pairs.map(([name]) => name));
    const others = v === 1 ? kept.filter((/** @type {any} */ [name]) => !names.has(name)) : [];
    const now = { v: 1, pairs: [...others, ...pairs], digest: digest ?? form.dataset.digest };
    localStorage.setItem(key, JSON.stringify(now));
  } catch {
    // Rubbish, or storage that refuses: nothing is kept.
  }
};
