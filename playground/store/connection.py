"""Connections to the catalogue file: a few for reading, lent in turn, and a fresh one for each write.

Threads and processes read while one of them writes, and none waits (https://www.sqlite.org/wal.html). Each time a
connection is lent, the file is looked at: one that was replaced or changed from outside is opened again, and pages that
are being drawn from the old one still read it for a while.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from playground.store.errors import CatalogueMissing, NotACatalogue, StoreError
from playground.store.file import (
    FileState,
    check_file,
    check_format,
    files_beside,
    folder_lock,
    remove_left_over,
    state_of,
)

_READER_KILOBYTES = 2048
"""Cache of a reading connection: the pages of the file that searches in 125,000 operations read again and again."""
_IDLE = 4
"""How many idle reading connections are kept; the last used, whose cache is warm, is lent first."""
_WAIT_SECONDS = 60.0
"""How long a write waits for another process's write; the largest known description takes about 20 seconds."""
_READ_SECONDS = 1.0
"""How long a reader waits for a process that locks the whole file."""
_PATIENCE_SECONDS = 0.5
"""After so long a write says that it waits."""
_POLL_SECONDS = 0.05
T = TypeVar("T")
_OLD_FILE_SECONDS = 60.0
"""How long a file that was replaced is still read: longer than any page takes to be drawn."""
_LENT_SECONDS = 5.0
"""How long a reader of such a file waits for the last connection to it, while another thread has it."""


class _Reader:
    """A reading connection; one thread has it at a time. `epoch` counts the files that were at the path."""

    def __init__(
        self, connection: sqlite3.Connection, state: FileState, epoch: int, beside: frozenset[tuple[int, int]]
    ) -> None:
        self.connection = connection
        self.process = os.getpid()
        self.state = state
        self.epoch = epoch
        self.beside = beside

    def __del__(self) -> None:
        # A connection must not be closed in a process forked from the one that opened it (sqlite.org/howtocorrupt).
        if self.process == os.getpid():
            self.connection.close()


@dataclass(slots=True)
class _OldFile:
    """A file that was replaced: one connection to it, lent in turn, until a time."""

    reader: _Reader
    until: float
    lock: threading.Lock = field(default_factory=threading.Lock)


class Connections:
    """Lends connections to readers and writers of every thread.

    `on_wait` is called when another process keeps a write waiting; with it, a reader waits as long as a writer.
    """

    def __init__(self, path: Path, on_wait: Callable[[], None] | None = None) -> None:
        """Open the catalogue. Raises `StoreError` if it is not one."""
        self.path = path
        self._on_wait = on_wait
        self._local = threading.local()
        self._idle: list[_Reader] = []
        self._readers: weakref.WeakSet[_Reader] = weakref.WeakSet()
        self._inherited: list[_Reader] = []
        self._changing = threading.RLock()
        self._state: FileState | None = None
        self._lost = False
        self._epoch = 0
        self._old: dict[int, _OldFile] = {}
        self._closed = False
        beside = files_beside(path)
        try:
            with self.reading():
                pass
        except NotACatalogue:
            # What is refused stays as it was, without files of ours beside it.
            remove_left_over(path, files_beside(path) - beside)
            raise

    def epoch(self) -> int:
        """Return which of the files that were at the path this thread reads, inside `reading()`."""
        reader: _Reader = self._local.reader
        return reader.epoch

    @contextlib.contextmanager
    def reading(self, epoch: int | None = None) -> Iterator[sqlite3.Connection]:
        """Lend a connection that sees one state of the catalogue until the outermost `with` of this thread ends.

        With an `epoch`, the connection is one to that file, even if it was replaced a moment ago.
        """
        reader: _Reader | None = getattr(self._local, "reader", None)
        if reader is not None and reader.process == os.getpid():
            if epoch is None or epoch == reader.epoch:
                with self._sentences():
                    yield reader.connection
            else:
                with self._reading_old(epoch) as connection:
                    yield connection
            return
        if reader is not None:
            self._inherited.append(reader)
        with self._sentences():
            try:
                reader = self._take()
            except NotACatalogue:
                self._lost = True
                raise
            if epoch is None or epoch == reader.epoch:
                reader.connection.execute("BEGIN")
        if epoch is not None and epoch != reader.epoch:
            self._give_back(reader)
            with self._reading_old(epoch) as connection:
                yield connection
            return
        self._local.reader = reader
        try:
            with self._sentences():
                yield reader.connection
        except NotACatalogue:
            self._lost = True
            reader.connection.close()
            raise
        finally:
            self._local.reader = None
            self._give_back(reader)

    @contextlib.contextmanager
    def _reading_old(self, epoch: int) -> Iterator[sqlite3.Connection]:
        old = self._old_file(epoch)
        if old is None:
            raise StoreError("The catalogue was replaced while this was read: ask for it again.")
        with old.lock, self._sentences():
            yield old.reader.connection

    def _old_file(self, epoch: int) -> _OldFile | None:
        """Return a file that was replaced; another thread may be using the last connection to it just now."""
        until = time.monotonic() + _LENT_SECONDS
        while True:
            with self._changing:
                old = self._old.get(epoch)
                is_lent = any(reader.epoch == epoch and reader.process == os.getpid() for reader in self._readers)
            if old is not None and old.reader.process == os.getpid():
                return old
            if not is_lent or time.monotonic() > until:
                return None
            time.sleep(0.001)

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection of one write transaction: committed when the block ends, rolled back when it raises."""
        with self._sentences(), contextlib.closing(self._patiently(self._open, _WAIT_SECONDS)) as connection:
            self._patiently(lambda: connection.execute("BEGIN IMMEDIATE"), _WAIT_SECONDS)
            try:
                yield connection
            except BaseException:
                # SQLite has rolled back already when the disk was full.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def shrink(self) -> None:
        """Give the pages that are free back to the system."""
        with self._sentences(), contextlib.closing(self._patiently(self._open, _WAIT_SECONDS)) as connection:
            # A page at each step, and `execute` takes one step of what has no rows.
            self._patiently(lambda: connection.executescript("PRAGMA incremental_vacuum"), _WAIT_SECONDS)

    def settle(self) -> None:
        """Move everything that was written from the log into the file itself, unless readers are in the way.

        What is in the log would be lost with it, and mixed into another file that is put in the catalogue's place.
        """
        with self._sentences(), contextlib.closing(self._patiently(self._open, _WAIT_SECONDS)) as connection:
            connection.execute("PRAGMA busy_timeout = 200")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close every connection; the store cannot be used afterwards."""
        if self._closed:
            return
        with self._changing:
            readers = list(self._readers)
        for reader in readers:
            if reader.process == os.getpid():
                reader.connection.close()
        self._clear_log()
        self._closed = True

    def _clear_log(self) -> None:
        """Let SQLite take the log away, which the last connection that may write does, and a reader does not."""
        with contextlib.suppress(StoreError, sqlite3.Error):
            self._look()
            with contextlib.closing(sqlite3.connect(self._address("rw"), uri=True, timeout=0)) as connection:
                connection.execute("PRAGMA user_version").fetchone()

    def _address(self, mode: str) -> str:
        return f"{self.path.resolve().as_uri()}?mode={mode}"

    def _give_back(self, reader: _Reader) -> None:
        try:
            if reader.connection.in_transaction:
                reader.connection.execute("ROLLBACK")
        except sqlite3.Error:
            return
        if self._closed or reader.process != os.getpid():
            return
        with self._changing:
            if reader.epoch != self._epoch:
                self._keep_old(reader)
            elif len(self._idle) < _IDLE:
                self._idle.append(reader)

    def _take(self) -> _Reader:
        state = self._look()
        while True:
            try:
                reader = self._idle.pop()  # one step for the interpreter: no two threads get the same
            except IndexError:
                break
            if reader.process != os.getpid():
                self._inherited.append(reader)
            elif reader.state == state:
                return reader
            elif reader.epoch != self._epoch:
                self._keep_old(reader)
        seconds = _READ_SECONDS if self._on_wait is None else _WAIT_SECONDS
        while True:
            epoch = self._epoch
            connection = self._patiently(lambda: self._open(read_only=True), seconds)
            now = self._look()
            if epoch == self._epoch:  # else another file came just now, and nobody knows which one is open
                break
            connection.close()
            state = now
        connection.execute(f"PRAGMA cache_size = -{_READER_KILOBYTES}")
        connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
        reader = _Reader(connection, state, epoch, files_beside(self.path))
        with self._changing:
            self._readers.add(reader)
        return reader

    def _patiently(self, attempt: Callable[[], T], seconds: float) -> T:
        """Return what an attempt gives, made again and again while another process has the file locked."""
        began, told = time.monotonic(), False
        while True:
            try:
                return attempt()
            except sqlite3.OperationalError as error:
                waited = time.monotonic() - began
                if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_BUSY or waited > seconds:
                    raise
                if waited > _PATIENCE_SECONDS and not told and self._on_wait is not None:
                    told = True
                    self._on_wait()
                time.sleep(_POLL_SECONDS)

    def _look(self) -> FileState:
        """Return the file's state, after what follows if it is another file than before."""
        if self._closed:
            raise StoreError("The catalogue has been closed: open it again.")
        try:
            state = state_of(self.path)
        except CatalogueMissing:
            self._lost = True
            raise
        with self._changing:
            # The number of a file that is gone may be given to the next one.
            if self._state is not None and (self._lost or not state.is_same_file(self._state)):
                self._change_file()
            self._state, self._lost = state, False
        return state

    def _change_file(self) -> None:
        """Take leave of a file that was replaced: keep one connection to it for a while, and clear up behind it."""
        mine = [reader for reader in self._readers if reader.process == os.getpid() and reader.epoch == self._epoch]
        left_over = frozenset(identity for reader in mine for identity in reader.beside)
        with contextlib.suppress(OSError), folder_lock(self.path):
            remove_left_over(self.path, left_over)
        idle, self._idle = self._idle, []
        self._epoch += 1
        for reader in idle:
            if reader.process == os.getpid():
                self._keep_old(reader)
            else:
                self._inherited.append(reader)

    def _keep_old(self, reader: _Reader) -> None:
        """Keep one connection to a file that was replaced, for what is still read from it."""
        now = time.monotonic()
        with self._changing:
            self._old = {epoch: old for epoch, old in self._old.items() if old.until > now}
            self._old.setdefault(reader.epoch, _OldFile(reader, now + _OLD_FILE_SECONDS))

    def _open(self, *, read_only: bool = False) -> sqlite3.Connection:
        if self._closed:
            raise StoreError("The catalogue has been closed: open it again.")
        try:
            check_file(self.path)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise StoreError(f"The catalogue {self.path} cannot be read ({reason}): check its permissions.") from None
        # Neither mode makes a file. A connection that only reads leaves the log alone when it is closed: by then, the
        # log of that name may be another file's. The thread check is ours: `close` may be called from another thread.
        connection = sqlite3.connect(
            self._address("ro" if read_only else "rw"),
            uri=True,
            timeout=0,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            check_format(self.path, connection)
            if not read_only:
                # A file that another program has copied may have another kind of journal.
                connection.execute("PRAGMA journal_mode = WAL")
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
        if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            return NotACatalogue(f"{self.path} is damaged: move it away, and add its descriptions again.")
        if code == sqlite3.SQLITE_BUSY:
            return StoreError(f"The catalogue {self.path} is being written by another process: try again later.")
        if code == sqlite3.SQLITE_READONLY:
            return StoreError(f"The catalogue {self.path} is read-only: make the file and its folder writable.")
        if code == sqlite3.SQLITE_FULL:
            return StoreError(f"There is no room to write {self.path}: free some disk space and try again.")
        if code == sqlite3.SQLITE_CANTOPEN and not self.path.exists():
            return CatalogueMissing(f"The catalogue {self.path} is gone: put the file back.")
        return StoreError(f"The catalogue {self.path} cannot be used ({error}): check the file and its folder.")
