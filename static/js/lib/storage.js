// The browser's storage: it may be forbidden, full or hold rubbish, and no page breaks on that.

/** @typedef {"localStorage" | "sessionStorage"} Area */

/**
 * Return the text kept under a key; null where there is none or storage refuses.
 *
 * @param {string} key
 * @param {Area} [area]
 */
export const readItem = (key, area = "localStorage") => {
  try {
    return window[area].getItem(key);
  } catch {
    return null;
  }
};

/**
 * Return the JSON value kept under a key; null where there is none or it is no JSON.
 *
 * @param {string} key
 * @param {Area} [area]
 */
export const readJSON = (key, area) => {
  try {
    return JSON.parse(readItem(key, area) || "null");
  } catch {
    return null;
  }
};

/**
 * Keep a text; say whether storage took it.
 *
 * @param {string} key
 * @param {string} text
 * @param {Area} [area]
 */
export const writeItem = (key, text, area = "localStorage") => {
  try {
    window[area].setItem(key, text);
    return true;
  } catch {
    return false;
  }
};

/**
 * Erase what is kept under a key; say whether storage let it.
 *
 * @param {string} key
 * @param {Area} [area]
 */
export const removeItem = (key, area = "localStorage") => {
  try {
    window[area].removeItem(key);
    return true;
  } catch {
    return false;
  }
};
