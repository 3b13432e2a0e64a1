// Whether an option of the palette is what a typed text means.

/**
 * Tell whether a text holds every word of another, in any order and case.
 *
 * @param {string} text
 * @param {string} typed
 */
export const matches = (text, typed) => {
  const lower = text.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
};
