"""waitress with bounds on how long a visitor may take (`playground.server.timeouts`) and strict request parsing.

It reads whole requests beside its threads, so slow ones hold none; but a connection that drips would stay for ever, and
a thread would wait for ever for a visitor who does not take a large answer.
"""

from __future__ import annotations

import contextlib
import socket
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from playground.server import timeouts as patience

if TYPE_CHECKING:
    from collections.abc import Iterable, MutableMapping


def be_patient(server: Any) -> None:
    """Let a waitress server end connections whose request comes too slowly, or whose answer is not taken."""
    began: WeakKeyDictionary[Any, float] = WeakKeyDictionary()
    silent = server.maintenance

    def maintenance(now: float) -> None:
        silent(now)
        end_slow(server.active_channels.values(), began, now)

    server.maintenance = maintenance


def be_strict(server: Any) -> None:
    """Let a waitress server refuse a request with both a length and chunks: where it ends depends on who reads it.

    RFC 9112, section 6.3, lets a server read the chunks; a proxy before it may have read the length.
    """
    from waitress.channel import HTTPChannel  # type: ignore[import-untyped]
    from waitress.parser import HTTPRequestParser, ParsingError  # type: ignore[import-untyped]

    class Parser(HTTPRequestParser):  # type: ignore[misc]
        def parse_header(self, header_plus: bytes) -> None:
            super().parse_header(header_plus)
            if self.chunked and "CONTENT_LENGTH" in self.headers:
                raise ParsingError("Content-Length and Transfer-Encoding do not go together")

    class Channel(HTTPChannel):  # type: ignore[misc]
        parser_class = Parser

    server.channel_class = Channel


def end_slow(channels: Iterable[Any], began: MutableMapping[Any, float], now: float) -> None:
    """End channels that are too slow at the time `now`; `began` keeps when a request's head or body was first seen.

    What it keys by are the request while its head comes, and the receiver of its body then.
    """
    for channel in channels:
        if _is_slow(channel.request, began, now):
            channel.will_close = True
        elif channel.total_outbufs_len and now - channel.last_activity > patience.SILENCE:
            channel.will_close = True
            # The server closes what it can write to, and here it cannot: this wakes it, and the thread that waits.
            with contextlib.suppress(OSError):
                channel.socket.shutdown(socket.SHUT_RDWR)


def _is_slow(request: Any, began: MutableMapping[Any, float], now: float) -> bool:
    if request is None:
        return False
    if not request.headers_finished:
        return now - began.setdefault(request, now) > patience.HEAD_SECONDS
    if request.body_rcv is None or request.completed:
        return False
    return now - began.setdefault(request.body_rcv, now) > patience.body_seconds(request.body_bytes_received)
