"""What one visitor keeps of one API in the sandbox, in one transaction."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from typing import Any

from playground.store.errors import StoreError

MOST_RECORDS, MOST_BYTES = 2_000, 8_000_000
"""What one visitor may keep, over all APIs."""
LONGEST_CONTENT = 2_000_000
"""Bytes of one record's content."""
_COLUMNS = "collection, key, kind, content, media_type, version, position, changed, created, updated, gone"


_DRAFT = f"""
CREATE TEMP TABLE draft (
    provider TEXT NOT NULL, collection TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, content BLOB NOT NULL,
    media_type TEXT NOT NULL, version INTEGER NOT NULL, position INTEGER NOT NULL, changed INTEGER NOT NULL,
    created REAL NOT NULL, updated REAL NOT NULL, gone INTEGER NOT NULL, visitor INTEGER NOT NULL,
    PRIMARY KEY (visitor, provider, collection, key)
) WITHOUT ROWID;
CREATE INDEX temp.draft_kind ON draft (visitor, provider, kind, key);
CREATE TEMP VIEW seen AS
    SELECT visitor, provider, {_COLUMNS} FROM main.record WHERE NOT EXISTS (
        SELECT 1 FROM temp.draft WHERE draft.visitor = record.visitor AND draft.provider = record.provider
        AND draft.collection = record.collection AND draft.key = record.key
    ) UNION ALL SELECT visitor, provider, {_COLUMNS} FROM temp.draft;
"""  # noqa: S608 - names of ours
"""What a session writes before it is kept, in the connection's own memory; and what it sees: the rest as it was."""
_NEW = -1
"""The number of a visitor that has none yet."""


class StateFull(StoreError):  # noqa: N818 - named for what happened
    """A visitor keeps as much as one may."""


class ChangedMeanwhile(StoreError):  # noqa: N818 - named for what happened
    """What a visitor keeps was changed while a request was worked on: it is to be worked on again."""


def prepare_drafts(connection: sqlite3.Connection) -> None:
    """Make the place where a connection's sessions hold what they write."""
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.executescript(_DRAFT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One thing that is kept: `content` is JSON text in UTF-8, or bytes of `media_type` where that is not empty.

    `collection` is the concrete path of what it is in, `key` its text in the path, `kind` what the description calls
    it, after the noun of that (`repository full-repository`). `position` is its place in the order of making, `changed`
    counts all changes of a visitor; `gone` says that it was deleted.
    """

    collection: str
    key: str
    content: bytes
    kind: str = ""
    media_type: str = ""
    version: int = 1
    position: int = 0
    changed: int = 0
    created: float = 0.0
    updated: float = 0.0
    gone: bool = False


class Session:
    """One transaction over what a visitor keeps of one API.

    What is written is a draft until `write_down`, so that the file is held no longer than it takes to write it.
    """

    def __init__(
        self, connection: sqlite3.Connection | None, visitor: int, provider: str, now: float, *, writing: bool = False
    ) -> None:
        self._connection = connection
        self._visitor = visitor or (_NEW if writing else 0)
        self._provider = provider
        self._records = self._bytes = 0
        self._counted = (0, 0)
        self._table = "seen" if writing else "main.record"
        self._drafted: int | None = None
        self._copied = ""
        self.now = now
        self.cleared = False
        self._first = self._next_kept() if writing else 0

    @classmethod
    def empty(cls, now: float) -> Session:
        """Return one of nobody: nothing is in it, and what is put there is forgotten."""
        return cls(None, 0, "", now)

    @property
    def is_empty(self) -> bool:
        """Whether it is nobody's, or of a visitor without anything kept."""
        return self._connection is None or not self._visitor

    @property
    def revision(self) -> tuple[int, int]:
        """What stays the same as long as nothing that this visitor keeps is changed, and is nobody else's."""
        return self._visitor, self.next_change

    @property
    def next_change(self) -> int:
        """The number that the next change gets; what is kept has not changed as long as it stays the same."""
        return self._next_kept() if self._drafted is None else self._first + self._drafted

    def _next_kept(self) -> int:
        if self._connection is None or not self._visitor:
            return 1
        row = self._connection.execute("SELECT next FROM visitor WHERE number = ?", (self._visitor,)).fetchone()
        return row[0] if row else 1

    def get(self, collection: str, key: str) -> Record | None:
        """Return a thing, also one that is gone; `None` if there never was one."""
        rows = self._select("collection = ? AND key = ?", (collection, key), "LIMIT 1")
        return rows[0] if rows else None

    def knows(self, collection: str) -> bool:
        """Say whether anything was ever kept in a collection."""
        if self._connection is None or not self._visitor:
            return False
        where = (self._visitor, self._provider, collection)
        return (
            self._connection.execute(
                f"SELECT 1 FROM {self._table} WHERE visitor = ? AND provider = ? AND collection = ? LIMIT 1",  # noqa: S608
                where,
            ).fetchone()
            is not None
        )

    def find(self, kind: str, key: str) -> Record | None:
        """Return a thing of a kind by its key, in whichever collection it is; `None` if none is there."""
        if not kind:
            return None
        where, values = _of_kind(kind)
        rows = self._select(f"{where} AND key = ? AND NOT gone", (*values, key), "LIMIT 1")
        return rows[0] if rows else None

    def records(self, collection: str) -> list[Record]:
        """Return the things of a collection in the order they were made."""
        return self._select("collection = ? AND NOT gone", (collection,), "ORDER BY position")

    def of_kind(self, kind: str, limit: int) -> list[Record]:
        """Return things of a kind, the latest first."""
        if not kind:
            return []
        where, values = _of_kind(kind)
        return self._select(f"{where} AND NOT gone", values, "ORDER BY position DESC LIMIT ?", (limit,))

    def latest(self) -> dict[str, str]:
        """Return the key of the latest thing of each kind."""
        if self._connection is None or not self._visitor:
            return {}
        rows = self._connection.execute(
            f"SELECT kind, key, max(position) FROM {self._table} WHERE visitor = ? AND provider = ? AND kind != ''"  # noqa: S608
            " AND NOT gone GROUP BY kind",
            (self._visitor, self._provider),
        )
        return {kind: key for kind, key, _ in rows}

    def everything(self) -> list[Record]:
        """Return all that is kept, in the order of its making."""
        return self._select("NOT gone", (), "ORDER BY position")

    def changes(self, collection: str, since: int) -> list[Record]:
        """Return the things of a collection that changed after a number, those that are gone among them."""
        return self._select("collection = ? AND changed >= ?", (collection, since), "ORDER BY changed")

    def below(self, path: str) -> list[Record]:
        """Return the things of all collections below a path."""
        return self._select("collection >= ? AND collection < ? AND NOT gone", (f"{path}/", f"{path}0"), "")

    def put(self, record: Record) -> Record:
        """Keep a thing, in the place of the one of its key; return it as it is kept. Raises `StateFull`."""
        size = len(record.content)
        if size > LONGEST_CONTENT:
            raise StateFull(f"The sandbox keeps at most {LONGEST_CONTENT} bytes of one thing.")
        before = self.get(record.collection, record.key)
        self._records += before is None
        self._bytes += size - (len(before.content) if before is not None else 0)
        number = self._next()
        kept = replace(
            record,
            changed=number,
            position=before.position if before is not None and not before.gone else number,
            version=before.version + 1 if before is not None else record.version,
            created=before.created if before is not None and not before.gone else record.created or self.now,
            updated=self.now,
        )
        values = (
            kept.collection, kept.key, kept.kind, kept.content, kept.media_type, kept.version, kept.position,
            kept.changed, kept.created, kept.updated, int(kept.gone),
        )  # fmt: skip
        if self._connection is None:
            return kept
        self._connection.execute(
            f"INSERT OR REPLACE INTO temp.draft (visitor, provider, {_COLUMNS}) VALUES (?, ?, {', '.join('?' * 11)})",  # noqa: S608
            (self._visitor, self._provider, *values),
        )
        return kept

    def delete(self, collection: str, key: str) -> None:
        """Note that a thing is gone, one that was never kept included, so that it is not made up again."""
        before = self.get(collection, key)
        kind = before.kind if before is not None else ""
        self.put(Record(collection=collection, key=key, kind=kind, content=b"", gone=True))

    def clear(self) -> None:
        """Forget everything of this API."""
        if self._connection is None:
            return
        where = (self._visitor, self._provider)
        count, size = self._connection.execute(
            f"SELECT count(*), coalesce(sum(length(content)), 0) FROM {self._table}"  # noqa: S608
            " WHERE visitor = ? AND provider = ?",
            where,
        ).fetchone()
        self._connection.execute("DELETE FROM temp.draft WHERE visitor = ? AND provider = ?", where)
        self._table = "temp.draft"  # of what was kept nothing is seen any more
        self.cleared = True
        self._records -= count
        self._bytes -= size
        self._next()

    def count(self) -> None:
        """Count what the visitor keeps now. Raises `StateFull` where that is more than one may."""
        if self._connection is None or not (self._records or self._bytes):
            return
        grown, larger = self._records > 0, self._bytes > 0
        self._counted = self._counted[0] + self._records, self._counted[1] + self._bytes
        self._records = self._bytes = 0
        row = self._connection.execute(
            "SELECT records, bytes FROM visitor WHERE number = ?", (self._visitor,)
        ).fetchone()
        records, size = (kept + more for kept, more in zip(row or (0, 0), self._counted, strict=True))
        if (records > MOST_RECORDS and grown) or (size > MOST_BYTES and larger):
            raise StateFull("The sandbox keeps no more for you: reset it, or delete something.")

    @property
    def has_changed(self) -> bool:
        """Whether there is anything to write down."""
        return self._drafted is not None

    def write_down(self, number: int) -> None:
        """Keep the draft, in a transaction of its own, for the visitor of a number. Raises `ChangedMeanwhile`."""
        connection = self._connection
        if connection is None:
            return
        row = connection.execute("SELECT next FROM visitor WHERE number = ?", (number,)).fetchone()
        if row is None or row[0] != self._first:
            raise ChangedMeanwhile("The sandbox was changed meanwhile: try again.")
        if self.cleared:
            connection.execute("DELETE FROM main.record WHERE visitor = ? AND provider = ?", (number, self._provider))
        connection.execute(
            f"INSERT OR REPLACE INTO main.record (visitor, provider, {_COLUMNS})"  # noqa: S608
            f" SELECT ?, provider, {_COLUMNS} FROM temp.draft",
            (number,),
        )
        connection.execute(
            "UPDATE visitor SET records = records + ?, bytes = bytes + ?, next = ? WHERE number = ?",
            (*self._counted, self.next_change, number),
        )
        if self._copied:
            connection.execute("INSERT OR REPLACE INTO copy VALUES (?, ?)", (number, self._copied))

    def changed_rows(self, columns: str, since: int) -> list[tuple[tuple[Any, ...], bytes]]:
        """Return what was changed from a number on: some columns of each thing, and its content."""
        if self._connection is None:
            return []
        rows = self._connection.execute(
            f"SELECT content, {columns} FROM {self._table} WHERE visitor = ? AND provider = ? AND changed >= ?",  # noqa: S608
            (self._visitor, self._provider, since),
        )
        return [(tuple(row[1:]), bytes(row[0])) for row in rows]

    def mark_copied(self, version: str) -> None:
        """Note which version of the visitor's things these are a copy of."""
        self._copied = version

    def _next(self) -> int:
        number = self.next_change
        if self._connection is not None:
            self._drafted = (self._drafted or 0) + 1
        return number

    def _select(
        self, where: str, values: tuple[object, ...], order: str, more: tuple[object, ...] = ()
    ) -> list[Record]:
        if self._connection is None or not self._visitor:
            return []
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM {self._table} WHERE visitor = ? AND provider = ? AND {where} {order}",  # noqa: S608
            (self._visitor, self._provider, *values, *more),
        )
        return [
            Record(
                collection=row[0], key=row[1], kind=row[2], content=bytes(row[3]), media_type=row[4], version=row[5],
                position=row[6], changed=row[7], created=row[8], updated=row[9], gone=bool(row[10]),
            )
            for row in rows
        ]  # fmt: skip


def _of_kind(kind: str) -> tuple[str, tuple[str, ...]]:
    """Return the condition for a kind; one word means all kinds that begin with it: `repository` for
    `repository full-repository`.
    """
    if " " in kind:
        return "kind = ?", (kind,)
    return "kind >= ? AND kind < ?", (kind, f"{kind}!")
