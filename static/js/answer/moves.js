// Which element the focus goes to in a tree or a grid, as the ARIA Authoring Practices have it.

/**
 * The place in a list after a key; undefined for a key that means nothing there.
 * @param {string} key
 * @param {number} at
 * @param {number} count
 */
export const inList = (key, at, count) => {
  /** @type {Record<string, number>} */
  const places = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: count - 1 };
  return key in places ? Math.min(Math.max(places[key], 0), count - 1) : undefined;
};

/**
 * The row and column after a key, in a grid of so many; undefined for a key that means nothing
 * there.
 * @param {{ key: string, ctrlKey?: boolean }} event
 * @param {[number, number]} at
 * @param {number} rows
 * @param {number} columns
 * @returns {[number, number] | undefined}
 */
export const inGrid = ({ key, ctrlKey = false }, [row, column], rows, columns) => {
  /** @type {Record<string, [number, number]>} */
  const places = {
    ArrowDown: [row + 1, column],
    ArrowUp: [row - 1, column],
    ArrowRight: [row, column + 1],
    ArrowLeft: [row, column - 1],
    PageDown: [row + 10, column],
    PageUp: [row - 10, column],
    Home: [ctrlKey ? 0 : row, 0],
    End: [ctrlKey ? rows - 1 : row, columns - 1]
  };
  if (!(key in places)) return undefined;
  const [down, right] = places[key];
  const clamp = (/** @type {number} */ value, /** @type {number} */ most) =>
    Math.min(Math.max(value, 0), most - 1);
  return [clamp(down, rows), clamp(right, columns)];
};

/**
 * The place of the next text that begins with some letters, going round from the one after `at`.
 * @param {string[]} texts
 * @param {number} at
 * @param {string} typed
 */
export const byLetters = (texts, at, typed) => {
  const count = texts.length;
  for (let step = 1; step <= count; step++) {
    const place = (at + step) % count;
    if (texts[place].toLowerCase().startsWith(typed.toLowerCase())) return place;
  }
  return undefined;
};
