"""Unsafe methods pass from our own pages, frames and consoles only; every answer carries the security headers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from playground.app import create_app, create_gateway_app
from playground.config import Settings
from playground.store import Store
from playground.web.security import frame_token
from tests.support.pages import UPDATE, get, one

SNIPPET = f"{UPDATE}/snippet"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost:81"}, 403),
        ({}, 403),
        ({"HX-Request": "true"}, 403),
    ],
)
def test_who_may_post(stranger: FlaskClient, headers: dict[str, str], status: int) -> None:
    answer = stranger.post(SNIPPET, data={}, headers=headers)
    assert answer.status_code == status
    if status == 403:
        assert "did not come from a page of this site" in answer.text


def test_a_client_without_these_headers_may_bring_a_token(stranger: FlaskClient) -> None:
    token = stranger.get("/csrf").get_json()["csrf_token"]
    assert stranger.post(SNIPPET, data={"csrf_token": token}).status_code == 200
    assert stranger.post(SNIPPET, data={"csrf_token": token + "x"}).status_code == 403


def test_reading_is_free(stranger: FlaskClient) -> None:
    assert stranger.get("/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


NAME = "stripe/postcheckoutsessionssession"
DAY = 86_400
NULL = {"Origin": "null", "Sec-Fetch-Site": "cross-site", "HX-Request": "true"}


def token_of(client: FlaskClient, path: str = UPDATE) -> str:
    return str(one(get(client, f"/embed{path}"), 'input[name="~frame"]')["value"])


def test_a_sandboxed_frame_may_post_and_read_the_answer(stranger: FlaskClient) -> None:
    answer = stranger.post(SNIPPET, data={"~frame": token_of(stranger), "path.session": "cs_1"}, headers=NULL)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "null"
    assert "HX-Retarget" in answer.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "cs_1" in answer.text


def test_the_browser_may_ask_first(stranger: FlaskClient) -> None:
    answer = stranger.options(SNIPPET, headers={"Origin": "null", "Access-Control-Request-Method": "POST"})
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "null"
    assert "HX-Request" in answer.headers["Access-Control-Allow-Headers"]
    assert "Playground-Visitor" in answer.headers["Access-Control-Allow-Headers"], (
        "what the sandbox keeps is its visitor's"
    )


@pytest.mark.parametrize("token", ["", "0" * 40, "another"])
def test_without_the_token_it_is_refused(stranger: FlaskClient, token: str) -> None:
    given = token_of(stranger, "/providers/tour/ping") if token == "another" else token
    assert stranger.post(SNIPPET, data={"~frame": given}, headers=NULL).status_code == 403


def test_the_token_helps_no_page_that_has_an_origin(stranger: FlaskClient) -> None:
    headers = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    answer = stranger.post(SNIPPET, data={"~frame": token_of(stranger)}, headers=headers)
    assert answer.status_code == 403
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("path", ["/", UPDATE, f"/embed{UPDATE}", "/catalog/index.json", "/gateway/health", "/csrf"])
def test_no_page_can_be_read_from_a_frame_without_an_origin(stranger: FlaskClient, path: str) -> None:
    assert "Access-Control-Allow-Origin" not in stranger.get(path, headers={"Origin": "null"}).headers


def test_the_page_of_the_site_itself_holds_no_token(stranger: FlaskClient) -> None:
    assert not get(stranger, UPDATE).select('[name="~frame"]')


def test_a_token_is_of_one_day_and_accepted_on_the_next(
    app: Flask, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        token = frame_token(NAME, now=100 * DAY)
        assert frame_token(NAME, now=101 * DAY - 1) == token
        assert frame_token(NAME, now=101 * DAY) != token
        assert frame_token("tour/ping", now=100 * DAY) != token
    for day, status in [(100, 200), (101, 200), (102, 403), (99, 403)]:
        monkeypatch.setattr("playground.web.security.time.time", lambda day=day: day * DAY + 5.0)
        assert stranger.post(SNIPPET, data={"~frame": token}, headers=NULL).status_code == status


TOOL = "/tools/tour/shelfbooks"
CONSOLE = "https://console.example.com"


def client_of(store: Store, *, alone: bool = True, **settings: Any) -> FlaskClient:
    make = create_gateway_app if alone else create_app
    return make(Settings(catalog=Path("unused"), **settings), store).test_client()


def call(client: FlaskClient, origin: str, path: str = TOOL, **given: Any) -> Any:
    headers = {"Origin": origin, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}
    return client.post(path, headers=headers, **(given or {"json": {"shelf": 1}}))


@pytest.mark.parametrize(
    ("settings", "origin"),
    [
        ({"local": False, "consoles": (CONSOLE,)}, CONSOLE),
        ({"local": False, "consoles": ("*",)}, "https://anyone.example"),
        ({"local": True}, "http://localhost:4321"),
        ({"local": True}, "http://127.0.0.1:3000"),
    ],
)
def test_a_console_asks_first_and_may_then_call_and_read(
    bundled_store: Store, settings: dict[str, Any], origin: str
) -> None:
    client = client_of(bundled_store, **settings)
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    asked["Access-Control-Request-Headers"] = "authorization,content-type,x-api-key,x-custom"
    preflight = client.options(TOOL, headers=asked)
    assert preflight.status_code == 204
    assert preflight.headers["Access-Control-Allow-Origin"] == origin
    # The old server lists two fields, so every call with a key fails its own console; what is asked for is granted.
    assert preflight.headers["Access-Control-Allow-Headers"] == "authorization,content-type,x-api-key,x-custom"
    assert "Access-Control-Allow-Credentials" not in preflight.headers
    answer = call(client, origin)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == origin
    assert "Origin" in answer.headers["Vary"]
    for path in ("/tools", "/config", "/health", "/tools/search?q=shelf"):
        assert client.get(path, headers={"Origin": origin}).headers["Access-Control-Allow-Origin"] == origin


@pytest.mark.parametrize(
    ("settings", "origin"),
    [
        ({"local": False}, CONSOLE),
        ({"local": False}, "http://localhost:3000"),
        ({"local": False, "consoles": (CONSOLE,)}, "https://console.example.com.evil.example"),
        ({"local": True}, "http://localhost.evil.example"),
        ({"local": True}, "null"),
        ({"local": True}, "http://[::1"),
    ],
)
def test_nobody_else_may_call_or_read(bundled_store: Store, settings: dict[str, Any], origin: str) -> None:
    client = client_of(bundled_store, **settings)
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    assert "Access-Control-Allow-Headers" not in client.options(TOOL, headers=asked).headers
    answer = call(client, origin)
    assert answer.status_code == 403
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    "given",
    [
        {"data": '{"shelf": 1}', "content_type": "text/plain"},
        {"data": {"shelf": "1"}},
        {"data": b""},
        {"data": "{}", "content_type": "application/x-www-form-urlencoded"},
    ],
)
def test_what_a_browser_sends_without_asking_is_refused_from_a_console_too(
    bundled_store: Store, given: dict[str, Any]
) -> None:
    assert call(client_of(bundled_store, local=True), "http://localhost:3000", **given).status_code == 403


def test_a_console_may_call_the_gateway_of_a_site_and_nothing_else_there(bundled_store: Store) -> None:
    client = client_of(bundled_store, alone=False, local=False, consoles=(CONSOLE,))
    assert call(client, CONSOLE, f"/gateway{TOOL}").status_code == 200
    refused = call(client, CONSOLE, "/providers/tour/shelfbooks/send")
    assert refused.status_code == 403
    assert "Access-Control-Allow-Origin" not in refused.headers


def test_the_gateway_finds_and_describes_itself(bundled_store: Store) -> None:
    client = client_of(bundled_store)
    found = client.get("/tools/search?q=shelf+books&limit=3").get_json()
    assert found["tools"][0]["name"].startswith("tour.")
    asked = client.post("/tools/search", json={"query": "shelf", "namespace": "tour", "limit": 2}).get_json()
    assert 1 <= asked["count"] == len(asked["tools"]) <= 2
    assert asked["namespaces"] == ["tour"]
    assert client.post("/tools/search", data="x").status_code == 400
    listed = client.get("/tools?provider=tour&limit=5").get_json()["tools"]
    assert len(listed) == 5
    assert {one["provider"] for one in listed} == {"tour"}
    described = client.get("/openapi.json").get_json()
    assert described["servers"] == [{"url": "http://localhost"}]
    assert "/tools/{provider}/{operation}" in described["paths"]
    assert client_of(bundled_store, alone=False).get("/gateway/openapi.json").get_json()["servers"] == [
        {"url": "http://localhost/gateway"}
    ]


@pytest.mark.parametrize(
    "path", ["/", "/nothing-here", "/providers/stripe", "/providers/nope", "/healthz", "/assets/nope.js", "/search?q=x"]
)
def test_security_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'self'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_fragments_are_not_kept_by_any_cache(client: FlaskClient) -> None:
    answer = client.post("/providers/stripe/postcheckoutsessionssession/snippet", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_client_cannot_set_a_host_in_our_pages_when_hosts_are_named(client: FlaskClient) -> None:
    answer = client.get("/", headers={"Host": 'evil.example"><script>'})
    assert b"<script>evil" not in answer.data
