"""The operator's settings for the look of the site: an accent that stays readable, links, a path, files.

Contrast is that of WCAG 2.2 (relative luminance, 1.4.3). No colour is refused for being too light or too dark: it is
darkened for the light theme and lightened for the dark one, with its hue, until text in it is readable.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

READABLE = 4.5
"""The least contrast of text and ground (WCAG 2.2, 1.4.3)."""
LIGHT_GROUNDS = ("#ffffff", "#fbfbfa", "#f4f4f2")
DARK_GROUNDS = ("#141413", "#1b1b1a", "#232321")
LIGHT_INK, DARK_INK = "#ffffff", "#11121c"
IMAGES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
}
LARGEST_FILE = 500_000
"""Bytes of an operator's file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FooterLink:
    """One link in the footer: its text, and a path on this site or an absolute URL."""

    text: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Accent:
    """One accent as `#rrggbb` in both themes, each with a soft ground made of it."""

    light: str
    dark: str
    light_soft: str
    dark_soft: str


def read_color(text: str) -> str:
    """Return `#rrggbb` in lower case. Raises `ValueError` for anything but `#rgb` or `#rrggbb`."""
    color = re.fullmatch(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})", text)
    if color is None:
        raise ValueError("not a colour")
    digits = color[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def make_accent(color: str) -> Accent:
    """Return a colour (`#rrggbb`) as it can be read in both themes."""
    light = _until_readable(color, "#000000", LIGHT_GROUNDS)
    dark = _until_readable(color, "#ffffff", DARK_GROUNDS)
    return Accent(
        light=light, dark=dark, light_soft=mix(light, "#ffffff", 0.91), dark_soft=mix(dark, DARK_GROUNDS[0], 0.82)
    )


def accent_css(accent: Accent) -> str:
    """Return the stylesheet that replaces the standard accent."""
    return (
        f":root{{--accent:light-dark({accent.light},{accent.dark});"
        f"--accent-ink:light-dark({LIGHT_INK},{DARK_INK});"
        f"--accent-soft:light-dark({accent.light_soft},{accent.dark_soft})}}\n"
    )


def contrast(color: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(color), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(color: str, other: str, share: float) -> str:
    """Return a colour mixed with a share (0 to 1) of another one."""
    channels = zip(_channels(color), _channels(other), strict=True)
    return "#" + "".join(f"{round(own + (added - own) * share):02x}" for own, added in channels)


def _until_readable(color: str, towards: str, grounds: tuple[str, ...]) -> str:
    steps = (mix(color, towards, step / 50) for step in range(51))
    return next(step for step in steps if min(contrast(step, ground) for ground in grounds) >= READABLE)


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _luminance(color: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return float(channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)


def read_links(text: str) -> tuple[FooterLink, ...]:
    """Read `Text=URL; Text=URL`. Raises `ValueError` for a link without text, or to anything but http(s) or a path."""
    links = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        label, equals, url = (word.strip() for word in part.partition("="))
        if not equals or not label or not (read_path_or_none(url) or _is_web(url)):
            raise ValueError("not a link")
        links.append(FooterLink(text=label, url=url))
    return tuple(links)


def read_path(text: str) -> str:
    """Return a path on this site. Raises `ValueError` for anything that a browser would take for another origin."""
    if read_path_or_none(text) is None:
        raise ValueError("not a path on this site")
    return text


def read_path_or_none(text: str) -> str | None:
    """Return a path on this site, or `None` if the text is none."""
    return text if re.fullmatch(r"/(?![/\\])[^\\\s\x00-\x1f\x7f]*", text) else None


def _is_web(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None


def read_title(text: str) -> str:
    """Return a name for the site, its blanks made single. Raises `ValueError` if it is too long for a header."""
    title = " ".join(text.split())
    if not 0 < len(title) <= 60:
        raise ValueError("too long")
    return title


def read_image(text: str) -> Path:
    """Return the path of an image a browser can show. Raises `ValueError` if it is none, missing, or large."""
    path = _small_file(text)
    if path.suffix.lower() not in IMAGES:
        raise ValueError("not an image")
    return path


def read_stylesheet(text: str) -> Path:
    """Return the path of a CSS file in UTF-8. Raises `ValueError` if it is none, missing, or large."""
    path = _small_file(text)
    if path.suffix.lower() != ".css":
        raise ValueError("not a stylesheet")
    path.read_text("utf-8")
    return path


def _small_file(text: str) -> Path:
    path = Path(text).expanduser()
    if not path.is_file() or path.stat().st_size > LARGEST_FILE:
        raise ValueError("no such file, or too large")
    return path
