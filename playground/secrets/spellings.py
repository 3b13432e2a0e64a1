"""How an answer may spell a secret: plain, escaped for JSON, URLs or markup, as base64, in another character set."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

Ways: TypeAlias = tuple[bytes, ...]
"""The ways to write one piece of a secret, the longest first."""

_NEVER_ESCAPED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-"
_SHORTEST_ENCODED = 6
"""Bytes of a secret from which on its base64 is looked for: less would be found in any long base64 by chance."""

_CHARSETS = (
    "latin-1", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "iso8859-2", "iso8859-5", "iso8859-7", "iso8859-15",
    "koi8-r", "koi8-u", "shift_jis", "euc_jp", "euc_kr", "gb18030", "big5",
)  # fmt: skip
"""Character sets besides UTF-8 and UTF-16 that answers are read in; they differ from UTF-8 beyond ASCII only."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way an answer may write a whole secret: pieces in order, each written in any of its ways."""

    pieces: tuple[Ways, ...]
    plainest: bytes
    """The spelling with as little escaped as possible."""

    def end(self, data: bytes, start: int) -> int | None:
        """Return where the spelling that begins at `start` ends, or `None` if there is none."""
        for ways in self.pieces:
            way = next((way for way in ways if data.startswith(way, start)), None)
            if way is None:
                return None
            start += len(way)
        return start

    def is_open(self, data: bytes, start: int) -> bool:
        """Say whether everything from `start` on may be the beginning of this spelling, with more to come."""
        for ways in self.pieces:
            rest = len(data) - start
            if rest < len(ways[0]) and any(len(way) > rest and way.startswith(data[start:]) for way in ways):
                return True
            way = next((way for way in ways if data.startswith(way, start)), None)
            if way is None:
                return False
            start += len(way)
        return False

    @property
    def longest(self) -> int:
        """The most bytes that it may take."""
        return sum(len(ways[0]) for ways in self.pieces)


def spellings_of(secrets: Iterable[str]) -> tuple[Spelling, ...]:
    """Return the spellings of secrets, each once."""
    return tuple(
        {spelling.pieces: spelling for secret in secrets if secret for spelling in _spellings(secret)}.values()
    )


def _spellings(secret: str) -> Iterator[Spelling]:
    yield from _escapable(secret)
    data = secret.encode("utf-8", "surrogatepass")
    for percent in ("%{:02X}", "%{:02x}"):
        yield _literal("".join(map(percent.format, data)).encode())
    units = secret.encode("utf-16-be", "surrogatepass")
    for escape in ("\\u{:02x}{:02x}", "\\u{:02X}{:02X}"):
        pairs = (escape.format(units[at], units[at + 1]) for at in range(0, len(units), 2))
        yield _literal("".join(pairs).encode())
    if len(data) >= _SHORTEST_ENCODED:
        for before in range(3):
            text = _base64_core(data, before)
            yield from _escapable(text)
            yield from _escapable(text.translate(str.maketrans("+/", "-_")))
    yield _literal(secret.encode("utf-16-le", "surrogatepass"))
    yield _literal(units)
    if not secret.isascii():
        for charset in _CHARSETS:
            try:
                yield _literal(secret.encode(charset))
            except UnicodeError:
                continue


def _base64_core(data: bytes, before: int) -> str:
    """Return the characters that base64 gives these bytes wherever they stand, with `before` bytes of a group before.

    A character at either end that holds bits of the neighbours as well is left out.
    """
    text = base64.b64encode(bytes(before) + data).decode("ascii").rstrip("=")
    return text[(0, 2, 3)[before] : len(text) - ((before + len(data)) % 3 > 0)]


def _literal(data: bytes) -> Spelling:
    return Spelling(((data,),), data)


_ESCAPERS: tuple[dict[str, tuple[str, ...]], ...] = (
    {"\\": ("\\",), "%": ("%",), "&": ("&",)},
    {"\\": ("\\\\",), "%": ("%",), "&": ("&", "\\u0026")},
    {"\\": ("\\\\\\\\",), "%": ("%",), "&": ("&", "\\\\u0026")},
    {"\\": ("\\", "%5C", "%5c"), "%": ("%25",), "&": ("&", "%26")},
    {"\\": ("%255C", "%255c"), "%": ("%2525",), "&": ("%2526",)},
    {"\\": ("\\", "&#92;"), "%": ("%", "&#37;"), "&": ("&amp;", "&#38;", "&#x26;")},
)
"""How text, JSON, JSON in JSON, a URL, a URL in a URL and markup write the signs that escape others there.

One way for a whole secret: chosen sign by sign, a run of such signs could be read in too many ways.
"""


def _escapable(text: str) -> Iterator[Spelling]:
    """Yield spellings in which each character may be escaped by itself; runs that nobody escapes are one piece."""
    runs = re.findall(rf"[{_NEVER_ESCAPED}]+|.", text, re.DOTALL)
    for escapers in _ESCAPERS:
        written = [{run} if run[0] in _NEVER_ESCAPED else escapers.get(run) or _ways(run) for run in runs]
        pieces: list[Ways] = []
        for ways in map(_sorted, written):
            if pieces and len(ways) == len(pieces[-1]) == 1:
                pieces[-1] = (pieces[-1][0] + ways[0],)
            else:
                pieces.append(ways)
        yield Spelling(tuple(pieces), text.encode("utf-8", "surrogatepass"))
        if not any(sign in text for sign in escapers):
            return


def _sorted(ways: Iterable[str]) -> Ways:
    return tuple(sorted({way.encode("utf-8", "surrogatepass") for way in ways}, key=lambda way: (-len(way), way)))


def _ways(character: str) -> set[str]:
    """Return how JSON, JSON in JSON, URLs (encoded once or twice), forms and markup write a character.

    No way is the beginning of another one.
    """
    data = character.encode("utf-8", "surrogatepass")
    units = character.encode("utf-16-be", "surrogatepass")
    pairs = [(units[at], units[at + 1]) for at in range(0, len(units), 2)]
    escaped = {"".join(map("\\u{:02X}{:02X}".format, *zip(*pairs, strict=True)))}
    escaped |= {json.dumps(character)[1:-1], "".join(map("\\u{:02x}{:02x}".format, *zip(*pairs, strict=True)))}
    escaped |= {"\\/"} if character == "/" else set()
    escaped.discard(character)
    ways = {character, *escaped, *(json.dumps(text)[1:-1] for text in escaped)}
    for sign in ("%", "%25"):
        ways |= {"".join(f"{sign}{byte:02X}" for byte in data), "".join(f"{sign}{byte:02x}" for byte in data)}
    ways |= {f"&#{ord(character)};", f"&#x{ord(character):x};", f"&#x{ord(character):X};", html.escape(character)}
    return ways | {" ": {"+"}, "'": {"&apos;", "&#039;"}}.get(character, set())
