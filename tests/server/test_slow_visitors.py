"""Visitors who say nothing, who never finish a sentence, who do not listen: everybody else is answered meanwhile."""

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

from tests.support.servers import http_answer
from tests.support.whole_site import CALL, ONE_ALWAYS, Site, serving

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("server", ONE_ALWAYS, scope="module")]
THREADS, LARGE, IDLE, SLOW = 40, 10, 500, 100
FEW = 3


@contextlib.contextmanager
def waiting(folder: Path, server: str, seconds: int, threads: int, **settings: str) -> Iterator[Site]:
    """Serve with few threads, and with patience for so many seconds."""
    before = (
        "import playground.server.timeouts as patience; "
        f"patience.HEAD_SECONDS = patience.BODY_SECONDS = patience.SILENCE = {seconds}; "
    )
    if server == "serve":
        before += f"import playground.cli.serving as serving; serving._THREADS, serving._LOOK_SECONDS = {threads}, 1; "
    else:
        before += f"import playground.server.gunicorn as workers; workers.LARGE_AT_A_TIME = {LARGE}; "
    options = ("--threads", str(threads), "--workers", "1", "--keep-alive", str(seconds))
    with serving(folder, before, server=server, options=options, **settings) as site:
        yield site


@pytest.fixture(scope="module")
def many_files() -> Iterator[None]:
    """Let this process and those that it starts open some thousand files."""
    before, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 8192 if most == resource.RLIM_INFINITY else min(8192, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(before, wanted), most))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (before, most))


@pytest.fixture(scope="module")
def patient(tmp_path_factory: pytest.TempPathFactory, many_files: None, server: str) -> Iterator[Site]:
    """A site that waits longer than any request of these tests does: whoever held a thread would show."""
    with waiting(tmp_path_factory.mktemp("patient"), server, 100, THREADS) as site:
        yield site


@pytest.fixture(scope="module")
def hasty(tmp_path_factory: pytest.TempPathFactory, server: str) -> Iterator[Site]:
    with waiting(tmp_path_factory.mktemp("hasty"), server, 1, FEW, PLAYGROUND_MAX_RESPONSE_BYTES="30000000") as site:
        yield site


def half_a_form(length: int) -> bytes:
    return (
        b"POST /providers/things/get/send HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n"
        b"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: %d\r\n\r\n--b\r\n" % length
    )


DRIPPED = {
    "heads": b"GET /providers/things/get HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
    "small bodies": half_a_form(5000),
    "large bodies": half_a_form(1_000_000),
}


@contextlib.contextmanager
def visitors(site: Site, idle: int, slow: int) -> Iterator[dict[str, list[socket.socket]]]:
    """Open them all: those who say nothing, and those who drip what they say, a byte several times a second."""
    over = threading.Event()
    with contextlib.ExitStack() as stack:

        def opened(count: int, words: bytes) -> list[socket.socket]:
            made = [stack.enter_context(site.connect()) for _ in range(count)]
            for one in made:
                one.sendall(words)
            return made

        everybody = {"kept": opened(idle, b"HEAD /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")}
        for one in everybody["kept"]:
            assert one.recv(4096).startswith(b"HTTP/1.1 200")
        everybody["silent"] = opened(idle, b"")
        everybody |= {name: opened(slow, words) for name, words in DRIPPED.items()}

        def drip() -> None:
            while not over.wait(0.3):
                for name in DRIPPED:
                    for one in everybody[name]:
                        with contextlib.suppress(OSError):
                            one.send(b"a")

        dripping = threading.Thread(target=drip)
        dripping.start()
        try:
            yield everybody
        finally:
            over.set()
            dripping.join(10)


def test_silent_and_slow_visitors_hold_nobody_up(patient: Site, server: str) -> None:
    with visitors(patient, IDLE, SLOW) as everybody:
        before = len(patient.api.requests)
        for _ in range(3):
            status, page = patient.ask("GET", "/providers/things/get")
            assert (status, b"Send" in page) == (200, True)
            assert patient.call()[0] == 200
        assert len(patient.api.requests) == before + 3
        waiting = set(everybody)
        if server == "gunicorn":
            # A thread waits for each large body, so those beyond a number are told at once to come back later.
            large = everybody["large bodies"]
            patient.until(lambda: _ended(large) >= SLOW - LARGE)
            assert sorted(map(_status, large)) == [b""] * LARGE + [b"503"] * (SLOW - LARGE)
            waiting.remove("large bodies")
        assert {name: _ended(everybody[name]) for name in waiting} == dict.fromkeys(waiting, 0)


def test_silent_and_slow_visitors_are_let_go(hasty: Site, server: str) -> None:
    with visitors(hasty, FEW, FEW) as everybody:
        for name, connections in everybody.items():
            hasty.until(lambda some=connections: _ended(some) == FEW)  # type: ignore[misc]
            if server == "gunicorn" and name == "large bodies":
                assert {_status(connection) for connection in connections} == {b"400"}
        assert hasty.ask("GET", "/providers/things/get")[0] == 200


def test_who_takes_no_answer_holds_no_thread_for_ever(hasty: Site, server: str) -> None:
    head = b"POST " + CALL.encode() + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    before, answer = len(hasty.api.requests), hasty.api.answer
    hasty.api.answer = http_answer(b"x" * 30_000_000, headers={"Content-Type": "text/plain"})
    with contextlib.ExitStack() as stack:
        for _ in range(FEW):
            visitor = stack.enter_context(socket.socket())
            visitor.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            visitor.connect(("127.0.0.1", hasty.port))
            visitor.sendall(head + b"Content-Length: 2\r\n\r\n{}")
        hasty.until(lambda: len(hasty.api.requests) == before + FEW)
        assert hasty.ask("GET", "/providers/things/get")[0] == 200  # every thread was taken, and is free again
    hasty.api.answer = answer


def test_who_is_slow_but_comes_to_an_end_is_answered(patient: Site, server: str) -> None:
    page = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    call = b"POST /gateway/tools/things/get HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    large = call + b"Content-Length: 100000\r\n\r\n"
    before = len(patient.api.requests)
    pieces: list[tuple[list[bytes], int]] = [
        ([page[:3], page[3:], b"X: 1\r\n\r", b"\n"], 1),
        ([page + b"\r\n" + page, b"\r\n"], 2),  # the next head begins behind the first
        ([page + b"\r\n" + page + b"\r\n"], 2),
        ([page + b"X: " + b"a" * 8000 + b"\r\n\r\n"], 1),
        ([call + b"Content-Length: 2\r\n\r\n", b"{", b"}"], 1),
        ([call + b"Content-Length: 2\r\n\r\n{", b"}" + page + b"\r\n"], 2),
        ([large, b"{" + b" " * 50_000, b" " * 49_998 + b"}"], 1),
        ([large + b"{" + b" " * 99_998, b"}" + page + b"\r\n"], 2),
        ([call + b"Transfer-Encoding: chunked\r\n\r\n2\r\n", b"{}\r\n0\r\n", b"\r\n" + page + b"\r\n"], 2),
    ]
    for words, answers in pieces:
        with patient.connect() as visitor:
            for word in words:
                visitor.sendall(word)
                time.sleep(0.1)
            came = b""
            while came.count(b"HTTP/1.1 200 OK\r\n") < answers:
                piece = visitor.recv(65_536)
                assert piece, (words, came)
                came += piece
    assert len(patient.api.requests) == before + 5
    with patient.connect() as visitor:
        visitor.sendall(page + b"X: " + b"a" * 40_000)
        patient.until(lambda: _ended([visitor]) == 1)
        assert _status(visitor) in (b"400", b"431")


def cut_off(kind: str, content: bytes) -> bytes:
    path = CALL.encode() if kind == "text/plain" else b"/providers/things/get/send"
    head = b"POST %b HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\nContent-Type: %b\r\n"
    return head % (path, kind.encode()) + b"Content-Length: 4000\r\n\r\n" + content


def test_what_is_cut_off_is_never_sent(patient: Site) -> None:
    before = len(patient.api.requests)
    for words in (
        half_a_form(5000),
        half_a_form(1_000_000),
        cut_off("application/x-www-form-urlencoded", b"timeout=10&query.a=1"),
        cut_off("text/plain", b"half a tex"),
    ):
        with patient.connect() as visitor:
            visitor.sendall(words)
            visitor.shutdown(socket.SHUT_WR)
            came = b""
            while piece := visitor.recv(65_536):
                came += piece
            assert came == b"" or came.startswith(b"HTTP/1.1 400 "), came
    assert patient.call()[0] == 200
    assert len(patient.api.requests) == before + 1


def _status(connection: socket.socket) -> bytes:
    """Return the status that was answered, empty for nothing."""
    if not _ended([connection]):
        connection.settimeout(0.01)
    with contextlib.suppress(OSError):
        return connection.recv(4096)[9:12]
    return b""


def _ended(connections: list[socket.socket]) -> int:
    """Return how many of them the server has ended, or answered."""
    poll = select.poll()
    for connection in connections:
        poll.register(connection, select.POLLIN | select.POLLHUP)
    return len(poll.poll(0))
