"""A credential goes to its place in the request to the API and nowhere else: no answer, header, log or error here."""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from playground.config import RateLimit
from tests.support.pages import HTMX, browser_of, document, opened, site_of
from tests.support.servers import Recorded, RecordingServer, http_answer

CANARY = "canary/4711+secret=="
SECOND = "canary-0815-second"
USER = "canary-user"
BASIC = base64.b64encode(f"{USER}:{CANARY}".encode()).decode()
SPELLINGS = (CANARY, SECOND, BASIC, quote(CANARY, safe=""), json.dumps(CANARY)[1:-1], CANARY.replace("/", "\\/"))

SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "basic": {"type": "http", "scheme": "basic"},
    "header": {"type": "apiKey", "in": "header", "name": "X-Own-Key"},
    "query": {"type": "apiKey", "in": "query", "name": "own_key"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "own_sid"},
    "oauth": {"type": "oauth2", "flows": {}},
}


@dataclass
class Scene:
    """A site with one operation per security scheme, whose API sends back all it was sent."""

    app: Flask
    api: RecordingServer


def echo(_: object, request: Recorded) -> bytes:
    """Answer with the whole request: in the content, in header fields, and in the reason phrase."""
    sent = {"line": request.line, "headers": request.headers, "body": request.body.decode()}
    fields = {f"X-Echo-{index}": value for index, (_, value) in enumerate(request.headers)}
    return http_answer(sent, f"200 {request.line.split(' ')[1][:60]}", {**fields, "X-Line": request.line})


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with RecordingServer(echo) as api:
        alternatives: dict[str, Any] = {name: [{name: []}] for name in SCHEMES}
        alternatives |= {"several": [{"bearer": [], "header": []}], "open": []}
        paths = {
            f"/{name}": {
                "post": {"operationId": name, "security": security, "responses": {"200": {"description": "ok"}}}
            }
            for name, security in alternatives.items()
        }
        described = document(paths, server=api.url, schemes=SCHEMES)
        plain = document({"/plain": {"post": {"operationId": "plain", "responses": {}}}}, server=api.url)
        documents = {"api": described, "plain": plain}
        with site_of(tmp_path, documents, private_networks=opened(api.port)) as app:
            yield Scene(app=app, api=api)


@dataclass(frozen=True)
class Case:
    """A credential as the page sends it, its operation, and where the API finds it."""

    operation: str
    credential: dict[str, Any]
    headers: tuple[tuple[str, str], ...] = ()
    target: str = ""


CASES = {
    "bearer": Case("bearer", {"type": "bearer", "token": CANARY}, (("Authorization", f"Bearer {CANARY}"),)),
    "basic": Case(
        "basic", {"type": "basic", "username": USER, "password": CANARY}, (("Authorization", f"Basic {BASIC}"),)
    ),
    "key in a header": Case(
        "header", {"type": "api_key", "value": CANARY, "headerName": "X-Own-Key"}, (("X-Own-Key", CANARY),)
    ),
    "key in the query": Case(
        "query",
        {"type": "api_key", "value": CANARY, "name": "own_key", "in": "query"},
        target=f"/query?own_key={quote(CANARY, safe='')}",
    ),
    "key in a cookie": Case(
        "cookie",
        {"type": "api_key", "value": SECOND, "name": "own_sid", "in": "cookie"},
        (("Cookie", f"own_sid={SECOND}"),),
    ),
    "oauth2": Case("oauth", {"type": "oauth2", "accessToken": CANARY}, (("Authorization", f"Bearer {CANARY}"),)),
    "several": Case(
        "several",
        {
            "type": "schemes",
            "schemes": {
                "bearer": {"type": "bearer", "token": CANARY},
                "header": {"type": "api_key", "value": SECOND, "name": "X-Own-Key"},
            },
        },
        (("Authorization", f"Bearer {CANARY}"), ("X-Own-Key", SECOND)),
    ),
}


def assert_clean(answer: TestResponse, caplog: pytest.LogCaptureFixture, what: str) -> None:
    """No spelling of a secret is in our answer or in anything that was logged on the way."""
    logged = "\n".join(
        f"{record.getMessage()} {record.exc_text or ''} {record.__dict__.get('exc_info') or ''}"
        for record in caplog.records
    )
    for secret in SPELLINGS:
        assert secret not in answer.text, (what, secret)
        assert secret not in str(answer.headers), (what, secret)
        assert secret not in logged, (what, secret)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("htmx", [True, False], ids=["fragment", "page"])
def test_a_send_hides_what_it_carries(scene: Scene, caplog: pytest.LogCaptureFixture, name: str, htmx: bool) -> None:
    caplog.set_level(logging.DEBUG)
    case = CASES[name]
    saved = json.dumps({"credential": case.credential, "customHeaders": {"X-Mine": SECOND}})
    answer = browser_of(scene.app).post(
        f"/providers/api/{case.operation}/send", data={"credential": saved}, headers=HTMX if htmx else {}
    )
    assert answer.status_code == 200
    assert "200" in answer.text
    assert "•••" in answer.text
    assert_clean(answer, caplog, name)
    recorded = scene.api.request
    for header, value in case.headers:
        assert recorded.header(header) == value
    assert recorded.header("X-Mine") == SECOND
    assert recorded.target == (case.target or f"/{case.operation}")
    placed = {header.lower() for header, _ in case.headers} | {"x-mine"}
    for header, value in recorded.headers:
        if header.lower() not in placed:
            assert not any(secret in value for secret in SPELLINGS), header


@pytest.mark.parametrize("name", CASES)
def test_the_gateway_hides_what_it_carries(scene: Scene, caplog: pytest.LogCaptureFixture, name: str) -> None:
    """The API's answer is the caller's own, to the last byte; but no log and no URL of ours shows the secret."""
    caplog.set_level(logging.DEBUG)
    case = CASES[name]
    answer = scene.app.test_client().post(
        f"/gateway/tools/api/{case.operation}", json={"args": {}, "credential": case.credential},
        headers={"Accept": "application/vnd.playground+json"},
    )  # fmt: skip
    assert answer.status_code == 200
    upstream = answer.get_json()["meta"]["upstream"]
    for secret in SPELLINGS:
        assert secret not in upstream["url"]
        assert secret not in str(answer.headers)
        assert secret not in caplog.text
    recorded = scene.api.request
    for header, value in case.headers:
        assert recorded.header(header) == value
    assert recorded.target == (case.target or f"/{case.operation}")


def test_a_flat_call_s_header_goes_to_its_scheme_only(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answer = scene.app.test_client().post(
        "/gateway/tools/api/bearer",
        json={},
        headers={"Authorization": f"Bearer {CANARY}", "X-Other": "mine", "Cookie": "a=b"},
    )
    assert answer.status_code == 200
    recorded = scene.api.request
    assert recorded.header("Authorization") == f"Bearer {CANARY}"
    assert recorded.header("X-Other") is None
    assert recorded.header("Cookie") is None
    assert CANARY not in caplog.text


def test_a_credential_is_not_sent_where_none_is_taken(scene: Scene) -> None:
    client = browser_of(scene.app)
    saved = json.dumps({"credential": {"type": "bearer", "token": CANARY}})
    client.post("/providers/api/open/send", data={"credential": saved}, headers=HTMX)
    assert scene.api.request.header("Authorization") is None


def test_another_provider_s_credential_stays_here(scene: Scene) -> None:
    client = browser_of(scene.app)
    saved = json.dumps({"provider": "other", "credential": {"type": "bearer", "token": CANARY}})
    client.post("/providers/api/bearer/send", data={"credential": saved}, headers=HTMX)
    assert scene.api.request.header("Authorization") is None


TYPED = {
    "bearer": ({"credential.bearer.token": CANARY}, "Authorization", f"Bearer {CANARY}"),
    "oauth": ({"credential.oauth.token": CANARY}, "Authorization", f"Bearer {CANARY}"),
    "basic": (
        {"credential.basic.username": USER, "credential.basic.password": CANARY},
        "Authorization",
        f"Basic {BASIC}",
    ),
    "header": ({"credential.header.value": CANARY}, "X-Own-Key", CANARY),
    "cookie": ({"credential.cookie.value": SECOND}, "Cookie", f"own_sid={SECOND}"),
}


@pytest.mark.parametrize("operation", TYPED)
def test_a_typed_credential_is_sent_once_and_forgotten(
    scene: Scene, caplog: pytest.LogCaptureFixture, operation: str
) -> None:
    caplog.set_level(logging.DEBUG)
    typed, header, value = TYPED[operation]
    answer = browser_of(scene.app).post(f"/providers/api/{operation}/send", data=typed)
    assert_clean(answer, caplog, operation)
    assert scene.api.request.header(header) == value


def test_where_a_description_declares_no_scheme_a_typed_credential_is_sent(scene: Scene) -> None:
    page = browser_of(scene.app).get("/providers/plain/plain").text
    name = "credential.Bearer token.token"
    assert f'name="{name}"' in page
    browser_of(scene.app).post("/providers/plain/plain/send", data={name: CANARY})
    assert scene.api.request.header("Authorization") == f"Bearer {CANARY}"


@pytest.mark.parametrize("action", ["snippet", "field", "body", "servers"])
def test_nothing_but_send_ever_repeats_or_uses_a_credential(
    scene: Scene, caplog: pytest.LogCaptureFixture, action: str
) -> None:
    caplog.set_level(logging.DEBUG)
    data = {
        "credential": json.dumps({"credential": {"type": "bearer", "token": CANARY}}),
        "credential.bearer.token": CANARY, "credential.basic.password": CANARY, "~field": "nothing",
    }  # fmt: skip
    for headers in (HTMX, {}):
        assert_clean(
            browser_of(scene.app).post(f"/providers/api/bearer/{action}", data=data, headers=headers), caplog, action
        )
    assert scene.api.requests == []


BROKEN: list[Any] = [
    f'{{"credential": {{"type": "bearer", "token": "{CANARY}"',
    f'"{CANARY}"',
    f'["{CANARY}"]',
    json.dumps({"credential": {"type": CANARY}}),
    json.dumps({"credential": CANARY}),
    json.dumps({"credential": {"type": "bearer", "token": {"a": CANARY}}}),
    json.dumps({"credential": {"type": "bearer", "token": CANARY + "\n"}}),
    json.dumps({"credential": {"type": "basic", "username": CANARY + ":", "password": CANARY}}),
    json.dumps({"credential": {"type": "api_key", "value": CANARY, "in": CANARY}}),
    json.dumps({"credential": {"type": "api_key", "value": CANARY, "name": "X: " + CANARY, "in": "header"}}),
    json.dumps({"credential": {"type": "schemes", "schemes": CANARY}}),
    json.dumps({"customHeaders": {CANARY: "x"}}),
    json.dumps({"customHeaders": {"X-Mine": CANARY + "\r\nX-Evil: 1"}}),
    json.dumps({"customHeaders": {"Host": CANARY}}),
    json.dumps({"customHeaders": [CANARY]}),
]


@pytest.mark.parametrize("saved", BROKEN)
def test_a_broken_credential_is_one_sentence_without_it(
    scene: Scene, caplog: pytest.LogCaptureFixture, saved: str
) -> None:
    caplog.set_level(logging.DEBUG)
    for headers in (HTMX, {}):
        answer = browser_of(scene.app).post("/providers/api/bearer/send", data={"credential": saved}, headers=headers)
        assert answer.status_code == 200
        assert 'role="alert"' in answer.text
        assert_clean(answer, caplog, saved)
    assert scene.api.requests == []


def test_an_unexpected_error_does_not_log_what_was_typed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)

    def explode(*_: object, **__: object) -> None:
        raise RuntimeError(CANARY)

    described = document({"/x": {"post": {"operationId": "x", "responses": {}}}})
    monkeypatch.setattr("playground.web.operation.send.call", explode)
    with site_of(tmp_path, {"api": described}) as app:
        saved = json.dumps({"credential": {"type": "bearer", "token": CANARY}})
        answer = browser_of(app).post("/providers/api/x/send", data={"credential": saved, "server": "sandbox"})
        assert answer.status_code == 500
        assert_clean(answer, caplog, "unexpected")
    assert "RuntimeError" in caplog.text


def test_an_unreachable_api_and_a_refused_one_show_no_secret(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    described = document(
        {"/query": {"post": {"operationId": "query", "responses": {}}}}, server="http://127.0.0.1:9", schemes=SCHEMES,
        security=[{"query": []}],
    )  # fmt: skip
    saved = json.dumps({"credential": {"type": "api_key", "value": CANARY, "name": "own_key", "in": "query"}})
    for opened_ports in ((), opened(9)):
        with site_of(tmp_path, {"api": described}, private_networks=opened_ports) as app:
            answer = browser_of(app).post("/providers/api/query/send", data={"credential": saved}, headers=HTMX)
            assert 'role="alert"' in answer.text
            assert_clean(answer, caplog, "unreachable")
            called = app.test_client().post(
                "/gateway/tools/api/query", json={"args": {}, "credential": json.loads(saved)["credential"]}
            )
            assert called.status_code >= 400
            assert_clean(called, caplog, "unreachable by the gateway")


def test_too_many_sends_are_told_so_without_a_secret(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    described = document({"/x": {"post": {"operationId": "x", "responses": {}}}})
    with site_of(tmp_path, {"api": described}, rate_limit=RateLimit(count=1, seconds=60)) as app:
        saved = json.dumps({"credential": {"type": "bearer", "token": CANARY}})
        data = {"credential": saved, "server": "sandbox"}
        answers = [browser_of(app).post("/providers/api/x/send", data=data, headers=HTMX) for _ in range(3)]
        assert 'role="alert"' in answers[-1].text
        assert_clean(answers[-1], caplog, "limited")
