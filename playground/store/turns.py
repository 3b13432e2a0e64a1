"""One at a time for each key: of one visitor one request changes things, and nobody waits for another visitor's."""

from __future__ import annotations

import contextlib
import os
import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from playground.store.errors import StoreError

try:
    import fcntl

    _LOCK = fcntl.F_OFD_SETLK
except (ImportError, AttributeError):  # elsewhere than on Linux there are turns in one process alone
    _LOCK = 0

MOST_WAITING = 16
"""Requests of one visitor that wait for their turn; a further one is told to come again."""
WAIT_SECONDS = 10.0
_LONGEST_NAP = 0.05
_BUSY = "The sandbox is busy with your earlier requests: try again."


class Turns:
    """Locks by key, each there only while somebody has it or waits for it; with a file also between processes."""

    def __init__(self, file: Path | None = None) -> None:
        """Begin with none. Of the file, made when missing, a byte is locked for each key."""
        self._file = file if _LOCK else None
        self._lock = threading.Lock()
        self._held: dict[bytes, tuple[threading.Lock, int]] = {}

    @contextlib.contextmanager
    def of(self, key: bytes) -> Iterator[None]:
        """Hold a key's lock. Raises `StoreError` where too many wait for it, or it is not free in time."""
        with self._lock:
            lock, count = self._held.get(key) or (threading.Lock(), 0)
            if count > MOST_WAITING:
                raise StoreError(_BUSY)
            self._held[key] = lock, count + 1
        try:
            if not lock.acquire(timeout=WAIT_SECONDS):
                raise StoreError(_BUSY)
            try:
                with self._among_processes(key):
                    yield
            finally:
                lock.release()
        finally:
            with self._lock:
                lock, count = self._held.pop(key)
                if count > 1:
                    self._held[key] = lock, count - 1

    @contextlib.contextmanager
    def _among_processes(self, key: bytes) -> Iterator[None]:
        if self._file is None:
            yield
            return
        # The lock is the open file's own, so it ends with it, however this process does.
        try:
            file = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise StoreError(f"{self._file} cannot be opened ({error.strerror}): check its folder.") from error
        try:
            start = int.from_bytes(key[:6])
            wanted = struct.pack("hhqqi", fcntl.F_WRLCK, os.SEEK_SET, start, 1, 0)
            until, nap = time.monotonic() + WAIT_SECONDS, 0.001
            while not _is_locked(file, wanted):
                if time.monotonic() > until:
                    raise StoreError(_BUSY)
                time.sleep(nap)
                nap = min(2 * nap, _LONGEST_NAP)
            yield
        finally:
            os.close(file)


def _is_locked(file: int, wanted: bytes) -> bool:
    try:
        fcntl.fcntl(file, _LOCK, wanted)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:  # this file system has no such locks; what is written over is noticed all the same
        return True
    return True
