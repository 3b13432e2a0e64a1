"""The validator agrees with another library's reading of JSON Schema, and names places and reasons."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from playground.jsontext import loads
from playground.values.check import Checker

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.sampled_from(["", "a", "ab", "2024-01-01", "x1"])
    | st.floats(-3, 3, width=16)
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abx"), inner, max_size=3)
)


def schemas(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    counts = st.integers(0, 3)
    members = st.dictionaries(st.sampled_from("abx"), inner, max_size=3)
    return st.fixed_dictionaries(
        {},
        optional={
            "type": st.sampled_from(["string", "integer", "number", "boolean", "object", "array", "null"])
            | st.lists(st.sampled_from(["string", "integer", "object"]), min_size=1, max_size=2, unique=True),
            "enum": st.lists(SCALARS, min_size=1, max_size=3),
            "const": SCALARS,
            "minimum": st.integers(-3, 3), "exclusiveMaximum": st.integers(-3, 3),
            "multipleOf": st.sampled_from([1, 2, 0.5]),
            "minLength": counts, "maxLength": counts, "pattern": st.sampled_from(["^a", "b$", "[0-9]", "^(a|b)*$"]),
            "minItems": counts, "maxItems": counts, "uniqueItems": st.booleans(), "items": inner,
            "prefixItems": st.lists(inner, min_size=1, max_size=2), "contains": inner, "minContains": counts,
            "properties": members, "required": st.lists(st.sampled_from("abx"), max_size=2, unique=True),
            "additionalProperties": inner, "patternProperties": st.dictionaries(st.just("^a"), inner, max_size=1),
            "propertyNames": st.sampled_from([True, False, {"maxLength": 1}, {"enum": ["a"]}]),
            "minProperties": counts, "maxProperties": counts,
            "dependentRequired": st.dictionaries(
                st.sampled_from("ab"), st.lists(st.sampled_from("bx"), max_size=1), max_size=1
            ),
            "dependentSchemas": st.dictionaries(st.sampled_from("ab"), inner, max_size=1),
            "allOf": st.lists(inner, min_size=1, max_size=2), "anyOf": st.lists(inner, min_size=1, max_size=2),
            "oneOf": st.lists(inner, min_size=1, max_size=2), "not": inner,
            "if": inner, "then": inner, "else": inner,
        },
    )  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.recursive(st.booleans() | st.just({}), schemas, max_leaves=6), VALUES)
def test_it_agrees_with_another_library(schema: Any, value: Any) -> None:
    ours = Checker({}, writing=False, formats=False).fits(value, schema)
    assert ours == Draft202012Validator(schema).is_valid(value)


FOUND: list[tuple[Any, Any, list[tuple[str, str]]]] = [
    ({"required": ["a"]}, {}, [("/a", "is required")]),
    ({"properties": {"a/b": {"type": "integer"}}}, {"a/b": "x"}, [("/a~1b", "must be an integer, not a string")]),
    ({"items": {"enum": ["x", "y"]}}, ["x", "z"], [("/1", "must be one of `x`, `y`")]),
    ({"additionalProperties": False}, {"a": 1}, [("/a", "is not described, and nothing else is allowed here")]),
    ({"minimum": 3}, 2, [("", "must be at least 3")]),
    ({"multipleOf": 0.01}, 19.99, []),
    ({"multipleOf": 0.01}, 19.999, [("", "must be a multiple of 0.01")]),
    ({"type": "string", "format": "date-time"}, "yesterday", [("", "must be in the format date-time")]),
    ({"type": "string", "format": "uuid"}, "x", [("", "must be in the format uuid")]),
    ({"type": "string", "format": "phone"}, "x", []),
    ({"uniqueItems": True}, [1, 1.0], [("", "must not have two equal items")]),
    ({"uniqueItems": True}, [1, True, {"a": 1}, {"a": 2}], []),
    ({"dependentRequired": {"a": ["b"]}}, {"a": 1}, [("/b", "is required beside a")]),
    ({"not": {"type": "string"}}, "x", [("", "is what the description rules out")]),
    ({"oneOf": [{}, {}]}, 1, [("", "fits more than one of the alternatives, and must fit exactly one")]),
    ({"anyOf": [{"type": "object", "required": ["a"]}, {"type": "string"}]}, {}, [("/a", "is required")]),
    ({"anyOf": [{"type": "integer"}, {"type": "string"}]}, None, [("", "fits none of the alternatives")]),
    ({"type": ["string", "null"]}, None, []),
    ({"nullable": True, "anyOf": [{"type": "string"}]}, None, []),
    ({"type": "integer"}, 1.0, []),
    ({"properties": {"id": {"readOnly": True}}, "required": ["id"]}, {}, []),
    ({"allOf": [{"properties": {"a": True}}], "unevaluatedProperties": False}, {"a": 1, "b": 1},
     [("/b", "is not described, and nothing else is allowed here")]),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "value", "expected"), FOUND)
def test_findings_name_the_place_and_the_reason(schema: Any, value: Any, expected: list[tuple[str, str]]) -> None:
    found = list(Checker({}, writing=True).findings(value, schema))
    assert [(finding.pointer, finding.words) for finding in found] == expected


def test_references_are_followed_and_circles_end() -> None:
    definitions = {"a": {"anyOf": [{"$ref": "#/$defs/a"}, {"type": "string"}]}}
    assert Checker(definitions, writing=False).fits("x", {"$ref": "#/$defs/a"})
    assert Checker({}, writing=False).fits("x", {"$ref": "#/$defs/nowhere"})


def test_numbers_are_compared_as_they_are_written() -> None:
    assert Checker({}, writing=True).fits(loads("0.30"), {"multipleOf": 0.1})
    assert Checker({}, writing=True).fits(loads("123456789012345678901234567890"), {"type": "integer"})


@pytest.mark.timeout(30)
def test_hostile_values_and_schemas_cost_little() -> None:
    doubled: dict[str, Any] = {f"a{n}": {"anyOf": [{"$ref": f"#/$defs/a{n + 1}"}] * 2} for n in range(50)}
    doubled["a50"] = {"type": "string"}
    Checker(doubled, writing=True).fits(1, {"$ref": "#/$defs/a0"})
    Checker({}, writing=True).fits(["a" * 50_000], {"items": {"pattern": "^(a+)+$b"}})
    Checker({}, writing=True).fits([[n] for n in range(100_000)], {"uniqueItems": True})
    nested: Any = 1
    for _ in range(500):
        nested = [nested]
    Checker({"n": {"items": {"$ref": "#/$defs/n"}, "uniqueItems": True}}, writing=True).fits(
        nested, {"$ref": "#/$defs/n"}
    )
