"""Samples fit their schemas."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from playground.schema.sample import sample
from playground.schema.validate import violations
from tests.schema.strategies import simple_schemas


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string", "example": "mine"}, "mine"),
        ({"type": "integer", "example": "wrong", "default": 7}, 7),
        ({"type": "string", "enum": ["a", "b"]}, "a"),
        ({"type": "integer", "minimum": 10, "multipleOf": 7}, 14),
        ({"type": "number", "exclusiveMinimum": 0, "maximum": 0.5}, 0.5),
        ({"type": "string", "pattern": "^[A-Z]{3}-\\d{2}$"}, "AAA-77"),
        ({"type": "string", "maxLength": 3}, "str"),
        ({"type": "string", "minLength": 8}, "stringxx"),
        ({"type": "string", "format": "date"}, "2024-05-17"),
        ({"type": "array", "items": {"type": "integer"}, "minItems": 3, "uniqueItems": True}, [1, 2, 3]),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, {"key": 1}),
        ({"type": "boolean"}, True),
        ({"const": {"a": 1}}, {"a": 1}),
        ({"type": "null"}, None),
    ],
)
def test_samples(schema: Any, expected: Any) -> None:
    assert sample(schema, {}, writing=True) == expected


def test_a_sample_leaves_out_what_the_direction_hides() -> None:
    schema = {
        "type": "object",
        "properties": {
            "id": {"type": "string", "readOnly": True},
            "secret": {"type": "string", "writeOnly": True},
            "name": {"type": "string"},
        },
        "required": ["id", "name"],
    }
    assert list(sample(schema, {}, writing=True)) == ["secret", "name"]
    assert list(sample(schema, {}, writing=False)) == ["id", "name"]
    assert list(sample(schema, {}, writing=True, required_only=True)) == ["name"]
    assert sample({**schema, "example": {"id": "1", "name": "n"}}, {}, writing=True) == {"name": "n"}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "object", "required": ["a"]}, {"a": "string"}),
        ({"type": "object", "required": ["a"], "additionalProperties": {"type": "integer"}}, {"a": 1}),
        ({"type": "object", "required": ["n1"], "patternProperties": {"^n": {"type": "integer"}}}, {"n1": 1}),
        (
            {
                "type": "object",
                "properties": {"card": {"type": "string"}, "iban": {"type": "string"}, "note": {"type": "string"}},
                "oneOf": [{"required": ["card"]}, {"required": ["iban"]}],
            },
            {"card": "string", "note": "string"},
        ),
        (
            {"type": "object", "properties": {"a": {"const": 1}}, "anyOf": [{"required": ["b"]}, {"required": ["c"]}]},
            {"a": 1, "b": "string"},
        ),
        ({"type": "array", "contains": {"const": "x"}}, ["x"]),
        ({"type": "array", "items": {"type": "integer"}, "contains": {"minimum": 5}, "minContains": 2}, [5, 5]),
        ({"type": "array", "minItems": 2, "contains": {"const": 7}}, ["string", 7]),
        ({"type": "object", "minProperties": 1, "propertyNames": {"enum": ["x", "y"]}}, {"x": "string"}),
        ({"type": "object", "minProperties": 2, "propertyNames": {"pattern": "^[a-z]+$", "maxLength": 3}}, None),
        ({"multipleOf": 2}, 2),
        ({"multipleOf": 0.25, "minimum": 10.1}, 11),
        ({"type": "number", "multipleOf": 0.1, "exclusiveMinimum": 0}, 1.5),
        ({"patternProperties": {"^x-[a-z]+$": {"type": "integer"}}, "additionalProperties": False}, {"x-a": 1}),
        ({"type": "object", "properties": {"a": {"type": "string"}, "b": False}}, {"a": "string"}),
        (
            {"properties": {"a": {"type": "string"}, "b": {"type": "string"}}, "not": {"required": ["a", "b"]}},
            {"b": "string"},
        ),
        (
            {"properties": {"a": {"type": "string"}}, "dependentRequired": {"a": ["b"], "b": ["c"]}},
            {"a": "string", "b": "string", "c": "string"},
        ),
        (
            {"properties": {"k": {"enum": ["x"]}}, "if": {"required": ["k"]}, "then": {"required": ["z"]}},
            {"k": "x", "z": "string"},
        ),
        ({"type": "string", "pattern": "^[0-9a-f]+$", "minLength": 6}, "000000"),
        ({"allOf": [{"type": "string", "pattern": "^a"}, {"pattern": "^[ab]+$"}]}, "a"),
        ({"oneOf": [{"type": "number"}, {"type": "integer"}]}, 1.5),
        ({"type": "array", "prefixItems": [{"const": 1}, False]}, [1]),
        ({"type": "array", "unevaluatedItems": False}, []),
        ({"type": "array", "unevaluatedItems": {"type": "integer"}, "minItems": 2}, [1, 1]),
        ({"type": "array", "uniqueItems": True, "minItems": 2, "items": {"type": "boolean"}}, [True, False]),
        (
            {
                "propertyNames": {"pattern": "^[A-Z]{2}$"},
                "additionalProperties": {"type": "integer"},
                "minProperties": 2,
            },
            {"AA": 1, "AB": 1},
        ),
        (
            {"maxProperties": 1, "properties": {"a": {"type": "string"}, "b": {"type": "string"}}, "required": ["b"]},
            {"b": "string"},
        ),
        ({"type": "string", "not": {"enum": ["string"]}}, "text"),
        ({"type": "integer", "not": {"const": 1}}, 2),
        ({"not": {"type": "string"}}, 1),
        (
            {
                "type": "array",
                "contains": {"type": "integer"},
                "items": {"oneOf": [{"type": "string"}, {"type": "integer"}]},
            },
            [1],
        ),
    ],
)
def test_a_sample_is_amended_until_it_fits(schema: dict[str, Any], expected: Any) -> None:
    made = sample(schema, {}, writing=True)
    assert list(violations(made, schema, {})) == []
    assert made == expected or expected is None


def test_a_required_member_that_leads_round_takes_the_way_out() -> None:
    fee = {"type": "object", "required": ["refund"], "properties": {"refund": {"$ref": "#/$defs/refund"}}}
    back = {"anyOf": [{"$ref": "#/$defs/fee"}, {"type": "string"}]}
    refund = {"type": "object", "required": ["fee"], "properties": {"fee": back}}
    definitions: dict[str, Any] = {"fee": fee, "refund": refund}
    assert sample({"$ref": "#/$defs/fee"}, definitions, writing=False) == {"refund": {"fee": "string"}}
    refund["properties"] = {"fee": {"anyOf": [{"$ref": "#/$defs/fee"}, {"type": "null"}]}}
    assert sample({"$ref": "#/$defs/fee"}, definitions, writing=False) == {"refund": {"fee": {"refund": {"fee": None}}}}


def test_a_tree_ends_in_empty_lists_and_maps() -> None:
    for container in ({"type": "array", "items": {"$ref": "#/$defs/tree"}},
                      {"type": "object", "additionalProperties": {"$ref": "#/$defs/tree"}}):  # fmt: skip
        tree = {"type": "object", "required": ["name", "inner"], "properties": {"name": {}, "inner": container}}
        made = sample({"$ref": "#/$defs/tree"}, {"tree": tree}, writing=True)
        assert list(violations(made, {"$ref": "#/$defs/tree"}, {"tree": tree})) == []


@settings(max_examples=300, deadline=None)
@given(simple_schemas)
def test_the_sample_of_a_simple_schema_fits_it(schema: Any) -> None:
    assert list(violations(sample(schema, {}, writing=True), schema, {})) == []
