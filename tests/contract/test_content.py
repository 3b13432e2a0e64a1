"""The values of an answer: whole, the beginning of a long one, and item by item."""

from __future__ import annotations

import json
from typing import Any

import pytest

from playground.contentviews.registry import body_of
from playground.contract.content import items_of, read_json, value_of


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
