"""A thousand silent visitors, and those who never finish a sentence: everybody else is answered as before."""

from __future__ import annotations

import contextlib
import resource
import select
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.test_kills import Site, serving

pytestmark = pytest.mark.slow
KEPT, SILENT, SLOW, UNFINISHED = 500, 500, 600, 20
WITHIN = 5.0
"""Seconds for a page or a Send meanwhile; idle they take some hundredths, but tests share the machine."""
HALF_A_HEAD = b"GET /providers/things/get HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
HALF_A_BODY = (
    b"POST /providers/things/get/send HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n"
    b"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000\r\n\r\n--b\r\n"
)


@pytest.fixture(autouse=True)
def many_files() -> Iterator[None]:
    before, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 8192 if most == resource.RLIM_INFINITY else min(8192, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(before, wanted), most))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (before, most))


@contextlib.contextmanager
def visitors(site: Site) -> Iterator[list[socket.socket]]:
    """Open them all; some drip their heads, a byte each second."""
    over = threading.Event()
    with contextlib.ExitStack() as stack:

        def opened(count: int, words: bytes) -> list[socket.socket]:
            made = []
            for _ in range(count):
                one = stack.enter_context(socket.create_connection(("127.0.0.1", site.port), timeout=20))
                if words:
                    one.sendall(words)
                made.append(one)
            everybody.extend(made)
            return made

        everybody: list[socket.socket] = []

        kept = opened(KEPT, b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        for one in kept:
            assert one.recv(4096).startswith(b"HTTP/1.1 200")
        opened(SILENT, b"")
        opened(UNFINISHED, HALF_A_BODY)
        slow = opened(SLOW, HALF_A_HEAD)

        def drip() -> None:
            while not over.wait(1):
                for one in slow:
                    with contextlib.suppress(OSError):
                        one.send(b"a")

        dripping = threading.Thread(target=drip)
        dripping.start()
        try:
            yield everybody
        finally:
            over.set()
            dripping.join(10)


@pytest.mark.parametrize("server", ["gunicorn", "serve"])
def test_silent_and_slow_visitors_hold_nobody_up_and_are_let_go(tmp_path: Path, server: str) -> None:
    with serving(tmp_path, server=server) as site, visitors(site) as everybody:
        took = []
        for _ in range(5):
            started = time.monotonic()
            status, page = site.ask("GET", "/providers/things/get")
            took.append(time.monotonic() - started)
            assert (status, b"Send" in page) == (200, True)
            started = time.monotonic()
            assert site.call()[0] == 200
            took.append(time.monotonic() - started)
        assert max(took) < WITHIN, took
        assert len(site.api.requests) == 5
        assert _ended(everybody, 60) == KEPT + SILENT + SLOW + UNFINISHED
        if server == "gunicorn":  # waitress ends the connection without a word
            unfinished = everybody[KEPT + SILENT : KEPT + SILENT + UNFINISHED]
            assert {one.recv(4096)[:12] for one in unfinished} == {b"HTTP/1.1 400"}
        assert site.ask("GET", "/providers/things/get")[0] == 200


@pytest.mark.parametrize("server", ["gunicorn", "serve"])
def test_who_is_slow_but_comes_to_an_end_is_answered(tmp_path: Path, server: str) -> None:
    page = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    call = b"POST /gateway/tools/things/get HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    with serving(tmp_path, server=server) as site:
        pieces: list[tuple[list[bytes], int]] = [
            ([page[:3], page[3:], b"X: 1\r\n\r", b"\n"], 1),
            ([page + b"\r\n" + page, b"\r\n"], 2),  # the next head begins behind the first
            ([page + b"\r\n" + page + b"\r\n"], 2),
            ([page + b"X: " + b"a" * 8000 + b"\r\n\r\n"], 1),
            ([call + b"Content-Length: 2\r\n\r\n", b"{", b"}"], 1),
            ([call + b"Transfer-Encoding: chunked\r\n\r\n2\r\n", b"{}\r\n0\r\n", b"\r\n" + page + b"\r\n"], 2),
        ]
        for words, answers in pieces:
            with socket.create_connection(("127.0.0.1", site.port), timeout=20) as visitor:
                for word in words:
                    visitor.sendall(word)
                    time.sleep(0.2)
                came = b""
                while came.count(b"HTTP/1.1 200 OK\r\n") < answers:
                    piece = visitor.recv(65_536)
                    assert piece, (words, came)
                    came += piece
        assert len(site.api.requests) == 2
        with socket.create_connection(("127.0.0.1", site.port), timeout=20) as visitor:
            visitor.sendall(page + b"X: " + b"a" * 2_000_000)
            assert visitor.recv(65_536).split(b" ")[1] in (b"400", b"431")


def _ended(connections: list[socket.socket], seconds: float) -> int:
    """Return how many of them the server has ended, waiting that long for all."""
    until = time.monotonic() + seconds
    left = {one.fileno(): one for one in connections}
    poll = select.poll()
    for number in left:
        poll.register(number, select.POLLIN | select.POLLHUP)
    while left and time.monotonic() < until:
        for number, _ in poll.poll(500):
            poll.unregister(number)
            del left[number]
    return len(connections) - len(left)
