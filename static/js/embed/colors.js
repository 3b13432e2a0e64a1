// Colours as getComputedStyle writes them, and whether one is dark.

/**
 * Return red, green and blue from 0 to 255; null for a colour that is transparent or written in no
 * sRGB notation.
 *
 * @param {string} color
 */
export const channelsOf = (color) => {
  const [, srgb, numbers = ""] = /^(?:rgba?|color\((srgb))[( ]([^)]*)\)$/.exec(color) ?? [];
  const [red, green, blue, alpha = 1] = numbers
    .split(/[\s,/]+/)
    .filter(Boolean)
    .map(Number);
  if (blue === undefined || !alpha) return null;
  return [red, green, blue].map((one) => Math.round(srgb ? one * 255 : one));
};

/** @param {number[]} channels */
export const isDark = ([red, green, blue]) => 0.299 * red + 0.587 * green + 0.114 * blue < 128;

/** @param {number[]} channels */
export const hexOf = (channels) =>
  `#${channels.map((one) => one.toString(16).padStart(2, "0")).join("")}`;
