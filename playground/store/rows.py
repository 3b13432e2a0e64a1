"""Rows of the catalogue that belong to the current version of a provider: operations, names, tags, the index."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, TypeAlias

import orjson

from playground.store import names
from playground.store.packing import (
    PackedCatalog,
    PackedOperation,
    PackedUpdate,
    unpack_value,
    unpacked_bytes,
)

Packed: TypeAlias = PackedCatalog | PackedUpdate

PUT_IN = "INSERT INTO search (rowid, words) VALUES (?, ?)"
# https://www.sqlite.org/fts5.html#the_delete_command
TAKE_OUT = "INSERT INTO search (search, rowid, words) VALUES ('delete', ?, ?)"
COLUMNS = "name, method, path, summary, title, tag, deprecated, hidden, detail"
"""The columns of an operation's row beside its id and provider, as `row_of` returns them."""
_LINK = re.compile(rb'"\$ref":"#/\$defs/((?:[^"\\]|\\.)*)"')


def next_operation(connection: sqlite3.Connection) -> int:
    """Return the first free row id of an operation."""
    number: int = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM operation").fetchone()[0]
    return number


def row_of(operation: PackedOperation, detail: int) -> tuple[Any, ...]:
    """Return the columns of an operation's row."""
    return (
        operation.name, operation.method, operation.path, operation.summary, operation.title,
        next(iter(operation.tags), ""), int(operation.deprecated), int(operation.hidden), detail,
    )  # fmt: skip


def write_operations(
    connection: sqlite3.Connection, provider: int, first: int, operations: Sequence[tuple[Any, ...]]
) -> None:
    """Insert the rows of operations, with ids from `first` on."""
    connection.executemany(
        f"INSERT INTO operation (id, provider, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
        ((key, provider, *row) for key, row in enumerate(operations, first)),
    )


def delete_operations(connection: sqlite3.Connection, first: int, count: int) -> None:
    """Delete the rows of a range of operations; what they held stays part of its versions."""
    connection.execute("DELETE FROM operation WHERE id BETWEEN ? AND ?", (first, first + count - 1))


def write_names(connection: sqlite3.Connection, provider: int, first: int, packed: Packed) -> None:
    """Write the names by which operations are found, and their tags, in the place of all there are."""
    for table in ("tag", "tagging"):
        connection.execute(f"DELETE FROM {table} WHERE provider = ?", (provider,))  # noqa: S608 - our own names
    names.write_names(connection, "alias", provider, aliases_of(packed, first))
    connection.executemany(
        "INSERT INTO tagging VALUES (?, ?, ?)", ((provider, *pair) for pair in taggings_of(packed, first))
    )
    connection.executemany(
        "INSERT INTO tag VALUES (?, ?, ?, ?, ?)",
        ((provider, position, *row) for position, row in enumerate(tags_of(packed))),
    )


def aliases_of(packed: Packed, first: int) -> dict[str, int]:
    """Return the operation of every accepted name.

    A name that two operations claim goes to the surer claim: canonical, operationId, key, client name.
    """
    operations = list(enumerate(packed.operations, first))
    aliases: dict[str, int] = {}
    for key, operation in operations:
        aliases.setdefault(operation.name, key)
    for place in range(max((len(operation.names) for _, operation in operations), default=0)):
        for key, operation in operations:
            if place < len(operation.names):
                aliases.setdefault(operation.names[place], key)
    return aliases


def taggings_of(packed: Packed, first: int) -> set[tuple[str, int]]:
    """Return each tag of each operation that is not hidden; one without a tag has the empty one."""
    return {
        (tag, key)
        for key, operation in enumerate(packed.operations, first)
        if not operation.hidden
        for tag in operation.tags or ("",)
    }


def tags_of(packed: Packed) -> list[tuple[str, str, int]]:
    """Return name, title and number of operations of the tags that have any, the untagged rest last."""
    counts = Counter(tag for operation in packed.operations if not operation.hidden for tag in operation.tags or ("",))
    titles = dict(packed.tags)
    order = [*titles, *(name for name in counts if name not in titles and name), ""]
    return [(name, titles.get(name, ""), counts[name]) for name in dict.fromkeys(order) if counts[name]]


def count_listed(packed: Packed) -> int:
    """Return the number of operations that are not hidden."""
    return sum(not operation.hidden for operation in packed.operations)


def write_singles(connection: sqlite3.Connection, provider: int, packed: Packed) -> None:
    """Write what a provider has one row of, beside its own."""
    connection.execute("DELETE FROM provider_search WHERE rowid = ?", (provider,))
    connection.execute(
        "INSERT INTO provider_search (rowid, name, title, summary) VALUES (?, ?, ?, ?)", (provider, *packed.indexed)
    )
    connection.execute("INSERT OR REPLACE INTO listing VALUES (?, ?, ?)", (provider, packed.summary, packed.words))
    for table, content in (("origin", packed.origin), ("outline", packed.outline)):
        connection.execute(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", (provider, content))  # noqa: S608


def write_parts(connection: sqlite3.Connection, provider: int, parts: Iterable[tuple[int, bytes]]) -> None:
    """Keep the texts that the index was given, in parts."""
    connection.executemany(
        "INSERT OR REPLACE INTO indexed VALUES (?, ?, ?)", ((provider, at, content) for at, content in parts)
    )


def index_rows(parts: Iterable[bytes], first: int) -> Iterator[tuple[object, ...]]:
    """Yield row id and words of each operation, as `PUT_IN` and `TAKE_OUT` take them."""
    return ((key, row[0]) for key, row in enumerate(chain.from_iterable(map(unpack_value, parts)), first))


def exchange_texts(connection: sqlite3.Connection, first: int, old: bytes, new: bytes) -> None:
    """Exchange the words of one part of the index where they differ."""
    pairs = [
        (key, before, now)
        for key, (before, now) in enumerate(zip(unpack_value(old), unpack_value(new), strict=True), first)
        if before[0] != now[0]
    ]
    connection.executemany(TAKE_OUT, ((key, before[0]) for key, before, _ in pairs))
    connection.executemany(PUT_IN, ((key, now[0]) for key, _, now in pairs))


def count_words(connection: sqlite3.Connection, words: Iterable[str], by: int) -> None:
    """Count a provider in (1) or out (-1) among those that use each of the words."""
    connection.executemany(
        "INSERT INTO word VALUES (?1, ?2) ON CONFLICT DO UPDATE SET providers = providers + ?2",
        ((word, by) for word in words),
    )
    if by < 0:
        connection.executemany("DELETE FROM word WHERE word = ? AND providers < 1", ((word,) for word in words))


def links(packed: bytes) -> list[str]:
    """Return the names of the definitions that a packed value refers to."""
    found = _LINK.findall(unpacked_bytes(packed)) if packed else []
    return [_name_of(token) for token in dict.fromkeys(found)]


def _name_of(token: bytes) -> str:
    name: str = orjson.loads(b'"' + token + b'"') if b"\\" in token else token.decode()
    return name.replace("~1", "/").replace("~0", "~") if "~" in name else name
