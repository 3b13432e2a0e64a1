"""The page **Changes**, its Markdown and its Atom feed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from playground.app import create_app
from playground.config import Settings
from playground.imports.descriptions import Description, digest_of, import_description
from playground.imports.earlier import judge
from playground.openapi.compile import CompileOptions
from playground.store import Store, open_store

ATOM = "{http://www.w3.org/2005/Atom}"


def _document(*names: str, title: str = "Shop <b>API</b>") -> dict[str, Any]:
    parameters = [{"name": name, "in": "query", "required": True} for name in names]
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": str(len(names))},
        "paths": {"/a": {"get": {"operationId": "get", "summary": "Get", "parameters": parameters}}},
    }


def _import(store: Store, document: dict[str, Any], *, judged: bool = True) -> None:
    data = json.dumps(document).encode()
    description = Description(document=document, source=data, digest=digest_of(data))
    written = import_description(store, description, CompileOptions(name="shop")).written
    if judged:
        judge(store, "shop", written)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "catalog.sqlite") as opened:
        _import(opened, _document())
        yield opened


@pytest.fixture
def client(store: Store) -> FlaskClient:
    return create_app(Settings(catalog=store.path), store).test_client()


@pytest.mark.parametrize("judged", [True, False], ids=["judged as it was written", "judged for the page"])
def test_versions_are_shown_with_what_breaks(store: Store, client: FlaskClient, judged: bool) -> None:
    assert "/providers/shop/changes" not in client.get("/providers/shop").text
    _import(store, _document("limit"), judged=judged)
    assert 'href="/providers/shop/changes"' in client.get("/providers/shop").text
    page = client.get("/providers/shop/changes").text
    assert "query.limit" in page and "was added and is required" in page and "1 breaking" in page
    assert 'href="/providers/shop/get"' in page
    german = client.get("/providers/shop/changes", headers={"Accept-Language": "de"}).text
    assert "kam hinzu und ist erforderlich" in german and "was added" not in german
    assert "nothing earlier is kept" in page
    assert "<b>API" not in page


def test_the_feed_has_an_entry_for_each_change(store: Store, client: FlaskClient) -> None:
    _import(store, _document("limit"))
    _import(store, {**_document("limit"), "paths": {}})
    answer = client.get("/providers/shop/changes.atom")
    assert answer.mimetype == "application/atom+xml"
    feed = ET.fromstring(answer.data)  # noqa: S314 - our own
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        "1 operation removed (1 breaking)",
        "1 operation changed (1 breaking)",
    ]
    assert feed.findtext(f"{ATOM}title") == "Shop <b>API</b>: changes"
    assert "breaking: query.limit was added and is required" in (entries[1].findtext(f"{ATOM}content") or "")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert ids == [
        "http://localhost/providers/shop/changes#version-3",
        "http://localhost/providers/shop/changes#version-2",
    ]
    again = client.get("/providers/shop/changes.atom", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code in (200, 304)
    for form in ("atom", "md"):
        address, german = f"/providers/shop/changes.{form}", {"Accept-Language": "de"}
        assert client.get(address, headers=german).data == client.get(address).data, "one for all readers"


def test_it_is_markdown_too(store: Store, client: FlaskClient) -> None:
    _import(store, _document("limit"))
    answer = client.get("/providers/shop/changes.md")
    assert answer.mimetype == "text/markdown"
    assert "- **Breaking:** `query.limit` was added and is required" in answer.text


def test_an_operation_of_that_name_keeps_its_address(store: Store, client: FlaskClient) -> None:
    document = _document()
    document["paths"]["/a"]["get"]["operationId"] = "changes"
    _import(store, document)
    assert 'id="request"' in client.get("/providers/shop/changes").text
    assert client.get("/providers/nosuch/changes").status_code == 404


def test_what_many_operations_have_in_common_is_shown_once(store: Store, client: FlaskClient) -> None:
    def version(*names: str) -> dict[str, Any]:
        content = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}
        operation = {"responses": {"200": {"description": "ok", **content}}}
        schema = {"type": "object", "properties": {name: {"type": "string"} for name in names}}
        paths = {f"/{path}": {"get": {"operationId": path, **operation}} for path in "abcd"}
        return {**_document(), "paths": paths, "components": {"schemas": {"Thing": schema}}}

    _import(store, version("id", "size"))
    _import(store, version("id"))
    page = client.get("/providers/shop/changes").text
    assert "in 4 operations" in page
    assert page.count("<code>size</code>") == 1
    assert page.count("Schemas that changed:") == 4
    assert "changed schema Thing, in 4 operations" in client.get("/providers/shop/changes.atom").text
    assert "### `Thing`, in 4 operations" in client.get("/providers/shop/changes.md").text
