"""The accepted names of a provider's operations: sorted, and many together in one compressed row.

A look-up finds the row by its first name and unpacks it, in some 20 millionths of a second.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import TypeAlias

import orjson

from playground.store.blocks import compress, decompress

_TOGETHER = 128
_Chunk: TypeAlias = tuple[list[str], list[int]]


def write_names(
    connection: sqlite3.Connection, provider: int, names: Mapping[str, int], together: int = _TOGETHER
) -> None:
    """Write the operation of each name, in the place of all that there are; so many `together`."""
    connection.execute("DELETE FROM alias WHERE provider = ?", (provider,))
    # The order of SQLite's texts too: that of their UTF-8 is that of their letters.
    ordered = sorted(names)
    for start in range(0, len(ordered), together):
        some = ordered[start : start + together]
        content = compress(orjson.dumps((some, [names[name] for name in some])))
        connection.execute(
            "INSERT INTO alias (provider, first, content) VALUES (?, ?, ?)", (provider, some[0], content)
        )


class Names:
    """The names of one provider in their order, as one state of the catalogue has them; rows read stay unpacked."""

    def __init__(self, connection: sqlite3.Connection, provider: int) -> None:
        self._connection = connection
        self._provider = provider
        self._chunks: dict[int, _Chunk] = {}

    def operation(self, name: str) -> int | None:
        """Return the operation of a name."""
        following = next(self.following(name), None)
        return following[1] if following is not None and following[0] == name else None

    def following(self, least: str) -> Iterator[tuple[str, int]]:
        """Yield the names from `least` on, each with its operation."""
        chunk = self._chunk("first <= ? ORDER BY first DESC", least)
        at = bisect_left(chunk[0], least) if chunk is not None else 0
        if chunk is None or at == len(chunk[0]):
            chunk, at = self._chunk("first >= ? ORDER BY first", least), 0
        while chunk is not None:
            names, numbers = chunk
            for place in range(at, len(names)):
                yield names[place], numbers[place]
            chunk, at = self._chunk("first > ? ORDER BY first", names[-1]), 0

    def preceding(self, below: str) -> Iterator[tuple[str, int]]:
        """Yield the names before `below`, the last first, each with its operation."""
        while (chunk := self._chunk("first < ? ORDER BY first DESC", below)) is not None:
            names, numbers = chunk
            for place in reversed(range(bisect_left(names, below))):
                yield names[place], numbers[place]
            below = names[0]

    def _chunk(self, condition: str, name: str) -> _Chunk | None:
        row = self._connection.execute(
            f"SELECT id, content FROM alias WHERE provider = ? AND {condition} LIMIT 1",  # noqa: S608 - our own words
            (self._provider, name),
        ).fetchone()
        if row is None:
            return None
        number, content = row
        chunk = self._chunks.get(number)
        if chunk is None:
            names, numbers = orjson.loads(decompress(content))
            chunk = self._chunks[number] = names, numbers
        return chunk
