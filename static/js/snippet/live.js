// The snippet and the URL follow the keys: while someone types they are asked for at most every GAP
// milliseconds, one request under way, the newest text always asked for at last. What else comes
// with them, mistakes above all, waits until typing pauses: half a word is no mistake yet.

const GAP = 180;
const PAUSE = 200;
const TYPED = "textarea, input:not([type=checkbox], [type=radio], [type=file])";

/** @param {any} updater The element that asks, through htmx; it is in the form that it sends. */
const follow = (updater) => {
  const form = updater.closest("form");
  const isAlwaysBrief = "~brief" in form.elements;
  let isUnderWay = false;
  let isBrief = false; // whether what is asked for now is the snippet and the URL alone
  let isShown = true; // whether they were asked for since the last key
  let isWhole = true; // whether all the rest was
  let paused = 0; // when typing will have paused
  let next = 0; // when the next key may ask
  /** @type {number | undefined} */
  let timer;

  /** @param {boolean} brief */
  const ask = (brief) => {
    isBrief = brief && !isAlwaysBrief;
    htmx.trigger(updater, "live");
    isBrief = false;
  };
  const proceed = () => {
    clearTimeout(timer);
    if (isUnderWay || isWhole) return;
    const now = performance.now();
    if (now >= paused) ask(false);
    else if (!isShown && now >= next) ask(true);
    else timer = setTimeout(proceed, Math.min(paused, isShown ? paused : next) - now);
  };
  form.addEventListener("input", (/** @type {any} */ { target }) => {
    isShown &&= !target.matches(TYPED);
    isWhole = false;
    paused = performance.now() + PAUSE;
    proceed();
  });
  updater.addEventListener("htmx:configRequest", (/** @type {any} */ { detail }) => {
    if (isBrief) detail.formData.set("~brief", "typed");
  });
  updater.addEventListener("htmx:beforeRequest", () => {
    isUnderWay = true;
    isShown = true;
    isWhole = !isBrief;
    next = performance.now() + GAP;
  });
  updater.addEventListener("htmx:afterRequest", () => {
    isUnderWay = false;
    proceed();
  });
};

for (const updater of document.querySelectorAll("[data-live]")) follow(updater);
