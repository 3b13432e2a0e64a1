"""Which of an operation's answers and contents one answer is."""

from __future__ import annotations

import json

import pytest

from playground.contract.described import content_of, described_status, is_streamed, item_description, located
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
