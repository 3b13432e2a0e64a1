// What the server said of further keys in one field (playground/web/operation/predict.py): where
// the field's text stands in what the page shows, and how it is spelled there. Until something else
// changes, the page puts the text in by itself.

/**
 * @typedef {[number, number, Record<string, string>]} Place Begin, end, ways of characters.
 * @typedef {{ name: string, shortest: number, longest: number, digits: boolean, needs: string,
 *   whole: boolean, places: Record<string, [number, Place[]]> }} Prediction
 */

const DIGITS = /^[1-9]\d{0,8}$/;
const WORDS = /^[A-Za-z\d][\w\-. @:,+]*$/;

/** @param {Prediction} known @param {string} text */
export const covers = ({ shortest, longest, digits, needs }, text) => {
  if (text.length < shortest || text.length > longest || text.endsWith(" ")) return false;
  if (digits) return DIGITS.test(text);
  return (
    WORDS.test(text) &&
    (needs ? [...needs].some((one) => text.includes(one)) : !/[ @:,+]/.test(text))
  );
};

/** @param {string} text @param {Place} place */
const spell = (text, [, , ways]) => [...text].map((one) => ways[one] ?? one).join("");

/** @param {string} shown @param {Place[]} places @param {string} text */
export const written = (shown, places, text) => {
  let at = 0;
  let all = "";
  for (const place of places) {
    all += shown.slice(at, place[0]) + spell(text, place);
    at = place[1];
  }
  return all + shown.slice(at);
};

/**
 * Put one text node around a stretch of an element's text.
 * @param {any} element @param {number} begin @param {number} end
 */
const isolate = (element, begin, end) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let at = 0;
  let isBegun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { length } = /** @type {Text} */ (node);
    if (!isBegun && begin < at + length) {
      range.setStart(node, begin - at);
      isBegun = true;
    }
    if (end <= at + length) {
      range.setEnd(node, end - at);
      break;
    }
    at += length;
  }
  const text = new Text(range.toString());
  range.deleteContents();
  range.insertNode(text);
  return text;
};

/**
 * Return what shows another text of the field in one element.
 * @param {any} element @param {number} length The length of the text that the server wrote there.
 * @param {Place[]} places
 */
const follower = (element, length, places) => {
  const before = element.value ?? element.textContent;
  if ("value" in element) {
    return (/** @type {string} */ text) => {
      element.value = written(before, places, text);
    };
  }
  const first = before.length - length;
  const title = element.title;
  const nodes = places.map(([begin, end]) => isolate(element, first + begin, first + end));
  return (/** @type {string} */ text) => {
    nodes.forEach((node, at) => {
      nodes[at] = new Text(spell(text, places[at]));
      node.replaceWith(nodes[at]);
    });
    if (title) element.title = written(title, places, text);
  };
};

/**
 * Return a function that shows a text which the prediction covers.
 * @param {Prediction} known
 */
export const showing = (known) => {
  const followers = Object.entries(known.places).map(([id, [length, places]]) =>
    follower(document.getElementById(id), length, places)
  );
  return (/** @type {string} */ text) => followers.forEach((show) => show(text));
};
