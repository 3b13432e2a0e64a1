"""Versions of a provider: which are kept, what they held, what changed between them.

A row with `born` and `died` is part of every version from the number `born` on and before the number `died`; so a new
version costs only the rows that changed (schema.sql).
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson

from playground.catalog.codec import decode
from playground.catalog.model import Operation, Provider
from playground.store.blocks import Place, delete_unused, stored_blocks
from playground.store.cache import RecentlyUsed
from playground.store.model import ProviderVersion
from playground.store.names import Defined, Names, change_names
from playground.store.packing import names_of, pack_value, unpack_value

_VARIABLE = re.compile(r"\{[^{}]*\}")
_MOST_REMOVED = 20
_ENDED_BYTES = 4_000_000
ALIVE = 2**31 - 1
"""The number in `died` of a row that is part of the current version."""
GRACE_SECONDS = 60.0
"""How long a version that ended stays readable at least: longer than any page takes to be drawn."""
_OLD_SHARE = 2
_LEAST_OLD_BYTES = 1_000_000
_SINGLE = ("facts", "webhook")
_TABLES = ("detail", "definition", *_SINGLE)
"""The tables whose rows have a first and a last version; those of one row for a version hold its content."""


@dataclass(frozen=True, slots=True)
class Retention:
    """How many versions of a provider are kept, the current one among them, and what the earlier ones may hold.

    Without `most_bytes` they may take twice the bytes of the current one, and a megabyte at least; the oldest go first.
    """

    versions: int = 10
    most_bytes: int | None = None

    def allows(self, old: int, current: int) -> bool:
        """Tell whether earlier versions may take `old` bytes beside the `current` ones."""
        return old <= (max(_OLD_SHARE * current, _LEAST_OLD_BYTES) if self.most_bytes is None else self.most_bytes)


class Ended(NamedTuple):
    """An operation as versions from the number `born` on and before the number `died` have it, and its names then."""

    row: int
    born: int
    died: int
    place: tuple[str, str]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lifetime:
    """Writes rows of one provider for the version `number`, and ends those of earlier ones."""

    connection: sqlite3.Connection
    provider: int
    number: int

    def end(self, table: str, column: str, values: Iterable[object]) -> None:
        """End the current rows of a table with these values in a column."""
        self.connection.executemany(
            f"UPDATE {table} SET died = ? WHERE provider = ? AND {column} = ? AND died = {ALIVE}",  # noqa: S608
            ((self.number, self.provider, value) for value in values),
        )

    def put_one(self, table: str, content: bytes) -> None:
        """Replace the one row that a table has for the provider; empty content is no row."""
        self.connection.execute(
            f"UPDATE {table} SET died = ? WHERE provider = ? AND died = {ALIVE}",  # noqa: S608 - our own names
            (self.number, self.provider),
        )
        if content:
            self.connection.execute(
                f"INSERT INTO {table} (provider, born, died, content) VALUES (?, ?, {ALIVE}, ?)",  # noqa: S608
                (self.provider, self.number, content),
            )

    def put_details(self, places: Iterable[Place]) -> Iterator[int]:
        """Add details of operations, which are in blocks already, and return their row ids."""
        (free,) = self.connection.execute("SELECT coalesce(max(id), 0) + 1 FROM detail").fetchone()
        rows = [(key, self.provider, self.number, *place) for key, place in enumerate(places, free)]
        self.connection.executemany(
            f"INSERT INTO detail VALUES (?, ?, ?, {ALIVE}, ?, ?, ?)",  # noqa: S608 - our own names
            rows,
        )
        return iter(range(free, free + len(rows)))

    def end_definitions(self, names: Sequence[str]) -> None:
        """End the definitions of these names."""
        defined = Names[Defined](self.connection, "defined", self.provider)
        ended = [(name, found) for name in names if (found := defined.get(name)) is not None]
        self.connection.executemany(
            "INSERT INTO definition VALUES (?, ?, ?, ?, ?, ?, ?)",
            ((self.provider, name, born, self.number, *place) for name, (born, *place) in ended),
        )
        change_names(self.connection, "defined", self.provider, {}, [name for name, _ in ended])

    def put_definitions(self, names: Iterable[str], places: Iterable[Place]) -> None:
        """Add definitions, which are in blocks already, by name."""
        new = {name: [self.number, *place] for name, place in zip(names, places, strict=True)}
        change_names(self.connection, "defined", self.provider, new)


def place_of(method: str, path: str) -> tuple[str, str]:
    """Return what is the same of an operation whatever the variables of its path are called."""
    return method, _VARIABLE.sub("{}", path)


def add_version(
    connection: sqlite3.Connection,
    provider: int,
    number: int,
    *,
    label: str,
    operations: int,
    changes: object,
    recorded: bool,
) -> None:
    """Note that a version begins, and that the one before ends.

    One that is not recorded differs in what the compiler makes of the same description: it takes the place of the
    version before in the list of versions, date and changes included.
    """
    now = time.time()
    before = connection.execute(
        "SELECT at, recorded, changes FROM version WHERE provider = ? AND number = ?", (provider, number - 1)
    ).fetchone()
    connection.execute(
        "UPDATE version SET ended = ?, recorded = recorded AND ? WHERE provider = ? AND number = ?",
        (now, recorded, provider, number - 1),
    )
    at, told, content = (now, recorded, pack_value(changes)) if recorded or before is None else before
    connection.execute(
        "INSERT INTO version VALUES (?, ?, ?, NULL, ?, ?, ?, ?)",
        (provider, number, at, told, label, operations, content),
    )


def drop_old_versions(connection: sqlite3.Connection, provider: int, retention: Retention) -> None:
    """Drop the versions beyond those that are kept, and what only they held."""
    rows = connection.execute(
        "SELECT number, ended, recorded FROM version WHERE provider = ? ORDER BY number DESC", (provider,)
    ).fetchall()
    now = time.time()
    graced = [number for number, ended, _ in rows if ended is None or 0 <= now - ended < GRACE_SECONDS]
    kept = [number for number, _, recorded in rows if recorded][: retention.versions]
    kept = sorted({*graced, *kept})
    while len(kept) > len(graced) and _old_bytes_over(connection, provider, kept, retention):
        kept.remove(min(set(kept) - set(graced)))
    marks = ",".join(map(str, kept))
    connection.execute(f"DELETE FROM version WHERE provider = ? AND number NOT IN ({marks})", (provider,))  # noqa: S608
    alive = " OR ".join(f"(born <= {number} AND died > {number})" for number in kept)
    for table in _TABLES:
        connection.execute(
            f"DELETE FROM {table} WHERE provider = ? AND died < {ALIVE} AND NOT ({alive})",  # noqa: S608 - numbers of ours
            (provider,),
        )
    delete_unused(connection, provider, defined_blocks(connection, provider))


def _old_bytes_over(connection: sqlite3.Connection, provider: int, kept: Sequence[int], retention: Retention) -> bool:
    """Tell whether what only earlier versions of these hold takes too much room."""
    held = " OR ".join(f"(born <= {number} AND died > {number})" for number in kept)
    current, old = _bytes_of_blocks(connection, provider, held)
    for table in _SINGLE:
        now, before = connection.execute(
            f"SELECT coalesce(sum(length(content)) FILTER (WHERE died = {ALIVE}), 0),"  # noqa: S608 - numbers of ours
            f" coalesce(sum(length(content)) FILTER (WHERE died < {ALIVE} AND ({held})), 0)"
            f" FROM {table} WHERE provider = ?",
            (provider,),
        ).fetchone()
        current, old = current + now, old + before
    return not retention.allows(old, current)


def defined_blocks(connection: sqlite3.Connection, provider: int) -> set[int]:
    """Return the blocks in which definitions of the current version are."""
    return {block for _, (_, block, *_) in Names[Defined](connection, "defined", provider).following("")}


def _bytes_of_blocks(connection: sqlite3.Connection, provider: int, held: str) -> tuple[int, int]:
    """Return the bytes of the blocks that the current version needs, and of those that only earlier ones need."""

    def blocks(condition: str) -> str:
        tables = ("detail", "definition")
        return " UNION ".join(f"SELECT block FROM {table} WHERE provider = ?1 AND {condition}" for table in tables)  # noqa: S608

    current, old = connection.execute(
        f"WITH now AS ({blocks(f'died = {ALIVE}')} UNION SELECT value FROM json_each(?2)),"  # noqa: S608
        f" before AS ({blocks(f'died < {ALIVE} AND ({held})')})"
        " SELECT coalesce(sum(length(content)) FILTER (WHERE id IN now), 0),"
        " coalesce(sum(length(content)) FILTER (WHERE id IN before AND id NOT IN now), 0)"
        " FROM block WHERE provider = ?1",
        (provider, orjson.dumps(list(defined_blocks(connection, provider))).decode()),
    ).fetchone()
    return current, old


def list_versions(connection: sqlite3.Connection, provider: int) -> tuple[ProviderVersion, ...]:
    """Return the versions that are kept, the newest first."""
    rows = connection.execute(
        "SELECT number, at, label, operations, changes FROM version WHERE provider = ? AND recorded"
        " ORDER BY number DESC",
        (provider,),
    )
    return tuple(
        ProviderVersion(number=number, at=at, label=label, operations=operations, changes=unpack_value(changes))
        for number, at, label, operations, changes in rows
    )


def note_changes(connection: sqlite3.Connection, provider: int, number: int, changes: object) -> None:
    """Keep what changed with a version, in the place of what is known so far."""
    connection.execute(
        "UPDATE version SET changes = ? WHERE provider = ? AND number = ?", (pack_value(changes), provider, number)
    )


def version_facts(connection: sqlite3.Connection, provider: int, number: int) -> Provider | None:
    """Return the facts of a version, or `None` if it is not kept."""
    row = connection.execute(
        "SELECT facts.content FROM facts JOIN version ON version.provider = facts.provider"
        " WHERE facts.provider = ?1 AND number = ?2 AND born <= ?2 AND died > ?2",
        (provider, number),
    ).fetchone()
    return decode(Provider, unpack_value(row[0])) if row else None


def version_operations(connection: sqlite3.Connection, provider: int, number: int) -> tuple[Operation, ...]:
    """Return the operations of a version, in no order that means anything."""
    rows = connection.execute(
        "SELECT block, start, length FROM detail WHERE provider = ?1 AND died > ?2 AND born <= ?2"
        " ORDER BY block, start",
        (provider, number),
    )
    blocks = stored_blocks(connection)
    return tuple(decode(Operation, unpack_value(blocks.read(Place(*row)))) for row in rows)


def version_webhooks(connection: sqlite3.Connection, provider: int, number: int) -> tuple[Operation, ...]:
    """Return what the API itself sent in a version."""
    row = connection.execute(
        "SELECT content FROM webhook WHERE provider = ?1 AND died > ?2 AND born <= ?2", (provider, number)
    ).fetchone()
    return tuple(decode(Operation, webhook) for webhook in unpack_value(row[0])) if row else ()


class EndedOperations:
    """What earlier versions had of operations and the current one has otherwise or not at all.

    The names and places of an API's are cached by its generation.
    """

    def __init__(self) -> None:
        self._cache = RecentlyUsed[str, tuple[Ended, ...]](_ENDED_BYTES)

    def lives(
        self, connection: sqlite3.Connection, provider: int, number: int, generation: str, current: Operation
    ) -> list[tuple[ProviderVersion, Operation]]:
        """Return the versions before `number`, the latest first, each with what it had of an operation."""
        place = place_of(current.method, current.path)
        ended = self._of(connection, provider, generation)
        lives = [past for past in ended if past.place == place or current.name == past.names[0]]
        lives.sort(key=lambda past: past.place != place)
        since = max((past.died for past in lives), default=0)
        found = []
        for version in list_versions(connection, provider):
            if version.number < number:
                life = next((past for past in lives if past.born <= version.number < past.died), None)
                # One that is the same now may have led to other definitions then.
                unchanged = current if version.number >= since else None
                was = _read_ended(connection, life) if life is not None else unchanged
                if was is not None:
                    found.append((version, was))
        return found

    def named(
        self, connection: sqlite3.Connection, provider: int, generation: str, name: str
    ) -> tuple[tuple[float, Operation], ...]:
        """Return the operations that ended and went by a name, the latest first, and when each ended."""
        method, _, path = name.partition(" ")
        spelled = {name, f"{method.upper()} {path}"}
        found = [past for past in self._of(connection, provider, generation) if not spelled.isdisjoint(past.names)]
        if not found:
            return ()
        began = {version.number: version.at for version in list_versions(connection, provider)}
        return tuple(
            (began.get(past.died, 0.0), was)
            for past in found[:_MOST_REMOVED]
            if (was := _read_ended(connection, past)) is not None
        )

    def _of(self, connection: sqlite3.Connection, provider: int, generation: str) -> tuple[Ended, ...]:
        """Return what ended, what was there last first."""
        if (ended := self._cache.get(generation)) is None:
            rows = connection.execute(
                "SELECT id, born, died, block, start, length FROM detail WHERE provider = ? AND died < ?"
                " ORDER BY died DESC, id",
                (provider, ALIVE),
            )
            blocks = stored_blocks(connection)
            ended = tuple(
                _ended(number, born, died, unpack_value(blocks.read(Place(*place))))
                for number, born, died, *place in rows
            )
            self._cache.put(generation, ended, 1 + sum(len(str(past)) for past in ended))
        return ended


def _ended(number: int, born: int, died: int, value: Mapping[str, Any]) -> Ended:
    name, method, path = value.get("name", ""), value.get("method", ""), value.get("path", "")
    names = (name, *names_of(value.get("operation_id", ""), f"{method} {path}"))
    return Ended(number, born, died, place_of(method, path), names)


def _read_ended(connection: sqlite3.Connection, ended: Ended) -> Operation | None:
    """Return an operation that ended, `None` if it is not kept any more."""
    row = connection.execute("SELECT block, start, length FROM detail WHERE id = ?", (ended.row,)).fetchone()
    return decode(Operation, unpack_value(stored_blocks(connection).read(Place(*row)))) if row else None
