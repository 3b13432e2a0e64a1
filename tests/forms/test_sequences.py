"""Bodies of items (3.2 `itemSchema`): rows in the form, the items' own text in the raw editor."""

from __future__ import annotations

from typing import Any

import pytest

from playground.catalog.model import Entry
from playground.forms.buttons import to_form, to_raw
from playground.forms.fill import fill
from playground.forms.operation_form import build_form
from playground.forms.parse import parse
from playground.forms.state import FormState
from playground.openapi.compile import compile_document
from playground.request.build import build_request
from playground.request.model import RequestModel, Value

EVENT = {"type": "object", "properties": {"event": {"type": "string"}, "data": {"type": "string"}}}
LINE = {"type": "object", "properties": {"a": {"type": "integer"}}}
CASES: list[tuple[str, Any, Value, bytes]] = [
    ("application/x-ndjson", LINE, [{"a": 1}, {"a": 2}], b'{"a":1}\n{"a":2}\n'),
    ("application/json-seq", LINE, [{"a": 1}, {"a": 2}], b'\x1e{"a":1}\n\x1e{"a":2}\n'),
    ("text/event-stream", EVENT, [{"event": "e", "data": "x"}], b"event: e\ndata: x\n\n"),
    ("multipart/mixed", LINE, [{"a": 1}],
     b'--B\r\nContent-Type: application/json\r\n\r\n{"a":1}\r\n--B--\r\n'),
]  # fmt: skip


def entry_of(media_type: str, item: Any) -> Entry:
    document = {
        "openapi": "3.2.0", "info": {"title": "x", "version": "1"}, "servers": [{"url": "https://a.test"}],
        "paths": {"/x": {"post": {
            "requestBody": {"content": {media_type: {"itemSchema": item}}}, "responses": {"200": {"description": "ok"}},
        }}},
    }  # fmt: skip
    catalog = compile_document(document, name="x").catalog
    return Entry(provider=catalog.provider, operation=catalog.operations[0], definitions=catalog.definitions)


@pytest.mark.parametrize(("media_type", "item", "items", "body"), CASES)
def test_rows_become_the_items(media_type: str, item: Any, items: Value, body: bytes) -> None:
    entry = entry_of(media_type, item)
    state = fill(entry, RequestModel(body=items))
    form = build_form(entry, state)
    assert form.body is not None
    assert form.body.kind == "array"
    model = parse(entry, state).model
    assert model.body == items
    assert build_request(entry, model, boundary="B").body == body


@pytest.mark.parametrize(("media_type", "item", "items", "body"), CASES[:3])
def test_the_raw_editor_holds_their_text_and_gives_it_back(
    media_type: str, item: Any, items: Value, body: bytes
) -> None:
    entry = entry_of(media_type, item)
    raw = to_raw(entry, fill(entry, RequestModel(body=items)))
    assert raw.text("body~raw").encode() == body
    assert build_request(entry, parse(entry, raw).model).body == body
    assert parse(entry, to_form(entry, raw)).model.body == items


def test_a_broken_line_stays_raw_and_is_sent_as_typed() -> None:
    entry = entry_of("application/x-ndjson", LINE)
    state = FormState.submitted([("body~mode", "raw"), ("body~raw", '{"a":1}\n{oops')], [])
    assert build_request(entry, parse(entry, state).model).body == b'{"a":1}\n{oops'
