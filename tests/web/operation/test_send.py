"""Send: the form's bytes reach the API, what came back is shown as text, and every failure is one sentence."""

from __future__ import annotations

import io
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from playground.forms.parse import parse
from playground.jsontext import loads
from playground.request.bodies.write import build_content
from playground.request.build import build_request
from tests.support.pages import HTMX, UPDATE, browser_of, document, one, opened, post, site_of, submitted, words
from tests.support.servers import RecordingServer, http_answer, refusing_port

TYPED = {
    "path.session": "cs_1",
    "body/line_items/0/price_data/currency": "usd",
    "gateway_url": "http://localhost/gateway",
    "server": "sandbox",
}


COUNTED = {parse.__code__: "parsed", build_request.__code__: "built", build_content.__code__: "content"}


def counted(action: Callable[[], object]) -> Counter[str]:
    """Return how often a form was parsed, and a message and its content were built, while an action ran."""
    counts: Counter[str] = Counter()

    def count(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code in COUNTED:
            counts[COUNTED[frame.f_code]] += 1

    sys.setprofile(count)
    try:
        action()
    finally:
        sys.setprofile(None)
    return counts


def test_a_keystroke_parses_once_and_builds_its_message_once(client: FlaskClient) -> None:
    typed = {**TYPED, "body~shown": "form", "body~mode": "form", "target": "shell_curl"}
    assert counted(lambda: post(client, f"{UPDATE}/snippet", typed)) == {"parsed": 1, "built": 1, "content": 1}


def test_a_send_parses_once_and_builds_its_message_once(client: FlaskClient) -> None:
    saved = {"credential": '{"credential": {"type": "bearer_token", "token": "sk_test_1"}}'}
    once = {"parsed": 1, "built": 1, "content": 1}
    assert counted(lambda: post(client, f"{UPDATE}/send", TYPED)) == once
    assert counted(lambda: post(client, f"{UPDATE}/send", {**TYPED, **saved})) == once
    # The whole page shows the request as well, with markers in the place of secrets.
    whole = counted(lambda: post(client, f"{UPDATE}/send", TYPED, htmx=False))
    assert whole == {"parsed": 1, "built": 2, "content": 2}


def test_a_live_send_through_a_foreign_gateway_builds_its_message_once(tmp_path: Path) -> None:
    described = {
        "/x": {
            "post": {
                "operationId": "x",
                "responses": {},
                "requestBody": {"content": {"application/json": {"schema": {}}}},
            }
        }
    }
    with (
        RecordingServer(http_answer({"data": {}})) as gateway,
        site_of(tmp_path, {"api": document(described)}, gateways=(gateway.url,)) as app,
    ):
        key = {"type": "bearer_token", "token": "t0ken"}
        credential = json.dumps({"credential": key, "gateways": [gateway.url]})
        data = {"body~mode": "raw", "body~raw": "{}", "gateway_url": gateway.url, "credential": credential}
        client = browser_of(app)
        assert counted(lambda: post(client, "/providers/api/x/send", data)) == {"parsed": 1, "built": 1, "content": 1}
        assert gateway.requests[-1].method == "POST"


def test_problems_are_advice(client: FlaskClient) -> None:
    answer = post(client, "/providers/tour/shelfbooks/send", {"path.shelf": "seven", "query.page": "100000"})
    assert answer.select("#response .notice")
    assert one(answer, ".pill")


def test_the_sandbox_answers(client: FlaskClient) -> None:
    answer = post(client, f"{UPDATE}/send", TYPED)
    assert words(one(answer, ".pill")) == "200 OK"
    assert "Sandbox" in words(one(answer, ".status-line"))
    body = loads(one(answer, "#response-text").get_text())
    assert body["object"] == "checkout.session"
    assert "line_items[0][price_data][currency]=usd" in one(answer, ".panel.request").get_text()


@pytest.mark.parametrize("operation", ["answertext", "answerxml", "answerimage", "answercsv", "answerbytes"])
def test_answers_of_every_kind_are_shown(client: FlaskClient, operation: str) -> None:
    answer = post(client, f"/providers/tour/{operation}/send")
    assert words(one(answer, ".pill")).startswith("200")
    assert answer.select(".panel.body pre, .panel.body img, .panel.body table")


def test_an_answer_without_content_says_so(client: FlaskClient) -> None:
    answer = post(client, "/providers/tour/answernothing/send")
    assert words(one(answer, ".pill")) == "204 No Content"
    assert "The answer has no body." in answer.get_text()


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "The path needs a value for “session”."),
        ({"path.session": ".."}, "session"),
        ({"path.session": "cs_1", "gateway_url": ""}, "Enter a gateway URL above to enable sending."),
        ({"path.session": "cs_1", "gateway_url": "   "}, "Enter a gateway URL above to enable sending."),
        ({"path.session": "cs_1", "credential": "{"}, "The saved credentials cannot be read: save them again."),
        ({"path.session": "cs_1", "credential": '{"credential": {"type": "x"}}'}, "The credential's type must be"),
        ({"path.session": "cs_1", "server": "evil.example"}, "is not one this operation lists"),
        ({"path.session": "cs_1", "server": "https://evil.example"}, "https://evil.example are not allowed here"),
        ({"path.session": "cs_1", "gateway_url": "nonsense"}, "address"),
        ({"path.session": "cs_1", "gateway_url": "http://10.0.0.1/"}, ""),
        ({"path.session": "cs_1", "gateway_url": "https://evil.example/gateway"}, ""),
        ({"path.session": "cs_1", "gateway_url": "file:///etc/passwd"}, ""),
        ({"path.session": "cs_1", "body~mode": "raw", "body~shown": "raw", "body~raw": "{"}, "not valid JSON"),
    ],
)
def test_what_cannot_be_sent_is_one_sentence(
    client: FlaskClient, typed: dict[str, str], sentence: str, htmx: bool
) -> None:
    page = post(client, f"{UPDATE}/send", typed, htmx=htmx)
    said = words(one(page, "#response [role=alert]"))
    assert sentence in said
    assert said.endswith(".")
    assert "\n" not in said
    if not htmx:
        assert all(pair in submitted(page) for pair in typed.items() if pair[0].startswith("path."))


@pytest.fixture
def api() -> Iterator[RecordingServer]:
    with RecordingServer(http_answer({"ok": True, "html": "<b>x</b>"})) as server:
        yield server


@pytest.fixture
def site(tmp_path: Path, api: RecordingServer) -> Iterator[Flask]:
    form = {
        "type": "object",
        "properties": {"name": {"type": "string"}, "photo": {"type": "string", "format": "binary"}},
    }
    kinds = ("application/json", "multipart/form-data")
    paths: dict[str, Any] = {
        "/v1/things/{id}": {"post": {
            "operationId": "change", "responses": {},
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
            "requestBody": {"content": {kind: {"schema": form} for kind in kinds}}}},
    }  # fmt: skip
    with site_of(tmp_path, {"api": document(paths, server=api.url)}, private_networks=opened(api.port)) as app:
        yield app


CHANGE = "/providers/api/change/send"


def test_send_delivers_the_form(site: Flask, api: RecordingServer) -> None:
    answer = post(browser_of(site), CHANGE, {"path.id": "a/b", "body/name": "Ada", "server": api.url})
    assert words(one(answer, ".pill")) == "200 OK"
    assert '"<b>x</b>"' in one(answer, "#response-text").get_text()
    assert api.request.line == "POST /v1/things/a%2Fb HTTP/1.1"
    assert api.request.body == b'{"name":"Ada"}'
    assert api.request.header("Content-Type") == "application/json"
    assert not {"cookie", "referer", "origin", "hx-request", "sec-fetch-site"} & {
        name.lower() for name in api.request.names
    }
    assert api.request.body.decode() in one(answer, ".panel.request").get_text()


def test_files_travel_with_send(site: Flask, api: RecordingServer) -> None:
    data = {"path.id": "1", "media_type": "multipart/form-data", "body/name": "Ada",
            "body/photo": (io.BytesIO(b"\x89PNG\r\n\x00"), "me.png", "image/png")}  # fmt: skip
    post(browser_of(site), CHANGE, data)
    assert b'name="photo"; filename="me.png"' in api.request.body
    assert b"\x89PNG\r\n\x00" in api.request.body
    assert b"Content-Type: image/png" in api.request.body


def test_raw_text_is_sent_as_typed(site: Flask, api: RecordingServer) -> None:
    raw = '{ "name" : 1.10, "name": "twice" }'
    post(browser_of(site), CHANGE, {"path.id": "1", "body~mode": "raw", "body~shown": "raw", "body~raw": raw})
    assert api.request.body.decode() == raw


def test_an_api_s_error_is_an_answer(site: Flask, api: RecordingServer) -> None:
    api.answer = http_answer(
        {"error": "no"}, "404 Not Found", {"HX-Redirect": "/evil", "Set-Cookie": "a=b", "HX-Trigger": "x"}
    )
    answer = browser_of(site).post(CHANGE, data={"path.id": "1"}, headers=HTMX)
    assert answer.status_code == 200
    assert not {"HX-Redirect", "Set-Cookie", "HX-Trigger", "HX-Retarget"} & set(answer.headers.keys())
    assert answer.headers["Cache-Control"] == "no-store"
    page = BeautifulSoup(answer.text, "html.parser")
    assert words(one(page, ".pill")) == "404 Not Found"
    assert "HX-Redirect" in words(one(page, ".panel.headers"))


def test_html_of_an_api_is_shown_as_text(site: Flask, api: RecordingServer) -> None:
    api.answer = http_answer(b"<script>x()</script><h1>Hi</h1>", headers={"Content-Type": "text/html"})
    answer = post(browser_of(site), CHANGE, {"path.id": "1"})
    assert not answer.select("script, h1")
    assert "<script>x()</script>" in one(answer, "#response-text").get_text()


def test_an_unreachable_api_is_one_sentence(tmp_path: Path) -> None:
    with refusing_port() as port:
        described = document({"/x": {"get": {"operationId": "x", "responses": {}}}}, server=f"http://127.0.0.1:{port}")
        with site_of(tmp_path, {"api": described}, private_networks=opened(port)) as app:
            said = words(one(post(browser_of(app), "/providers/api/x/send"), "[role=alert]"))
            assert said.endswith(".")
            assert "could not be reached" in said


def test_a_gateway_that_is_not_allowed_is_not_called(tmp_path: Path, api: RecordingServer) -> None:
    described = document({"/x": {"get": {"operationId": "x", "responses": {}}}})
    with site_of(tmp_path, {"api": described}, local=False) as app:
        said = words(one(post(browser_of(app), "/providers/api/x/send", {"gateway_url": api.url}), "[role=alert]"))
    assert said.endswith(".")
    assert api.connections == 0
