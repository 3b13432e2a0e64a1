"""Writing the catalogue: adding, replacing and removing providers, inside the caller's transaction."""

from __future__ import annotations

import secrets
import sqlite3
import time

from playground.store import rows
from playground.store.blocks import compress, decompress, moved, write_blocks
from playground.store.model import Written
from playground.store.packing import PackedCatalog, PackedUpdate, text
from playground.store.replace import Replacement
from playground.store.source import write_source
from playground.store.versions import GRACE_SECONDS, Lifetime, Retention, add_version

_OF_PROVIDER = ("alias", "tag", "tagging", "listing", "source", "part", "origin", "outline", "indexed", "vocabulary")
_WITH_VERSIONS = ("detail", "definition", "defined", "block", "facts", "webhook", "version")


def write_provider(
    connection: sqlite3.Connection, packed: PackedCatalog, *, bundled: bool, retention: Retention
) -> Written:
    """Add the packed catalog's provider, or replace the one of its name."""
    _erase_retired(connection)
    row = connection.execute("SELECT id FROM provider WHERE name = ?", (packed.name,)).fetchone()
    written = (
        _add(connection, packed, bundled=bundled)
        if row is None
        else Replacement(connection, row[0], packed, bundled=bundled, retention=retention).write()
    )
    _touch(connection)
    return written


def update_provider(connection: sqlite3.Connection, packed: PackedUpdate, retention: Retention) -> Written | None:
    """Change what differs of a provider; `None` if it is not in the state that the update begins at."""
    row = connection.execute(
        "SELECT id, bundled FROM provider WHERE name = ? AND generation = ?", (packed.name, packed.generation)
    ).fetchone()
    if row is None:
        return None
    replacement = Replacement(connection, row[0], packed, bundled=bool(row[1]), retention=retention)
    if not replacement.is_possible:
        return None
    written = replacement.write()
    _touch(connection)
    return written


def _add(connection: sqlite3.Connection, packed: PackedCatalog, *, bundled: bool) -> Written:
    first, count = rows.next_operation(connection), len(packed.operations)
    provider = connection.execute(
        "INSERT INTO provider (name, title, version, generation, number, operations, listed, first, bundled, mark)"
        " VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?)",
        (packed.name, packed.title, packed.version, secrets.token_hex(8), count, rows.count_listed(packed), first,
         bundled, packed.mark),
    ).lastrowid  # fmt: skip
    assert provider is not None  # noqa: S101 - an INSERT has a row id
    lifetime = Lifetime(connection, provider, 1)
    blocks = write_blocks(connection, provider, packed.blocks)
    details = lifetime.put_details(moved((operation.content for operation in packed.operations), blocks))
    lifetime.put_definitions(
        (name for name, _ in packed.definitions), moved((place for _, place in packed.definitions), blocks)
    )
    lifetime.put_one("facts", packed.content)
    lifetime.put_one("webhook", packed.webhooks)
    add_version(connection, provider, 1, label=packed.version, operations=count, changes={}, recorded=not bundled)
    rows.write_singles(connection, provider, packed)
    write_source(connection, provider, packed.source, rows=blocks)
    rows.write_operations(connection, provider, first, list(map(rows.row_of, packed.operations, details)))
    rows.write_names(connection, provider, first, packed)
    rows.write_parts(connection, provider, enumerate(packed.index))
    connection.executemany(rows.PUT_IN, rows.index_rows(packed.index, first))
    connection.execute(
        "INSERT INTO vocabulary VALUES (?, ?)", (provider, compress(" ".join(packed.vocabulary).encode()))
    )
    rows.count_words(connection, packed.vocabulary, 1)
    return Written(
        number=1, before=0, added=tuple(f"{operation.method} {operation.path}" for operation in packed.operations)
    )


def erase_provider(connection: sqlite3.Connection, name: str) -> bool:
    """Remove a provider with all its rows; return whether there was one."""
    _erase_retired(connection)
    row = connection.execute("SELECT id, first, operations FROM provider WHERE name = ?", (text(name),)).fetchone()
    if row is None:
        return False
    provider, first, count = row
    index = connection.execute("SELECT content FROM indexed WHERE provider = ? ORDER BY part", (provider,)).fetchall()
    connection.executemany(rows.TAKE_OUT, rows.index_rows((content for (content,) in index), first))
    (words,) = connection.execute("SELECT words FROM vocabulary WHERE provider = ?", (provider,)).fetchone()
    rows.count_words(connection, decompress(words).decode().split(), -1)
    rows.delete_operations(connection, first, count)
    for table in _OF_PROVIDER:
        connection.execute(f"DELETE FROM {table} WHERE provider = ?", (provider,))  # noqa: S608 - our own names
    connection.execute("INSERT INTO retired VALUES (?, ?)", (provider, time.time()))
    connection.execute("DELETE FROM provider_search WHERE rowid = ?", (provider,))
    connection.execute("DELETE FROM provider WHERE id = ?", (provider,))
    _touch(connection)
    return True


def _erase_retired(connection: sqlite3.Connection) -> None:
    """Delete what providers held that were removed a while ago."""
    now = time.time()
    long_ago = "SELECT provider FROM retired WHERE at < ? OR at > ?"
    for table in _WITH_VERSIONS:
        connection.execute(
            f"DELETE FROM {table} WHERE provider IN ({long_ago})",  # noqa: S608 - our own names
            (now - GRACE_SECONDS, now),
        )
    connection.execute("DELETE FROM retired WHERE at < ? OR at > ?", (now - GRACE_SECONDS, now))


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
