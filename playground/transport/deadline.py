"""The total deadline of an exchange, and its stop: one thread that shuts sockets down when their time is over.

A socket's own timeout starts again with every read, so a server that drips one byte a second never exceeds it; and a
thread that waits for an API cannot see that the visitor has left, so this one asks.
"""

from __future__ import annotations

import contextlib
import heapq
import itertools
import logging
import socket
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Protocol, TypeAlias

Cancelled: TypeAlias = Callable[[], bool]
"""Returns whether nobody waits for the answer any more; called from another thread, often, so it must not block."""

ASK_SECONDS = 0.25
"""How often `Cancelled` is asked."""


class Watched(Protocol):
    """Something that the thread checks."""

    def check(self) -> float | None:
        """Do what is due now; return when (`time.monotonic`) to look again, or `None` for never."""


class Deadline:
    """A moment at which the guarded socket is shut down, or earlier if `cancelled` returns `True`; a context manager.

    `expired` is set if the time was over, `stopped` if nobody waited any more.
    """

    def __init__(self, seconds: float, cancelled: Cancelled | None = None) -> None:
        self.seconds = seconds
        self.at = time.monotonic() + seconds
        self.expired = False
        self.stopped = False
        self._cancelled = cancelled
        self._socket: socket.socket | None = None
        self._over = False
        self._lock = threading.Lock()

    def __enter__(self) -> Deadline:
        watch(self, self.at if self._cancelled is None else min(self.at, time.monotonic() + ASK_SECONDS))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    @property
    def ended(self) -> bool:
        """Whether the exchange was ended from here."""
        return self.expired or self.stopped

    def release(self) -> None:
        """Let go of the socket: the exchange is over."""
        with self._lock:
            self._over = True
            self._socket = None

    def remaining(self) -> float:
        """Return the seconds left, never below zero; none once nobody waits."""
        return 0.0 if self.stopped else max(0.0, self.at - time.monotonic())

    def guard(self, sock: socket.socket) -> None:
        """Name the socket to shut down; at once if the time is already over."""
        with self._lock:
            self._socket = sock
        if self.remaining() <= 0:
            self.expire()

    def check(self) -> float | None:
        """Expire when the time is over, stop when nobody waits; return when to look again."""
        if self._over:
            return None
        if self._cancelled is not None:
            try:
                gone = self._cancelled()
            except Exception:  # it belongs to a server, and must not end this thread
                log.exception("whether somebody waits cannot be said")
                gone, self._cancelled = False, None
            if gone:
                self._end(stopped=True)
                return None
        now = time.monotonic()
        if now >= self.at:
            self.expire()
            return None
        return self.at if self._cancelled is None else min(self.at, now + ASK_SECONDS)

    def expire(self) -> None:
        """Shut the socket down, unless the exchange is over; a blocked read in another thread then ends."""
        self._end(stopped=self.stopped)

    def _end(self, *, stopped: bool) -> None:
        with self._lock:
            if self._over:
                return
            self.stopped, self.expired = stopped, not stopped
            if self._socket is not None:
                with contextlib.suppress(OSError):
                    # Not SSLSocket.shutdown, which would take the TLS object away from the reading thread.
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


log = logging.getLogger("playground.transport")
_queue: list[tuple[float, int, Watched]] = []
_counter = itertools.count()
_condition = threading.Condition()
_thread: threading.Thread | None = None


def watch(watched: Watched, at: float) -> None:
    """Check something from the moment `at` (`time.monotonic`) on."""
    global _thread
    with _condition:
        heapq.heappush(_queue, (at, next(_counter), watched))
        if _thread is None or not _thread.is_alive():  # also after a fork, which takes threads away
            _thread = threading.Thread(target=_run, name="playground-deadlines", daemon=True)
            _thread.start()
        if _queue[0][2] is watched:  # else it sleeps no longer than before
            _condition.notify()


def _run() -> None:
    while True:
        with _condition:
            while not _queue:
                _condition.wait()
            wait = _queue[0][0] - time.monotonic()
            if wait > 0:
                _condition.wait(wait)
                continue
            _, _, watched = heapq.heappop(_queue)
        again = watched.check()
        if again is not None:
            with _condition:
                heapq.heappush(_queue, (again, next(_counter), watched))
