"""Which operations a request's method and path may be: a walk down the ordered index of `METHOD path` names.

Each step asks the index for the next segment, as text or as a template, so its cost grows with the templates that fit
and not with the provider: a few hundred look-ups for 22,000 operations as for 10.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from urllib.parse import quote, unquote

from playground.store.model import Route
from playground.store.packing import text

_MOST_LOOKUPS = 4000
_MOST_SEGMENTS = 40
_LONGEST_SEGMENT = 400
_MOST_FOUND = 2400
_VARIABLE = re.compile(r"\{[^{}]*\}")
_END = re.compile(r"[/?#]")
_LAST = "\U0010ffff"


class _Walk:
    """One walk: the connection, the provider, and how many look-ups are left."""

    def __init__(self, connection: sqlite3.Connection, number: int) -> None:
        self.connection = connection
        self.number = number
        self.left = _MOST_LOOKUPS

    def next_name(self, least: str, below: str) -> str | None:
        """Return the first name from `least` on and before `below`."""
        if self.left <= 0:
            return None
        self.left -= 1
        row = self.connection.execute(
            "SELECT name FROM alias WHERE provider = ? AND name >= ? AND name < ? ORDER BY name LIMIT 1",
            (self.number, least, below),
        ).fetchone()
        return row[0] if row else None

    def segments(self, before: str, segment: str) -> Iterator[str]:
        """Give the template segments below `before` that this segment may fill: itself first, then templates."""
        decoded = unquote(segment)
        for literal in dict.fromkeys((segment, decoded, quote(decoded, safe="/:@!$&'()*+,;=~"))):
            if self.next_name(before + literal, before + literal + _LAST) is not None:
                yield literal
        seen: set[str] = set()
        for length in range(min(len(decoded), _LONGEST_SEGMENT) + 1):
            head = before + decoded[:length] + "{"
            least = head
            while (name := self.next_name(least, head + _LAST)) is not None:
                match = _END.search(_VARIABLE.sub(lambda one: "x" * len(one[0]), name), len(before))
                end = match.start() if match else len(name)
                found = name[len(before) : end]
                if found not in seen:
                    seen.add(found)
                    yield found
                # Whatever goes on after this segment is passed over in one step.
                least = name[:end] + (chr(ord(name[end]) + 1) if end < len(name) else "\x00")


def find_routes(connection: sqlite3.Connection, number: int, method: str, path: str) -> tuple[Route, ...]:
    """Return the provider's operations whose path template `path` (encoded, no query) fills, most literal first.

    A template variable takes one segment; only where nothing fits so, it may take several (`/v1/{name}`).
    """
    segments = text(path).lstrip("/").split("/")
    if len(segments) > _MOST_SEGMENTS or any(len(segment) > _LONGEST_SEGMENT for segment in segments):
        return ()
    walk = _Walk(connection, number)
    for several in (False, True):
        ends = dict.fromkeys(_ends(walk, f"{text(method.upper())} /", segments, several=several))
        routes = [route for end in ends for route in _routes_at(connection, number, end)]
        if routes:
            return tuple(sorted(dict.fromkeys(routes), key=lambda one: _specific(one.path)))
    return ()


def _ends(walk: _Walk, before: str, segments: list[str], *, several: bool) -> Iterator[str]:
    """Give the templates, as `METHOD path`, that all segments fill."""
    first, rest = segments[0], segments[1:]
    for segment in walk.segments(before, first):
        taken = range(len(rest) + 1) if several and "{" in segment else (0,)
        for more in taken:
            value = "/".join([first, *rest[:more]])
            if not _fills(segment, value):
                continue
            if len(rest) == more:
                yield before + segment
            else:
                yield from _ends(walk, f"{before}{segment}/", rest[more:], several=several)


def _fills(template: str, value: str) -> bool:
    """Say whether a value is what a template segment says; each variable takes at least one character."""
    pieces = [unquote(piece) for piece in _VARIABLE.split(template)]
    if len(pieces) == 1:
        return template == value or unquote(template) == unquote(value)
    decoded = unquote(value)
    head, *middle, tail = pieces
    if not (decoded.startswith(head) and decoded.endswith(tail)):
        return False
    at, end = len(head) + 1, len(decoded) - len(tail)
    for piece in middle:
        found = decoded.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece) + 1
    return at <= end


def _routes_at(connection: sqlite3.Connection, number: int, end: str) -> Iterator[Route]:
    """Give the operations at a template: itself, and those that a written query or fragment tells apart from it."""
    # One look-up for each range: joined by OR, SQLite would read all names of the provider.
    for least, below in ((end, end + "\x00"), (end + "#", end + "$"), (end + "?", end + "@")):
        rows = connection.execute(
            "SELECT operation.name, operation.method, operation.path FROM alias"
            " JOIN operation ON operation.id = alias.operation"
            " WHERE alias.provider = ? AND alias.name >= ? AND alias.name < ? LIMIT ?",
            (number, least, below, _MOST_FOUND),
        )
        for name, method, path in rows:
            yield Route(name=name, method=method, path=path)


def _specific(path: str) -> tuple[object, ...]:
    """Order templates: literal segments before partly literal ones before variables, from the left."""
    plain = path.partition("#")[0].partition("?")[0]
    kinds = [0 if "{" not in one else 2 if _VARIABLE.fullmatch(one) else 1 for one in plain.split("/")]
    return kinds, -len(_VARIABLE.sub("", plain)), path
