"""Pages of other sites at the gateway: only the operator's consoles, only with JSON, and never by a form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from playground.app import create_app, create_gateway_app
from playground.config import Settings
from playground.store import Store

CALL = "/tools/tour/shelfbooks"
CONSOLE = "https://console.example.com"


def client_of(store: Store, *, alone: bool = True, **settings: Any) -> FlaskClient:
    make = create_gateway_app if alone else create_app
    return make(Settings(catalog=Path("unused"), **settings), store).test_client()


def call(client: FlaskClient, origin: str, path: str = CALL, **given: Any) -> Any:
    headers = {"Origin": origin, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}
    return client.post(path, headers=headers, **(given or {"json": {"shelf": 1}}))


@pytest.mark.parametrize(
    ("settings", "origin"),
    [
        ({"loopback": False, "consoles": (CONSOLE,)}, CONSOLE),
        ({"loopback": False, "consoles": ("*",)}, "https://anyone.example"),
        ({"loopback": True}, "http://localhost:4321"),
        ({"loopback": True}, "http://127.0.0.1:3000"),
    ],
)
def test_a_console_asks_first_and_may_then_call_and_read(
    bundled_store: Store, settings: dict[str, Any], origin: str
) -> None:
    client = client_of(bundled_store, **settings)
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    asked["Access-Control-Request-Headers"] = "authorization,content-type,x-api-key,x-custom"
    preflight = client.options(CALL, headers=asked)
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
        ({"loopback": False}, CONSOLE),
        ({"loopback": False}, "http://localhost:3000"),
        ({"loopback": False, "consoles": (CONSOLE,)}, "https://console.example.com.evil.example"),
        ({"loopback": True}, "http://localhost.evil.example"),
        ({"loopback": True}, "null"),
        ({"loopback": True}, "http://[::1"),
    ],
)
def test_nobody_else_may_call_or_read(bundled_store: Store, settings: dict[str, Any], origin: str) -> None:
    client = client_of(bundled_store, **settings)
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    assert "Access-Control-Allow-Headers" not in client.options(CALL, headers=asked).headers
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
    assert call(client_of(bundled_store, loopback=True), "http://localhost:3000", **given).status_code == 403


def test_a_console_may_call_the_gateway_of_a_site_and_nothing_else_there(bundled_store: Store) -> None:
    client = client_of(bundled_store, alone=False, loopback=False, consoles=(CONSOLE,))
    assert call(client, CONSOLE, f"/gateway{CALL}").status_code == 200
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
