"""Answers that take long: whether the visitor still waits for one, and how one is handed on piece by piece."""

from __future__ import annotations

import select
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from typing import Any

from flask import Response, request

AS_IT_COMES = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""Header fields of what is sent piece by piece: nothing between us and the visitor is to collect it first."""
_ENOUGH = 8192

_GONE = select.POLLHUP | select.POLLERR | getattr(select, "POLLRDHUP", 0)


def visitor_is_gone() -> Callable[[], bool] | None:
    """Return what says that the visitor has closed the tab or pressed Stop; `None` where the server cannot tell.

    waitress tells it itself, gunicorn gives its socket; elsewhere the deadline has the last word alone.
    """
    told: Callable[[], bool] | None = request.environ.get("waitress.client_disconnected")
    if told is not None:
        return told
    connection = request.environ.get("gunicorn.socket")
    return None if connection is None else _hung_up(connection)


def _hung_up(connection: Any) -> Callable[[], bool]:
    number = connection.fileno()

    def gone() -> bool:
        # Only asked, never read: bytes that wait there are the next request's.
        if connection.fileno() != number:
            return True
        poll = select.poll()
        poll.register(number, _GONE)
        return bool(poll.poll(0))

    return gone


def hand_on(response: Response, held: ExitStack) -> Response:
    """Return a response that ends what is held once it is sent, or the visitor is gone, and not before."""
    response.call_on_close(held.pop_all().close)
    return response


def flushed(pieces: Iterable[str]) -> Iterator[str]:
    """Yield rendered pieces, few and large; an empty piece is a template's word that it is about to wait."""
    waiting: list[str] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= _ENOUGH or (not piece and size):
            yield "".join(waiting)
            waiting, size = [], 0
    if size:
        yield "".join(waiting)
