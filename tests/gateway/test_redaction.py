"""What an operator lends never comes back: on no road, however the API spells it and wherever its answer is cut."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable
from socket import socket
from typing import Any

import pytest

from playground.config import OpenedNetwork, Settings
from playground.contentviews.registry import body_of, show
from playground.contentviews.view import Text
from playground.gateway.answer import Answer
from playground.gateway.call import call_from_wire
from playground.gateway.context import CallContext
from playground.gateway.envelope import write_answer, write_live
from playground.gateway.operator import OperatorCredentials
from playground.gateway.protocol import WireCall
from playground.messages import HTTPResponse
from playground.secrets.credentials import Bearer, Credentials
from tests.gateway.entries import entry
from tests.support.encodings import ENCODINGS, leaked
from tests.support.servers import RecordingServer, http_answer

LOOPBACK = OpenedNetwork(network=ipaddress.ip_network("127.0.0.0/8"), port=0)
KEY = "sk_live_a+B/c=d&51H8x"
LENT = OperatorCredentials(by_provider={"stripe": Credentials(single=Bearer(token=KEY))})
SPELLINGS = ("plain", "json, slashes", "url", "base64, two before")


def _plain(answer: Answer) -> bytes:
    return write_answer(answer, own=False)[1]


def _wrapped(answer: Answer) -> bytes:
    return write_answer(answer, own=True)[1]


def _page(answer: Answer) -> bytes:
    response = answer.shown_response
    assert response is not None
    content = show(body_of(response.body, response.headers.get("content-type") or "", truncated=True), "text").content
    assert isinstance(content, Text)
    return content.text.encode()


def _lines(answer: Answer) -> bytes:
    live = answer.live
    assert live is not None
    return b"".join(write_live(answer, live, WireCall(arguments={}, own=True, lines=True))[1])


def _events(answer: Answer) -> bytes:
    live = answer.live
    assert live is not None
    return b"".join(write_live(answer, live, WireCall(arguments={}, stream=True))[1])


ROADS: dict[str, Callable[[Answer], bytes]] = {
    "plain": _plain, "wrapped": _wrapped, "page": _page, "lines": _lines, "events": _events,
}  # fmt: skip


@pytest.mark.parametrize("road", ROADS)
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_lent_key_does_not_come_back_where_the_limit_cuts_it(road: str, spelling: str) -> None:
    written = b"you sent " + ENCODINGS[spelling](KEY) + b" to us"

    def echo(_: socket, request: Any) -> bytes:
        assert KEY in (request.header("Authorization") or "")
        return http_answer(written, headers={"Content-Type": "text/event-stream", "X-Key": f"the key {KEY}"})

    live = (lambda head: True) if road in ("lines", "events") else None
    with RecordingServer(echo) as server:
        described = entry(url=server.url)
        for limit in range(12, len(written) + 2, 3):
            settings = Settings(private_networks=(LOOPBACK,), max_response_bytes=limit)
            with call_from_wire(described, WireCall(arguments={"session": "x"}), _context(settings, live)) as answer:
                assert answer.error is None
                received = ROADS[road](answer)
            assert not leaked(KEY, received), (limit, received)


def test_a_lent_key_does_not_come_back_where_the_deadline_or_the_api_cuts_it() -> None:
    for cut in range(5, len(KEY) + 1, 2):

        def break_off(connection: socket, _: Any, cut: int = cut) -> None:
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\n"
            connection.sendall(head + b"a" + KEY[: cut // 2].encode())
            time.sleep(0.005)
            connection.sendall(KEY[cut // 2 : cut].encode())

        with RecordingServer(break_off) as server:
            settings = Settings(private_networks=(LOOPBACK,))
            call = WireCall(arguments={"session": "x"})
            with call_from_wire(entry(url=server.url), call, _context(settings, lambda head: True)) as answer:
                received = _lines(answer)
        assert not leaked(KEY, received), (cut, received)


def _context(settings: Settings, live: Callable[[HTTPResponse], bool] | None) -> CallContext:
    return CallContext(settings=settings, operator=LENT, live=live)
