"""What nothing can fit is left out where it need not be there."""

from __future__ import annotations

from typing import Any

import pytest

from playground.schema.validate import violations
from playground.values.fit import without_misfits

ODD: dict[str, Any] = {"type": "string", "enum": [1, 2]}
CLOSED: dict[str, Any] = {"type": "object", "additionalProperties": False, "required": ["missing"]}


@pytest.mark.parametrize(
    ("schema", "value", "left"),
    [
        ({"properties": {"a": {"type": "integer"}, "odd": ODD}}, {"a": 1, "odd": "x"}, {"a": 1}),
        (
            {"properties": {"in": {"type": "object", "required": ["odd"], "properties": {"odd": ODD}}}},
            {"in": {"odd": "x"}, "b": 1},
            {"b": 1},
        ),
        ({"properties": {"list": {"type": "array", "items": CLOSED}}}, {"list": [{}, {"a": 1}, {}]}, {"list": []}),
        (
            {"type": "array", "items": {"properties": {"odd": ODD}}},
            [{"odd": "x", "a": 1}, {"odd": "y"}],
            [{"a": 1}, {}],
        ),
    ],
)
def test_it_is_left_out(schema: dict[str, Any], value: Any, left: Any) -> None:
    assert without_misfits(value, schema, {}, writing=False) == left
    assert not list(violations(left, schema, {}, writing=False))


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"required": ["odd"], "properties": {"odd": ODD}}, {"odd": "x"}),
        (CLOSED, {}),
        ({"type": "string"}, 1),
        ({"properties": {"a": {"oneOf": [{"type": "object"}, {"required": []}]}}}, {"a": {"b": 1}}),
        ({"type": "object"}, {"a": 1}),
    ],
)
def test_what_is_needed_and_what_fits_several_alternatives_stay(schema: dict[str, Any], value: Any) -> None:
    assert without_misfits(value, schema, {}, writing=False) == value
