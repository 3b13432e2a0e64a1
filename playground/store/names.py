"""Names of a provider's things, each with a value: sorted, and many together in one compressed row.

A look-up finds the row by its first name and unpacks it, in some 20 millionths of a second.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Generic, Literal, TypeAlias, TypeVar

import orjson

from playground.store.blocks import compress, decompress
from playground.store.cache import RecentlyUsed

_TOGETHER = 128
V = TypeVar("V")
Table: TypeAlias = Literal["alias", "defined"]
Defined: TypeAlias = list[int]
"""Of a definition: the first version that has it so, its block, its first byte there, its length."""
Rows: TypeAlias = RecentlyUsed[tuple[str, Table, int], tuple[list[str], list[Any]]]
"""Rows that stay unpacked, by the generation of their provider, their table and their number."""


def write_names(
    connection: sqlite3.Connection, table: Table, provider: int, names: Mapping[str, V], together: int = _TOGETHER
) -> None:
    """Write the value of each name, in the place of all that there are; about so many `together`."""
    connection.execute(f"DELETE FROM {table} WHERE provider = ?", (provider,))  # noqa: S608 - our own names
    _insert(connection, table, provider, names, together)


def change_names(
    connection: sqlite3.Connection,
    table: Table,
    provider: int,
    changed: Mapping[str, V],
    dropped: Iterable[str] = (),
    together: int = _TOGETHER,
) -> None:
    """Write the values of names that are new or have another, and drop others; rows without them stay as they are."""
    there, touched = Names[V](connection, table, provider), dict[int, dict[str, V]]()
    new: dict[str, V] = {}
    for name in (*changed, *dropped):
        row = there.row_of(name)
        if row is None:
            new |= {name: changed[name]} if name in changed else {}
            continue
        number, names, values = row
        held = touched.setdefault(number, dict(zip(names, values, strict=True)))
        if name in changed:
            held[name] = changed[name]
        else:
            held.pop(name, None)
    for number, held in touched.items():
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (number,))  # noqa: S608 - our own names
        _insert(connection, table, provider, held, together)
    _insert(connection, table, provider, new, together)


def _insert(connection: sqlite3.Connection, table: Table, provider: int, names: Mapping[str, V], together: int) -> None:
    # The order of SQLite's texts too: that of their UTF-8 is that of their letters.
    ordered = sorted(names)
    rows = -(-len(ordered) // together)
    for row in range(rows):
        some = ordered[len(ordered) * row // rows : len(ordered) * (row + 1) // rows]
        content = compress(orjson.dumps((some, [names[name] for name in some])))
        connection.execute(
            f"INSERT INTO {table} (provider, first, content) VALUES (?, ?, ?)",  # noqa: S608 - our own names
            (provider, some[0], content),
        )


class Names(Generic[V]):
    """The names of one provider in their order, as one state of the catalogue has them; rows read stay unpacked.

    With a `cache` they stay for other readers too; its keys begin with the `generation` of the provider.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        table: Table,
        provider: int,
        cache: Rows | None = None,
        generation: str = "",
    ) -> None:
        self._connection = connection
        self._table = table
        self._provider = provider
        self._cache: Rows = RecentlyUsed(2**62) if cache is None else cache
        self._generation = generation

    def get(self, name: str) -> V | None:
        """Return the value of a name."""
        row = self._row("first <= ? ORDER BY first DESC", name)
        if row is None:
            return None
        _, names, values = row
        at = bisect_left(names, name)
        return values[at] if at < len(names) and names[at] == name else None

    def following(self, least: str) -> Iterator[tuple[str, V]]:
        """Yield the names from `least` on, each with its value."""
        row = self._row("first <= ? ORDER BY first DESC", least)
        at = bisect_left(row[1], least) if row is not None else 0
        if row is None or at == len(row[1]):
            row, at = self._row("first >= ? ORDER BY first", least), 0
        while row is not None:
            _, names, values = row
            for place in range(at, len(names)):
                yield names[place], values[place]
            row, at = self._row("first > ? ORDER BY first", names[-1]), 0

    def preceding(self, below: str) -> Iterator[tuple[str, V]]:
        """Yield the names before `below`, the last first, each with its value."""
        while (row := self._row("first < ? ORDER BY first DESC", below)) is not None:
            _, names, values = row
            for place in reversed(range(bisect_left(names, below))):
                yield names[place], values[place]
            below = names[0]

    def row_of(self, name: str) -> tuple[int, list[str], list[V]] | None:
        """Return the row that a name is in, or would be: its number, names and values; `None` if there is none."""
        return self._row("first <= ? ORDER BY first DESC", name) or self._row("first > ? ORDER BY first", name)

    def _row(self, condition: str, name: str) -> tuple[int, list[str], list[V]] | None:
        found = self._connection.execute(
            f"SELECT id, content FROM {self._table} WHERE provider = ? AND {condition} LIMIT 1",  # noqa: S608
            (self._provider, name),
        ).fetchone()
        if found is None:
            return None
        number, content = found
        key = (self._generation, self._table, number)
        row = self._cache.get(key)
        if row is None:
            names, values = orjson.loads(decompress(content))
            row = names, values
            self._cache.put(key, row, len(names))
        return number, *row
