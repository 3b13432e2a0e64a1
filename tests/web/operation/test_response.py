"""Answers that come in pieces: shown while they come, on the page and on the gateway's wire, without secrets."""

from __future__ import annotations

import ipaddress
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from playground.config import OpenedNetwork
from playground.gateway.protocol import ACCEPT, ACCEPT_LINES
from tests.support.pages import HTMX, browser_of, document, one, site_of, words
from tests.support.servers import Recorded, RecordingServer

EVENTS = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
SECRET = "sk_canary_9f31"
THING = "/providers/things/list"


class Pouring:
    """An API that sends its pieces one by one, each after `go` was set for it."""

    def __init__(self, head: bytes, pieces: list[bytes]) -> None:
        self.head, self.pieces = head, pieces
        self.steps = [threading.Event() for _ in pieces]
        self.gone = threading.Event()

    def __call__(self, connection: socket.socket, _: Recorded) -> None:
        connection.sendall(self.head)
        try:
            for step, piece in zip(self.steps, self.pieces, strict=True):
                if not step.wait(600):
                    return
                connection.sendall(piece)
        except OSError:
            self.gone.set()
            return
        connection.shutdown(socket.SHUT_WR)

    def go(self, count: int | None = None) -> None:
        for step in self.steps[:count]:
            step.set()


@pytest.fixture
def api() -> Iterator[RecordingServer]:
    with RecordingServer() as server:
        yield server
        if isinstance(server.answer, Pouring):
            server.answer.go()  # or its thread would outlive the test


@pytest.fixture
def site(tmp_path: Path, api: RecordingServer) -> Iterator[Flask]:
    answer: dict[str, Any] = {"description": "Lines"}
    paths = {"/list": {"get": {"operationId": "list", "responses": {"200": answer}}}}
    bearer = {"token": {"type": "http", "scheme": "bearer"}}
    things = document(paths, server=api.url, schemes=bearer, security=[{"token": []}])
    opened = (OpenedNetwork(network=ipaddress.ip_network("127.0.0.0/8"), port=0),)
    with site_of(tmp_path, {"things": things}, private_networks=opened, send_timeout=600) as app:
        yield app


def sent(client: FlaskClient, **changes: Any) -> Any:
    form = {"gateway_url": "http://localhost/gateway", **changes.pop("form", {})}
    headers = changes.pop("headers", HTMX)
    return client.post(f"{THING}/send", data=form, headers=headers, buffered=False, **changes)


@pytest.mark.parametrize("htmx", [True, False])
def test_events_are_on_the_page_before_the_api_has_finished(site: Flask, api: RecordingServer, htmx: bool) -> None:
    api.answer = pouring = Pouring(EVENTS, [b"data: one\n\n", b"data: <two>\n\n", b"data: three\n\n"])
    pouring.go(2)
    response = sent(browser_of(site), headers=HTMX if htmx else {})
    pieces = response.iter_encoded()
    text = ""
    while "two" not in text:
        text += next(pieces).decode()
    assert "three" not in text
    pouring.go()
    page = BeautifulSoup(text + b"".join(pieces).decode(), "html.parser")
    response.close()
    assert one(page, "#response-text").get_text() == "data: one\n\ndata: <two>\n\ndata: three\n\n"
    assert words(one(page, ".end-line")).startswith(("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"))
    assert page.select("form#request") if not htmx else not page.select("form#request")
    assert "wait" in words(one(page, ".panel.timing"))


def test_a_secret_that_spans_two_pieces_is_masked(site: Flask, api: RecordingServer) -> None:
    api.answer = pouring = Pouring(EVENTS, [b"data: sk_can", b"ary_9f", b"31 end\n\n"])
    pouring.go()
    credential = json.dumps({"credential": {"type": "bearer", "token": SECRET}})
    text = b"".join(sent(browser_of(site), form={"credential": credential}).iter_encoded()).decode()
    page = BeautifulSoup(text, "html.parser")
    assert one(page, "#response-text").get_text() == "data: ••• end\n\n"
    assert SECRET not in text
    assert api.request.header("Authorization") == f"Bearer {SECRET}"


def test_a_visitor_who_leaves_ends_the_call(site: Flask, api: RecordingServer) -> None:
    api.answer = pouring = Pouring(EVENTS, [b"data: one\n\n", *[b"data: x\n\n" * 1000] * 200])
    pouring.go(1)
    response = sent(browser_of(site))
    assert next(response.iter_encoded())
    response.close()
    pouring.go()
    assert pouring.gone.wait(600)
    # Its place is free again: the caps count calls under way.
    assert site.extensions["playground"].calls.limits._counts._running == {}


def test_a_stream_ends_at_the_visitors_own_time_and_says_so(site: Flask, api: RecordingServer) -> None:
    api.answer = Pouring(EVENTS + b"data: one\n\n", [b"never"])
    for seconds in ("0.4", "4", "40"):  # on a slow machine nothing may have come by then
        text = b"".join(sent(browser_of(site), form={"timeout": seconds}).iter_encoded()).decode()
        page = BeautifulSoup(text, "html.parser")
        if page.select("#response-text"):
            break
    assert one(page, "#response-text").get_text() == "data: one\n\n"
    assert "The time limit was reached, so the answer is cut off." in words(one(page, ".end-line"))


def test_an_endless_stream_ends_where_nobody_reads_on(site: Flask, api: RecordingServer) -> None:
    def pour(connection: socket.socket, _: Recorded) -> None:
        connection.sendall(EVENTS)
        while True:
            connection.sendall(b"data: x\n\n" * 5000)

    api.answer = pour
    text = b"".join(sent(browser_of(site)).iter_encoded()).decode()
    page = BeautifulSoup(text, "html.parser")
    assert len(one(page, "#response-text").get_text()) == 512 * 1024
    assert "Only the first 512 KB were fetched and are shown." in words(one(page, ".end-line"))


def call(site: Flask, body: Any, accept: str) -> Any:
    return site.test_client().post("/gateway/tools/things/list", json=body, headers={"Accept": accept}, buffered=False)


def test_our_own_lines_say_head_pieces_and_end(site: Flask, api: RecordingServer) -> None:
    api.answer = pouring = Pouring(
        EVENTS.replace(b"text/event-stream", b"application/x-ndjson"), [b'{"a": "\xc3', b'\xa9"}\n', b'{"b": 2}\n']
    )
    pouring.go(1)
    response = call(site, {"args": {}}, f"{ACCEPT}, {ACCEPT_LINES}")
    assert response.mimetype == ACCEPT_LINES
    pieces = response.iter_encoded()
    first = json.loads(next(pieces))
    assert first["meta"]["upstream"]["status"] == 200
    assert ["Content-Type", "application/x-ndjson"] in first["meta"]["upstream"]["headers"]
    assert json.loads(next(pieces)) == {"data": '{"a": "'}
    pouring.go(2)
    assert json.loads(next(pieces)) == {"data": 'é"}\n'}
    pouring.go()
    *rest, last = [json.loads(piece) for piece in pieces]
    assert rest == [{"data": '{"b": 2}\n'}]
    assert last["meta"]["upstream"]["bytes"] == {"wire": 21, "decoded": 21}
    assert last["meta"]["upstream"]["cut"] is None
    assert last["meta"]["requestId"] == first["meta"]["requestId"]


@pytest.mark.parametrize(
    ("body", "accept"),
    [({"args": {}, "stream": True}, "application/json"), ({}, "text/event-stream, application/json")],
)
def test_a_utdk_caller_gets_events_raw_and_lines_as_events(
    site: Flask, api: RecordingServer, body: Any, accept: str
) -> None:
    api.answer = pouring = Pouring(EVENTS, [b"event: a\ndata: one\n\n", b"data: two\n\n"])
    pouring.go()
    response = call(site, body, accept)
    assert response.mimetype == "text/event-stream"
    assert b"".join(response.iter_encoded()) == b"event: a\ndata: one\n\ndata: two\n\n"
    api.answer = pouring = Pouring(
        EVENTS.replace(b"text/event-stream", b"application/x-ndjson"), [b'{"a": 1}\n{"b"', b": 2}\n"]
    )
    pouring.go()
    response = call(site, body, accept)
    assert b"".join(response.iter_encoded()) == b'data: {"a": 1}\n\ndata: {"b": 2}\n\ndata: [DONE]\n\n'


def test_whoever_asks_for_no_stream_gets_the_whole_answer(site: Flask, api: RecordingServer) -> None:
    for accept in ("application/json", ACCEPT):
        api.answer = pouring = Pouring(EVENTS, [b"data: one\n\n"])
        pouring.go()
        response = call(site, {"args": {}}, accept)
        assert response.mimetype == "application/json"
        assert json.loads(b"".join(response.iter_encoded()))["data"] == "data: one\n\n"


def test_a_failure_is_no_stream_for_a_utdk_caller(site: Flask, api: RecordingServer) -> None:
    api.answer = pouring = Pouring(EVENTS.replace(b"200 OK", b"429 Slow Down"), [b"data: no\n\n"])
    pouring.go()
    response = call(site, {"args": {}, "stream": True}, "application/json")
    assert response.status_code == 500
    assert json.loads(b"".join(response.iter_encoded())) == {"error": "Request failed: 429 Slow Down\ndata: no\n\n"}
