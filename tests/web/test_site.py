"""A site whose operator named another gateway calls no API itself; where a process listens; whom limits count."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from playground.app import create_gateway_app
from playground.config import RateLimit, Settings
from playground.web.site import own_addresses
from playground.web.visitor import visitor
from tests.support.pages import browser_of, document, one, opened, post, site_of, words
from tests.support.servers import RecordingServer, http_answer

GATEWAY = "https://gateway.example"
OURS = "http://localhost/gateway"
SEND = "/providers/api/x/send"


@pytest.fixture
def api() -> Iterator[RecordingServer]:
    with RecordingServer(http_answer({"id": 1})) as server:
        yield server


@contextlib.contextmanager
def site(folder: Path, api: RecordingServer, gateway: str | None) -> Iterator[Flask]:
    described = document({"/x": {"get": {"operationId": "x", "responses": {}}}}, server=api.url)
    with site_of(folder, {"api": described}, gateway_url=gateway, private_networks=opened(api.port)) as app:
        yield app


def test_a_site_with_another_gateway_sends_nothing_itself(tmp_path: Path, api: RecordingServer) -> None:
    with site(tmp_path, api, GATEWAY) as app:
        program = app.test_client()
        for path in ("/gateway/health", "/gateway/config", "/gateway/tools", "/gateway/openapi.json"):
            assert program.get(path).status_code == 404
        refused = program.post("/gateway/tools/api/x", json={})
        assert refused.status_code == 404
        assert set(refused.get_json()) == {"error"}
        pane = post(browser_of(app), SEND, {"gateway_url": OURS, "server": api.url})
        assert words(one(pane, ".sentence")) == f"This site sends nothing itself: use its gateway at {GATEWAY}."
        assert api.requests == []
        # The sandbox answers from the description, and asks nobody.
        answered = post(browser_of(app), SEND, {"gateway_url": OURS, "server": "sandbox"})
        assert words(one(answered, ".pill")) == "204 No Content"


@pytest.mark.parametrize("gateway", [None, OURS, "http://127.0.0.1/gateway/"])
def test_its_own_gateway_may_be_named_as_well(tmp_path: Path, api: RecordingServer, gateway: str | None) -> None:
    with site(tmp_path, api, gateway) as app:
        assert app.test_client().post("/gateway/tools/api/x", json={}).status_code == 200
        assert words(one(post(browser_of(app), SEND, {"gateway_url": OURS, "server": api.url}), ".pill")) == "200 OK"
    assert len(api.requests) == 2


def test_the_gateway_alone_sends_whatever_the_site_is_told(tmp_path: Path, api: RecordingServer) -> None:
    with site(tmp_path, api, None) as app:
        store = app.extensions["playground"].store
        settings = Settings(catalog=store.path, gateway_url=GATEWAY, private_networks=opened(api.port))
        assert create_gateway_app(settings, store).test_client().post("/tools/api/x", json={}).status_code == 200


class Connection:
    """A visitor's connection as gunicorn hands it on."""

    def __init__(self, name: object) -> None:
        self.name = name

    def getsockname(self) -> object:
        return self.name


@pytest.mark.parametrize(
    ("connection", "own"),
    [
        (None, ()),
        (Connection(("10.0.0.5", 8000)), (("10.0.0.5", 8000),)),
        (Connection(("fd00::5", 8000, 0, 0)), (("fd00::5", 8000),)),
        (Connection("/run/playground.sock"), ()),
        (Connection(""), ()),
    ],
)
def test_the_server_tells_where_it_listens(app: Flask, connection: Connection | None, own: tuple[object, ...]) -> None:
    environ = {} if connection is None else {"gunicorn.socket": connection}
    with app.test_request_context(environ_overrides=environ):
        assert own_addresses() == own


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::7", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::7", "2001:db8:1:3::/64"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        ("localhost", "localhost"),
    ],
)
def test_a_visitor_is_an_address_or_the_network_of_his_line(app: Flask, address: str, counted: str) -> None:
    with app.test_request_context(environ_overrides={"REMOTE_ADDR": address}):
        assert visitor() == counted


@pytest.mark.parametrize(
    ("hops", "given", "statuses"),
    [
        (0, ["1.1.1.1", "2.2.2.2"], [200, 429]),  # what a visitor says of himself counts for nothing
        (1, ["1.1.1.1", "2.2.2.2"], [200, 200]),
        (1, ["9.9.9.1, 1.1.1.1", "9.9.9.2, 1.1.1.1"], [200, 429]),  # only the proxy's own word does
        (2, ["1.1.1.1, 10.0.0.1", "2.2.2.2, 10.0.0.1"], [200, 200]),
    ],
)
def test_a_visitor_cannot_say_that_he_is_another(
    tmp_path: Path, hops: int, given: list[str], statuses: list[int]
) -> None:
    described = document({"/x": {"get": {"operationId": "x", "responses": {}}}})
    call = {"args": {}, "options": {"server": "sandbox"}}
    with site_of(tmp_path, {"api": described}, proxy_hops=hops, rate_limit=RateLimit(count=1, seconds=60)) as app:
        asked = [
            app.test_client().post("/gateway/tools/api/x", json=call, headers={"X-Forwarded-For": one}) for one in given
        ]
        assert [one.status_code for one in asked] == statuses
