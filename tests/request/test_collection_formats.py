"""Swagger 2.0's `collectionFormat` in every location, written and read back (OpenAPI 2.0, Parameter Object)."""

from __future__ import annotations

from typing import Any

import pytest

from playground.catalog.model import Entry, Location
from playground.contract.check import check
from playground.messages import Headers, HTTPRequest, HTTPResponse
from playground.openapi.compile import compile_document
from playground.paste.match import Base
from playground.paste.message import PastedMessage
from playground.paste.read import read_message
from playground.request.build import build_request
from playground.request.model import RequestModel
from playground.sandbox.answering import answer

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


def entry_of(
    location: str, format_: str | None, items: Any = None, consumes: str = "application/x-www-form-urlencoded"
) -> Entry:
    parameter = {"name": "p", "in": location, "type": "array", "items": items or {"type": "string"}, "required": True}
    if format_ is not None:
        parameter["collectionFormat"] = format_
    document = {
        "swagger": "2.0", "info": {"title": "x", "version": "1"}, "host": "a.test", "schemes": ["https"],
        "paths": {"/{p}" if location == "path" else "/x": {"post": {
            "parameters": [parameter], "responses": {"200": {"description": "ok"}},
            "consumes": [consumes],
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


@pytest.mark.parametrize(
    ("outer", "inner", "body"),
    [("pipes", None, "p=1,2%7C3"), ("csv", "pipes", "p=1%7C2,3"), ("ssv", "tsv", "p=1%092+3"),
     ("multi", "ssv", "p=1+2&p=3")],
)  # fmt: skip
def test_a_list_in_a_list_of_a_form(outer: str, inner: str | None, body: str) -> None:
    items = {"type": "array", "items": {"type": "integer"}, **({"collectionFormat": inner} if inner else {})}
    entry = entry_of("formData", outer, items)
    request = build_request(entry, RequestModel(body={"p": [[1, 2], [3]]}))
    assert request.body.decode() == body
    message = PastedMessage(kind="HTTP message", url=request.url, headers=request.headers.pairs, content=request.body)
    read = read_message(entry, message, Base(path="/x"))
    assert (read.model.body, read.unplaced) == ({"p": [[1, 2], [3]]}, ())


@pytest.mark.parametrize(("format_", "text"), {**HEADER, "ssv": "x y z", "multi": "x,y,z"}.items())
def test_in_a_part(format_: str | None, text: str) -> None:
    entry = entry_of("formData", format_, consumes="multipart/form-data")
    body = build_request(entry, RequestModel(body={"p": ["x", "y", "z"]}), boundary="B").body.decode()
    texts = [part.partition("\r\n\r\n")[2] for part in body.split("\r\n--B")[:-1]]
    assert texts == (["x", "y", "z"] if format_ == "multi" else [text])


@pytest.mark.parametrize(("format_", "text"), {key: value for key, value in HEADER.items() if key}.items())
def test_in_a_header_of_an_answer(format_: str, text: str) -> None:
    header = {"type": "array", "items": {"type": "string", "enum": ["x", "y", "z"]}, "collectionFormat": format_}
    document = {
        "swagger": "2.0", "info": {"title": "x", "version": "1"}, "host": "a.test",
        "paths": {"/x": {"get": {"responses": {"200": {"description": "ok", "headers": {"X-List": header}}}}}},
    }  # fmt: skip
    catalog = compile_document(document, name="x").catalog
    entry = Entry(provider=catalog.provider, operation=catalog.operations[0], definitions=catalog.definitions)
    made = answer(entry, HTTPRequest(method="GET", url="https://a.test/x"), RequestModel())
    assert check(entry, made).findings == ()
    for value, wrong in ((text, 0), (text.replace("y", "q"), 1)):
        response = HTTPResponse(status=200, headers=Headers.of([("X-List", value)]), body=b"")
        assert len(check(entry, response).findings) == wrong


def test_numbers_of_a_header_list_are_numbers() -> None:
    schema = {"type": "array", "items": {"type": "integer"}}
    headers = {"X-Ids": {"schema": schema}}
    document = {
        "openapi": "3.0.3", "info": {"title": "x", "version": "1"},
        "paths": {"/x": {"get": {"responses": {"200": {"description": "ok", "headers": headers}}}}},
    }  # fmt: skip
    catalog = compile_document(document, name="x").catalog
    entry = Entry(provider=catalog.provider, operation=catalog.operations[0], definitions=catalog.definitions)
    for value, wrong in (("1, 2", 0), ("1,x", 1)):
        response = HTTPResponse(status=200, headers=Headers.of([("X-Ids", value)]), body=b"")
        assert len(check(entry, response).findings) == wrong


@pytest.mark.parametrize("location", ["query", "header", "path"])
@pytest.mark.parametrize("format_", ["csv", "ssv", "tsv", "pipes"])
def test_what_is_written_is_read_back(location: Location, format_: str) -> None:
    entry = entry_of(location, format_)
    request = build_request(entry, model_of(location, ["x", "y", "z"]))
    message = PastedMessage(kind="HTTP message", url=request.url, headers=request.headers.pairs)
    read = read_message(entry, message, Base(path=request.url.removeprefix("https://a.test").partition("?")[0]))
    assert read.model.parameters[location]["p"] == ["x", "y", "z"]
