"""What no keyword has looked at."""

from __future__ import annotations

from typing import Any

import pytest

from playground.schema.validate import violations

DEFINITIONS: dict[str, Any] = {"named": {"properties": {"name": {}}}}


@pytest.mark.parametrize(
    ("value", "schema", "found"),
    [
        ({"name": 1, "x": 1}, {"$ref": "#/$defs/named", "unevaluatedProperties": False}, [("x",)]),
        ({"name": 1}, {"allOf": [{"$ref": "#/$defs/named"}], "unevaluatedProperties": False}, []),
        ({"x": 1, "y": 1}, {"anyOf": [{"properties": {"x": {}}}, {"required": ["z"]}], "unevaluatedProperties": False},
         [("y",)]),
        ({"x": "a", "y": 1}, {"properties": {"y": {}}, "unevaluatedProperties": {"type": "integer"}}, [("x",)]),
        ({"a": 1, "b": 1}, {"if": {"required": ["a"], "properties": {"a": {}}}, "then": {"properties": {"b": {}}},
                            "unevaluatedProperties": False}, []),
        ({"a": 1}, {"dependentSchemas": {"a": {"properties": {"a": {}}}}, "unevaluatedProperties": False}, []),
        ({"a": 1}, {"allOf": [{"unevaluatedProperties": True}], "unevaluatedProperties": False}, []),
        ([1, 2, 3], {"prefixItems": [{}], "contains": {"const": 3}, "unevaluatedItems": False}, [(1,)]),
        ([1, 2], {"allOf": [{"items": {}}], "unevaluatedItems": False}, []),
        (["a", 1], {"unevaluatedItems": {"type": "integer"}}, [(0,)]),
    ],
)  # fmt: skip
def test_what_is_left_over_is_told(value: Any, schema: dict[str, Any], found: list[Any]) -> None:
    assert [violation.at for violation in violations(value, schema, DEFINITIONS)] == found
