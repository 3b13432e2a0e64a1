"""What changed between two versions of the bundled APIs, as a person has read it: each a page kept as Markdown.

The later version is made by the edits here. `PLAYGROUND_REGENERATE=1` writes the pages: read them before they are kept.
"""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from playground import bundled
from playground.app import create_app
from playground.catalog.model import Catalog
from playground.changes.compare import compare
from playground.changes.report import markdown_lines, summary
from playground.config import Settings
from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document
from playground.request.fingerprint import definition_digest
from playground.store import Store, open_store, pack

GOLDEN = Path(__file__).parent / "golden"
Document = dict[str, Any]


def _tour(new: Document) -> None:
    """A variable of a path and some parameters get other names, one goes, and one is asked for."""
    paths = new["paths"]
    item = paths["/path/plain/{the-word}"] = paths.pop("/path/plain/{word}")
    item["get"]["parameters"][0]["name"] = "the-word"
    lists = paths["/query/lists"]["get"]["parameters"]
    lists[0]["name"] = "separate"
    del lists[3]
    paths["/query/characters"]["get"]["parameters"][0]["required"] = True
    del paths["/headers"]["get"]["parameters"][1]


def _stripe(new: Document) -> None:
    """An operation goes, one comes, one is called otherwise, and a parameter gets another name."""
    paths = new["paths"]
    del paths["/v1/customers/{customer}"]["delete"]
    paths["/v1/customers"]["post"]["operationId"] = "CreateCustomerAnew"
    paths["/v1/disputes"] = {
        "get": {"operationId": "GetDisputes", "summary": "List disputes", "responses": {"200": {"description": "All"}}}
    }
    for parameter in paths["/v1/customers"]["get"]["parameters"]:
        if parameter.get("name") == "email":
            parameter["name"], parameter["schema"]["maxLength"] = "mail", 100


def _playground(new: Document) -> None:
    """Answers have less, requests need more, and only words differ elsewhere."""
    for number, (_, item) in enumerate(sorted(new["paths"].items())):
        for method, operation in item.items():
            if method not in ("get", "post", "put", "patch", "delete"):
                continue
            if number % 3 == 0:
                operation["description"] = "Said in other words."
            elif number % 3 == 1:
                parameters = operation.setdefault("parameters", [])
                parameters.append({"name": "tenant", "in": "header", "required": True, "schema": {"type": "string"}})
            else:
                operation["deprecated"] = True


EDITS: dict[str, Callable[[Document], None]] = {"tour": _tour, "stripe": _stripe, "playground": _playground}


def _parameters(item: Document) -> Iterator[Document]:
    yield from item.get("parameters", [])
    for operation in item.values():
        if isinstance(operation, dict):
            yield from operation.get("parameters", [])


def versions(name: str) -> tuple[Document, Document]:
    old = parse_document(dict(bundled.documents())[name])
    new = copy.deepcopy(old)
    EDITS[name](new)
    return old, new


@pytest.mark.parametrize("name", EDITS)
def test_the_changes_are_those_that_a_person_has_read(name: str) -> None:
    before, after = (compile_document(one, name=name).catalog for one in versions(name))
    comparison = compare(before, after)
    text = "\n".join((f"# {name}", "", summary(comparison), *markdown_lines(comparison))) + "\n"
    page = GOLDEN / f"{name}.md"
    if os.environ.get("PLAYGROUND_REGENERATE"):
        page.parent.mkdir(exist_ok=True)
        page.write_text(text)
    assert text == page.read_text()
    assert comparison.breaking


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "catalog.sqlite") as opened:
        yield opened


@pytest.mark.parametrize("name", EDITS)
def test_links_to_every_operation_of_the_old_open_on_the_new(store: Store, name: str) -> None:
    old, new = versions(name)
    store.replace(compile_document(old, name=name).catalog, json.dumps(old, default=str).encode())
    links = []
    for operation in store.operations(name, hidden=True):
        entry = store.entry(name, operation.name)
        pairs = {
            f"{one.location}.{one.name}": f"typed{at}"
            for at, one in enumerate(entry.operation.parameters)
            if one.location in ("path", "query") and "/" not in one.name and _is_text(one.schema)
        }
        links.append((operation.name, definition_digest(entry), pairs))
    store.write(pack(compile_document(new, name=name).catalog, json.dumps(new, default=str).encode()))
    client = create_app(Settings(catalog=store.path), store).test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    for operation_name, digest, pairs in links:
        page = client.get(f"/providers/{name}/{operation_name}")
        if page.status_code == 404:
            assert "was removed on" in page.text
            continue
        address = page.location if page.status_code == 302 else f"/providers/{name}/{operation_name}"
        _opens(client, address, digest, pairs)


def _is_text(schema: Any) -> bool:
    return isinstance(schema, dict) and schema.get("type") == "string" and "enum" not in schema


def _opens(client: FlaskClient, address: str, digest: str, pairs: dict[str, str]) -> None:
    """Every value that was typed is in a field, or named in the note."""
    answer = client.post(f"{address}/form", data={**pairs, "~from": digest}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    form = BeautifulSoup(answer.text, "html.parser")
    shown = {str(control.get("value", "")) for control in form.select("input")} | {
        str(control.get_text()) for control in form.select("textarea, option, #earlier code")
    }
    for value in pairs.values():
        assert value in shown or any(value in text for text in shown), (address, value)


def test_definitions_that_lead_to_each_other_by_alternatives_end() -> None:
    def version(*fields: str) -> Catalog:
        schemas = {
            "Account": {"type": "object", "properties": {
                "source": {"anyOf": [{"type": "string"}, {"$ref": "#/components/schemas/Customer"}],
                           "nullable": True, "x-more": 1, "minProperties": 1},
                **{name: {"type": "string"} for name in fields},
            }},
            "Customer": {"type": "object", "properties": {
                "account": {"anyOf": [{"type": "string"}, {"$ref": "#/components/schemas/Account"}],
                            "description": "Whose", "minProperties": 1},
            }},
        }  # fmt: skip
        content = {"application/json": {"schema": {"$ref": "#/components/schemas/Account"}}}
        document = {
            "openapi": "3.0.3",
            "info": {"title": "T", "version": "1"},
            "paths": {"/a": {"get": {"responses": {"200": {"description": "ok", "content": content}}}}},
            "components": {"schemas": schemas},
        }
        return compile_document(document, name="t").catalog

    [changed] = compare(version("id", "name"), version("id")).changed
    assert "response 200/name" in [change.place for change in changed.changes]
    assert len(changed.changes) < 10
