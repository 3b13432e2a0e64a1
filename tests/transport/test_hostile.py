"""A hostile upstream: whatever it does ends in time, within its limits, and the next request is fine."""

from __future__ import annotations

import contextlib
import gc
import gzip
import socket
import struct
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from playground.messages import HTTPRequest, HTTPResponse
from playground.transport.errors import BrokenAnswer, DeadlineExceeded, TransportError
from playground.transport.exchange import send_message
from playground.transport.pool import POOL
from tests.support.servers import Answer, Recorded, RecordingServer, http_answer, silence
from tests.transport.policies import loopback_policy

HEAD = b"HTTP/1.1 200 OK\r\n"


def send(answer: Answer, **changes: object) -> HTTPResponse:
    with RecordingServer(answer) as server:
        return send_message(HTTPRequest(method="GET", url=server.url), loopback_policy(**changes))


def send_until_something_came(server: RecordingServer) -> HTTPResponse:
    """Send with a deadline, and with a later one where a slow machine had not even the head by then."""
    for seconds in (0.6, 6.0, 60.0, 600.0):
        with contextlib.suppress(DeadlineExceeded):
            started = time.monotonic()
            answer = send_message(HTTPRequest(method="GET", url=server.url), loopback_policy(total_timeout=seconds))
            if answer.body:
                assert time.monotonic() - started > seconds - 0.1
                return answer
    raise AssertionError("nothing that came was kept")


def dripping(head: bytes, drop: bytes) -> Callable[[socket.socket, Recorded], None]:
    def drip(connection: socket.socket, _: Recorded) -> None:
        connection.sendall(head)
        while True:  # until the client hangs up: that it does is what ends a test
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
        silence,
    ],
    ids=["status", "header", "header value", "interim", "silence"],
)
def test_a_dripped_head_ends_at_the_deadline(answer: Answer) -> None:
    started = time.monotonic()
    with pytest.raises(DeadlineExceeded, match=r"did not answer within 0\.6 seconds\.$"):
        send(answer, total_timeout=0.6)
    assert time.monotonic() - started > 0.5


@pytest.mark.parametrize(
    "head",
    [HEAD + b"\r\n", HEAD + b"Content-Length: 9999\r\n\r\n", HEAD + b"Content-Type: text/event-stream\r\n\r\n"],
    ids=["until close", "length", "events"],
)
def test_a_dripped_body_ends_at_the_deadline_and_keeps_what_came(head: bytes) -> None:
    with RecordingServer(dripping(head, b"x")) as server:
        answer = send_until_something_came(server)
    assert answer.truncated
    assert set(answer.body) == set(b"x")


def test_endless_chunks_end_at_the_deadline() -> None:
    with RecordingServer(dripping(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n")) as server:
        answer = send_until_something_came(server)
    assert answer.truncated
    assert set(answer.body) == set(b"x")


def test_a_server_that_never_reads_ends_at_the_deadline() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    with listener:
        request = HTTPRequest(method="GET", url=f"http://127.0.0.1:{listener.getsockname()[1]}")
        with pytest.raises(DeadlineExceeded):
            send_message(request, loopback_policy(total_timeout=0.5))


def test_an_endless_fast_body_is_cut_at_the_limit() -> None:
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
        answer = send_message(HTTPRequest(method="GET", url=server.url), loopback_policy(max_bytes=1_000_000))
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
        (HEAD + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\ntext", "gave its answer two different lengths"),
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


def pour(connection: socket.socket, _: Recorded) -> None:
    connection.sendall(HEAD + b"\r\n")
    while True:
        connection.sendall(b"y" * 65_536)


def half_close(connection: socket.socket, _: Recorded) -> None:
    connection.sendall(HEAD + b"Content-Length: 100\r\n\r\nhalf")
    connection.shutdown(socket.SHUT_WR)


def idle(connection: socket.socket, _: Recorded) -> None:
    connection.sendall(HEAD + b"Content-Length: 9\r\n\r\n")
    time.sleep(0.4)


BOMB = http_answer(gzip.compress(bytes(20_000_000), 9), headers={"Content-Encoding": "gzip"})
BEHAVIOURS: dict[str, Answer] = {
    "37 HTML": http_answer("<script>1</script>", headers={"Content-Type": "text/html;\x0b"}),
    "38 many fields": HEAD + b"X: 1\r\n" * 101 + b"\r\n",
    "38 long field": HEAD + b"X: " + b"a" * 70_000 + b"\r\n\r\n",
    "38 bad status": b"HTTP/1.1 abc\r\n\r\n",
    "38 commands": http_answer(b"x", headers={"HX-Redirect": "//evil.example", "Set-Cookie": "a=b", "Refresh": "0"}),
    "39 entities": http_answer("<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", headers={"Content-Type": "application/xml"}),
    "40 deep": http_answer(b"[" * 100_000, headers={"Content-Type": "application/json"}),
    "40 long": http_answer(b"9" * 5_000_000, headers={"Content-Type": "application/json"}),
    "41 bomb": BOMB,
    "41 layers": http_answer(b"plain", headers={"Content-Encoding": ", ".join(["gzip"] * 10)}),
    "41 cut": http_answer(gzip.compress(bytes(range(256)) * 99)[:-20], headers={"Content-Encoding": "gzip"}),
    "42 endless": pour,
    "42 chunks": dripping(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "42 events": dripping(HEAD + b"Content-Type: text/event-stream\r\n\r\n", b"data: x\n\n"),
    "42 too long": HEAD + b"Content-Length: 100\r\n\r\nshort",
    "42 too short": HEAD + b"Content-Length: 2\r\n\r\nlong",
    "42 negative": HEAD + b"Content-Length: -5\r\n\r\ntext",
    "42 twice": HEAD + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\ntext",
    "43 silence": lambda connection, _: time.sleep(0.4),
    "43 drip head": dripping(HEAD, b"X"),
    "43 drip body": dripping(HEAD + b"\r\n", b"x"),
    "43 idle body": idle,
    "43 half close": half_close,
    "44 no TLS": b"",
    "45 reset": reset,
    "45 reset in body": reset_in_body,
    "45 empty": b"",
    "45 HTTP/0.9": b"just text",
    "45 HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "45 endless interim": dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 10),
}
"""A server's behaviours by the rows of the table of attacks."""
GROWTH = 2_000_000
"""Bytes that may be left after three of the same: less than the largest content here."""


def descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_each_behaviour_frees_thread_socket_and_memory_and_the_next_request_is_fine(name: str) -> None:
    policy = loopback_policy(total_timeout=0.2, max_bytes=6_000_000)
    scheme = "https" if name == "44 no TLS" else "http"

    def attempt(server: RecordingServer) -> None:
        url = f"{scheme}://127.0.0.1:{server.port}/"
        try:
            send_message(HTTPRequest(method="GET", url=url), policy)
        except TransportError as error:
            sentence = str(error)
            assert sentence.startswith("The API at 127.0.0.1:")
            assert sentence.endswith(".") and "\n" not in sentence

    def settled() -> tuple[set[str], int]:
        POOL.clear()
        gc.collect()
        return {one.name for one in threading.enumerate()}, descriptors()

    with RecordingServer(http_answer(b"fine")) as other:
        fine = HTTPRequest(method="GET", url=other.url)
        assert send_message(fine, loopback_policy()).body == b"fine"  # the watching thread has started
        with RecordingServer(BEHAVIOURS[name]) as server:
            attempt(server)
        POOL.clear()  # or a server waits for what else is asked on the connection
        for one in (other, server):  # for no other: what an earlier test left would be waited for in vain
            one.wait()
        threads, files = settled()
        tracemalloc.start()
        before, _ = tracemalloc.get_traced_memory()
        for _ in range(3):
            with RecordingServer(BEHAVIOURS[name]) as server:
                attempt(server)
            del server
        left, sockets = settled()
        after, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert {one for one in left - threads if one.startswith("playground")} == set()
        assert sockets <= files + 2  # the other server's threads may still be closing
        assert after - before < GROWTH
        with RecordingServer(BEHAVIOURS[name]) as server:
            attempt(server)
            server.answer = http_answer(b"fine")
            answer = send_message(HTTPRequest(method="GET", url=server.url), loopback_policy())
            assert (answer.body, answer.truncated) == (b"fine", False)
