// What the keyboard's listeners ask: whether somebody types, and whether keys without Ctrl or Cmd
// are to work.

/** @param {any} event */
export const isTyping = (event) =>
  Boolean(event.target.closest?.("input, textarea, select, [contenteditable]"));

export const singleKeysWork = () => document.documentElement.dataset.keys !== "off";
