"""The site below a path of another application: its addresses, its description, calls of the application's own API."""

from __future__ import annotations

import gc
import json
import re
import tempfile
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.serving import make_server
from werkzeug.test import Client, TestResponse

import playground
from playground import Playground, blueprint
from playground.config import Settings
from playground.mount import wsgi as mounting
from playground.mount.wsgi import _own_address, forbidden_by
from playground.text.wording import Said
from playground.web.security import POLICY
from tests.support.needs import ROOT

OWN = {"Sec-Fetch-Site": "same-origin"}


def _document(summary: str = "Get an order", **more: Any) -> dict[str, Any]:
    operation = {
        "operationId": "getOrder", "summary": summary, "responses": {"200": {"description": "Fine"}},
        "parameters": [{"name": "status", "in": "query", "schema": {"type": "string"}}],
    }  # fmt: skip
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shop API", "version": "1"},
        "paths": {"/orders": {"get": operation}},
        **more,
    }


@pytest.fixture
def shop() -> Flask:
    app = Flask("shop")

    @app.get("/orders")
    def orders() -> dict[str, Any]:
        return {"status": request.args.get("status"), "host": request.host}

    return app


def _mounted(app: Flask, document: Any = None, **options: Any) -> Client:
    options = {"app": app.wsgi_app, **options}
    site = playground.wsgi(document if document is not None else _document(), **options)
    return Client(DispatcherMiddleware(app.wsgi_app, {"/team/docs": site}))


def _send(client: Client, **fields: str) -> TestResponse:
    address = "/team/docs/providers/shop-api/getorder/send"
    return client.post(address, data={"query.status": "paid", **fields}, headers=OWN)


def test_the_api_is_called_in_this_process(shop: Flask) -> None:
    text = _send(_mounted(shop)).text
    assert "200 OK" in text
    assert "paid" in text and "127.0.0.1" in text


def test_what_it_has_written_goes_with_it(shop: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    client = _mounted(shop)
    assert "200 OK" in _send(client).text
    assert any(b"paid" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    del client
    gc.collect()
    assert list(tmp_path.iterdir()) == []


def test_the_place_where_it_is_mounted_shows_the_api(shop: Flask) -> None:
    client = _mounted(shop)
    for path in ("/team/docs", "/team/docs/"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/team/docs/providers/shop-api")
    assert "Shop API" in client.get("/team/docs/providers/shop-api").text


ADDRESS = re.compile(r"""(?:href|src|action|formaction|hx-get|hx-post|data-[a-z-]+)=["'](/[^"']*)["']""")
PAGES = [
    "/providers", "/providers/shop-api", "/providers/shop-api/getorder", "/scenarios", "/shortcuts", "/history",
    "/search?q=order", "/nothing",
    "/embed/providers/shop-api/getorder", "/?home",
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_every_address_of_a_page_is_below_the_mount(shop: Flask, page: str) -> None:
    client = _mounted(shop)
    text = client.get(f"/team/docs{page}", follow_redirects=True).text
    addresses = [address for address in ADDRESS.findall(text) if not address.startswith("/orders")]
    assert addresses
    outside = [address for address in addresses if not address.startswith("/team/docs")]
    # The server of a description without one; the action names of htmx are whole addresses.
    assert outside == []
    for own in {address for address in addresses if "/assets/" in address}:
        assert client.get(own).status_code == 200, own


OWN_ADDRESS = re.compile(r"(?<!siteAddress\()[\"'`]/[a-z]+(?:/|[\"'`$?])")
"""An address in a script that stands outside `siteAddress(…)`."""


def test_no_script_names_an_address_as_if_the_site_were_at_the_top() -> None:
    scripts = [path for path in (ROOT / "static" / "js").rglob("*.js") if path.parent.name != "embed"]
    found = {str(path): OWN_ADDRESS.findall(path.read_text()) for path in scripts}
    assert {path: addresses for path, addresses in found.items() if addresses} == {}


@pytest.mark.parametrize("path", ["/llms.txt", "/providers/shop-api.md", "/providers/shop-api/getorder.md"])
def test_the_addresses_of_exports_are_below_the_mount(shop: Flask, path: str) -> None:
    text = _mounted(shop).get(f"/team/docs{path}").text
    own = re.findall(r"http://localhost(/[^\s)]*)", text)
    assert own
    assert all(address.startswith("/team/docs/") for address in own), own


def test_the_gateway_and_the_frame_are_named_below_the_mount(shop: Flask) -> None:
    client = _mounted(shop)
    assert (
        'data-embedded="http://localhost/team/docs/gateway"'
        in client.get("/team/docs/providers/shop-api/getorder").text
    )
    called = client.post("/team/docs/gateway/tools/shop-api/getorder", json={"status": "open"}, headers=OWN)
    assert called.json == {"data": {"host": "127.0.0.1", "status": "open"}} or "open" in called.text
    asked = client.get("/team/docs/oembed?url=http%3A%2F%2Flocalhost%2Fteam%2Fdocs%2Fproviders%2Fshop-api%2Fgetorder")
    assert "http://localhost/team/docs/embed/providers/shop-api/getorder" in asked.text


def test_two_mounts_do_not_share_pages(shop: Flask) -> None:
    site = playground.wsgi(_document(), app=shop.wsgi_app)
    client = Client(DispatcherMiddleware(shop.wsgi_app, {"/a": site, "/b": site}))
    for prefix in ("/a", "/b"):
        for page in ("/providers", "/providers/shop-api/getorder"):
            text = client.get(prefix + page).text
            other = "/b" if prefix == "/a" else "/a"
            assert f'"{prefix}/assets/' in text and f'"{other}/' not in text


def test_a_prefix_that_the_server_does_not_tell_is_told_by_the_option(shop: Flask) -> None:
    site = playground.wsgi(_document(), app=shop.wsgi_app, prefix="/docs/")
    for path, script in (
        ("/docs/providers/shop-api", ""),
        ("/providers/shop-api", ""),
        ("/providers/shop-api", "/docs"),
    ):
        text = Client(site).get(path, environ_overrides={"SCRIPT_NAME": script}).text
        assert 'href="/docs/providers/shop-api/getorder"' in text, (path, script)


def test_open_pages_ask_again_in_debug_only(shop: Flask) -> None:
    page = "/team/docs/providers/shop-api/getorder"
    assert "/team/docs/live" in _mounted(shop, debug=True).get(page).text
    assert "/live" not in _mounted(shop).get(page).text


def test_a_policy_of_the_application_that_forbids_the_site_is_told(shop: Flask) -> None:
    site = playground.wsgi(_document())
    policy = "default-src 'self'; script-src 'none'"

    def strict(environ: Any, start_response: Any) -> Any:
        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            kept = [(name, value) for name, value in headers if name.lower() != "content-security-policy"]
            return start_response(status, [*kept, ("Content-Security-Policy", policy)], exc_info)

        return site(environ, start)

    server = make_server("127.0.0.1", 0, DispatcherMiddleware(shop.wsgi_app, {"/docs": strict}), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        told = ""
        while "forbids its scripts (script-src)" not in told:  # it is looked at beside the first request
            with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/docs/providers/shop-api") as page:
                told = page.read().decode()
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_the_description_is_read_at_the_first_request(shop: Flask) -> None:
    made: list[int] = []

    def make() -> dict[str, Any]:
        made.append(1)
        return _document()

    client = _mounted(shop, make)
    assert made == []
    for _ in range(3):
        client.get("/team/docs/providers/shop-api")
    assert made == [1]


def test_in_debug_a_change_is_followed_and_a_broken_one_is_told(
    shop: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mounting, "_EVERY", 0)
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(_document(info={"title": "Shop API", "version": "1"})))
    client = _mounted(shop, path, debug=True)
    page = "/team/docs/providers/shop-api/getorder"
    assert "Get an order" in client.get(page).text
    path.write_text(json.dumps(_document("Fetch an order")))
    assert "Fetch an order" in client.get(page).text
    path.write_text('{"openapi": ')
    broken = client.get(page).text
    assert "Fetch an order" in broken and "This is not valid JSON" in broken and "(line 1, column " in broken
    assert "/team/docs/live?path=shop-api/getorder" in broken
    path.write_text(json.dumps(_document("Fetch an order")))
    assert "not valid JSON" not in client.get(page).text


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (b"{", "This is not valid YAML"),
        ({"swagger": "1.2"}, "cannot be used: "),
        ("nosuch.yaml", "There is no file nosuch.yaml"),
        (lambda: 5, "cannot be used: "),
    ],
)
def test_what_cannot_be_used_is_one_sentence(shop: Flask, document: Any, sentence: str) -> None:
    answer = _mounted(shop, document).get("/team/docs/")
    assert answer.status_code == 500
    assert sentence in answer.text and "Traceback" not in answer.text
    assert answer.text.count("\n") == 1


def test_the_host_field_does_not_choose_what_is_called(shop: Flask) -> None:
    client = _mounted(shop)
    answer = client.get("/team/docs/providers/shop-api/getorder", headers={"Host": "metadata.internal:8080"})
    assert "metadata.internal:8080/orders" not in answer.text
    assert "http://127.0.0.1" in answer.text


class _Listener:
    def __init__(self, family: int) -> None:
        self.family = family


@pytest.mark.parametrize(
    ("environ", "address"),
    [
        ({"SERVER_NAME": "::", "SERVER_PORT": "8000"}, "http://127.0.0.1:8000/"),
        ({"SERVER_NAME": "evil.example", "SERVER_PORT": "8000"}, "http://127.0.0.1:8000/"),
        ({"SERVER_NAME": "10.0.0.5", "SERVER_PORT": 8000}, "http://127.0.0.1:8000/"),
        ({"SERVER_NAME": "::1", "SERVER_PORT": "8000"}, "http://[::1]:8000/"),
        ({"SERVER_NAME": "x", "SERVER_PORT": ""}, None),
        ({"SERVER_NAME": "x", "SERVER_PORT": "0"}, None),
        ({"SERVER_NAME": "x", "SERVER_PORT": "22", "gunicorn.socket": _Listener(1)}, None),
    ],
)  # fmt: skip
def test_only_this_machine_s_own_port_counts_as_the_api_s_address(environ: dict[str, Any], address: str | None) -> None:
    assert _own_address(environ) == address


def test_a_server_that_was_given_is_shown_and_answered_in_process(shop: Flask) -> None:
    client = _mounted(shop, server="https://api.shop.example")
    assert "https://api.shop.example/orders" in client.get("/team/docs/providers/shop-api/getorder").text
    assert "api.shop.example" in _send(client).text


def test_another_private_address_is_refused_as_on_any_hosted_site(shop: Flask) -> None:
    client = _mounted(shop, _document(servers=[{"url": "http://127.0.0.1:9"}, {"url": "http://169.254.169.254"}]))
    for server in ("http://127.0.0.1:9", "http://169.254.169.254", "http://10.0.0.1"):
        text = _send(client, server=server).text
        assert "200 OK" not in text and 'class="sentence"' in text, server


@pytest.fixture(params=["extension", "late extension", "blueprint"])
def flask_site(request: pytest.FixtureRequest, shop: Flask) -> Iterator[Client]:
    if request.param == "blueprint":
        shop.register_blueprint(blueprint(_document()), url_prefix="/team/docs")
    elif request.param == "extension":
        Playground(shop, _document(), url_prefix="/team/docs")
    else:
        extension = Playground()
        extension.init_app(shop, _document(), url_prefix="/team/docs/")
    yield Client(shop.wsgi_app)


def test_flask_has_it_as_extension_and_as_blueprint(flask_site: Client) -> None:
    assert flask_site.get("/team/docs/").headers["Location"] == "/team/docs/providers/shop-api"
    page = flask_site.get("/team/docs/providers/shop-api/getorder").text
    assert 'href="/team/docs/providers/shop-api"' in page
    assert "paid" in _send(flask_site).text
    assert flask_site.get("/orders?status=x").json == {"host": "localhost", "status": "x"}


def test_a_server_of_asgi_that_changes_the_path_is_understood(shop: Flask) -> None:
    site = playground.wsgi(_document(), app=shop.wsgi_app, prefix="/docs")
    scope = {"raw_path": b"/docs/providers/shop-api/getorder?x=1"}
    answer = Client(site).get("/providers/shop-api/getorder/", environ_overrides={"asgi.scope": scope})
    assert answer.status_code == 200


REBOUND = ["evil.example:8000", "127.0.0.1.nip.io", "[::ffff:127.0.0.1]", "2130706433", "localhost.evil.example"]


@pytest.mark.parametrize("host", REBOUND)
def test_a_name_that_was_pointed_at_this_machine_sends_nothing(shop: Flask, host: str) -> None:
    client = _mounted(shop)
    own = {"HTTP_HOST": host, "REMOTE_ADDR": "127.0.0.1"}
    address, fields = "/team/docs/providers/shop-api/getorder/send", {"query.status": "paid"}
    answer = client.post(address, data=fields, headers={**OWN, "Origin": f"http://{host}"}, environ_overrides=own)
    assert answer.status_code == 421 and "PLAYGROUND_TRUSTED_HOSTS" in answer.text
    page = client.get("/team/docs/providers/shop-api/getorder", environ_overrides=own).text
    assert "PLAYGROUND_TRUSTED_HOSTS" in page, "and its page says why"
    assert "PLAYGROUND_TRUSTED_HOSTS" not in client.get("/team/docs/providers/shop-api/getorder").text
    called = client.post("/team/docs/gateway/tools/shop-api/getorder", json={}, environ_overrides=own)
    assert called.status_code == 421 and "PLAYGROUND_TRUSTED_HOSTS" in called.text


def test_a_name_that_the_operator_lists_is_served_behind_a_proxy_of_this_machine(shop: Flask) -> None:
    settings = Settings(trusted_hosts=("shop.example",))
    client = _mounted(shop, settings=settings)
    own = {"HTTP_HOST": "shop.example", "REMOTE_ADDR": "127.0.0.1"}
    answer = client.post("/team/docs/providers/shop-api/getorder/send", data={}, headers=OWN, environ_overrides=own)
    assert "200 OK" in answer.text


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
     {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:3000"}, {"Origin": "http://localhost:3000"}],
    ids=str,
)  # fmt: skip
def test_a_page_of_another_site_makes_it_send_nothing(shop: Flask, headers: dict[str, str]) -> None:
    called: list[str] = []

    @shop.before_request
    def note() -> None:
        called.append(request.path)

    client = _mounted(shop)
    client.post("/team/docs/providers/shop-api/getorder/send", data={"query.status": "x"}, headers=headers)
    client.post("/team/docs/gateway/tools/shop-api/getorder", data="{}", content_type="text/plain", headers=headers)
    client.post("/team/docs/gateway/tools/shop-api/getorder", json={}, headers=headers)
    assert called == []


@pytest.mark.parametrize(
    "policy",
    ["", ";", "default-src 'self'", "default-src *", "img-src 'none'", "frame-ancestors 'none'",
     "default-src https: 'self'",
     "script-src 'self' 'unsafe-inline'; style-src 'self'", "sandbox allow-scripts allow-forms allow-same-origin",
     POLICY + "'self'"],
)  # fmt: skip
def test_a_policy_that_allows_the_own_origin_is_fine(policy: str) -> None:
    assert forbidden_by([policy]) == ""


@pytest.mark.parametrize(
    ("policy", "named"),
    [
        ("default-src 'none'", ["script-src", "style-src", "connect-src"]),
        ("script-src 'none'", ["script-src"]),
        ("default-src 'self'; script-src 'nonce-abc' 'strict-dynamic' 'self'", ["script-src"]),
        ("script-src 'sha256-abc'", ["script-src"]),
        ("default-src 'self'; style-src https://cdn.example.com", ["style-src"]),
        ("connect-src 'none'", ["connect-src"]),
        ("form-action 'none'", ["form-action"]),
        ("default-src 'self', script-src 'none'", ["script-src"]),
        ("SCRIPT-SRC 'NONE'", ["script-src"]),
        ("sandbox", ["sandbox"]),
    ],
)
def test_what_a_policy_forbids_is_named(policy: str, named: list[str]) -> None:
    sentence = forbidden_by([policy])
    assert sentence.startswith("The application around this site sends a Content-Security-Policy that forbids ")
    assert isinstance(sentence, Said), "a page says it in its reader's language"
    directives = ("script-src", "style-src", "connect-src", "form-action", "sandbox")
    assert [name for name in directives if name in sentence] == named


def test_all_of_several_policies_hold() -> None:
    assert "script-src" in forbidden_by(["default-src 'self'", "script-src 'none'"])
