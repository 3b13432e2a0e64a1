"""Responses that are sent piece by piece, as the API answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack

from flask import Response

AS_IT_COMES = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""Header fields of a response that no proxy may collect before it passes it on."""
ENOUGH = 8192
"""Characters that are worth sending at once."""


def hand_on(response: Response, stack: ExitStack) -> Response:
    """Return a response that closes the stack once it is sent or the visitor is gone, and not before."""
    response.call_on_close(stack.pop_all().close)
    return response


def flushed(pieces: Iterable[str]) -> Iterator[str]:
    """Yield rendered pieces joined to larger ones; at an empty piece all of them, since the next may take a while."""
    waiting: list[str] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= ENOUGH or (not piece and size):
            yield "".join(waiting)
            waiting, size = [], 0
    if size:
        yield "".join(waiting)
