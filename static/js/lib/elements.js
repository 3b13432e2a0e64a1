// Elements made by scripts, for what no server can draw because it does not know it.

/**
 * Return a new element with attributes and what is in it.
 *
 * @param {string} tag
 * @param {Record<string, string>} [attributes]
 * @param {(Node | string)[]} children
 */
export const element = (tag, attributes = {}, ...children) => {
  const made = /** @type {any} */ (document.createElement(tag));
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};
/**
 * Return a button that does something where it is pressed.
 *
 * @param {string} text
 * @param {() => unknown} press
 * @param {Record<string, string>} [attributes]
 */
export const button = (text, press, attributes = {}) => {
  const made = element("button", { type: "button", class: "button plain", ...attributes }, text);
  made.addEventListener("click", press);
  return made;
};
