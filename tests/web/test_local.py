"""A local site calls its user's own APIs, and nobody else can make it (docs/security.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from playground.app import create_gateway_app
from playground.transport import connection
from tests.support.pages import HTMX, browser_of, document, one, parsed, site_of, words
from tests.support.rows import each
from tests.support.servers import RecordingServer, http_answer

CALL = "/gateway/tools/api/x"
SEND = "/providers/api/x/send"


@pytest.fixture
def api() -> Iterator[RecordingServer]:
    with RecordingServer(http_answer({"ok": True})) as server:
        yield server


@pytest.fixture
def app(tmp_path: Path, api: RecordingServer) -> Iterator[Flask]:
    """A local site whose description names a server on loopback, one on a public name, and one that is relative."""
    described = document({"/x": {"get": {"operationId": "x", "responses": {}}}}, server=api.url)
    described["servers"] += [{"url": f"http://rebind.example:{api.port}"}, {"url": "/"}]
    with site_of(tmp_path, {"api": described}, local=True) as app:
        yield app


def send(client: FlaskClient, **fields: str) -> str:
    answer = client.post(SEND, data={"gateway_url": "http://localhost/gateway", **fields}, headers=HTMX)
    page = parsed(answer.text)
    shown = page.select("#response .pill") or page.select("#response .sentence")
    assert answer.status_code == 200 and shown, answer.text
    return words(shown[0])


def test_it_calls_what_the_description_names_on_loopback(app: Flask, api: RecordingServer) -> None:
    assert send(browser_of(app), server=api.url) == "200 OK"
    assert app.test_client().post(CALL, json={}).status_code == 200
    assert len(api.requests) == 2


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_it_calls_a_server_that_its_user_types(app: Flask, api: RecordingServer, host: str) -> None:
    assert send(browser_of(app), server=f"http://{host}:{api.port}/v2/") == ("200 OK")
    assert api.request.target == "/v2/x"


def test_a_hosted_site_calls_neither_and_tells_nothing_of_the_network(tmp_path: Path, api: RecordingServer) -> None:
    described = document({"/x": {"get": {"operationId": "x", "responses": {}}}}, server=api.url)
    with site_of(tmp_path, {"api": described}) as app:
        browser = browser_of(app)
        assert send(browser, server=api.url) == f"The API at 127.0.0.1:{api.port} could not be reached."
        sentence = send(browser, server=f"http://localhost:{api.port}")
        assert "are not allowed here" in sentence
        assert "PLAYGROUND_UPSTREAMS" in sentence
    assert api.connections == 0


def test_a_typed_server_of_a_hosted_site_is_one_that_the_operator_lists(tmp_path: Path, api: RecordingServer) -> None:
    described = document({"/x": {"get": {"operationId": "x", "responses": {}}}}, server="https://api.example")
    settings: dict[str, Any] = {"upstreams": (api.url,)}
    with site_of(tmp_path, {"api": described}, **settings) as app:
        # The origin may be called; its address still has to be opened.
        assert send(browser_of(app), server=api.url) == f"The API at 127.0.0.1:{api.port} could not be reached."
        assert "are not allowed" in send(browser_of(app), server=f"http://127.0.0.1:{api.port + 1}")


@pytest.mark.parametrize(
    ("server", "why"),
    [
        ("http://169.254.169.254/", "169.254.169.254 is a cloud metadata address, which is never called"),
        ("http://[fd00:ec2::254]/", "fd00:ec2::254 is a cloud metadata address, which is never called"),
        ("http://0.0.0.0:9000/", "0.0.0.0 is the unspecified address or its network; PLAYGROUND_PRIVATE_NETWORKS="),
        ("http://[::ffff:169.254.169.254]/", "::ffff:a9fe:a9fe is a cloud metadata address"),
        ("http://name.invalid/", "its name has no address"),
    ],
)
def test_what_stays_forbidden_is_told_with_the_reason(
    app: Flask, server: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = connection.resolve

    def resolve(host: str, port: int) -> tuple[str, ...]:
        if host.endswith(".invalid"):
            raise OSError("no such name")
        return real(host, port)

    monkeypatch.setattr(connection, "resolve", resolve)
    sentence = send(browser_of(app), server=server)
    assert "could not be reached: " in sentence
    assert why in sentence


def test_nothing_listening_is_told(app: Flask) -> None:
    sentence = send(browser_of(app), server="http://127.0.0.1:9")
    assert sentence == "The API address uses port 9, which is not a port for HTTP."
    with RecordingServer() as server:
        port = server.port
    assert send(browser_of(app), server=f"http://127.0.0.1:{port}").endswith(
        "could not be reached: nothing listens there."
    )


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "192.168.1.1", "::1", "fd12::1"])
def test_a_public_name_that_leads_home_reaches_nothing(
    app: Flask, api: RecordingServer, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: whoever owns the name points it at the user's own network."""
    monkeypatch.setattr(connection, "resolve", lambda host, port: (address,))
    for server in (f"http://rebind.example:{api.port}", f"http://typed.example.com:{api.port}"):
        sentence = send(browser_of(app), server=server)
        bits = 128 if ":" in address else 32
        assert f"PLAYGROUND_PRIVATE_NETWORKS={address}/{bits}:{api.port} allows it" in sentence
    assert api.connections == 0


@pytest.mark.parametrize("name", ["api", "db.internal", "nas.local", "x.lan", "svc.localhost", "router.home.arpa"])
def test_a_name_of_the_own_network_reaches_it(
    app: Flask, api: RecordingServer, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "resolve", lambda host, port: ("127.0.0.1",))
    assert send(browser_of(app), server=f"http://{name}:{api.port}") == "200 OK"


def test_a_name_that_should_be_this_machine_and_is_not_reaches_nothing(
    app: Flask, api: RecordingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "resolve", lambda host, port: ("10.0.0.7",))
    sentence = send(browser_of(app), server=f"http://localhost:{api.port}")
    assert sentence.endswith("localhost leads to 10.0.0.7, which is not this machine.")


HOSTS = ["localhost", "localhost:8000", "127.0.0.1:8000", "127.0.0.1", "[::1]:8000", "LocalHost:1"]
OTHERS = [
    "evil.example",
    "evil.example:8000",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "localhost.",
    "foo.localhost",
    "0.0.0.0",  # noqa: S104 - asked for, not bound
    "192.168.1.5:8000",
    "127.0.0.1:8000@evil.example",
    "evil.example, localhost",
    "localhost:8000:1",
    "",
    "[::1].evil.example",
    "localhost\\evil",
    "127.0.0.1.",
    "127.0.0.1.nip.io",
    "localtest.me",
    "localhost.localdomain",
    "::1",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[0:0:0:0:0:0:0:1]",
    "[::1%25lo]",
    "2130706433",
    "0177.0.0.1",
    "0x7f.0.0.1",
    "127.1",
    "127.0.0.1 evil.example",
    "127.0.0.1/@evil.example",
]


@each("path", ["/", "/assets/x.js", "/gateway/config", "/healthz", "/providers/api/x"])
@each("host", OTHERS)
def test_it_answers_to_no_other_name(app: Flask, host: str, path: str) -> None:
    answer = app.test_client().get(path, environ_overrides={"HTTP_HOST": host})
    assert answer.status_code == 421
    assert answer.text.startswith("This site is local: it answers to localhost")
    assert "PLAYGROUND_TRUSTED_HOSTS" in answer.text


@each("host", HOSTS)
def test_it_answers_to_each_name_of_this_machine(app: Flask, host: str) -> None:
    assert app.test_client().get("/", environ_overrides={"HTTP_HOST": host}).status_code == 200


@pytest.mark.parametrize(
    "field", ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via"]
)
def test_a_request_through_a_proxy_is_refused(app: Flask, api: RecordingServer, field: str) -> None:
    """Who puts a proxy before it serves others: strangers would reach the operator's network."""
    answer = app.test_client().post(CALL, json={}, headers={field: "203.0.113.7"})
    assert answer.status_code == 400
    assert "PLAYGROUND_PROXY_HOPS" in answer.text
    assert api.connections == 0


FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "http://localhost:3000"},
    {"Origin": "http://127.0.0.1:3000"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:3000"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://public.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Origin": ""},
    {"Origin": "http://localhost, https://evil.example"},
    {"Origin": "http://127.0.0.1.nip.io"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "file://"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize("kind", ["form", "text", "json"])
def test_a_page_of_another_site_reaches_no_local_api(
    app: Flask, api: RecordingServer, headers: dict[str, str], kind: str
) -> None:
    bodies: dict[str, dict[str, Any]] = {
        "form": {"data": {"server": api.url}},
        "text": {"data": json.dumps({"args": {}}), "content_type": "text/plain"},
        "json": {"json": {"args": {}, "options": {"server": api.url}}},
    }
    client = app.test_client()
    for path in (SEND, CALL, "/providers/api/x/download", "/scenarios", "/add", "/sandbox/api/x"):
        client.post(path, headers=headers, **bodies[kind])
    assert api.connections == 0


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_page_of_another_site_reaches_no_local_api_as_an_agent(
    app: Flask, api: RecordingServer, headers: dict[str, str]
) -> None:
    call = {"name": "call", "arguments": {"operation": "api/x", "server": api.url}}
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    accept = {"Accept": "application/json, text/event-stream", "Playground-Allow-Changes": "yes"}
    app.test_client().post("/mcp", json=message, headers={**accept, **headers})
    assert api.connections == 0
    assert app.test_client().post("/mcp", json=message, headers=accept).status_code == 200
    assert api.connections == 1, "a program of the user's own reaches it"


def test_a_page_on_another_port_calls_what_a_hosted_site_calls(tmp_path: Path, api: RecordingServer) -> None:
    """A console on loopback may use the gateway; the user's own network is not for it."""
    described = document({"/x": {"get": {"operationId": "x", "responses": {}}}}, server=api.url)
    with site_of(tmp_path, {"api": described}, local=True) as app:
        store = app.extensions["playground"].store
        alone = create_gateway_app(app.extensions["playground"].settings, store)
        for client, path in ((app.test_client(), CALL), (alone.test_client(), "/tools/api/x")):
            answer = client.post(path, json={}, headers={"Origin": "http://localhost:3000"})
            assert answer.status_code == 502
            assert answer.get_json() == {"error": f"The API at 127.0.0.1:{api.port} could not be reached."}
    assert api.connections == 0


def test_a_scenario_does_not_choose_the_server(app: Flask, api: RecordingServer) -> None:
    step = {"operation": "api/x", "server": f"http://127.0.0.1:{api.port}/elsewhere"}
    text = json.dumps({"playground": "scenario", "version": 1, "title": "T", "steps": [step]})
    answer = browser_of(app).post("/scenarios", data={"scenario": text})
    assert "is not one this operation lists" in parsed(answer.text).get_text()


def test_a_key_that_the_operator_lends_does_not_follow_a_typed_server(tmp_path: Path, api: RecordingServer) -> None:
    keys = tmp_path / "keys.json"
    keys.write_text('{"api": {"type": "bearer_token", "token": "canary-lent"}}')
    scheme = {"token": {"type": "http", "scheme": "bearer"}}
    described = document(
        {"/x": {"get": {"operationId": "x", "responses": {}}}}, server=api.url, schemes=scheme, security=[{"token": []}]
    )
    with site_of(tmp_path, {"api": described}, local=True, credentials=keys) as app:
        assert send(browser_of(app), server=api.url) == "200 OK"
        assert send(browser_of(app), server=f"http://localhost:{api.port}") == "200 OK"
    assert [request.header("Authorization") for request in api.requests] == ["Bearer canary-lent", None]


def test_what_the_page_shows_before_a_send_names_the_typed_server(app: Flask) -> None:
    fields = {"server": "http://127.0.0.1:9000/v1", "target": "shell_curl"}
    page = parsed(browser_of(app).post("/providers/api/x/snippet", data=fields, headers=HTMX).text)
    assert "http://127.0.0.1:9000/v1/x" in one(page, "#snippet").get_text()
