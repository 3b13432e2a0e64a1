"""What the sandbox gives back: a response, whole or in pieces with pauses, late or broken where that was asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from playground.messages import Facts, HTTPResponse
from playground.sandbox.preferences import Failure

Piece = tuple[float, bytes]
"""Seconds to wait, and the bytes to send then; no bytes where there is nothing new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer. With `pieces` the response is the head alone; `delay` is in seconds; `failure` is what goes wrong."""

    response: HTTPResponse
    pieces: Callable[[], Iterator[Piece]] | None = None
    delay: float = 0.0
    failure: Failure | None = None

    def whole(self) -> HTTPResponse:
        """Return the response with all of its content at once, without pauses; what waits for more ends there."""
        if self.pieces is None:
            return self.response
        body = b""
        for _, piece in self.pieces():
            if not piece:
                break
            body += piece
        return replace(self.response, body=body)


class Streamed:
    """A reply's content as it comes, for callers that show or send it piece by piece (`playground.gateway.answer`)."""

    def __init__(self, reply: Reply) -> None:
        """Begin with the head."""
        self._reply = reply
        self._stopped = threading.Event()
        self._size = 0
        self._reason = ""

    @property
    def head(self) -> HTTPResponse:
        """The answer without content."""
        return self._reply.response

    @property
    def summary(self) -> HTTPResponse:
        """The head with what is known by now."""
        facts = Facts(http="sandbox", decoded_bytes=self._size, wire_bytes=self._size, cut=self._reason)
        return replace(self._reply.response, truncated=bool(self._reason), facts=facts)

    def pieces(self) -> Iterator[bytes]:
        """Yield the content as it comes."""
        for pause, piece in self._reply.pieces() if self._reply.pieces is not None else ():
            if self._stopped.wait(pause):
                return
            self._size += len(piece)
            if piece:
                yield piece

    def stop(self, reason: str = "stopped") -> None:
        """Note why the rest is not wanted."""
        self._reason = reason
        self._stopped.set()

    def close(self) -> None:
        """End it."""
        self._stopped.set()
