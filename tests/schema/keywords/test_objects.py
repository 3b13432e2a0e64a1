"""Properties of objects: which are needed, which may be there, of which schema they are."""

from __future__ import annotations

from typing import Any

import pytest

from playground.schema.keywords.objects import entry_schema, patterned
from playground.schema.validate import own_violations

SCHEMA = {
    "properties": {"a": {"type": "string"}, "x1": {"minLength": 2}},
    "patternProperties": {"^x": {"maxLength": 5}, "(y)\\1|1": {"type": "integer"}},
    "additionalProperties": False,
}


def test_a_property_has_the_schemas_of_its_name_and_of_the_patterns_that_match() -> None:
    assert entry_schema("x1", SCHEMA) == {"allOf": [{"minLength": 2}, {"maxLength": 5}, {"type": "integer"}]}
    assert entry_schema("z", {"additionalProperties": {"const": 1}}) == {"const": 1}
    assert entry_schema("z", {"additionalProperties": False}) is False
    assert entry_schema("z", {"properties": 5}) is True
    assert patterned("x", {"patternProperties": {"^x": {"const": 1}, "^z": True}}) == [{"const": 1}]


@pytest.mark.parametrize(
    ("value", "schema", "found"),
    [
        ({}, {"required": ["a", "a", 5]}, [(("a",), "a is required.")]),
        ({"a": 1}, {"dependentRequired": {"a": ["b"]}}, [(("b",), "b is required where a is given.")]),
        ({"a": 1}, {"dependentRequired": {"a": "b", "c": ["d"]}}, []),
        ({"a": 1}, {"dependentSchemas": {"a": {"required": ["b"]}}}, [(("b",), "b is required.")]),
        (
            {"ab": 1},
            {"propertyNames": {"maxLength": 1}},
            [(("ab",), "The name ab is not allowed here.")],
        ),
        ({}, {"minProperties": 1}, [((), "There are 0 here; the description asks for at least 1 entry.")]),
        ({"a": 1, "b": 2}, {"maxProperties": 1}, [((), "There are 2 here; the description asks for up to 1 entry.")]),
    ],
)
def test_an_object_is_told_what_is_wrong_with_it(value: Any, schema: dict[str, Any], found: list[Any]) -> None:
    assert [(violation.at, violation.message) for violation in own_violations(value, schema, {})] == found
