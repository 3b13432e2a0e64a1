"""Writing the catalogue: replacing and removing providers, inside the caller's transaction."""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

from playground.store.packing import PackedCatalog, PackedOperation, text, unpack_value

_TEXTS = "name, path, tags, title, parameters, description, provider"
_PUT_IN = f"INSERT INTO search (rowid, {_TEXTS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - our own names
# https://www.sqlite.org/fts5.html#the_delete_command
_TAKE_OUT = f"INSERT INTO search (search, rowid, {_TEXTS}) VALUES ('delete', ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
_RETIREMENT_SECONDS = 60.0
"""How long the definitions of a replaced provider stay readable: longer than any page takes to be drawn."""


def write_provider(connection: sqlite3.Connection, packed: PackedCatalog, *, bundled: bool) -> None:
    """Replace the provider of the packed catalog's name."""
    erase_provider(connection, packed.name)
    (first,) = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM operation").fetchone()
    number = connection.execute(
        "INSERT INTO provider (name, title, version, generation, operations, listed, first, bundled)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (packed.name, packed.title, packed.version, secrets.token_hex(8),
         len(packed.operations), sum(not operation.hidden for operation in packed.operations), first, bundled),
    ).lastrowid  # fmt: skip
    assert number is not None  # noqa: S101 - an INSERT has a row id
    connection.execute("INSERT INTO provider_search (rowid, name, title, summary) VALUES (?, ?, ?, ?)",
                       (number, *packed.indexed))  # fmt: skip
    connection.execute("INSERT INTO listing VALUES (?, ?, ?)", (number, packed.summary, packed.words))
    connection.execute("INSERT INTO facts VALUES (?, ?)", (number, packed.content))
    connection.execute("INSERT INTO source VALUES (?, ?)", (number, packed.source))
    connection.executemany(
        "INSERT INTO definition VALUES (?, ?, ?)", ((number, name, content) for name, content in packed.definitions)
    )
    _write_operations(connection, number, list(enumerate(packed.operations, first)))
    _write_tags(connection, number, packed)
    if packed.webhooks:
        connection.execute("INSERT INTO webhook VALUES (?, ?)", (number, packed.webhooks))
    connection.executemany(
        "INSERT INTO indexed VALUES (?, ?, ?)", ((number, part, content) for part, content in enumerate(packed.index))
    )
    connection.execute("INSERT INTO vocabulary VALUES (?, ?)", (number, " ".join(packed.vocabulary)))
    connection.executemany(
        "INSERT INTO word VALUES (?, 1) ON CONFLICT DO UPDATE SET providers = providers + 1",
        ((word,) for word in packed.vocabulary),
    )
    connection.executemany(_PUT_IN, _index_rows(packed.index, first))
    _touch(connection)


def _write_operations(
    connection: sqlite3.Connection, number: int, operations: list[tuple[int, PackedOperation]]
) -> None:
    connection.executemany(
        "INSERT INTO operation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                key,
                number,
                operation.name,
                operation.method,
                operation.path,
                operation.summary,
                operation.title,
                next(iter(operation.tags), ""),
                operation.deprecated,
                operation.hidden,
            )
            for key, operation in operations
        ),
    )
    connection.executemany(
        "INSERT INTO detail VALUES (?, ?)", ((key, operation.content) for key, operation in operations)
    )
    # A name that two operations claim goes to the surer claim: canonical, operationId, key, client name.
    connection.executemany(
        "INSERT OR IGNORE INTO alias VALUES (?, ?, ?)", ((number, *claim) for claim in _claims(operations))
    )
    connection.executemany(
        "INSERT INTO tagging VALUES (?, ?, ?)",
        (
            (number, tag, key)
            for key, operation in operations
            if not operation.hidden
            for tag in operation.tags or ("",)
        ),
    )


def _index_rows(index: Iterable[bytes], first: int) -> Iterator[tuple[object, ...]]:
    return ((key, *texts) for key, texts in enumerate(chain.from_iterable(map(unpack_value, index)), first))


def _claims(operations: list[tuple[int, PackedOperation]]) -> Iterator[tuple[str, int]]:
    for key, operation in operations:
        yield operation.name, key
    for place in range(max((len(operation.names) for _, operation in operations), default=0)):
        for key, operation in operations:
            if place < len(operation.names):
                yield operation.names[place], key


def _write_tags(connection: sqlite3.Connection, number: int, packed: PackedCatalog) -> None:
    counts = Counter(tag for operation in packed.operations if not operation.hidden for tag in operation.tags or ("",))
    titles = dict(packed.tags)
    order = [*titles, *(name for name in counts if name not in titles and name), ""]
    connection.executemany(
        "INSERT INTO tag VALUES (?, ?, ?, ?, ?)",
        (
            (number, position, name, titles.get(name, ""), counts[name])
            for position, name in enumerate(dict.fromkeys(order))
            if counts[name]
        ),
    )


def erase_provider(connection: sqlite3.Connection, name: str) -> bool:
    """Remove a provider with all its rows; return whether there was one."""
    now = time.time()
    connection.execute(
        "DELETE FROM definition WHERE provider IN (SELECT provider FROM retired WHERE at < ? OR at > ?)",
        (now - _RETIREMENT_SECONDS, now),
    )
    connection.execute("DELETE FROM retired WHERE at < ? OR at > ?", (now - _RETIREMENT_SECONDS, now))
    row = connection.execute("SELECT id, first, operations FROM provider WHERE name = ?", (text(name),)).fetchone()
    if row is None:
        return False
    number, first, count = row
    last = first + count - 1
    index = connection.execute("SELECT content FROM indexed WHERE provider = ? ORDER BY part", (number,))
    connection.executemany(_TAKE_OUT, _index_rows((content for (content,) in index), first))
    (words,) = connection.execute("SELECT words FROM vocabulary WHERE provider = ?", (number,)).fetchone()
    vocabulary = [(word,) for word in words.split()]
    connection.executemany("UPDATE word SET providers = providers - 1 WHERE word = ?", vocabulary)
    connection.executemany("DELETE FROM word WHERE word = ? AND providers < 1", vocabulary)
    connection.execute("DELETE FROM detail WHERE operation BETWEEN ? AND ?", (first, last))
    connection.execute("DELETE FROM operation WHERE id BETWEEN ? AND ?", (first, last))
    for table in ("alias", "tag", "tagging", "listing", "facts", "source", "indexed", "vocabulary", "webhook"):
        connection.execute(f"DELETE FROM {table} WHERE provider = ?", (number,))  # noqa: S608 - our own names
    connection.execute("INSERT INTO retired VALUES (?, ?)", (number, now))
    connection.execute("DELETE FROM provider_search WHERE rowid = ?", (number,))
    connection.execute("DELETE FROM provider WHERE id = ?", (number,))
    _touch(connection)
    return True


def tidy_index(connection: sqlite3.Connection) -> None:
    """Merge the trees that many writes leave in each index: a search then looks into one, not into twenty.

    https://www.sqlite.org/fts5.html#the_optimize_command
    """
    for table in ("search", "provider_search"):
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608 - our own names


def outdated(connection: sqlite3.Connection, name: str, digest: str) -> bool:
    """Tell whether a bundled description is to be written: new here, or changed and still ours.

    One that was removed, or that the user's own description has replaced, is left alone.
    """
    offered = connection.execute("SELECT digest FROM bundled WHERE name = ?", (name,)).fetchone()
    present = connection.execute("SELECT bundled FROM provider WHERE name = ?", (name,)).fetchone()
    if offered is None:
        return present is None
    return offered[0] != digest and present is not None and bool(present[0])


def note_bundled(connection: sqlite3.Connection, name: str, digest: str) -> None:
    """Remember the digest of a bundled description that this catalogue was offered; an empty one: never again."""
    connection.execute("INSERT OR REPLACE INTO bundled VALUES (?, ?)", (name, digest))


def _touch(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE state SET revision = ?", (secrets.token_hex(8),))
