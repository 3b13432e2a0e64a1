"""The table of media types, and that everybody who asks it gets the same answer."""

from __future__ import annotations

from typing import Any

import pytest

from playground.catalog.model import Entry, MediaType, Operation, Provider, RequestBody
from playground.contentviews.registry import body_of as answer_body
from playground.contentviews.registry import show
from playground.forms.inputs import body_of
from playground.gateway.answer import is_stream
from playground.mediatypes import (
    Kind,
    essence,
    extension,
    in_range,
    is_bytes,
    is_json,
    is_text,
    kind_of,
    lexer,
    streams,
)
from playground.messages import Headers, HTTPResponse
from playground.request.bodies.write import build_content
from playground.request.model import RequestModel
from playground.sandbox.write import write

OBJECT: dict[str, Any] = {"type": "object", "properties": {"a": {"type": "integer"}}}

TABLE: list[tuple[str, Kind]] = [
    ("application/json", "json"),
    ("application/vnd.acme+json; charset=utf-8", "json"),
    ("text/json", "json"),
    ("text/x-json", "json"),
    ("application/x-ndjson", "lines"),
    ("application/stream+json", "lines"),
    ("application/json-seq", "sequence"),
    ("text/event-stream", "events"),
    ("application/x-www-form-urlencoded", "form"),
    ("multipart/mixed", "multipart"),
    ("application/soap+xml", "xml"),
    ("image/svg+xml", "xml"),
    ("text/x-yaml", "yaml"),
    ("text/csv", "csv"),
    ("text/html", "text"),
    ("message/http", "text"),
    ("application/graphql", "text"),
    ("application/toml", "text"),
    ("application/jwt", "text"),
    ("image/png", "image"),
    ("application/x-json-smile", "binary"),
    ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "binary"),
    ("application/vnd.acme.thing", "unknown"),
    ("*/*", "unknown"),
]
NAMES = [name for name, _ in TABLE]


@pytest.mark.parametrize(("name", "kind"), TABLE)
def test_a_media_type_is_of_one_kind(name: str, kind: Kind) -> None:
    assert kind_of(name) == kind


def entry(name: str) -> Entry:
    body = RequestBody(media_types=(MediaType(name=name, schema=OBJECT),))
    operation = Operation(name="send", method="post", path="/", request_body=body)
    return Entry(provider=Provider(name="shop", title="Shop"), operation=operation, definitions={})


def form_kind(name: str) -> str:
    """Return what the form shows for an object: its fields, one box of text, or a file."""
    body = body_of(entry(name))
    assert body is not None
    schema = body.schema
    assert isinstance(schema, dict)
    if schema.get("format") == "binary":
        return "file"
    return "fields" if "properties" in schema else "text"


@pytest.mark.parametrize("name", NAMES)
def test_form_and_message_agree(name: str) -> None:
    shown, kind = form_kind(name), kind_of(name)
    assert (shown == "file") == is_bytes(name)
    if shown == "fields":
        content, sent = build_content(entry(name), RequestModel(body={"a": 1}), boundary="b")
        assert content.body == {
            "form": b"a=1",
            "multipart": b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n',
            "xml": b'<?xml version="1.0" encoding="UTF-8"?><a>1</a>',
        }.get(kind, b'{"a":1}')
        assert sent is not None
    else:
        content, _ = build_content(entry(name), RequestModel(body="a=1"))
        assert content.body == b"a=1"


@pytest.mark.parametrize("name", NAMES)
def test_the_sandbox_writes_what_the_kind_says(name: str) -> None:
    sent, body = write({"a": 1}, name, OBJECT, {}, described=False)
    if is_bytes(name):
        assert not body.startswith(b"{")
    elif kind_of(name) in ("json", "unknown"):
        assert body == b'{\n  "a": 1\n}'
    assert sent


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_is_shown_as_its_kind(name: str) -> None:
    shown = show(answer_body(b'{"a": 1}', name)).name
    if is_json(name):
        assert shown == "tree"
    elif kind_of(name) in ("lines", "events", "sequence"):
        assert shown in ("rows", "text")
    elif kind_of(name) == "csv":
        assert shown in ("table", "text")
    elif is_text(name):
        assert shown in ("text", "tree")


@pytest.mark.parametrize("name", NAMES)
def test_what_streams_is_shown_while_it_comes(name: str) -> None:
    open_ended = HTTPResponse(status=200, headers=Headers((("Content-Type", name),)))
    sized = HTTPResponse(status=200, headers=Headers((("Content-Type", name), ("Content-Length", "3"))))
    assert is_stream(open_ended) == (streams(name) != "never")
    assert is_stream(sized) == (streams(name) == "always")


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("application/json", ".json"), ("application/problem+json", ".json"), ("text/xml", ".xml"), ("text/csv", ".csv"),
     ("image/png", ".png"), ("image/jpeg", ".jpg"), ("application/pdf", ".pdf"), ("text/plain", ".txt"),
     ("application/x-ndjson", ".jsonl"), ("application/epub+zip", ".epub"), ("application/foo+zip", ".zip"),
     ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
     ("application/octet-stream", ".bin"), ("application/vnd.acme.thing", ".bin"), ("image/*", ".bin"), ("", ".bin")],
)  # fmt: skip
def test_a_file_is_named_by_its_type(name: str, suffix: str) -> None:
    assert extension(name) == suffix


@pytest.mark.parametrize("name", ["", "garbage", "a/b/c", "text/ plain", f"text/{'x' * 200}", "/", "/json"])
def test_what_is_no_media_type(name: str) -> None:
    assert essence(name) == ""
    assert kind_of(name) == "json", "descriptions that name no media type mean JSON"
    assert not is_json(name)
    assert not is_text(name)
    assert not is_bytes(name)
    assert lexer(name) == ""


@pytest.mark.parametrize(
    ("kind", "pattern", "inside"),
    [("image/png", "image/*", True), ("image/png", "*/*", True), ("image/png", "text/*", False),
     ("application/a+json", "application/*+json", True), ("a/b", "a/b", True), ("a/b", "a/c", False)],
)  # fmt: skip
def test_ranges(kind: str, pattern: str, inside: bool) -> None:
    assert in_range(kind, pattern) is inside
