"""Requests whose end two readers could see in different places (row 56), and those that say they are ours (row 55)."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.support.needs import ROOT
from tests.support.whole_site import CALL, SERVERS, Site, serving

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("server", SERVERS, scope="module")]
HOST = "try.example"
ANSWER = re.compile(rb"HTTP/1\.[01] (\d{3})")
HIDDEN = (
    f"POST {CALL} HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}".encode()
)
START = f"POST {CALL} HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\n".encode()
CHUNKED = b"Transfer-Encoding: chunked\r\n"
END = b"\r\n0\r\n\r\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, server: str) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("framing")
    with serving(
        folder, server=server, options=("--workers", "1"), PLAYGROUND_TRUSTED_HOSTS=f"{HOST} 127.0.0.1"
    ) as one:
        yield one


def said(site: Site, words: bytes, answers: int | None = None) -> list[bytes]:
    """Send bytes and return the status of each answer: of so many, or of those that come within a moment."""
    came = b""
    with site.connect() as visitor:
        if answers is None:
            visitor.settimeout(1)
        visitor.sendall(words)
        with contextlib.suppress(OSError):
            while len(ANSWER.findall(came)) != answers and (piece := visitor.recv(65_536)):
                came += piece
    return ANSWER.findall(came)


AMBIGUOUS = {
    "length and chunks": b"Content-Length: 5\r\n" + CHUNKED + END,
    "chunks and length": CHUNKED + b"Content-Length: 5\r\n" + END,
    "two lengths": b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "a list of lengths": b"Content-Length: 2, 3\r\n\r\n{}",
    "signed length": b"Content-Length: +2\r\n\r\n{}",
    "negative length": b"Content-Length: -2\r\n\r\n{}",
    "length in hex": b"Content-Length: 0x2\r\n\r\n{}",
    "length with a blank inside": b"Content-Length: 2 0\r\n\r\n{}",
    "no length": b"Content-Length: \r\n\r\n{}",
    "blank before the colon": b"Transfer-Encoding : chunked\r\nContent-Length: 5\r\n" + END,
    "chunked in other words": b"Transfer-Encoding: xchunked\r\nContent-Length: 5\r\n" + END,
    "chunked not last": b"Transfer-Encoding: chunked, identity\r\nContent-Length: 5\r\n" + END,
    "chunked twice": CHUNKED + CHUNKED + b"Content-Length: 5\r\n" + END,
    "vertical tab": b"Transfer-Encoding:\x0bchunked\r\nContent-Length: 5\r\n" + END,
    "continued line": b"Transfer-Encoding:\r\n chunked\r\nContent-Length: 5\r\n" + END,
    "bare line feeds": b"X: y\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n" + END,
    "bare carriage return": b"X: y\rTransfer-Encoding: chunked\r\nContent-Length: 5\r\n" + END,
    "NUL in a value": b"X: a\x00b\r\nContent-Length: 2\r\n\r\n{}",
    "signed chunk": CHUNKED + b"\r\n+2\r\n{}\r\n0\r\n\r\n",
    "chunk in hex": CHUNKED + b"\r\n0x2\r\n{}\r\n0\r\n\r\n",
    "chunk with an underscore": CHUNKED + b"\r\n0_2\r\n{}\r\n0\r\n\r\n",
    "extension with a carriage return": CHUNKED + b"\r\n2;a\rb\r\n{}\r\n0\r\n\r\n",
    "chunk without its end": CHUNKED + b"\r\n2\r\n{}XX0\r\n\r\n",
}


@pytest.mark.parametrize("kind", AMBIGUOUS)
def test_a_request_that_could_be_read_in_two_ways_is_refused_and_hides_no_other(
    site: Site, server: str, kind: str
) -> None:
    before = len(site.api.requests)
    statuses = said(site, START + AMBIGUOUS[kind] + HIDDEN)
    assert len(site.api.requests) == before
    assert all(status[:1] in (b"4", b"5") for status in statuses), statuses


def test_requests_in_a_row_are_two_and_a_lone_one_is_one(site: Site, server: str) -> None:
    before = len(site.api.requests)
    assert said(site, HIDDEN + HIDDEN, 2) == [b"200", b"200"]
    assert said(site, START + CHUNKED + b"\r\n2;a=b\r\n{}\r\n0\r\n\r\n" + HIDDEN, 2) == [b"200", b"200"]
    assert len(site.api.requests) == before + 4


@pytest.mark.parametrize(
    "lines",
    [
        "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: {HOST}\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: {HOST}.evil.example\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: {HOST}@evil.example\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: {HOST}\r\nHost: evil.example\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
    ],
)
def test_another_host_is_not_answered(site: Site, server: str, lines: str) -> None:
    assert said(site, lines.encode(), 1) == [b"400"]


@pytest.fixture(scope="module")
def open_site(tmp_path_factory: pytest.TempPathFactory, server: str) -> Iterator[Site]:
    """A site that answers to every name (gunicorn), or to those of loopback (serve)."""
    with serving(tmp_path_factory.mktemp("names"), server=server, options=("--workers", "1")) as site:
        yield site


NAMES = {
    "two": b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: 127.0.0.1\r\n\r\n",
    "two in other cases": b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX: 1\r\nhOsT: 127.0.0.1\r\n\r\n",
    "two in HTTP/1.0": b"GET /healthz HTTP/1.0\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
    "none": b"GET /healthz HTTP/1.1\r\nX: 1\r\n\r\n",
    "folded": b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX: 1\r\n 2\r\n\r\n",
    "folded with a tab": b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX: 1\r\n\t2\r\n\r\n",
    "folded host": b"GET /healthz HTTP/1.1\r\nHost:\r\n 127.0.0.1\r\n\r\n",
    "folded at once": b"GET /healthz HTTP/1.1\r\n Host: 127.0.0.1\r\n\r\n",
}


@pytest.mark.parametrize("kind", NAMES)
def test_a_request_names_its_host_once_and_folds_no_field(open_site: Site, server: str, kind: str) -> None:
    assert said(open_site, NAMES[kind], 1) == [b"400"]


def test_one_host_is_answered(open_site: Site, server: str) -> None:
    assert said(open_site, b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 1) == [b"200"]


@pytest.mark.parametrize("target", ["http://evil.example", f"http://{HOST}@evil.example", f"http://x@{HOST}"])
def test_a_whole_url_in_the_request_line_changes_nothing(site: Site, server: str, target: str) -> None:
    theirs = f"GET {target}/healthz HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()
    assert said(site, theirs, 1) == [b"400"]
    assert said(site, f"GET http://{HOST}/healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n".encode(), 1) == [b"400"]
    assert said(site, f"GET http://{HOST}/healthz HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode(), 1) == [b"200"]


def test_the_container_finds_itself_healthy_under_its_own_name(site: Site, server: str) -> None:
    line = next(
        splitline
        for splitline in (ROOT / "deploy" / "Dockerfile").read_text().splitlines()
        if splitline.startswith("HEALTHCHECK")
    )
    command = json.loads(line.removeprefix("HEALTHCHECK CMD "))
    environ = {**os.environ, "PORT": str(site.port), "PLAYGROUND_TRUSTED_HOSTS": f".{HOST}, other.example"}
    assert subprocess.run([sys.executable, *command[1:]], env=environ, check=False).returncode == 0
    environ["PLAYGROUND_TRUSTED_HOSTS"] = "evil.example"
    assert subprocess.run([sys.executable, *command[1:]], env=environ, check=False, capture_output=True).returncode == 1
