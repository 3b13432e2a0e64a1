"""The worker of gunicorn that gives a thread to a request only once its head has come.

gunicorn's own threads wait for a head without end, so some hundreds of visitors who drip theirs would hold them all;
and it waits up to two seconds in its main loop for each connection that it ends.
"""

from __future__ import annotations

import time
from typing import Any

from gunicorn.workers import gthread  # type: ignore[import-untyped]

HEAD_SECONDS = 10.0
"""How long a visitor may take for a whole head, from its first moment on."""
_AT_ONCE = 0.02
_PIECE = 65_536


class PatientWorker(gthread.ThreadWorker):  # type: ignore[misc]
    """Threads as `gthread` has them; heads that are not whole wait in the poller and hold none."""

    def handle(self, conn: Any) -> Any:
        """Serve a request whose head is here; say otherwise that the connection waits, or end it."""
        if self.cfg.is_ssl or conn.is_http2:
            return super().handle(conn)
        try:
            here = self._head_is_here(conn)
        except OSError:  # gone meanwhile
            return self._end(conn, graceful=False)
        if here:
            conn.head_until = None
            kept = super().handle(conn)
            # Here, and not in the main loop, which would stand still until the visitor closes his side.
            return kept if kept else self._end(conn, graceful=True)
        if time.monotonic() >= conn.head_until:
            return self._end(conn, graceful=False)
        return gthread._DEFER  # noqa: SLF001 - there is no other word for it

    def finish_request(self, conn: Any, fs: Any) -> None:
        """Take a connection back from its thread, in the main loop."""
        if getattr(conn, "ended", False):
            self.nr_conns -= 1
        else:
            super().finish_request(conn, fs)

    def _end(self, conn: Any, *, graceful: bool) -> bool:
        conn.ended = True
        try:
            conn.close(graceful=graceful)
        except OSError:
            conn.close()
        return False

    def _head_is_here(self, conn: Any) -> bool:
        """Read what has come, without waiting for more; the parser finds it again. Raises `OSError`."""
        if getattr(conn, "head_until", None) is None:
            conn.head_until = time.monotonic() + HEAD_SECONDS
            conn.wait_for_data(_AT_ONCE)  # nearly always it is there, and the way through the poller is saved
            conn.init()
        unreader = conn.parser.unreader
        held = bytearray(unreader.take_buffered())
        conn.sock.setblocking(False)
        try:
            while not (here := self._is_whole(held)):
                try:
                    piece = conn.sock.recv(_PIECE)
                except BlockingIOError:
                    break
                if not piece:
                    here = True  # the parser says what an end at this place means
                    break
                held += piece
        finally:
            unreader.unread(bytes(held))
        return here

    def _is_whole(self, held: bytearray) -> bool:
        # Beyond its own limits the parser refuses what is there and waits for nothing more.
        most = self.cfg.limit_request_line + self.cfg.limit_request_fields * (self.cfg.limit_request_field_size + 2)
        return b"\r\n\r\n" in held.lstrip(b"\r\n") or len(held) > most + 4
