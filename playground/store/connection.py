"""Connections to the catalogue file: a few for reading, lent in turn, and a fresh one for each write.

Threads and processes read while one of them writes, and none waits (https://www.sqlite.org/wal.html).
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

from playground.store.errors import NotACatalogue, StoreError
from playground.store.file import check_file, check_format

_READER_KILOBYTES = 2048
"""Cache of a reading connection: the pages of the file that searches in 125,000 operations read again and again."""
_IDLE = 4
"""How many idle reading connections are kept; the last used, whose cache is warm, is lent first."""
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
    """Lends connections to readers and writers of every thread."""

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
        """Lend a connection that sees one state of the catalogue until the outermost `with` of this thread ends."""
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
        """Lend the connection of one write transaction: committed when the block ends, rolled back when it raises."""
        with self._sentences(), contextlib.closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                # SQLite has rolled back already when the disk was full.
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
