"""A provider's schema definitions, read one by one as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from playground.catalog.model import Schema
from playground.store.connection import Connections
from playground.store.packing import text, unpack_value
from playground.store.recent import RecentlyUsed


class StoredDefinitions(Mapping[str, Schema]):
    """The definitions of one generation of a provider. What it gives is shared between threads: never change it."""

    def __init__(self, connections: Connections, cache: RecentlyUsed[tuple[int, str], Schema], provider: int) -> None:
        self._connections = connections
        self._cache = cache
        self._provider = provider

    def __getitem__(self, name: str) -> Schema:
        key = (self._provider, name)
        kept = self._cache.get(key)
        if kept is not None:
            return kept
        with self._connections.reading() as connection:
            row = connection.execute(
                "SELECT content FROM definition WHERE provider = ? AND name = ?", (self._provider, text(name))
            ).fetchone()
        if row is None:
            raise KeyError(name)
        schema: Schema = unpack_value(row[0])
        self._cache.put(key, schema, len(row[0]))
        return schema

    def __iter__(self) -> Iterator[str]:
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT name FROM definition WHERE provider = ? ORDER BY rowid", (self._provider,)
            ).fetchall()
        return iter([name for (name,) in rows])

    def __len__(self) -> int:
        with self._connections.reading() as connection:
            count: int = connection.execute(
                "SELECT count(*) FROM definition WHERE provider = ?", (self._provider,)
            ).fetchone()[0]
        return count
