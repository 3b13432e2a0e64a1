"""Swagger 2.0's `collectionFormat` in every location, written and read back (OpenAPI 2.0, Parameter Object)."""

from __future__ import annotations

from typing import Any

import pytest

from playground.catalog.model import Entry, Location
from playground.openapi.compile import compile_document
from playground.paste.match import Base
from playground.paste.message import PastedMessage
from playground.paste.read import read_message
from playground.request.build import build_request
from playground.request.model import RequestModel

VALUE = ["a b", "c,d", "e|f"]
QUERY = {
    None: "p=a%20b,c%2Cd,e%7Cf",
    "csv": "p=a%20b,c%2Cd,e%7Cf",
    "ssv": "p=a%20b%20c%2Cd%20e%7Cf",
    "tsv": "p=a%20b%09c%2Cd%09e%7Cf",
    "pipes": "p=a%20b%7Cc%2Cd%7Ce%7Cf",
    "multi": "p=a%20b&p=c%2Cd&p=e%7Cf",
}
FORM_BODY = {format_: text.replace("%20", "+") for format_, text in QUERY.items()}
HEADER = {None: "x,y,z", "csv": "x,y,z", "ssv": "x y z", "tsv": "x\ty\tz", "pipes": "x|y|z"}
PATH = {None: "x,y,z", "csv": "x,y,z", "ssv": "x%20y%20z", "tsv": "x%09y%09z", "pipes": "x%7Cy%7Cz"}


def entry_of(location: str, format_: str | None, items: Any = None) -> Entry:
    parameter = {"name": "p", "in": location, "type": "array", "items": items or {"type": "string"}, "required": True}
    if format_ is not None:
        parameter["collectionFormat"] = format_
    document = {
        "swagger": "2.0", "info": {"title": "x", "version": "1"}, "host": "a.test", "schemes": ["https"],
        "paths": {"/{p}" if location == "path" else "/x": {"post": {
            "parameters": [parameter], "responses": {"200": {"description": "ok"}},
            "consumes": ["application/x-www-form-urlencoded"],
        }}},
    }  # fmt: skip
    catalog = compile_document(document, name="x").catalog
    return Entry(provider=catalog.provider, operation=catalog.operations[0], definitions=catalog.definitions)


def model_of(location: Location, value: Any) -> RequestModel:
    return RequestModel(parameters={location: {"p": value}})


@pytest.mark.parametrize(("format_", "query"), QUERY.items())
def test_in_a_query(format_: str | None, query: str) -> None:
    assert build_request(entry_of("query", format_), model_of("query", VALUE)).url == f"https://a.test/x?{query}"


@pytest.mark.parametrize(("format_", "body"), FORM_BODY.items())
def test_in_a_form(format_: str | None, body: str) -> None:
    assert build_request(entry_of("formData", format_), RequestModel(body={"p": VALUE})).body.decode() == body


@pytest.mark.parametrize(("format_", "text"), HEADER.items())
def test_in_a_header(format_: str | None, text: str) -> None:
    request = build_request(entry_of("header", format_), model_of("header", ["x", "y", "z"]))
    assert request.headers.get("p") == text


@pytest.mark.parametrize(("format_", "text"), PATH.items())
def test_in_a_path(format_: str | None, text: str) -> None:
    request = build_request(entry_of("path", format_), model_of("path", ["x", "y", "z"]))
    assert request.url == f"https://a.test/{text}"


@pytest.mark.parametrize(
    ("outer", "inner", "query"),
    [
        ("pipes", None, "p=1,2%7C3"),
        ("csv", "pipes", "p=1%7C2,3"),
        ("ssv", "tsv", "p=1%092%203"),
        ("multi", "csv", None),
    ],
)
def test_a_list_in_a_list(outer: str, inner: str | None, query: str | None) -> None:
    items: dict[str, Any] = {"type": "array", "items": {"type": "integer"}}
    if inner is not None:
        items["collectionFormat"] = inner
    entry = entry_of("query", outer, items)
    request = build_request(entry, model_of("query", [[1, 2], [3]]))
    assert request.url == f"https://a.test/x?{query or 'p=1,2&p=3'}"
    read = read_message(entry, PastedMessage(kind="URL", url=request.url), Base(path="/x"))
    assert read.model.parameters == {"query": {"p": [[1, 2], [3]]}}


@pytest.mark.parametrize("location", ["query", "header", "path"])
@pytest.mark.parametrize("format_", ["csv", "ssv", "tsv", "pipes"])
def test_what_is_written_is_read_back(location: Location, format_: str) -> None:
    entry = entry_of(location, format_)
    request = build_request(entry, model_of(location, ["x", "y", "z"]))
    message = PastedMessage(kind="HTTP message", url=request.url, headers=request.headers.pairs)
    read = read_message(entry, message, Base(path=request.url.removeprefix("https://a.test").partition("?")[0]))
    assert read.model.parameters[location]["p"] == ["x", "y", "z"]
