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
from pathlib import Path

from playground.store.errors import StoreError
from playground.store.sandbox_session import Session, prepare_drafts
from playground.store.turns import Turns

APPLICATION_ID = 0x54727973
"""What `PRAGMA application_id` says of such a file ("Trys")."""
FORMAT = 2
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
    number INTEGER PRIMARY KEY AUTOINCREMENT, digest BLOB NOT NULL UNIQUE, touched REAL NOT NULL,
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


def _digest(visitor: str) -> bytes:
    return hashlib.blake2b(visitor.encode("utf-8", "replace"), digest_size=16).digest()


class SandboxState:
    """The file, for any number of threads and processes. Every method raises `StoreError` where it cannot be used."""

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.time) -> None:
        """Open the file, made when missing. Raises `StoreError`."""
        self.path = path
        self._clock = clock
        self._idle: list[tuple[int, sqlite3.Connection]] = []
        self._lock = threading.Lock()
        self._writes = 0
        self._turns = Turns(path.with_name(f"{path.name}-turns"))
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
        """Give the same to be changed: kept whole if the block ends, undone whole if it raises.

        Of one visitor one request at a time changes things. Until the block ends what it writes is a draft, and other
        visitors write meanwhile. Raises `ChangedMeanwhile` where another process changed the same visitor's things.
        """
        with self._turns.of(_digest(visitor)), self._sentences(), self._connection() as connection:
            now = self._clock()
            connection.execute("BEGIN")
            try:
                session = Session(connection, self._number(connection, visitor), provider, now, writing=True)
                yield session
                session.count()
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
            try:
                if session.has_changed:
                    self._write_down(connection, session, visitor, now)
            finally:
                connection.execute("DELETE FROM temp.draft")

    def _write_down(self, connection: sqlite3.Connection, session: Session, visitor: str, now: float) -> None:
        connection.execute("BEGIN IMMEDIATE")
        try:
            session.write_down(self._number(connection, visitor, now=now))
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
        digest = _digest(visitor)
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
        prepare_drafts(connection)
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
