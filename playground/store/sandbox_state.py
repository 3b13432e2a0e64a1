"""What visitors put into the sandbox: one SQLite file beside the catalogue, bounded for each and for all, and expiring.

A visitor is known by a digest of the key that the page makes; the key itself is never written. Nothing in the file is
missed if it is lost: one of another format is begun again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from playground.store.errors import StoreError

APPLICATION_ID = 0x54727973
"""What `PRAGMA application_id` says of such a file ("Trys")."""
FORMAT = 1
MOST_RECORDS, MOST_BYTES = 2_000, 8_000_000
"""What one visitor may keep, over all APIs."""
LONGEST_CONTENT = 2_000_000
"""Bytes of one record's content."""
MOST_VISITORS, MOST_BYTES_OF_ALL = 20_000, 500_000_000
"""What all visitors may keep together; those that have not come for longest are forgotten first."""
LIFETIME = 14 * 86_400
"""Seconds after which a visitor that has not come again is forgotten."""
_TIDY_EACH = 64
"""So many writes are between two looks at what all keep together."""
_IDLE = 8
_WAIT_SECONDS = 5
_SCHEMA = """
CREATE TABLE visitor (
    number INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, touched REAL NOT NULL,
    records INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0, next INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX visitor_touched ON visitor (touched);
CREATE TABLE record (
    visitor INTEGER NOT NULL, provider TEXT NOT NULL, collection TEXT NOT NULL, key TEXT NOT NULL,
    kind TEXT NOT NULL, content BLOB NOT NULL, media_type TEXT NOT NULL, version INTEGER NOT NULL,
    position INTEGER NOT NULL, changed INTEGER NOT NULL, created REAL NOT NULL, updated REAL NOT NULL,
    gone INTEGER NOT NULL, PRIMARY KEY (visitor, provider, collection, key)
) WITHOUT ROWID;
CREATE INDEX record_kind ON record (visitor, provider, kind, key);
CREATE TABLE dataset (
    provider TEXT NOT NULL, name TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (provider, name)
) WITHOUT ROWID;
"""
_COLUMNS = "collection, key, kind, content, media_type, version, position, changed, created, updated, gone"


class StateFull(StoreError):  # noqa: N818 - named for what happened
    """A visitor keeps as much as one may."""


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


class SandboxState:
    """The file, for any number of threads and processes. Every method raises `StoreError` where it cannot be used."""

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.time) -> None:
        """Open the file, made when missing. Raises `StoreError`."""
        self.path = path
        self._clock = clock
        self._idle: list[tuple[int, sqlite3.Connection]] = []
        self._lock = threading.Lock()
        self._writes = 0
        with self._sentences():
            self._prepare()

    def close(self) -> None:
        """Close the file's connections."""
        with self._lock:
            while self._idle:
                process, connection = self._idle.pop()
                if process == os.getpid():
                    connection.close()

    @contextlib.contextmanager
    def reading(self, visitor: str, provider: str) -> Iterator[Session]:
        """Give what a visitor keeps of one API, to be read."""
        with self._sentences(), self._connection() as connection:
            connection.execute("BEGIN")
            try:
                yield Session(connection, self._number(connection, visitor), provider, self._clock())
            finally:
                connection.execute("ROLLBACK")

    @contextlib.contextmanager
    def writing(self, visitor: str, provider: str) -> Iterator[Session]:
        """Give the same to be changed: kept whole if the block ends, undone whole if it raises."""
        with self._sentences(), self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                now = self._clock()
                session = Session(connection, self._number(connection, visitor, now=now), provider, now)
                yield session
                session.count()
                self._tidy(connection, now)
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def reset(self, visitor: str, provider: str) -> None:
        """Forget what a visitor keeps of one API."""
        with self.writing(visitor, provider) as session:
            session.clear()

    def save_dataset(self, provider: str, name: str, content: bytes) -> None:
        """Keep a named data set of one API, for every visitor to load."""
        with self._sentences(), self._connection() as connection:
            connection.execute("INSERT OR REPLACE INTO dataset VALUES (?, ?, ?)", (provider, name, content))

    def dataset(self, provider: str, name: str) -> bytes | None:
        """Return a named data set of one API, or `None`."""
        with self._sentences(), self._connection() as connection:
            row = connection.execute(
                "SELECT content FROM dataset WHERE provider = ? AND name = ?", (provider, name)
            ).fetchone()
            return None if row is None else bytes(row[0])

    def datasets(self, provider: str) -> tuple[str, ...]:
        """Return the names of the data sets of one API."""
        with self._sentences(), self._connection() as connection:
            rows = connection.execute("SELECT name FROM dataset WHERE provider = ? ORDER BY name", (provider,))
            return tuple(name for (name,) in rows)

    def _number(self, connection: sqlite3.Connection, visitor: str, *, now: float | None = None) -> int:
        """Return a visitor's number, 0 for an unknown one; with `now` the visitor becomes known, and is seen then."""
        digest = hashlib.blake2b(visitor.encode("utf-8", "replace"), digest_size=16).digest()
        row = connection.execute("SELECT number, touched FROM visitor WHERE digest = ?", (digest,)).fetchone()
        if row is not None:
            number: int = row[0]
            if now is not None and now - row[1] > 60:
                connection.execute("UPDATE visitor SET touched = ? WHERE number = ?", (now, number))
            return number
        if now is None:
            return 0
        return connection.execute("INSERT INTO visitor (digest, touched) VALUES (?, ?)", (digest, now)).lastrowid or 0

    def _tidy(self, connection: sqlite3.Connection, now: float) -> None:
        """Forget visitors that have not come for long, and the earliest of them where all keep too much."""
        self._writes += 1
        if self._writes % _TIDY_EACH != 1:
            return
        forgotten = [row[0] for row in connection.execute("SELECT number FROM visitor WHERE touched < ? LIMIT 200",
                                                          (now - LIFETIME,))]  # fmt: skip
        count, size = connection.execute("SELECT count(*), coalesce(sum(bytes), 0) FROM visitor").fetchone()
        if count > MOST_VISITORS or size > MOST_BYTES_OF_ALL:
            rows = connection.execute("SELECT number, bytes FROM visitor ORDER BY touched LIMIT 1000").fetchall()
            for number, of_one in rows:
                if count <= MOST_VISITORS and size <= MOST_BYTES_OF_ALL:
                    break
                forgotten.append(number)
                count, size = count - 1, size - of_one
        for number in forgotten:
            connection.execute("DELETE FROM record WHERE visitor = ?", (number,))
            connection.execute("DELETE FROM visitor WHERE number = ?", (number,))

    @contextlib.contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        connection = self._take()
        try:
            yield connection
        finally:
            with self._lock:
                keep = len(self._idle) < _IDLE
                if keep:
                    self._idle.append((os.getpid(), connection))
            if not keep:
                connection.close()

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            while self._idle:
                process, connection = self._idle.pop()
                # One of a process that this one was forked from is left alone, not even closed.
                if process == os.getpid():
                    return connection
        return self._connect()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -2048")
        return connection

    def _prepare(self) -> None:
        with self._connection() as connection:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if tables and application != APPLICATION_ID:
                raise StoreError(f"{self.path} is a database of another application: choose another file.")
            if tables and connection.execute("PRAGMA user_version").fetchone()[0] == FORMAT:
                return
            connection.execute("PRAGMA journal_mode = WAL")
            drops = "".join(f"DROP TABLE IF EXISTS {name};" for name in ("visitor", "record", "dataset"))
            connection.executescript(
                f"BEGIN IMMEDIATE; {drops} {_SCHEMA} PRAGMA application_id = {APPLICATION_ID};"
                f" PRAGMA user_version = {FORMAT}; COMMIT;"
            )

    @contextlib.contextmanager
    def _sentences(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(f"The sandbox's data in {self.path} cannot be used ({error}): check the file.") from error


class Session:
    """One transaction over what a visitor keeps of one API."""

    def __init__(self, connection: sqlite3.Connection | None, visitor: int, provider: str, now: float) -> None:
        self._connection = connection
        self._visitor = visitor
        self._provider = provider
        self._records = self._bytes = 0
        self.now = now

    @classmethod
    def empty(cls, now: float) -> Session:
        """Return one of nobody: nothing is in it, and what is put there is forgotten."""
        return cls(None, 0, "", now)

    @property
    def next_change(self) -> int:
        """The number that the next change gets; what is kept has not changed as long as it stays the same."""
        if self._connection is None:
            return 1
        row = self._connection.execute("SELECT next FROM visitor WHERE number = ?", (self._visitor,)).fetchone()
        return row[0] if row else 1

    def get(self, collection: str, key: str) -> Record | None:
        """Return a thing, also one that is gone; `None` if there never was one."""
        rows = self._select("collection = ? AND key = ?", (collection, key), "LIMIT 1")
        return rows[0] if rows else None

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
            "SELECT kind, key, max(position) FROM record WHERE visitor = ? AND provider = ? AND kind != '' AND NOT gone"
            " GROUP BY kind",
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
            f"INSERT OR REPLACE INTO record (visitor, provider, {_COLUMNS}) VALUES (?, ?, {', '.join('?' * 11)})",  # noqa: S608
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
            "SELECT count(*), coalesce(sum(length(content)), 0) FROM record WHERE visitor = ? AND provider = ?", where
        ).fetchone()
        self._connection.execute("DELETE FROM record WHERE visitor = ? AND provider = ?", where)
        self._records -= count
        self._bytes -= size
        self._next()

    def count(self) -> None:
        """Write down how much the visitor keeps now. Raises `StateFull` where that is more than one may."""
        if self._connection is None or not (self._records or self._bytes):
            return
        self._connection.execute(
            "UPDATE visitor SET records = records + ?, bytes = bytes + ? WHERE number = ?",
            (self._records, self._bytes, self._visitor),
        )
        records, size = self._connection.execute(
            "SELECT records, bytes FROM visitor WHERE number = ?", (self._visitor,)
        ).fetchone()
        if (records > MOST_RECORDS and self._records > 0) or (size > MOST_BYTES and self._bytes > 0):
            raise StateFull("The sandbox keeps no more for you: reset it, or delete something.")

    def _next(self) -> int:
        number = self.next_change
        if self._connection is not None:
            self._connection.execute("UPDATE visitor SET next = next + 1 WHERE number = ?", (self._visitor,))
        return number

    def _select(
        self, where: str, values: tuple[object, ...], order: str, more: tuple[object, ...] = ()
    ) -> list[Record]:
        if self._connection is None or not self._visitor:
            return []
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM record WHERE visitor = ? AND provider = ? AND {where} {order}",  # noqa: S608
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
    """Return the condition for a kind; one word stands for all kinds that begin with it: `repository` for
    `repository full-repository`.
    """
    if " " in kind:
        return "kind = ?", (kind,)
    return "kind >= ? AND kind < ?", (kind, f"{kind}!")
