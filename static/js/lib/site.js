// Where this site is: at the top of its origin, or below a path of another application.

/**
 * Return the path of one of our own addresses, as the browser asks for it.
 *
 * @param {string} path
 */
export const siteAddress = (path) => `${document.documentElement.dataset.root ?? ""}${path}`;
