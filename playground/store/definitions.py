"""A provider's schema definitions, read one by one as they are asked for."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping

from playground.catalog.model import Schema
from playground.store.connection import Connections
from playground.store.packing import text, unpack_value

_CACHE_BYTES = 1_000_000


class DefinitionCache:
    """The definitions used last, across threads, bounded by their packed size in bytes.

    Keyed by the provider's row id, which changes with its generation and is never used again.
    """

    def __init__(self, limit: int = _CACHE_BYTES) -> None:
        self._limit = limit
        self._size = 0
        self._kept: OrderedDict[tuple[int, str], tuple[Schema, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[int, str]) -> Schema | None:
        """Return a kept definition, or `None`."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: tuple[int, str], schema: Schema, size: int) -> None:
        """Keep a definition, and drop the ones not used for longest."""
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = (schema, size)
            self._size += size
            while self._size > self._limit:
                _, (_, dropped) = self._kept.popitem(last=False)
                self._size -= dropped


class StoredDefinitions(Mapping[str, Schema]):
    """The definitions of one generation of a provider. What it gives is shared between threads: never change it."""

    def __init__(self, connections: Connections, cache: DefinitionCache, provider: int) -> None:
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
