"""Where a schema says that bytes are expected."""

from __future__ import annotations

from typing import Any

import pytest

from playground.request.bodies.form import is_binary, property_schema

BINARY = {"type": "string", "format": "binary"}


@pytest.mark.parametrize(
    ("schema", "binary"),
    [(BINARY, True), ({"type": "file"}, True), ({"type": "array", "items": BINARY}, True),
     ({"$ref": "#/$defs/B"}, True),
     ({"type": "array", "items": {"$ref": "#/$defs/B"}}, True), ({"contentMediaType": "image/png"}, True),
     ({"contentMediaType": "image/png", "contentEncoding": "base64"}, False), ({"contentMediaType": "text/csv"}, False),
     ({"contentMediaType": "application/json"}, False), ({"type": "string"}, False), (True, False), (False, False),
     ({"type": "string", "format": "byte"}, False), ({"type": "array", "items": True}, False)],
)  # fmt: skip
def test_bytes_are_recognised(schema: Any, binary: bool) -> None:
    assert is_binary(schema, {"B": BINARY}) is binary


def test_a_property_is_described_by_itself_or_by_the_rest() -> None:
    assert property_schema({"properties": {"a": BINARY}, "additionalProperties": False}, "a") == BINARY
    assert property_schema({"additionalProperties": BINARY}, "a") == BINARY
    assert property_schema({"properties": None, "additionalProperties": 3}, "a") is True
