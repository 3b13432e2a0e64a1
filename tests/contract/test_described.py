"""Which of an operation's answers and contents one answer is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from playground.catalog.model import Operation, Provider
from playground.contentviews.registry import body_of
from playground.contract.described import (
    content_of,
    content_place,
    described_status,
    is_streamed,
    item_description,
    items_of,
    located,
    pointer_of,
    read_json,
    response_place,
    rule_place,
    rule_text,
    settled,
    value_of,
)
from playground.contract.validator import Into
from playground.contract.verdict import Finding, Verdict
from playground.messages import Headers, HTTPResponse
from tests.sandbox.entries import made, media, response

ENTRY = made(
    response("200", media("*/*"), media("application/*"), media("application/json; v=1", {"type": "object"})),
    response("4XX"),
    response("default", media("text/plain")),
)


def answered(status: int, kind: str) -> HTTPResponse:
    return HTTPResponse(status=status, headers=Headers.of([("content-type", kind)]))


@pytest.mark.parametrize(
    ("status", "kind", "name"),
    [
        (200, "application/json; charset=utf-8", "application/json; v=1"),
        (200, "application/xml", "application/*"),
        (200, "image/png", "*/*"),
        (200, "", None),
        (404, "text/plain", None),
        (500, "TEXT/plain", "text/plain"),
    ],
)
def test_the_narrowest_range_describes_a_content(status: int, kind: str, name: str | None) -> None:
    content = content_of(ENTRY, answered(status, kind))
    assert (None if content is None else content.name) == name


def test_statuses_are_described_by_number_by_class_or_by_default() -> None:
    assert [described_status(ENTRY, status) for status in (200, 418, 500)] == ["200", "4XX", "default"]
    assert described_status(made(), 200) == ""


def test_the_items_of_a_list_are_what_a_stream_holds() -> None:
    row = {"type": "object", "properties": {"a": {}}}
    for schema in (row, {"type": "array", "items": row}):
        assert item_description(ENTRY, media("application/jsonl", schema)) == row
    assert is_streamed("application/x-ndjson; charset=utf-8")
    assert not is_streamed("application/json")


def test_places_are_those_of_the_document_that_is_read() -> None:
    place = "/paths/~1a/get/responses/200/description"
    document = {"openapi": "3.0.3", "paths": {"/a": {"get": {"responses": {"200": {"$ref": "#/components/x"}}}}}}
    verdict = Verdict(findings=(Finding(part="status", severity="error", words="No.", place=place),))
    source = json.dumps(document).encode()
    assert located(verdict, lambda: source).findings[0].place == "/components/x/description"
    assert located(verdict, lambda: source, most=10) == verdict
    assert located(verdict, lambda: b"no document") == verdict
    assert located(Verdict(), lambda: source) == Verdict()


OPERATION = Operation(name="a", method="GET", path="/a/{b}")
NEW, OLD = (Provider(name="x", title="X", specification=version) for version in ("3.1.0", "2.0"))


def test_places_are_those_of_the_version() -> None:
    base = response_place(OPERATION, "200")
    assert pointer_of(base) == "/paths/~1a~1{b}/get/responses/200"
    assert content_place(NEW, base, "a/b", "schema")[-3:] == ("content", "a/b", "schema")
    assert content_place(OLD, base, "a/b", "schema")[-2:] == ("200", "schema")


@pytest.mark.parametrize(
    ("path", "provider", "expected"),
    [
        (("properties", "id", "type"), NEW, "/base/properties/id/type"),
        (("items", Into("Pet"), "properties", "id", "type"), NEW, "/components/schemas/Pet/properties/id/type"),
        ((Into("A"), "allOf", 0, Into("B"), "required"), OLD, "/definitions/B/required"),
        ((Into("components/responses/x~1y"), "type"), NEW, "/components/responses/x~1y/type"),
    ],
)
def test_the_last_reference_counts(path: tuple[str | int, ...], provider: Provider, expected: str) -> None:
    assert pointer_of(rule_place(("base",), path, provider)) == expected


def test_references_on_the_way_are_followed() -> None:
    document = {
        "paths": {"/a": {"get": {"responses": {"404": {"$ref": "#/components/responses/Gone"}}}}},
        "components": {"responses": {"Gone": {"content": {"a/b": {"schema": {"type": "string"}}}}}},
    }
    place = "/paths/~1a/get/responses/404/content/a~1b/schema/type"
    assert settled(place, document) == "/components/responses/Gone/content/a~1b/schema/type"
    assert settled("/paths/~1a/get/responses/200", document) == "/paths/~1a/get/responses/200"
    circle = {"a": {"$ref": "#/a"}}
    assert settled("/a/b", circle) == "/a/b"


def test_a_long_rule_is_cut() -> None:
    assert rule_text("maxLength", 3) == '"maxLength": 3'
    assert len(rule_text("enum", ["a" * 50] * 20)) == 160
    assert rule_text("const", object()) == "const"


def test_a_long_body_gives_its_beginning() -> None:
    value: dict[str, Any] = {"data": [{"id": number} for number in range(1_000)], "has_more": True}
    body = body_of(json.dumps(value).encode(), "application/json")
    assert value_of(body, 1_000_000) == (value, True)
    part, whole = value_of(body, 1_000)
    assert not whole
    assert part["has_more"] is True
    assert 10 < len(part["data"]) < 200
    assert part["data"] == value["data"][: len(part["data"])]


def test_numbers_of_any_length_are_read() -> None:
    assert read_json("9" * 5_000) == float("inf")
    assert read_json("12345678901234567890") == 12345678901234567890
    with pytest.raises(ValueError, match="NaN"):
        read_json("[NaN]")


def test_items_of_lines_and_events() -> None:
    lines = body_of('{"a":1}\r\n\n"x\u2028y"\nno json\n'.encode(), "application/x-ndjson")
    assert list(items_of(lines, whole_events=False)) == [{"a": 1}, "x\u2028y", "no json"]
    events = body_of(b'event: add\nid: 7\ndata: {"a":1}\n\ndata: [DONE]\n\nid: 8\n\n', "text/event-stream")
    assert list(items_of(events, whole_events=False)) == [{"a": 1}, "[DONE]"]
    assert next(iter(items_of(events, whole_events=True))) == {"event": "add", "id": "7", "data": '{"a":1}'}
