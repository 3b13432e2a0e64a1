// What the form of the page holds now, as pairs that may be kept.

/** @returns {[string, string][]} */
export const pairsNow = () => {
  /** @type {CustomEvent<{ pairs: [string, string][] }>} */
  const event = new CustomEvent("playground:collect", { detail: { pairs: [] } });
  document.querySelector("#request").dispatchEvent(event);
  return event.detail.pairs;
};
