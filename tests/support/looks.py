"""What a page looks like, small enough to keep: the mean colour of each cell of a grid, and a height.

A picture of a page differs by a few grey edges from one machine to another, and by whole areas where something changed.
Means over cells of many pixels see the second and not the first, and a look is some hundred characters, not a PNG.
Fonts are those of `fonts-dejavu-core`, so that lines break alike everywhere.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any, TypeAlias

from playwright.sync_api import Page, ViewportSize

FONTS = """
:root { --sans: "DejaVu Sans"; --mono: "DejaVu Sans Mono"; }
*, ::placeholder { caret-color: transparent !important; }
"""
COLUMNS, ROWS = 12, 8
Look: TypeAlias = dict[str, Any]
"""`height` in pixels, and `cells`: three hex digits (red, green, blue, a sixteenth each) for each cell, row by row."""

_MEASURE = """
async ([picture, boxes, columns, rows]) => {
  const image = new Image();
  image.src = "data:image/png;base64," + picture;
  await image.decode();
  const whole = await createImageBitmap(image);
  return boxes.map(({ x, y, width, height }) => {
    const canvas = new OffscreenCanvas(Math.max(columns, width), Math.max(rows, height));
    const brush = canvas.getContext("2d", { willReadFrequently: true });
    brush.drawImage(whole, x, y, width, height, 0, 0, width, height);
    const { data } = brush.getImageData(0, 0, canvas.width, canvas.height);
    const across = (step) => Math.floor(step * canvas.width / columns);
    const down = (step) => Math.floor(step * canvas.height / rows);
    let cells = "";
    for (let row = 0; row < rows; row += 1) for (let column = 0; column < columns; column += 1) {
      const [left, right, top, bottom] = [across(column), across(column + 1), down(row), down(row + 1)];
      const sum = [0, 0, 0];
      for (let y = top; y < bottom; y += 1) for (let x = left; x < right; x += 1) {
        const at = 4 * (y * canvas.width + x);
        for (let one = 0; one < 3; one += 1) sum[one] += data[at + one];
      }
      const pixels = (right - left) * (bottom - top);
      for (const one of sum) cells += Math.min(15, Math.round(one / pixels / 17)).toString(16);
    }
    return { height: canvas.height, cells };
  });
}
"""
_SAMPLES = """
() => [...document.querySelectorAll(".pattern")].map((one) => {
  const box = one.getBoundingClientRect();
  const place = { x: Math.round(box.left + scrollX), y: Math.round(box.top + scrollY) };
  return { name: one.ariaLabel, ...place, width: Math.round(box.width), height: Math.round(box.height) };
})
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """How far two looks of one thing are apart: cells by the most they differ in, and pixels of height."""

    worst: int
    many: int
    height: float

    @property
    def is_seen(self) -> bool:
        """Whether somebody would see it: one cell clearly, several a little, or another height."""
        return self.worst >= 3 or self.many > COLUMNS * ROWS // 16 or self.height > 0.04


def compare(one: Look, other: Look) -> Difference:
    """Return how far two looks are apart; a sixteenth is within what rounding does."""
    steps = [abs(int(a, 16) - int(b, 16)) for a, b in zip(one["cells"], other["cells"], strict=True)]
    cells = [max(steps[at : at + 3]) for at in range(0, len(steps), 3)]
    height = abs(one["height"] - other["height"]) / max(one["height"], other["height"])
    return Difference(worst=max(cells), many=sum(step >= 2 for step in cells), height=height)


def look_at_page(page: Page, picture: bytes, size: ViewportSize) -> Look:
    """Return the look of a whole picture."""
    return _measure(page, picture, [{"x": 0, "y": 0, "width": size["width"], "height": size["height"]}])[0]


def look_at_samples(page: Page, picture: bytes) -> dict[str, Look]:
    """Return the look of every sample of the page of patterns, by its name; `picture` shows the whole page."""
    boxes: list[dict[str, Any]] = page.evaluate(_SAMPLES)
    return dict(zip([box["name"] for box in boxes], _measure(page, picture, boxes), strict=True))


def _measure(page: Page, picture: bytes, boxes: list[dict[str, Any]]) -> list[Look]:
    found: list[Look] = page.evaluate(_MEASURE, [base64.b64encode(picture).decode(), boxes, COLUMNS, ROWS])
    return found
