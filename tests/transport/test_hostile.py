"""A hostile upstream: whatever it does ends in time, within its limits, and the next request is fine."""

from __future__ import annotations

import gzip
import socket
import struct
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable

import pytest

from playground.messages import HTTPRequest, HTTPResponse
from playground.transport.errors import BrokenAnswer, DeadlineExceeded, TransportError
from playground.transport.send import send_to_api
from tests.servers import Answer, Recorded, RecordingServer, http_answer
from tests.transport.policies import loopback_policy

HEAD = b"HTTP/1.1 200 OK\r\n"


def send(answer: Answer, **changes: object) -> HTTPResponse:
    with RecordingServer(answer) as server:
        return send_to_api(HTTPRequest(method="GET", url=server.url), loopback_policy(**changes))


def dripping(head: bytes, drop: bytes) -> Callable[[socket.socket, Recorded], None]:
    def drip(connection: socket.socket, _: Recorded) -> None:
        connection.sendall(head)
        until = time.monotonic() + 10
        while time.monotonic() < until:
            connection.sendall(drop)
            time.sleep(0.05)

    return drip


@pytest.mark.parametrize(
    "answer",
    [
        dripping(b"", b"H"),
        dripping(HEAD, b"X: 1\r\n"[:1]),
        dripping(HEAD + b"X: ", b"a"),
        dripping(b"HTTP/1.1 100 Continue\r\nX: ", b"a"),
        lambda connection, _: time.sleep(1.2),
    ],
    ids=["status", "header", "header value", "interim", "silence"],
)
def test_a_dripped_head_ends_at_the_deadline(answer: Answer) -> None:
    started = time.monotonic()
    with pytest.raises(DeadlineExceeded, match=r"did not answer within 0\.6 seconds\.$"):
        send(answer, total_timeout=0.6)
    assert 0.5 < time.monotonic() - started < 2.5  # with the server's own thread


@pytest.mark.parametrize(
    "head",
    [HEAD + b"\r\n", HEAD + b"Content-Length: 9999\r\n\r\n", HEAD + b"Content-Type: text/event-stream\r\n\r\n"],
    ids=["until close", "length", "events"],
)
def test_a_dripped_body_ends_at_the_deadline_and_keeps_what_came(head: bytes) -> None:
    with RecordingServer(dripping(head, b"x")) as server:
        started = time.monotonic()
        answer = send_to_api(HTTPRequest(method="GET", url=server.url), loopback_policy(total_timeout=0.6))
        assert 0.5 < time.monotonic() - started < 1.6
    assert answer.truncated
    assert 3 <= len(answer.body) <= 20
    assert set(answer.body) == set(b"x")


def test_endless_chunks_end_at_the_deadline() -> None:
    with RecordingServer(dripping(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n")) as server:
        started = time.monotonic()
        answer = send_to_api(HTTPRequest(method="GET", url=server.url), loopback_policy(total_timeout=0.6))
        assert time.monotonic() - started < 1.6
    assert answer.truncated
    assert answer.body.startswith(b"xxx")


def test_a_server_that_never_reads_ends_at_the_deadline() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    with listener:
        started = time.monotonic()
        request = HTTPRequest(method="GET", url=f"http://127.0.0.1:{listener.getsockname()[1]}")
        with pytest.raises(DeadlineExceeded):
            send_to_api(request, loopback_policy(total_timeout=0.5))
        assert time.monotonic() - started < 1.5


def test_an_endless_fast_body_is_cut_at_the_limit() -> None:
    def pour(connection: socket.socket, _: Recorded) -> None:
        connection.sendall(HEAD + b"\r\n")
        while True:
            connection.sendall(b"y" * 65_536)

    tracemalloc.start()
    answer = send(pour, max_bytes=1_000_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer.truncated
    assert answer.body == b"y" * 1_000_000
    assert peak < 4_000_000


@pytest.mark.parametrize("coding", ["gzip", "deflate", "gzip, gzip"])
def test_a_bomb_is_cut_at_the_limit_of_decoded_bytes(coding: str) -> None:
    plain = b"\0" * 50_000_000
    bomb = zlib.compress(plain) if coding == "deflate" else gzip.compress(plain, 9)
    if "," in coding:
        bomb = gzip.compress(bomb)
    del plain
    with RecordingServer(http_answer(bomb, headers={"Content-Encoding": coding})) as server:
        tracemalloc.start()
        answer = send_to_api(HTTPRequest(method="GET", url=server.url), loopback_policy(max_bytes=1_000_000))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert answer.truncated
    assert answer.body == b"\0" * 1_000_000
    assert peak < 4_000_000


def test_content_codings_are_taken_off() -> None:
    text = b"hello " * 100
    raw = zlib.compressobj(wbits=-15)
    for coding, data in (
        ("gzip", gzip.compress(text)),
        ("x-gzip", gzip.compress(text[:300]) + gzip.compress(text[300:])),
        ("deflate", zlib.compress(text)),
        ("deflate", raw.compress(text) + raw.flush()),
        ("deflate, gzip", gzip.compress(zlib.compress(text))),
        ("identity", text),
    ):
        answer = send(http_answer(data, headers={"Content-Encoding": coding}))
        assert (answer.body, answer.truncated) == (text, False), coding
        assert answer.headers.get("content-encoding") == coding


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "gzip, gzip, gzip, gzip", "nonsense"])
def test_content_that_is_not_what_it_says_stays_as_it_came(coding: str) -> None:
    answer = send(http_answer(b"plain text", headers={"Content-Encoding": coding}))
    assert (answer.body, answer.truncated) == (b"plain text", False)


def test_a_broken_gzip_stream_gives_what_could_be_read() -> None:
    noise = bytes(range(256)) * 400
    answer = send(http_answer(gzip.compress(noise)[:-200], headers={"Content-Encoding": "gzip"}))
    assert answer.truncated
    assert noise.startswith(answer.body)


def reset(connection: socket.socket, _: Recorded) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def reset_in_body(connection: socket.socket, request: Recorded) -> None:
    connection.sendall(HEAD + b"Content-Length: 100\r\n\r\nhalf")
    time.sleep(0.1)
    reset(connection, request)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (reset, "without a complete HTTP answer"),
        (b"", "without a complete HTTP answer"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 50, "without a complete HTTP answer"),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "without a complete HTTP answer"),
        (HEAD + b"X: 1\r\n" * 101 + b"\r\n", "more header fields than can be read"),
        (HEAD + b"X: " + b"a" * 70_000 + b"\r\n\r\n", "more header fields than can be read"),
    ],
)
def test_a_broken_head_is_one_sentence(answer: Answer, sentence: str) -> None:
    with pytest.raises(BrokenAnswer, match=sentence):
        send(answer)


def test_a_connection_reset_in_the_body_keeps_what_came() -> None:
    answer = send(reset_in_body)
    assert answer.truncated
    assert answer.body in (b"half", b"")


@pytest.mark.parametrize(
    ("fields", "body", "expected", "truncated"),
    [
        (b"Content-Length: 100\r\n", b"short", b"short", True),
        (b"Content-Length: 2\r\n", b"long", b"lo", False),
        (b"Content-Length: -5\r\n", b"text", b"text", False),
        (b"Content-Length: 4\r\nContent-Length: 4\r\n", b"text", b"text", False),
        (b"Transfer-Encoding: chunked\r\n", b"4\r\ntext\r\n0\r\n\r\n", b"text", False),
        (b"Transfer-Encoding: chunked\r\n", b"4\r\ntext\r\n", b"text", True),
        (b"Transfer-Encoding: chunked\r\n", b"zz\r\n", b"", True),
        (b"", b"until close", b"until close", False),
    ],
)
def test_lengths_that_lie_neither_hang_nor_lose_text(
    fields: bytes, body: bytes, expected: bytes, truncated: bool
) -> None:
    try:
        answer = send(HEAD + fields + b"\r\n" + body)
    except TransportError as error:
        assert b"Content-Length: 4\r\nContent" in fields, error
        return
    assert (answer.body, answer.truncated) == (expected, truncated)


def test_early_hints_are_not_the_answer() -> None:
    answer = send(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + http_answer(b"real"))
    assert (answer.status, answer.body) == (200, b"real")


def test_threads_are_freed_and_the_next_request_is_fine() -> None:
    before = {thread.name for thread in threading.enumerate()}
    for answer in (b"", reset, reset_in_body, dripping(HEAD, b"X")):
        with pytest.raises(TransportError) if answer is not reset_in_body else _nothing():
            send(answer, total_timeout=0.3)
    assert send(http_answer(b"fine")).body == b"fine"
    left = {thread.name for thread in threading.enumerate()} - before - {"playground-deadlines"}
    assert not [name for name in left if name.startswith("playground")]


class _nothing:  # noqa: N801
    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...
