"""**Add an API**: what a visitor may bring, who sees it, and what may be called for it."""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from markupsafe import escape
from werkzeug.test import TestResponse

from playground.app import create_app
from playground.config import Settings
from playground.store import Store, open_store
from playground.web.added import keep as keeping
from tests.store.catalogs import SHOP
from tests.support.servers import RecordingServer, http_answer

Sites = Callable[..., "Visiting"]


def _document(title: str = "Own API", **more: Any) -> str:
    paths = {
        "/a": {
            "get": {"operationId": "get", "summary": "Get a secret plan", "responses": {"200": {"description": "F"}}}
        }
    }
    return json.dumps({"openapi": "3.1.0", "info": {"title": title, "version": "1"}, "paths": paths, **more})


class Visiting:
    """A site, and visitors of it."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self.app = create_app(settings, store)
        self.store = store

    def visitor(self) -> FlaskClient:
        client = self.app.test_client()
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        client.environ_base["HTTP_HOST"] = "127.0.0.1"
        return client


@pytest.fixture
def sites(tmp_path: Path) -> Iterator[Sites]:
    stores = []

    def make(**settings: Any) -> Visiting:
        made = replace(Settings(catalog=tmp_path / "catalog.sqlite"), **settings)
        stores.append(open_store(made.catalog))
        stores[-1].replace(SHOP, b"{}")
        return Visiting(stores[-1], made)

    yield make
    for store in stores:
        store.close()


def _address(answer: TestResponse) -> str:
    match = re.search(r'href="([^"]*/added/[0-9a-f]{24}/providers/[^"]+)"', answer.text)
    assert match is not None, answer.text
    return match[1]


@pytest.mark.parametrize("settings", [{}, {"add": False}, {"add": False, "local": True}])
def test_where_nothing_can_be_added_there_is_no_page(sites: Sites, settings: dict[str, Any]) -> None:
    client = sites(**settings).visitor()
    assert client.get("/add").status_code == 404
    assert client.post("/add", data={"text": _document()}).status_code == 404
    assert "/add" not in client.get("/").text


@pytest.mark.parametrize("settings", [{"local": True}, {"add": True}])
@pytest.mark.parametrize(
    "form", [{"text": _document()}, {"file": (io.BytesIO(_document().encode()), "own-api.json")}], ids=["text", "file"]
)
def test_what_was_added_has_pages_for_its_visitor_alone(
    sites: Sites, settings: dict[str, Any], form: dict[str, Any]
) -> None:
    site = sites(**settings)
    mine, other = site.visitor(), site.visitor()
    assert 'href="/add"' in mine.get("/").text
    if "file" in form:
        form = {"file": (io.BytesIO(_document().encode()), "own-api.json")}
    answer = mine.post("/add", data=form)
    assert answer.status_code == 200 and "1 operation" in answer.text
    address = _address(answer)
    assert address.endswith("/providers/own-api")
    page = mine.get(f"{address}/get")
    assert page.status_code == 200 and "Get a secret plan" in page.text
    assert "public" not in page.headers["Cache-Control"]
    assert "Own API" in mine.get("/add").text
    base = address.partition("/providers")[0]
    assert "Get a secret plan" in mine.get(f"{base}/search?q=secret+plan").text
    # Nobody else, and nothing of the site itself, knows it.
    other.set_cookie("playground_added", "0" * 32)
    for visitor in (other, site.visitor()):
        assert visitor.get(f"{address}/get").status_code == 404
        assert "Own API" not in visitor.get("/add").text
    for path in ("/", "/providers", "/search?q=secret+plan", "/llms.txt", "/catalog/index.json", "/catalog/ops.json"):
        assert "Get a secret" not in mine.get(path).text + other.get(path).text, path
    assert [provider.name for provider in site.store.providers()] == ["shop"]


def test_a_local_site_with_add_on_puts_it_into_the_catalogue(sites: Sites) -> None:
    site = sites(local=True, add=True)
    answer = site.visitor().post("/add", data={"text": _document("Shop")})
    assert 'href="/providers/shop-2"' in answer.text, "the name of another API is taken"
    assert "Set-Cookie" not in answer.headers
    assert site.visitor().get("/providers/shop-2/get").status_code == 200


def test_problems_are_listed_and_the_rest_works(sites: Sites) -> None:
    client = sites(local=True).visitor()
    broken = _document(paths={"/a": {"get": {"operationId": "get"}}, "/b": {"$ref": "#/nowhere"}})
    answer = client.post("/add", data={"text": broken})
    assert "problem" in answer.text and "/paths/~1b" in answer.text
    assert client.get(f"{_address(answer)}/get").status_code == 200


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Choose a file, paste a description, or type its URL."),
        ({"text": "{"}, "(line 2, column 1)"),
        ({"text": "<html>"}, "This is an HTML or XML page"),
        ({"url": "ftp://example.com"}, "must start with http:// or https://"),
        ({"text": "a: &a [1]\nb: " + "[" * 500}, "levels"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_and_stays_typed(sites: Sites, form: dict[str, str], sentence: str) -> None:
    answer = sites(local=True).visitor().post("/add", data=form)
    assert answer.status_code == 422
    assert sentence in answer.text.replace("&#39;", "'")
    assert "Set-Cookie" not in answer.headers
    for text in form.values():
        assert escape(text.partition("\n")[0]) in answer.text


def test_a_url_is_fetched_on_a_local_site_and_its_servers_called(sites: Sites) -> None:
    def serve(_: Any, request: Any) -> bytes:
        return http_answer(_document()) if request.target == "/openapi.json" else http_answer({"asked": request.target})

    with RecordingServer(serve) as server:
        client = sites(local=True).visitor()
        address = _address(client.post("/add", data={"url": server.url}))
        assert "/a" in client.post(f"{address}/get/send", data={}).text
        assert server.requests[-1].target == "/a"
        assert "Open it" in client.post("/add", data={"url": f"127.0.0.1:{server.port}"}).text


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "169.254.169.254", "[::1]", "10.0.0.1"])
def test_a_hosted_site_fetches_from_public_addresses_only(sites: Sites, host: str) -> None:
    with RecordingServer(http_answer(_document())) as server:
        answer = sites(add=True).visitor().post("/add", data={"url": f"http://{host}:{server.port}/openapi.json"})
    assert answer.status_code == 422
    assert server.connections == 0
    assert "loopback" not in answer.text and "127.0.0.1 is" not in answer.text, (
        "a stranger is told nothing of the network"
    )


@pytest.mark.parametrize("server", ["https://api.example.com", "http://127.0.0.1:9", "http://169.254.169.254"])
def test_a_strangers_description_allows_no_server(sites: Sites, server: str) -> None:
    client = sites(add=True, upstreams=("https://listed.example",)).visitor()
    address = _address(client.post("/add", data={"text": _document(servers=[{"url": server}])}))
    answer = client.post(f"{address}/get/send", data={"server": server})
    assert "a visitor added this description" in answer.text
    base = address.partition("/providers")[0]
    called = client.post(f"{base}/gateway/tools/own-api/get", json={"args": {}})
    assert called.status_code == 403 and "a visitor added this description" in called.text
    assert client.post(f"{base}/oauth/token", data={"operation": "own-api/get"}).status_code == 404
    sandboxed = client.post(f"{address}/get/send", data={"server": "sandbox"})
    assert "200 OK" in sandboxed.text


def test_a_foreign_page_cannot_add(sites: Sites) -> None:
    client = sites(local=True).visitor()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "cross-site"
    assert client.post("/add", data={"text": _document()}).status_code == 403


def test_a_hosted_site_bounds_size_number_and_time(
    sites: Sites, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bounds = replace(keeping.HOSTED, descriptions=2, visitors=2)
    monkeypatch.setattr("playground.app.HOSTED", bounds)
    site = sites(add=True)
    one, two, three = (site.visitor() for _ in range(3))
    assert "limit is 3,000,000 bytes" in one.post("/add", data={"text": "x" * 3_000_001}).text
    many: dict[str, Any] = {f"/{number}": {"get": {}} for number in range(2_001)}
    assert one.post("/add", data={"text": _document(paths=many)}).status_code == 422
    for title in ("One", "Two"):
        address = _address(one.post("/add", data={"text": _document(title)}))
    assert "as many as are kept" in one.post("/add", data={"text": _document("Three")}).text
    assert one.post("/add", data={"text": _document("Two")}).status_code == 200, "it replaces what is there"
    assert two.post("/add", data={"text": _document()}).status_code == 200
    assert "keeps no more descriptions right now" in three.post("/add", data={"text": _document()}).text
    for file in (tmp_path / "catalog.added").glob("*.sqlite"):
        os.utime(file, (0, 0))
    assert three.post("/add", data={"text": _document()}).status_code == 200
    assert one.get(f"{address}/get").status_code == 404


def test_an_address_is_no_key(sites: Sites) -> None:
    site = sites(add=True)
    client = site.visitor()
    answer = client.post("/add", data={"text": _document()})
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie
    token = re.search(r"playground_added=([0-9a-f]{32})", cookie)
    assert token is not None and token[1] not in answer.text
    assert token[1] not in _address(answer)
