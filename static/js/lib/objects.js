// Values of storage, which may be anything.

/** @param {any} value */
export const isObject = (value) =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/**
 * @param {any} map
 * @param {string | undefined} name
 */
export const member = (map, name) =>
  isObject(map) && name !== undefined && Object.hasOwn(map, name) ? map[name] : undefined;

/**
 * Return a copy of a map without one of its names; an empty one of what is no map.
 *
 * @param {any} map
 * @param {string} name
 */
export const without = (map, name) => {
  const { [name]: dropped, ...rest } = isObject(map) ? map : {};
  return rest;
};
