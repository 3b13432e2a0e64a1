"""Answers of several items (OpenAPI 3.2): what the sandbox answers is as described, and what is not is found."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from playground.catalog.model import Entry
from playground.contract.check import check
from playground.messages import Headers, HTTPRequest, HTTPResponse
from playground.openapi.compile import compile_document
from playground.sandbox.service import Call, Sandbox
from playground.sandbox.source import MemorySource

ITEM: dict[str, Any] = {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}
EVENT: dict[str, Any] = {
    "type": "object", "required": ["data"],
    "properties": {
        "event": {"enum": ["added"]}, "retry": {"type": "integer"},
        "data": {"type": "string", "contentMediaType": "application/json", "contentSchema": ITEM},
    },
}  # fmt: skip
CONTENT_ID = {"Content-ID": {"schema": {"const": "<1>"}}}
LIST: dict[str, Any] = {
    "type": "object", "required": ["items"], "properties": {"items": {"type": "array", "items": ITEM}},
}  # fmt: skip
CONTENTS: dict[str, tuple[str, dict[str, Any]]] = {
    "lines": ("application/jsonl", {"itemSchema": ITEM}),
    "sequence": ("application/json-seq", {"itemSchema": ITEM}),
    "events": ("text/event-stream", {"itemSchema": EVENT}),
    "parts": ("multipart/mixed", {"itemSchema": ITEM, "itemEncoding": {"contentType": "application/json"}}),
    "positions": ("multipart/related", {
        "schema": {"type": "array", "prefixItems": [ITEM, {"type": "integer"}], "items": {}},
        "prefixEncoding": [{"headers": CONTENT_ID}, {"contentType": "text/plain"}],
        "itemEncoding": {"contentType": "image/png"},
    }),
    "names": ("multipart/form-data", {
        "schema": {"type": "object", "required": ["item", "count"], "properties": {
            "item": ITEM, "count": {"type": "integer"}, "tags": {"type": "array", "items": {"type": "string"}},
        }},
    }),
}  # fmt: skip


@cache
def sandbox() -> Sandbox:
    paths = {
        f"/{name}": {"get": {"responses": {"200": {"description": "ok", "content": {kind: content}}}}}
        for name, (kind, content) in CONTENTS.items()
    }
    document = {
        "openapi": "3.2.0", "info": {"title": "x", "version": "1"}, "servers": [{"url": "https://a.test"}],
        "paths": paths,
    }  # fmt: skip
    compiled = compile_document(document, name="api")
    assert compiled.problems == ()
    return Sandbox(MemorySource(compiled.catalog), None)


def entry(name: str) -> Entry:
    found = sandbox().find("api", HTTPRequest(method="GET", url=f"https://a.test/{name}"), f"/{name}").entry
    assert found is not None
    return found


def answer(name: str) -> HTTPResponse:
    request = HTTPRequest(method="GET", url=f"https://a.test/{name}")
    return sandbox().respond(Call(entry=entry(name), request=request, path=f"/{name}", visitor="")).whole()


def found(name: str, body: bytes, content_type: str = "") -> list[tuple[str, str]]:
    kind = content_type or CONTENTS[name][0]
    response = HTTPResponse(status=200, headers=Headers.of([("Content-Type", kind)]), body=body)
    errors = (finding for finding in check(entry(name), response).findings if finding.severity == "error")
    return [(f"{finding.item} {finding.pointer}".strip(), finding.words) for finding in errors]


@pytest.mark.parametrize("name", CONTENTS)
def test_the_sandbox_answers_as_the_description_has_it(name: str) -> None:
    made = answer(name)
    assert (made.headers.get("Content-Type") or "").startswith(CONTENTS[name][0])
    verdict = check(entry(name), made)
    assert (verdict.findings, verdict.unchecked) == ((), ())


@pytest.mark.parametrize("name", CONTENTS)
def test_an_item_that_is_not_as_described_is_found(name: str) -> None:
    made = answer(name)
    assert b'"a":' in made.body
    broken = replace(made, body=made.body.replace(b'"a":', b'"b":'))
    assert any(finding.words == "a is missing." for finding in check(entry(name), broken).findings)


def parts(*written: str) -> bytes:
    return "".join(f"--B\r\n{part}\r\n" for part in written).encode() + b"--B--\r\n"


JSON_PART, TEXT_PART = "Content-Type: application/json\r\n\r\n", "Content-Type: text/plain\r\n\r\n"


def test_parts_are_compared_by_their_position() -> None:
    kind = "multipart/related; boundary=B"
    good = parts(f'{JSON_PART}{{"a":1}}', f"{TEXT_PART}5", "Content-Type: image/png\r\n\r\n\x01")
    assert found("positions", good, kind) == []
    assert found("positions", parts(f"{JSON_PART}{{}}", f"{TEXT_PART}x", f"{TEXT_PART}y"), kind) == [
        ("0 /a", "a is missing."),
        ("1", "This is of the type string, not integer."),
        ("2", "The part's type is text/plain; described is image/png."),
    ]
    broken = found("positions", parts(f"{JSON_PART}no"), kind)
    assert broken == [("None", "A part of the body is called JSON and is none.")]


def test_parts_are_compared_by_their_name() -> None:
    kind = "multipart/form-data; boundary=B"

    def named(name: str, text: str) -> str:
        return f'Content-Disposition: form-data; name="{name}"\r\n{text}'

    tags = [named("tags", f"\r\n{text}") for text in "xy"]
    assert found("names", parts(named("item", f'{JSON_PART}{{"a":1}}'), named("count", "\r\n5"), *tags), kind) == []
    assert found("names", parts(named("item", f'{JSON_PART}{{"a":"x"}}'), *tags), kind) == [
        ("0 /a", "This is of the type string, not integer."),
        ("None /count", "count is missing."),
    ]


def test_the_data_of_an_event_is_compared_with_what_it_holds() -> None:
    assert found("events", b'event: added\nretry: 5\ndata: {"a":1}\n\n') == []
    assert found("events", b'data: {"a":"x"}\n\nretry: soon\ndata: {\n\n') == [
        ("0 /data/a", "This is of the type string, not integer."),
        ("1 /retry", "This is of the type string, not integer."),
        ("1 /data", "The data of the event is called JSON and is none."),
    ]


def test_an_item_of_a_json_sequence_may_go_on_in_further_lines() -> None:
    assert found("sequence", b'\x1e{\n  "a": 1\n}\n\x1e{\n  "a": "x"\n}\n') == [
        ("1 /a", "This is of the type string, not integer.")
    ]


def test_a_watch_is_compared_with_the_items_of_its_list() -> None:
    document = {
        "openapi": "3.0.3", "info": {"title": "x", "version": "1"}, "servers": [{"url": "https://a.test"}],
        "paths": {"/a": {"get": {"operationId": "a", "responses": {"200": {"description": "ok", "content": {
            "application/json": {"schema": LIST}, "application/json;stream=watch": {"schema": LIST},
        }}}}}},
    }  # fmt: skip
    catalog = compile_document(document, name="watched").catalog
    watched = Entry(provider=catalog.provider, operation=catalog.operations[0], definitions=catalog.definitions)
    lines = [
        b'{"type": "ADDED", "object": {"a": 1}}', b'{"type": "MODIFIED", "object": {"a": "x"}}',
        b'{"type": "DELETED", "object": {}}', b'{"type": "BOOKMARK", "object": {"metadata": {}}}',
    ]  # fmt: skip

    def told(body: bytes, kind: str) -> list[str]:
        response = HTTPResponse(status=200, headers=Headers.of([("Content-Type", kind)]), body=body)
        return [f"{one.item} {one.pointer} {one.place}" for one in check(watched, response).findings]

    place = "/paths/~1a/get/responses/200/content/application~1json/schema/properties/items/items/properties/a/type"
    assert told(b"\n".join(lines), "application/json;stream=watch") == [f"1 /object/a {place}"]
    assert told(b'{"items": [{"a": 1}]}', "application/json") == []
