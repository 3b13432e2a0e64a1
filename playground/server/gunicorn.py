"""The worker of gunicorn that gives a thread to a request only once it is there.

gunicorn's own threads wait without limit for a head and for a body, so some hundreds of connections that drip theirs
hold them all, and its main loop waits up to two seconds for each connection that it ends. Here a head and a small body
wait beside the threads. A large body is read by a thread as it comes: it has to come fast enough, and only a limited
number is read at a time.
"""

from __future__ import annotations

import contextlib
import errno
import select
import threading
import time
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from gunicorn import util
from gunicorn.http.errors import InvalidHeader
from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers import gthread

from playground.server import timeouts
from playground.server.timeouts import Arrival

LARGE_AT_A_TIME = 128
"""Large bodies that one worker reads at a time, so that they never take all threads."""

_AT_ONCE = 0.02
_LINGER = 0.5
_PIECE = 65_536
_HEAD_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_TOO_MANY = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nCache-Control: no-store\r\n"
    b"Connection: close\r\n\r\n"
)


class PatientWorker(gthread.ThreadWorker):  # type: ignore[misc]
    """The threads of `gthread`; requests that have not arrived wait in the poller and hold no thread."""

    def __init__(self, *rest: Any, **named: Any) -> None:
        super().__init__(*rest, **named)
        self.places = threading.BoundedSemaphore(LARGE_AT_A_TIME)

    def handle(self, conn: Any) -> Any:
        """Serve a request that has arrived; otherwise let the connection wait, or end it."""
        if self.cfg.is_ssl or conn.is_http2:
            return super().handle(conn)
        try:
            self._begin(conn)
            if conn.is_http2:
                return super().handle(conn)
            here, missing = conn.parser.unreader.read_what_is_here()
        except OSError:  # closed meanwhile
            return self._end(conn)
        if here is Arrival.TOO_LARGE:
            return self._refuse(conn, _HEAD_TOO_LARGE)
        if here is Arrival.WHOLE:
            return self._serve(conn)
        if here is Arrival.LARGE:
            return self._serve(conn) if conn.parser.unreader.take_place(missing) else self._refuse(conn, _TOO_MANY)
        if here is Arrival.BODY and not conn.has_head:
            conn.has_head, conn.until = True, time.monotonic() + timeouts.BODY_SECONDS
        if time.monotonic() >= conn.until:
            return self._end(conn)
        return gthread._DEFER  # noqa: SLF001 - the only value that lets a connection wait

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answer a request. Raises `OSError` if the connection is closed, or nothing of the answer is taken.

        Raises `InvalidHeader`, which is answered 400, unless there is one Host field, which the request target does not
        contradict (RFC 9112, 3.2).
        """
        hosts = [value for name, value in req.headers if name == "HOST"]
        if len(hosts) > 1 or (not hosts and req.version >= (1, 1)):
            raise InvalidHeader("Host")
        target = "" if req.uri.startswith("/") else urlsplit(req.uri).netloc
        if target and target.lower() != "".join(hosts).lower():
            raise InvalidHeader("Host")
        try:
            return super().handle_request(req, conn)
        except BlockingIOError:  # nothing was taken for too long, which is no error that needs a traceback
            raise BrokenPipeError(errno.EPIPE, "the answer is not taken") from None

    def set_accept_enabled(self, enabled: bool) -> None:
        """Accept connections or not. A worker that ends closes its listeners, or new connections would wait with it."""
        super().set_accept_enabled(enabled)
        if not enabled and not self.alive:
            for listener in self.sockets:
                listener.close()

    def finish_request(self, conn: Any, fs: Any) -> None:
        """Take a connection back from its thread, in the main loop."""
        if getattr(conn, "ended", False):
            self.nr_conns -= 1
        else:
            super().finish_request(conn, fs)

    def _begin(self, conn: Any) -> None:
        """Begin with a request, unless that is done. Raises `OSError`."""
        if getattr(conn, "until", None) is not None:
            return
        conn.has_head, conn.until = False, time.monotonic() + timeouts.HEAD_SECONDS
        conn.wait_for_data(_AT_ONCE)  # nearly always it is there already, and the poller is not needed
        if not conn.initialized:
            conn.init()
            if not conn.is_http2:
                conn.parser.unreader = PatientUnreader(conn.sock, self.places)

    def _serve(self, conn: Any) -> Any:
        unreader, conn.until = conn.parser.unreader, None
        try:
            result = super().handle(conn)
        finally:
            unreader.give_place()
        # Not in the main loop, which would wait until the other side is closed too.
        return result or self._end(conn, graceful=True)

    def _refuse(self, conn: Any, answer: bytes) -> bool:
        with contextlib.suppress(OSError):
            conn.sock.setblocking(False)
            conn.sock.send(answer)
            conn.sock.setblocking(True)
            util.close_graceful(conn.sock, timeout=_LINGER)
        return self._end(conn)

    def _end(self, conn: Any, *, graceful: bool = False) -> bool:
        conn.ended = True
        try:
            conn.close(graceful=graceful)
        except OSError:
            conn.close()
        return False


class WorkerNumbers:
    """Numbers of the running workers, each the lowest free one, given out by the main process.

    Counts are kept in one file for each number (`playground.web.metrics`), so a worker continues the counts of the one
    before it, and there are never more files than workers ran at a time.
    """

    def __init__(self) -> None:
        self._taken: dict[Any, int] = {}

    def take(self, worker: Any) -> int:
        """Return the number of a worker that begins."""
        taken = set(self._taken.values())
        number = next(number for number in count() if number not in taken)
        self._taken[worker] = number
        return number

    def give_back(self, worker: Any) -> None:
        """Free the number of a worker that has ended."""
        self._taken.pop(worker, None)


class PatientUnreader(SocketUnreader):  # type: ignore[misc]
    """The parser's source of bytes: first those that have arrived, then the rest of a body as it comes."""

    def __init__(self, sock: Any, places: threading.Semaphore) -> None:
        super().__init__(sock)
        self._places = places
        self._has_place = False
        self._missing: int | None = None
        self._received = 0
        self._waited = 0.0

    def read_what_is_here(self) -> tuple[Arrival, int | None]:
        """Read what has arrived of a request, without waiting; the parser reads it again. Raises `OSError`."""
        self._received, self._waited = 0, 0.0
        arrived = bytearray(self.take_buffered())
        self.sock.setblocking(False)
        try:
            while (here := timeouts.arrival(bytes(arrived)))[0] in (Arrival.HEAD, Arrival.BODY):
                try:
                    piece = self.sock.recv(_PIECE)
                except BlockingIOError:
                    break
                if not piece:
                    return Arrival.WHOLE, None  # the parser decides what an end at this place means
                arrived += piece
        finally:
            self.unread(bytes(arrived))
        return here

    def take_place(self, missing: int | None) -> bool:
        """Take a place for a body that a thread waits for, until `missing` bytes have come; `False` if none is free."""
        self._has_place = self._has_place or self._places.acquire(blocking=False)
        self._missing = missing
        return self._has_place

    def give_place(self) -> None:
        """Give the place back, if there is one."""
        if self._has_place:
            self._has_place = False
            self._places.release()

    def chunk(self, size_hint: int | None = None) -> bytes:
        """Return more of a body as soon as there is some. Raises `OSError` if it comes too slowly."""
        if not self._comes_in(0):
            if not self.take_place(self._missing):
                raise TimeoutError("too many bodies are waited for")
            started = time.monotonic()
            came = self._comes_in(min(timeouts.SILENCE, timeouts.body_seconds(self._received) - self._waited))
            self._waited += time.monotonic() - started
            if not came:
                raise TimeoutError("the body comes too slowly")
        piece: bytes = super().chunk(size_hint)
        self._received += len(piece)
        if self._missing is not None and self._received >= self._missing:
            self.give_place()
        return piece

    def _comes_in(self, seconds: float) -> bool:
        if (limit := self.sock.gettimeout()) is not None:  # the parser's own, when it discards a rest
            seconds = min(seconds, limit)
        poll = select.poll()
        poll.register(self.sock, select.POLLIN)
        return seconds >= 0 and bool(poll.poll(seconds * 1000))
