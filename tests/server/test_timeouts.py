"""What is here of a request, told from its bytes; and which of waitress's connections are ended."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from playground.server import timeouts
from playground.server.timeouts import LONGEST_HEAD, SMALL_BODY, Arrival, arrival
from playground.server.waitress import end_slow

GET = b"GET / HTTP/1.1\r\nHost: a\r\n"
POST = b"POST / HTTP/1.1\r\nHost: a\r\n"


@pytest.mark.parametrize(
    ("held", "here", "missing"),
    [
        (b"", Arrival.HEAD, None),
        (b"\r\n\r\n", Arrival.HEAD, None),
        (GET, Arrival.HEAD, None),
        (GET + b"\r", Arrival.HEAD, None),
        (GET + b"\r\n", Arrival.WHOLE, None),
        (b"\r\n" + GET + b"\r\n" + GET, Arrival.WHOLE, None),
        (b"\r\n" * (LONGEST_HEAD // 2), Arrival.HEAD, None),
        (b"\r\n" * LONGEST_HEAD, Arrival.TOO_LARGE, None),
        (b"a" * LONGEST_HEAD, Arrival.HEAD, None),
        (b"a" * (LONGEST_HEAD + 1), Arrival.TOO_LARGE, None),
        (b"a" * LONGEST_HEAD + b"\r\n\r\n", Arrival.WHOLE, None),
        (b"a" * LONGEST_HEAD + b"a\r\n\r\n", Arrival.TOO_LARGE, None),
        (POST + b"Content-Length: 5\r\n\r\n", Arrival.BODY, 5),
        (POST + b"CONTENT-LENGTH:5\t\r\n\r\nabcd", Arrival.BODY, 1),
        (POST + b"Content-Length: 5\r\n\r\nabcde", Arrival.WHOLE, None),
        (POST + b"Content-Length: 5\r\n\r\nabcdeGET", Arrival.WHOLE, None),
        (POST + b"Content-Length: 0\r\n\r\n", Arrival.WHOLE, None),
        (POST + b"Content-Length: 00005\r\nContent-Length: 00005\r\n\r\n", Arrival.BODY, 5),
        (POST + f"Content-Length: {SMALL_BODY}\r\n\r\na".encode(), Arrival.BODY, SMALL_BODY - 1),
        (POST + f"Content-Length: {SMALL_BODY + 1}\r\n\r\na".encode(), Arrival.LARGE, SMALL_BODY),
        (POST + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n", Arrival.LARGE, 10**18),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n", Arrival.LARGE, None),
        (POST + b"Content-Length: 5\r\nexpect: 100-continue\r\n\r\n", Arrival.LARGE, None),
        # What the parser has to refuse is its business.
        (POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n", Arrival.WHOLE, None),
        (POST + b"Content-Length: +5\r\n\r\n", Arrival.WHOLE, None),
        (POST + b"X: Content-Length: 5\r\n\r\n", Arrival.WHOLE, None),
    ],
)
def test_what_is_here_of_a_request(held: bytes, here: Arrival, missing: int | None) -> None:
    assert arrival(held) == (here, missing)


class Receiver:
    """A body that comes, as waitress has it."""


class Request:
    """A request that comes, as waitress has it."""

    def __init__(self, *, head: bool = True, body: int | None = None, completed: bool = False) -> None:
        self.headers_finished = head
        self.body_rcv = None if body is None else Receiver()
        self.body_bytes_received = body or 0
        self.completed = completed


class Channel:
    """A connection, as waitress has it; real sockets stand behind it."""

    def __init__(self, request: Request | None = None, *, unsent: int = 0) -> None:
        self.request = request
        self.total_outbufs_len = unsent
        self.last_activity = 0.0
        self.will_close = False
        self.socket, self.visitor = socket.socketpair()

    def close(self) -> None:
        self.socket.close()
        self.visitor.close()


@pytest.mark.parametrize(
    ("request_", "unsent", "seconds"),
    [
        (Request(head=False), 0, timeouts.HEAD_SECONDS),
        (Request(body=0), 0, timeouts.BODY_SECONDS),
        (Request(body=10 * timeouts.BODY_RATE), 0, timeouts.BODY_SECONDS + 10),
        (None, 1, timeouts.SILENCE),
        (None, 0, None),
        (Request(), 0, None),
        (Request(body=5, completed=True), 0, None),
    ],
    ids=["head", "body", "body that goes on", "answer", "nothing to do", "no body", "whole"],
)
def test_a_connection_is_ended_when_its_time_is_over(
    request_: Request | None, unsent: int, seconds: float | None
) -> None:
    channel = Channel(request_, unsent=unsent)
    began: dict[Any, float] = {}
    ended = [_ends(channel, began, now) for now in (0.0, seconds or 20.0, (seconds or 1000.0) + 0.1)]
    assert ended == [False, False, seconds is not None]
    channel.visitor.settimeout(0.01 if not unsent else 5)
    if unsent:  # it cannot be written to, so it has to be woken
        assert channel.visitor.recv(1) == b""
    channel.close()


def test_the_time_of_a_body_begins_with_the_body() -> None:
    request, began = Request(head=False), dict[Any, float]()
    channel = Channel(request)
    assert not _ends(channel, began, 0.0)
    request.headers_finished, request.body_rcv = True, Receiver()
    assert [_ends(channel, began, 9.0 + later) for later in (0, timeouts.BODY_SECONDS)] == [False, False]
    assert _ends(channel, began, 9.1 + timeouts.BODY_SECONDS)
    channel.close()


def _ends(channel: Channel, began: dict[Any, float], now: float) -> bool:
    end_slow([channel], began, now)
    return channel.will_close
