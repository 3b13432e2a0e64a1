"""Log lines: one a request, no query, nothing that breaks out of its line."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from flask.testing import FlaskClient

from playground.environment import from_environ
from playground.web import logs
from playground.web.markup.environment import QuickTemplate
from tests.support.pages import browser_of, document, opened, site_of
from tests.support.servers import RecordingServer, http_answer


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    logger = logging.getLogger("playground")
    before = (logger.handlers[:], logger.level, logger.propagate)
    yield io.StringIO()
    logger.handlers[:], logger.level, logger.propagate = before


def test_json_lines_name_the_request_and_hold_no_query(client: FlaskClient, lines: io.StringIO) -> None:
    logs.start_logging(replace(from_environ({}), log="json"), lines)
    answer = client.get("/search?q=canary-secret", headers={"Authorization": "Bearer canary-secret"})
    (line,) = lines.getvalue().splitlines()
    record = json.loads(line)
    assert (record["method"], record["path"], record["status"]) == ("GET", "/search", 200)
    assert record["request_id"] == answer.headers["X-Request-ID"]
    assert "canary" not in line


def test_a_path_cannot_forge_a_line_or_paint_a_terminal(client: FlaskClient, lines: io.StringIO) -> None:
    logs.start_logging(from_environ({}), lines)
    client.get("/providers/x%0A00:00:00%20200%20GET%20/forged%1b[31m")
    assert len(lines.getvalue().splitlines()) == 1
    assert "\x1b" not in lines.getvalue()
    assert "\\n00:00:00 200 GET /forged\\x1b[31m" in lines.getvalue()


def test_assets_and_health_checks_are_not_worth_a_line(client: FlaskClient, lines: io.StringIO) -> None:
    logs.start_logging(from_environ({}), lines)
    client.get("/healthz")
    assert lines.getvalue() == ""


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Authorization: Bearer sk_live_abcdef123456", "Authorization: •••"),
        ("sent with bearer abcdef123 to it", "sent with bearer ••• to it"),
        ("X-Api-Key=k123; Cookie: sid=9", "X-Api-Key=•••; Cookie: •••"),
        ("redis://user:pass@cache:6379/0 is away", "redis://•••@cache:6379/0 is away"),
        ("GET https://api.example/x?key=1&b=2 failed", "GET https://api.example/x?••• failed"),
        ("it said eyJhbGciOi.eyJzdWIi.c2ln", "it said •••"),
        ("key ghp_0123456789abcdef0123", "key •••"),
        ("200 GET /providers/tour/shelfbooks 3.1 ms", "200 GET /providers/tour/shelfbooks 3.1 ms"),
        ("unreachable https://api.example: 10.0.0.1 is a private address (PRIVATE)",) * 2,
    ],
)
def test_what_could_be_a_credential_is_in_no_line(said: str, written: str) -> None:
    record = logging.LogRecord("playground.x", logging.INFO, "", 0, "%s", (said,), None)
    record.fields = {"detail": said, "ms": 3.1}
    assert logs.TextFormatter().format(record).partition(" ")[2] == written
    line = json.loads(logs.JSONFormatter().format(record))
    assert (line["message"], line["detail"], line["ms"]) == (written, written, 3.1)


def test_a_request_id_goes_through(client: FlaskClient) -> None:
    assert client.get("/providers", headers={"X-Request-ID": "abc-123"}).headers["X-Request-ID"] == "abc-123"
    for forged in ("a b", "x" * 65, "é", ""):
        assert len(client.get("/providers", headers={"X-Request-ID": forged}).headers["X-Request-ID"]) == 36


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_slow_request_names_the_step_that_took_longest(
    client: FlaskClient, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch, form: Literal["text", "json"]
) -> None:
    clock = [0.0]
    monkeypatch.setattr("playground.web.timing.time.perf_counter", lambda: clock[0])
    logs.start_logging(replace(from_environ({}), log=form), lines)

    def slowly(template: QuickTemplate, *context: object) -> str:
        clock[0] += 1.5
        return draw(template, *context)

    client.get("/search?q=canary-secret")
    assert len(lines.getvalue().splitlines()) == 1
    draw = QuickTemplate.render
    monkeypatch.setattr(QuickTemplate, "render", slowly)
    answer = client.get("/search?q=canary-secret")
    _, _, slow = lines.getvalue().splitlines()
    assert "canary" not in slow
    if form == "text":
        assert slow.endswith(
            "slow: GET /search took 1500.0 ms of ours, 1500.0 ms of it for render (render 1500.0, other 0.0)"
        )
    else:
        record = json.loads(slow)
        assert (record["level"], record["step"], record["own_ms"]) == ("warning", "render", 1500.0)
        assert record["steps"] == {"render": 1500.0, "other": 0.0}
        assert record["request_id"] == answer.headers["X-Request-ID"]


def test_the_wait_for_an_api_makes_no_request_slow(
    tmp_path: Path, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]
    monkeypatch.setattr("playground.web.timing.time.perf_counter", lambda: clock[0])

    def late(*_: object) -> bytes:
        clock[0] += 100
        return http_answer({"ok": True})

    with RecordingServer(late) as api:
        described = document({"/x": {"get": {"operationId": "x", "responses": {}}}}, server=api.url)
        with site_of(tmp_path, {"api": described}, private_networks=opened(api.port)) as site:
            logs.start_logging(from_environ({}), lines)
            assert b"200 OK" in browser_of(site).post("/providers/api/x/send").data
    assert [line.partition(" ")[2] for line in lines.getvalue().splitlines()] == [
        "200 POST /providers/api/x/send 100000.0 ms"
    ]
