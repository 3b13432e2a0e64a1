"""Pages that are ready: the same answer as the application's, to the same request, as long as the catalogue is."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request, request_started
from flask.testing import FlaskClient
from werkzeug.http import parse_date
from werkzeug.test import TestResponse

from playground.config import Settings
from playground.openapi.compile import compile_document
from playground.web import ready
from playground.web.logs import start_logging
from playground.web.site import this_site
from tests.support.pages import document, site_of

PAGE = "/providers/desk/list"
PAGES = (PAGE, "/", "/providers", "/providers/desk", "/providers/desk?open=all", "/providers/desk/schemas")
ANEW = ("Date", "X-Request-ID", "Server-Timing")


def _described(title: str = "Things") -> dict[str, Any]:
    return document({"/things": {"get": {"operationId": "list", "summary": title, "responses": {}}}})


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    with site_of(tmp_path, {"desk": _described()}, languages=("en", "de")) as made:
        yield made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client(use_cookies=False)


def _asked(app: Flask) -> list[str]:
    """Return a list that grows with the path of each request that the application itself sees."""
    seen: list[str] = []

    def see(sender: Flask, **_: Any) -> None:
        seen.append(request.path)

    request_started.connect(see, app, weak=False)
    return seen


def _parts(answer: TestResponse) -> tuple[str, list[tuple[str, str]], bytes]:
    """Return all of an answer but what each has of its own."""
    return answer.status, sorted((name, value) for name, value in answer.headers if name not in ANEW), answer.data


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("fields", [{}, {"Accept-Encoding": "br"}, {"HX-Request": "true"}], ids=str)
def test_the_second_answer_is_the_first_one(app: Flask, client: FlaskClient, path: str, fields: dict[str, str]) -> None:
    first = client.get(path, headers=fields)
    seen = _asked(app)
    second = client.get(path, headers={**fields, "X-Request-ID": "mine"})
    is_ready = not (fields.get("HX-Request") and path.endswith("/schemas"))
    assert seen == ([] if is_ready else [path])
    assert second.status_code == 200
    assert _parts(first) == _parts(second)
    assert second.headers["X-Request-ID"] == "mine"
    assert (parse_date(second.headers.get("Date")) is not None) is is_ready
    assert second.headers["Server-Timing"].startswith("total;dur=" if is_ready else "")


@pytest.mark.parametrize(
    "fields",
    [
        {"Host": "docs.example"},
        {"Accept-Language": "de"},
        {"Cookie": "playground_language=de"},
        {"Accept-Encoding": "br"},
        {"HX-Request": "true"},
        {"Authorization": "Basic eDp5"},
        {"Origin": "null"},
        {"Range": "bytes=0-9"},
        {"If-None-Match": '"another"'},
        {"If-Modified-Since": "Mon, 30 Nov 2026 00:00:00 GMT"},
    ],
    ids=str,
)
def test_who_asks_another_way_gets_an_answer_of_his_own(
    app: Flask, client: FlaskClient, fields: dict[str, str]
) -> None:
    for _ in range(2):
        client.get("/providers")
    seen = _asked(app)
    own = client.get("/providers", headers=fields)
    assert seen == ["/providers"]
    with site_of(this_catalogue(app), {}, languages=("en", "de")) as fresh:
        assert _parts(own) == _parts(fresh.test_client(use_cookies=False).get("/providers", headers=fields))


def this_catalogue(app: Flask) -> Path:
    """Return the folder with an application's catalogue."""
    with app.app_context():
        return this_site().store.path.parent


def test_what_somebody_proved_himself_for_is_given_to_nobody_else(client: FlaskClient) -> None:
    proven = client.get(PAGE, headers={"Authorization": "Basic eDp5"})
    assert proven.headers["Cache-Control"] == "private, no-cache"
    assert client.get(PAGE).headers["Cache-Control"] == "public, no-cache"
    assert client.get(PAGE, headers={"Authorization": "Basic eDp5"}).headers["Cache-Control"] == "private, no-cache"


def test_a_visitors_other_cookies_change_nothing(app: Flask, client: FlaskClient) -> None:
    client.get(PAGE)
    seen = _asked(app)
    assert client.get(PAGE, headers={"Cookie": "session=abc; theme=dark"}).status_code == 200
    assert seen == []


def test_a_browser_that_has_the_page_is_told_so(app: Flask, client: FlaskClient) -> None:
    known = {"If-None-Match": client.get(PAGE).headers["ETag"]}
    first = client.get(PAGE, headers=known)
    seen = _asked(app)
    second = client.get(PAGE, headers=known)
    assert seen == []
    assert (second.status_code, second.data) == (304, b"")
    assert _parts(first) == _parts(second)


def test_a_changed_catalogue_is_seen_at_once(app: Flask, client: FlaskClient) -> None:
    before = [client.get(PAGE).text for _ in range(2)]
    assert before[0] == before[1]
    with app.app_context():
        described = _described("Other things")
        this_site().store.replace(compile_document(described, name="desk").catalog, json.dumps(described).encode())
    after = client.get(PAGE).text
    assert "Other things" in after
    assert client.get(PAGE).text == after


def test_a_catalogue_that_is_gone_is_no_page_any_more(app: Flask, client: FlaskClient) -> None:
    for _ in range(2):
        assert client.get(PAGE).status_code == 200
    path = this_catalogue(app) / "own.sqlite"
    path.rename(path.with_suffix(".away"))
    assert client.get(PAGE).status_code == 503
    path.with_suffix(".away").rename(path)
    assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize(
    "path", ["/healthz", "/search?q=things", "/providers/desk?q=list", "/providers/nobody", "/csrf"]
)
def test_what_is_no_page_of_a_cache_is_made_each_time(app: Flask, client: FlaskClient, path: str) -> None:
    client.get(path)
    seen = _asked(app)
    client.get(path)
    assert len(seen) == 1


def test_a_frame_whose_token_lasts_a_day_is_made_each_time(app: Flask, client: FlaskClient) -> None:
    client.get(f"/embed{PAGE}")
    seen = _asked(app)
    client.get(f"/embed{PAGE}")
    assert seen == [f"/embed{PAGE}"]


def test_head_and_bodies_reach_the_application(app: Flask, client: FlaskClient) -> None:
    client.get(PAGE)
    seen = _asked(app)
    client.head(PAGE)
    client.get(PAGE, data=b"body")
    assert seen == [PAGE, PAGE]


def test_they_are_counted_and_logged_as_all_answers(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = io.StringIO()
    logger = logging.getLogger("playground")
    monkeypatch.setattr(logger, "handlers", logger.handlers[:])
    monkeypatch.setattr(logger, "propagate", logger.propagate)
    start_logging(Settings(catalog=Path("unused"), log="json"), lines)
    for _ in range(3):
        client.get(PAGE)
    logged = [json.loads(line) for line in lines.getvalue().splitlines()]
    told = [(one["method"], one["path"], one["status"]) for one in logged if one["logger"] == "playground.access"]
    assert told == [("GET", PAGE, 200)] * 3
    assert len({one["request_id"] for one in logged}) == 3
    text = client.get("/metrics").text
    assert 'playground_requests_total{method="GET",route="pages.path",status="200"} 3.0' in text
    assert 'playground_page_cache_total{cache="operation",result="hit"} 2.0' in text
    assert 'playground_page_cache_total{cache="operation",result="miss"} 1.0' in text


def test_what_strangers_ask_for_is_kept_within_bounds(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ready, "MOST_PAGES", 4)
    for number in range(8):
        client.get(f"{PAGE}?x={number}")
    seen = _asked(app)
    for number in (7, 6, 5, 4, 0):
        client.get(f"{PAGE}?x={number}")
    assert len(seen) == 1
    monkeypatch.setattr(ready, "MOST_BYTES", 10)
    client.get(f"{PAGE}?x=10")
    client.get(f"{PAGE}?x=10")
    assert len(seen) == 3
    monkeypatch.setattr(ready, "MOST_BYTES", 10_000_000)
    long = f"{PAGE}?x={'y' * 400}"
    client.get(long)
    client.get(long)
    assert len(seen) == 5
