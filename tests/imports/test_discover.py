"""Where a running API keeps its description."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from playground.imports.archives import SourceError
from playground.imports.discover import USUAL_PLACES, find_description, full_address
from playground.imports.sources import Source, fetch_source
from playground.transport.egress import document_policy
from playground.transport.errors import DocumentUnavailable, TransportError, Unreachable
from tests.support.needs import free_port
from tests.support.servers import RecordingServer, http_answer

DOCUMENT = json.dumps({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}})
Serve = Callable[..., RecordingServer]


@pytest.fixture
def serve() -> Iterator[Serve]:
    servers = []

    def start(pages: dict[str, str]) -> RecordingServer:
        def answer(_: Any, request: Any) -> bytes:
            body = pages.get(request.target)
            return http_answer("{}", status="404 Not Found") if body is None else http_answer(body)

        server = RecordingServer(answer)
        servers.append(server)
        return server.__enter__()

    yield start
    for server in servers:
        server.__exit__(None, None, None)


def _find(url: str) -> str | None:
    def fetch(place: str) -> Source:
        source = fetch_source(place, document_policy(place))
        assert source is not None
        return source

    return find_description(url, fetch).url


@pytest.mark.parametrize("place", USUAL_PLACES)
@pytest.mark.parametrize("page", [None, "<!doctype html><title>Hello</title>"])
def test_every_usual_place_is_found_from_the_origin(serve: Serve, place: str, page: str | None) -> None:
    pages = {f"/{place}": DOCUMENT, **({"/": page} if page else {})}
    server = serve(pages)
    assert _find(server.url) == f"{server.url}/{place}"
    assert _find(f"{server.url}/") == f"{server.url}/{place}"


def test_an_api_below_a_path_is_found_without_its_slash(serve: Serve) -> None:
    server = serve({"/shop/swagger/v1/swagger.json": DOCUMENT, "/openapi.json": DOCUMENT})
    assert _find(f"{server.url}/shop") == f"{server.url}/shop/swagger/v1/swagger.json"
    for path in ("/other", "/other.json"):
        with pytest.raises(DocumentUnavailable, match="answered 404"):
            _find(f"{server.url}{path}")


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden"])
def test_a_description_for_those_who_sign_in_is_told_so(status: str) -> None:
    with (
        RecordingServer(http_answer("", status)) as server,
        pytest.raises(DocumentUnavailable, match=r"wants to know who asks \(it answered .*give the file\.$"),
    ):
        _find(f"{server.url}/openapi.json")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("localhost:8000", "http://localhost:8000"),
        ("127.0.0.1:8000/v3/api-docs", "http://127.0.0.1:8000/v3/api-docs"),
        ("[::1]:8000", "http://[::1]:8000"),
        (":8000", "http://localhost:8000"),
        (":8000/api", "http://localhost:8000/api"),
        ("api.internal:8080/", "http://api.internal:8080/"),
        ("openapi.yaml", "openapi.yaml"),
        ("specs/a:1", "specs/a:1"),
        ("C:\\specs\\a.yaml", "C:\\specs\\a.yaml"),
        ("https://api.example.com", "https://api.example.com"),
        ("shop:12/openapi.yaml", "shop:12/openapi.yaml"),
    ],
)
def test_a_scheme_may_be_left_out(typed: str, meant: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shop:12").mkdir()
    (tmp_path / "shop:12" / "openapi.yaml").write_text("openapi: 3.1.0")
    monkeypatch.chdir(tmp_path)
    assert full_address(typed) == meant


def test_a_place_below_a_prefix_comes_before_the_origin_s(serve: Serve) -> None:
    server = serve({"/shop/openapi.json": DOCUMENT, "/openapi.json": DOCUMENT})
    assert _find(f"{server.url}/shop/") == f"{server.url}/shop/openapi.json"
    other = serve({"/openapi.json": DOCUMENT})
    assert _find(f"{other.url}/shop/") == f"{other.url}/openapi.json"


@pytest.mark.parametrize(
    "page",
    [
        "<html><script>const ui = SwaggerUIBundle({url: '/own/doc.json', dom_id: 1})</script>",
        '<html><redoc spec-url="own/doc.json"></redoc>',
        '<!-- made --><!DOCTYPE html><script id="api-reference" data-url="/own/doc.json"></script>',
        '<html><script>window.init({"url":"\\/own\\/doc.json"})</script>',
        '<html><link rel="service-desc" type="application/json" href="/own/doc.json">',
    ],
)
def test_what_a_page_of_documentation_names_is_found(serve: Serve, page: str) -> None:
    server = serve({"/docs": page, "/own/doc.json": DOCUMENT, "/": page})
    assert _find(f"{server.url}/docs") == f"{server.url}/own/doc.json"


def test_a_page_cannot_send_us_elsewhere(serve: Serve) -> None:
    other = serve({"/doc.json": DOCUMENT})
    server = serve({"/": f"<html><redoc spec-url='{other.url}/doc.json'></redoc>"})
    with pytest.raises(SourceError):
        _find(server.url)
    assert other.connections == 0


def test_a_description_s_own_url_is_asked_for_once(serve: Serve) -> None:
    server = serve({"/any/where": DOCUMENT})
    assert _find(f"{server.url}/any/where") == f"{server.url}/any/where"
    assert server.connections == 1


def test_what_was_not_found_is_told_with_what_was_tried(serve: Serve) -> None:
    server = serve({"/": "<html>"})
    with pytest.raises(SourceError, match=rf"has no description at the {len(USUAL_PLACES)} usual places"):
        _find(server.url)
    with pytest.raises(DocumentUnavailable, match="answered 404"):
        _find(f"{server.url}/doc.json")


def test_where_nothing_listens_one_try_is_enough() -> None:
    with pytest.raises(TransportError) as failed:
        _find(f"http://127.0.0.1:{free_port()}")
    assert isinstance(failed.value, Unreachable)
