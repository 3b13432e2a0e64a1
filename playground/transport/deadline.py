"""The total deadline of an exchange: one thread that shuts sockets down when their time is over.

A socket's own timeout starts anew with every read, so a server that drips one byte a second would never meet it.
"""

from __future__ import annotations

import contextlib
import heapq
import itertools
import socket
import threading
import time
from types import TracebackType


class Deadline:
    """A moment after which the guarded socket is shut down; use as a context manager.

    `expired` tells afterwards whether it came to that.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.at = time.monotonic() + seconds
        self.expired = False
        self._socket: socket.socket | None = None
        self._over = False
        self._lock = threading.Lock()

    def __enter__(self) -> Deadline:
        _watch(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._over = True
            self._socket = None

    def remaining(self) -> float:
        """Return the seconds left, never below zero."""
        return max(0.0, self.at - time.monotonic())

    def guard(self, sock: socket.socket) -> None:
        """Name the socket to shut down; at once if the time is already over."""
        with self._lock:
            self._socket = sock
        if self.remaining() <= 0:
            self.expire()

    def expire(self) -> None:
        """Shut the socket down, unless the exchange is over; a blocked read in another thread then ends."""
        with self._lock:
            if self._over:
                return
            self.expired = True
            if self._socket is not None:
                with contextlib.suppress(OSError):
                    # Not SSLSocket.shutdown, which would take the TLS object away from the reading thread.
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


_queue: list[tuple[float, int, Deadline]] = []
_counter = itertools.count()
_condition = threading.Condition()
_thread: threading.Thread | None = None


def _watch(deadline: Deadline) -> None:
    global _thread
    with _condition:
        heapq.heappush(_queue, (deadline.at, next(_counter), deadline))
        if _thread is None or not _thread.is_alive():  # also after a fork, which takes threads away
            _thread = threading.Thread(target=_run, name="playground-deadlines", daemon=True)
            _thread.start()
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
            _, _, deadline = heapq.heappop(_queue)
        deadline.expire()
