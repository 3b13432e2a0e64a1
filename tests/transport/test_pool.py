"""Connections between requests: kept where the exchange was whole, shared without state, judged anew; calls stopped."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from playground.messages import BinaryContent, FileOnDisk, Headers, HTTPRequest, HTTPResponse
from playground.transport.errors import DeadlineExceeded, Stopped, Unreachable
from playground.transport.exchange import Exchange, send_message
from playground.transport.pool import POOL
from tests.support.servers import Recorded, RecordingServer, http_answer, read_request
from tests.transport.policies import loopback_policy


class Keeping(RecordingServer):
    """A server that keeps connections open for as long as the client does."""

    def _serve(self, client: socket.socket) -> None:
        with client, client.makefile("rb") as stream:
            try:
                while (recorded := read_request(stream)) is not None:
                    self.requests.append(recorded)
                    answer = self.answer(client, recorded) if callable(self.answer) else self.answer
                    if answer is None:
                        return
                    client.sendall(answer)
            except (OSError, ValueError):
                return


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Keeping]:
    POOL.clear()
    monkeypatch.setattr("playground.transport.pool.IDLE_SECONDS", 3600.0)  # however slow the machine is
    one = Keeping()
    with one:
        yield one
        POOL.clear()


def get(server: RecordingServer, method: str = "GET", **given: Any) -> HTTPResponse:
    policy = loopback_policy(**given.pop("policy", {}))
    return send_message(HTTPRequest(method=method, url=server.url, **given), policy)


def test_a_second_request_takes_the_same_connection_and_says_so(server: Keeping) -> None:
    first, second = get(server), get(server)
    assert server.connections == 1
    assert first.facts is not None and second.facts is not None
    assert (first.facts.reused, second.facts.reused) == (False, True)
    assert {"dns", "connect"} <= dict(first.timings).keys()
    assert not {"dns", "connect"} & dict(second.timings).keys()
    assert [request.names for request in server.requests] == [["Host", "User-Agent", "Accept-Encoding"]] * 2


def test_nothing_of_one_visitor_stays_for_the_next(server: Keeping) -> None:
    server.answer = http_answer({"ok": True}, headers={"Set-Cookie": "sid=1; Path=/"})
    get(server, headers=Headers((("Authorization", "Bearer sk_1"), ("Cookie", "a=1"))))
    get(server)
    assert server.connections == 1
    assert not {"Authorization", "Cookie"} & set(server.requests[1].names)


@pytest.mark.parametrize(
    "answer",
    [
        http_answer(b"x", headers={"Connection": "close"}),
        b"HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx",
        http_answer(b"x" * 500_000),
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged",
    ],
    ids=["told to close", "old protocol", "cut at the limit", "more than was asked for"],
)
def test_a_connection_that_may_hold_something_else_is_not_used_again(server: Keeping, answer: bytes) -> None:
    server.answer = answer
    for _ in range(2):
        assert get(server, policy={"max_bytes": 1000}).body[:1] == b"x"
        time.sleep(0.05)
    assert server.connections == 2


def test_an_open_connection_is_judged_by_the_rules_of_who_takes_it(server: Keeping) -> None:
    get(server)
    with pytest.raises(Unreachable):
        get(server, policy={"opened": ()})
    assert len(server.requests) == 1


def test_a_safe_request_survives_a_connection_that_closes_under_it(server: Keeping) -> None:
    calls = []

    def answer(connection: socket.socket, request: Recorded) -> bytes | None:
        calls.append(request.method)
        return None if len(calls) == 2 else http_answer({"ok": True})

    server.answer = answer
    get(server)
    assert get(server).status == 200
    assert calls == ["GET", "GET", "GET"]
    assert server.connections == 2


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_request_that_must_not_be_repeated_takes_only_a_proven_connection(server: Keeping, method: str) -> None:
    get(server)
    get(server, method)
    assert server.connections == 2
    get(server)
    get(server, method)
    assert server.connections == 2


def test_silent_connections_are_closed_after_a_while(server: Keeping, monkeypatch: pytest.MonkeyPatch) -> None:
    get(server)
    assert len(POOL) == 1
    POOL.clear()
    monkeypatch.setattr("playground.transport.pool.IDLE_SECONDS", 0.2)
    get(server)
    while len(POOL):
        time.sleep(0.02)


def test_a_call_is_stopped_when_nobody_waits(server: Keeping) -> None:
    gone, ended = threading.Event(), threading.Event()

    def silent(connection: socket.socket, _: Recorded) -> None:
        gone.set()
        if not connection.recv(1):
            ended.set()

    server.answer = silent
    with pytest.raises(Stopped, match="was stopped before the API at"):
        Exchange(HTTPRequest(method="GET", url=server.url), loopback_policy(), gone.is_set)
    assert ended.wait(600)


def test_a_deadline_is_kept_where_the_server_cannot_say_whether_somebody_waits(
    server: Keeping, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> bool:
        raise ValueError("file descriptor cannot be a negative integer (-1)")

    def silent(*_: object) -> None:
        server.closing.wait()

    server.answer = silent
    with pytest.raises(DeadlineExceeded):
        Exchange(HTTPRequest(method="GET", url=server.url), loopback_policy(total_timeout=0.6), broken)
    assert [record.message for record in caplog.records if record.exc_info] == ["whether somebody waits cannot be said"]


def test_a_body_is_stopped_when_nobody_waits(server: Keeping) -> None:
    def endless(connection: socket.socket, _: Recorded) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"x")
            time.sleep(0.02)

    server.answer = endless
    gone = threading.Event()
    with Exchange(HTTPRequest(method="GET", url=server.url), loopback_policy(), gone.is_set) as exchange:
        pieces = exchange.pieces()
        assert next(pieces)
        gone.set()
        for _ in pieces:
            pass
        assert exchange.summary.facts is not None
        assert (exchange.summary.truncated, exchange.summary.facts.cut) == (True, "stopped")


def test_a_connection_that_is_not_made_yet_is_stopped_too() -> None:
    # A full queue of connections nobody accepts: the next one waits for its handshake.
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        address = listener.getsockname()
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(address)
        time.sleep(0.1)
        with pytest.raises(Stopped):
            Exchange(HTTPRequest(method="GET", url=f"http://127.0.0.1:{address[1]}"), loopback_policy(), lambda: True)
        for one in waiting:
            one.close()


def test_content_on_disk_is_sent_piece_by_piece(server: Keeping, tmp_path: Any) -> None:
    path = tmp_path / "big"
    path.write_bytes(bytes(range(256)) * 10_000)
    with path.open("rb") as file:
        content = BinaryContent(data=b"", file=FileOnDisk(file, 2_560_000))
        answer = get(server, "PUT", content=content)
    assert server.requests[0].body == path.read_bytes()
    assert server.requests[0].header("Content-Length") == "2560000"
    assert "sent" in dict(answer.timings)
