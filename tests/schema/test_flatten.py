"""`allOf` and references merged into one schema that allows exactly what they allow together."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from playground.schema.flatten import combine, flatten, reference_key, reference_to, resolve
from playground.schema.keywords.logic import ALSO
from playground.schema.validate import fits
from tests.schema.strategies import merging_schemas, plain_values


def test_a_reference_is_followed_and_its_siblings_win() -> None:
    definitions = {"a/b~c": {"type": "string", "description": "of the type", "maxLength": 5}}
    found = resolve({"$ref": "#/$defs/a~1b~0c", "description": "of the field"}, definitions)
    assert found == {"type": "string", "description": "of the field", "maxLength": 5}
    assert reference_key({"$ref": reference_to("a/b~c")}) == "a/b~c"


def test_booleans_and_unknown_references_are_schemas_too() -> None:
    assert resolve(True, {}) == {}
    assert resolve(False, {}) == {"not": {}}
    assert resolve({"$ref": "#/$defs/gone", "title": "T"}, {}) == {"title": "T"}
    assert resolve({"$ref": "elsewhere.json"}, {}) == {}


def test_all_of_unites_properties_in_order_and_tightens_bounds() -> None:
    merged = flatten(
        {
            "allOf": [
                {"$ref": "#/$defs/Base"},
                {"properties": {"b": {"minLength": 2}, "c": {"type": "integer", "minimum": 3}}, "required": ["c"]},
            ],
            "properties": {"c": {"minimum": 5}},
            "description": "mine",
        },
        {
            "Base": {
                "type": "object",
                "properties": {"a": {}, "b": {"type": "string"}},
                "required": ["a"],
                "title": "Base",
            }
        },
    )
    assert list(merged["properties"]) == ["a", "b", "c"]
    assert merged["required"] == ["a", "c"]
    assert (merged["type"], merged["title"], merged["description"]) == ("object", "Base", "mine")
    assert flatten(merged["properties"]["b"], {}) == {"type": "string", "minLength": 2}
    assert flatten(merged["properties"]["c"], {}) == {"type": "integer", "minimum": 5}


def test_all_of_intersects_types_and_enums() -> None:
    merged = flatten(
        {"allOf": [{"type": ["string", "null"], "enum": ["a", "b"]}, {"type": "string", "enum": ["b", "c"]}]}, {}
    )
    assert merged == {"type": "string", "enum": ["b"]}
    assert flatten({"allOf": [{"type": "number"}, {"type": "integer"}]}, {})["type"] == "integer"


def test_all_of_an_enum_keeps_what_both_list_whatever_they_hold() -> None:
    first = {"enum": [1, {"a": [True]}, "x", None, *range(100, 20_100)]}
    second = {"enum": [1.0, {"a": [1]}, {"a": [True]}, None, *range(20_099, 99, -1)]}
    assert combine(first, second)["enum"] == [1, {"a": [True]}, None, *range(100, 20_100)]


@pytest.mark.parametrize(
    ("first", "second", "fitting", "wrong"),
    [
        ({"pattern": "^a"}, {"pattern": "b$"}, ["ab", 1], ["a", "b"]),
        ({"multipleOf": 4}, {"multipleOf": 6}, [12, 0, "x"], [4, 6, 8]),
        ({"multipleOf": 0.5}, {"multipleOf": 0.75}, [1.5, 3], [0.5, 0.75]),
        ({"not": {"const": 1}}, {"not": {"const": 2}}, [3], [1, 2]),
        ({"const": 1}, {"const": 2}, [], [1, 2]),
        ({"enum": [1, 2]}, {"enum": [3]}, [], [1, 2, 3]),
        ({"type": "string"}, {"type": "integer"}, [], ["x", 1]),
        ({"type": ["string", "number"]}, {"type": ["integer", "null"]}, [1, 2.0], [1.5, "x", None]),
        (
            {"dependentRequired": {"a": ["b"]}},
            {"dependentRequired": {"a": ["c"], "d": ["e"]}},
            [{}, {"a": 1, "b": 1, "c": 1}, {"d": 1, "e": 1}],
            [{"a": 1, "b": 1}, {"a": 1, "c": 1}, {"d": 1}],
        ),
        (
            {"dependentSchemas": {"a": {"required": ["b"]}}},
            {"dependentSchemas": {"a": {"required": ["c"]}}},
            [{"a": 1, "b": 1, "c": 1}],
            [{"a": 1, "b": 1}, {"a": 1, "c": 1}],
        ),
        (
            {"propertyNames": {"minLength": 2}},
            {"propertyNames": {"maxLength": 3}},
            [{"ab": 1}, {}],
            [{"a": 1}, {"abcd": 1}],
        ),
        ({"contains": {"const": 1}}, {"contains": {"const": 2}}, [[1, 2]], [[1], [2], []]),
        (
            {"contains": {"const": 1}, "maxContains": 1},
            {"contains": {"const": 2}, "minContains": 2},
            [[1, 2, 2]],
            [[1, 1, 2, 2], [1, 2]],
        ),
        (
            {"if": {"minimum": 5}, "then": {"multipleOf": 2}},
            {"if": {"maximum": 0}, "then": {"multipleOf": 3}, "else": {"maximum": 8}},
            [6, -3, 8],
            [7, -4, 10],
        ),
        (
            {"prefixItems": [{"type": "string"}], "items": {"type": "integer"}},
            {"prefixItems": [{"minLength": 2}, {"minimum": 5}], "items": {"maximum": 9}},
            [["ab", 5, 9], ["ab"]],
            [["a"], ["ab", 4], ["ab", "x"], ["ab", 5, 10]],
        ),
        (
            {"anyOf": [{"minimum": 5}, {"type": "string"}]},
            {"anyOf": [{"maximum": 7}, {"maxLength": 1}]},
            [6, "x"],
            [4, "xy" * 9, None],
        ),
        ({"minContains": 2}, {"contains": {"const": 1}}, [[1]], [[]]),
        ({"uniqueItems": True}, {"uniqueItems": False}, [[1]], [[1, 1]]),
    ],
)
def test_of_two_schemas_both_hold(
    first: dict[str, Any], second: dict[str, Any], fitting: list[Any], wrong: list[Any]
) -> None:
    for pair in ([first, second], [second, first]):
        schema = {"allOf": pair}
        judge = Draft202012Validator(schema)
        for value in fitting:
            assert judge.is_valid(value), value
            assert fits(value, schema, {}), value
        for value in wrong if "anyOf" not in first else wrong[:1]:
            assert not judge.is_valid(value), value
            assert not fits(value, schema, {}), value


def test_what_cannot_be_said_by_one_keyword_is_kept_beside_it() -> None:
    merged = combine({"pattern": "^a", "title": "A"}, {"pattern": "b$", "title": "B"})
    assert merged == {"pattern": "b$", "title": "B", ALSO: [{"pattern": "^a"}]}
    assert combine(merged, {"pattern": "c"})[ALSO] == [{"pattern": "^a"}, {"pattern": "b$"}]


@settings(max_examples=400, deadline=None)
@given(merging_schemas, merging_schemas, plain_values)
def test_a_merged_schema_allows_what_its_members_allow(first: Any, second: Any, value: Any) -> None:
    schema = {"allOf": [first, second]}
    assert fits(value, schema, {}) == Draft202012Validator(schema).is_valid(value)
