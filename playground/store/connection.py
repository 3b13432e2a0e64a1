"""Connections to the catalogue file: a few, handed round, for reading; a fresh one for each write. WAL: neither waits.

A catalogue may be read by many threads and processes while one of them writes (https://www.sqlite.org/wal.html).
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

from playground.store.creation import check_file, check_format
from playground.store.errors import NotACatalogue, StoreError

_READER_KILOBYTES = 2048
"""What a reading connection keeps of the file: what searches in 125,000 operations come back to again and again."""
_IDLE = 4
"""So many reading connections are kept while nobody reads; the one used last, which knows most, is given out first."""
_WAIT_SECONDS = 60
"""How long a write waits for another process's write; the largest known description takes about 20 seconds."""


class _Reader:
    """A reading connection; one thread has it at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.process = os.getpid()

    def __del__(self) -> None:
        # A connection must not be closed in a process forked from the one that opened it (sqlite.org/howtocorrupt).
        if self.process == os.getpid():
            self.connection.close()


class Connections:
    """Where readers and the writer get their connection from; usable from every thread."""

    def __init__(self, path: Path) -> None:
        """Open the catalogue. Raises `StoreError` if it is not one."""
        self.path = path
        self._local = threading.local()
        self._idle: list[_Reader] = []
        self._readers: weakref.WeakSet[_Reader] = weakref.WeakSet()
        self._inherited: list[_Reader] = []
        self._closed = False
        with self.reading():
            pass

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection that sees one state of the catalogue until the outermost `with` of this thread ends."""
        reader: _Reader | None = getattr(self._local, "reader", None)
        if reader is not None and reader.process == os.getpid():
            with self._sentences():
                yield reader.connection
            return
        if reader is not None:
            self._inherited.append(reader)
        with self._sentences():
            reader = self._take()
            reader.connection.execute("BEGIN")
        self._local.reader = reader
        try:
            with self._sentences():
                yield reader.connection
        finally:
            self._local.reader = None
            if reader.connection.in_transaction:
                reader.connection.execute("ROLLBACK")
            if not self._closed and len(self._idle) < _IDLE:
                self._idle.append(reader)

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection of one write transaction: kept whole if the block ends, undone whole if it raises."""
        with self._sentences(), contextlib.closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                # SQLite has undone it already when the disk was full.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def close(self) -> None:
        """Close every connection; the store cannot be used afterwards."""
        self._closed = True
        for reader in list(self._readers):
            if reader.process == os.getpid():
                reader.connection.close()

    def _take(self) -> _Reader:
        while True:
            try:
                reader = self._idle.pop()  # one step for the interpreter: no two threads get the same
            except IndexError:
                break
            if reader.process == os.getpid():
                return reader
            self._inherited.append(reader)
        connection = self._connect()
        connection.execute("PRAGMA query_only = ON")
        connection.execute(f"PRAGMA cache_size = -{_READER_KILOBYTES}")
        reader = _Reader(connection)
        self._readers.add(reader)
        return reader

    def _connect(self) -> sqlite3.Connection:
        if self._closed:
            raise StoreError("The catalogue has been closed: open it again.")
        try:
            check_file(self.path)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise StoreError(f"The catalogue {self.path} cannot be read ({reason}): check its permissions.") from None
        # `mode=rw` never makes a file; the thread check is ours: `close` may be called from another thread.
        connection = sqlite3.connect(
            f"{self.path.resolve().as_uri()}?mode=rw",
            uri=True,
            timeout=_WAIT_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            check_format(self.path, connection)
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA journal_size_limit = 67108864")
        except BaseException:
            connection.close()
            raise
        return connection

    @contextlib.contextmanager
    def _sentences(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise self._sentence(error) from error

    def _sentence(self, error: sqlite3.DatabaseError) -> StoreError:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_NOTADB or code == sqlite3.SQLITE_CORRUPT:
            return NotACatalogue(f"{self.path} is damaged: move it away, and add its descriptions again.")
        if code == sqlite3.SQLITE_BUSY:
            return StoreError(f"The catalogue {self.path} is being written by another process: try again later.")
        if code == sqlite3.SQLITE_READONLY:
            return StoreError(f"The catalogue {self.path} is read-only: make the file and its folder writable.")
        if code == sqlite3.SQLITE_FULL:
            return StoreError(f"There is no room to write {self.path}: free some disk space and try again.")
        return StoreError(f"The catalogue {self.path} cannot be used ({error}): check the file and its folder.")
