"""waitress with limits on how long a visitor may take (`playground.server.timeouts`) and strict framing of requests.

It reads whole requests beside its threads, so slow ones hold no thread; but a connection that drips would stay open for
ever, and a thread would wait for ever for a visitor that does not take a large answer.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from playground.server import timeouts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, MutableMapping

_LOOK_SECONDS = 0.05
"""How often an ending server looks for connections without a request."""


def end_slow_connections(server: Any) -> None:
    """Make a waitress server end connections whose request comes too slowly, or whose answer is not taken."""
    began: WeakKeyDictionary[Any, float] = WeakKeyDictionary()
    end_silent = server.maintenance

    def maintenance(now: float) -> None:
        end_silent(now)
        end_slow(server.active_channels.values(), began, now)

    server.maintenance = maintenance


def end_between_events(server: Any, ended: Callable[[], bool]) -> None:
    """Make a waitress server leave its loop, as `SystemExit` does, once `ended` is true.

    It is asked before the loop waits for connections; `server.pull_trigger()` ends a wait. An exception that a signal
    raises comes anywhere: between two lines that close a connection it leaves the socket to the interpreter, which
    warns of it.
    """
    readable = server.readable

    def readable_until_ended() -> Any:
        if ended():
            raise SystemExit
        return readable()

    server.readable = readable_until_ended


@contextlib.contextmanager
def stop_accepting(server: Any) -> Iterator[None]:
    """Close the listener of a waitress server that ends, and until the block ends each connection without a request.

    Its loop has ended by then, so a new connection, or a new request on an old one, would wait for the process's end.
    A thread looks for connections whose last request has just been answered.
    """
    server.socket.close()
    finished = threading.Event()

    def end_idle() -> None:
        while True:
            for channel in list(server.active_channels.values()):
                if not channel.requests and not channel.total_outbufs_len:
                    with contextlib.suppress(OSError):
                        channel.socket.shutdown(socket.SHUT_RDWR)
            if finished.wait(_LOOK_SECONDS):
                return

    looking = threading.Thread(target=end_idle, daemon=True)
    looking.start()
    try:
        yield
    finally:
        finished.set()
        looking.join()
        # Its loop closes no connection any longer: each would be left to the interpreter, which warns of it.
        for channel in list(server.active_channels.values()):
            channel.socket.close()


def refuse_ambiguous_requests(server: Any) -> None:
    """Make a waitress server refuse requests that a proxy in front may read in another way (RFC 9112).

    With both a length and chunks (6.3) one takes for the next request what is the rest of this one for the other; two
    Host fields, none in HTTP/1.1 (3.2), a field folded over lines (5.2) or a whole URL as the target of another host
    (3.2.2) may name another site to each.
    """
    from waitress.channel import HTTPChannel
    from waitress.parser import HTTPRequestParser, ParsingError

    class Parser(HTTPRequestParser):  # type: ignore[misc]
        def parse_header(self, header_plus: bytes) -> None:
            lines = header_plus.split(b"\r\n")[1:]
            if any(line.startswith((b" ", b"\t")) for line in lines):
                raise ParsingError("A header field is folded over lines")
            hosts = sum(line[:5].lower() == b"host:" for line in lines)
            super().parse_header(header_plus)
            if hosts > 1 or (hosts == 0 and self.version != "1.0"):
                raise ParsingError("There must be one Host field")
            if self.proxy_netloc and self.proxy_netloc.lower() != self.headers.get("HOST", "").lower():
                raise ParsingError("The request target names another host than the Host field")
            if self.chunked and "CONTENT_LENGTH" in self.headers:
                raise ParsingError("Content-Length and Transfer-Encoding do not go together")

    class Channel(HTTPChannel):  # type: ignore[misc]
        parser_class = Parser

    server.channel_class = Channel


def end_slow(channels: Iterable[Any], began: MutableMapping[Any, float], now: float) -> None:
    """End channels that are too slow at the time `now` (seconds).

    `began` keeps when each head or body was first seen: by the request while its head comes, afterwards by the receiver
    of its body.
    """
    for channel in channels:
        if _is_slow(channel.request, began, now):
            channel.will_close = True
        elif channel.total_outbufs_len and now - channel.last_activity > timeouts.SILENCE:
            channel.will_close = True
            # The server closes a connection that it can write to, and here it cannot: this wakes it and its thread.
            with contextlib.suppress(OSError):
                channel.socket.shutdown(socket.SHUT_RDWR)


def _is_slow(request: Any, began: MutableMapping[Any, float], now: float) -> bool:
    if request is None:
        return False
    if not request.headers_finished:
        return now - began.setdefault(request, now) > timeouts.HEAD_SECONDS
    if request.body_rcv is None or request.completed:
        return False
    return now - began.setdefault(request.body_rcv, now) > timeouts.body_seconds(request.body_bytes_received)
