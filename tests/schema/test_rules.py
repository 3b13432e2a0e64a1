"""The reading of schemas, rule by rule."""

from __future__ import annotations

from typing import Any

import pytest

from playground.schema.fit import fits
from playground.schema.flatten import flatten, reference_key, reference_to, resolve
from playground.schema.limits import limits_text
from playground.schema.regex import text_for
from playground.schema.sample import sample
from playground.schema.types import alternatives, label_of, nullable, type_text, types_of

STRIPE_METADATA: dict[str, Any] = {
    "anyOf": [
        {"type": "object", "additionalProperties": {"type": "string"}},
        {"type": "string", "enum": [""]},
    ]
}


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


def test_a_choice_with_null_is_no_choice_but_nullable() -> None:
    schema = {"anyOf": [{"$ref": "#/$defs/A"}, {"type": "null"}], "description": "d"}
    definitions = {"A": {"type": "object", "properties": {"x": {}}, "description": "of A"}}
    assert alternatives(schema, definitions) == ()
    assert nullable(schema, definitions)
    assert flatten(schema, definitions)["properties"] == {"x": {}}
    assert flatten(schema, definitions)["description"] == "d"
    assert type_text(schema, definitions) == "object or null"


def test_lists_of_required_alone_are_no_choice() -> None:
    schema = {"type": "object", "properties": {"a": {}, "b": {}}, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}
    assert alternatives(schema, {}) == ()


def test_a_list_of_types_is_a_choice() -> None:
    assert [types_of(alternative) for alternative in alternatives({"type": ["string", "integer", "null"]}, {})] == [
        ("string",),
        ("integer",),
    ]
    assert nullable({"type": ["string", "integer", "null"]}, {})
    assert types_of({"type": ["integer", "number"]}) == ("number",)


def test_keywords_beside_a_choice_hold_in_every_alternative() -> None:
    schema = {
        "type": "object",
        "title": "Whole",
        "properties": {"id": {"type": "string"}},
        "oneOf": [{"title": "A", "properties": {"a": {}}}, {"title": "B", "properties": {"b": {}}}],
    }
    first, second = alternatives(schema, {})
    assert list(flatten(first, {})["properties"]) == ["id", "a"]
    assert list(flatten(second, {})["properties"]) == ["id", "b"]
    assert [label_of(first, {}), label_of(second, {})] == ["A", "B"]


def test_a_mapped_alternative_has_its_discriminator_fixed() -> None:
    definitions: dict[str, Any] = {
        "Cat": {"type": "object", "properties": {"kind": {"type": "string"}, "lives": {"type": "integer"}}},
        "Dog": {"type": "object", "properties": {"kind": {"type": "string"}}},
    }
    schema = {
        "oneOf": [{"$ref": "#/$defs/Cat"}, {"$ref": "#/$defs/Dog"}],
        "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/$defs/Cat", "dog": "#/$defs/Dog"}},
    }
    cat, dog = alternatives(schema, definitions)
    assert [label_of(cat, definitions), label_of(dog, definitions)] == ["cat", "dog"]
    assert fits({"kind": "cat", "lives": 9}, schema, definitions)
    assert not fits({"kind": "cow"}, schema, definitions)
    assert sample(dog, definitions, writing=True) == {"kind": "dog"}


def test_a_subtype_does_not_inherit_the_choice_of_subtypes() -> None:
    definitions: dict[str, Any] = {
        "Pet": {
            "type": "object",
            "properties": {"kind": {"type": "string"}},
            "required": ["kind"],
            "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/$defs/Cat", "dog": "#/$defs/Dog"}},
        },
        "Cat": {"allOf": [{"$ref": "#/$defs/Pet"}, {"properties": {"lives": {"type": "integer"}}}]},
        "Dog": {"allOf": [{"$ref": "#/$defs/Pet"}, {"properties": {"tail": {"type": "boolean"}}}]},
    }
    choice = alternatives({"$ref": "#/$defs/Pet"}, definitions)
    assert [label_of(one, definitions) for one in choice] == ["cat", "dog"]
    assert alternatives(choice[0], definitions) == ()
    assert sample({"$ref": "#/$defs/Pet"}, definitions, writing=True) == {"kind": "cat", "lives": 1}


def test_stripes_map_or_empty_text_is_a_labelled_choice() -> None:
    first, second = alternatives(STRIPE_METADATA, {})
    assert [label_of(first, {}), label_of(second, {})] == ["map of strings", "empty text"]
    assert type_text(STRIPE_METADATA, {}) == "map of strings or string"


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"type": "string"}, "string"),
        ({"type": "integer", "nullable": True}, "integer or null"),
        ({"type": "array", "items": {"type": "object"}}, "list of objects"),
        ({"type": "array", "items": {"type": "array", "items": {"type": "string"}}}, "list of lists of strings"),
        ({"type": "array"}, "list of any values"),
        ({"additionalProperties": {"type": "string"}}, "map of strings"),
        ({"properties": {"a": {}}}, "object"),
        ({"type": "string", "format": "binary"}, "file"),
        ({"oneOf": [{"type": "string"}, {"type": "object"}]}, "string or object"),
        ({}, "any"),
        (True, "any"),
    ],
)
def test_types_in_words(schema: Any, text: str) -> None:
    assert type_text(schema, {}) == text


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"maxLength": 66}, "up to 66 characters"),
        ({"minLength": 1, "maxLength": 5000}, "1 to 5,000 characters"),
        ({"minimum": 1, "maximum": 100}, "1 to 100"),
        ({"exclusiveMinimum": 0}, "more than 0"),
        ({"minimum": 0, "exclusiveMinimum": True}, "more than 0"),
        ({"format": "date-time"}, "date-time"),
        ({"maxItems": 1, "uniqueItems": True}, "up to 1 item, no repeats"),
        ({"minProperties": 2}, "at least 2 entries"),
        ({"multipleOf": 5}, "a multiple of 5"),
        ({}, ""),
    ],
)
def test_limits_in_words(schema: Any, text: str) -> None:
    assert limits_text(schema) == text


@pytest.mark.parametrize(
    ("value", "schema", "expected"),
    [
        (1, {"enum": [1.0]}, True),
        (True, {"enum": [1]}, False),
        ("1", {"type": "integer"}, False),
        (2**70, {"type": "integer", "minimum": 0}, True),
        ({"a": 1}, {"properties": {"b": {}}, "additionalProperties": False}, False),
        ({"a": 1}, {"properties": {"b": {}}}, True),
        ([1, 1], {"type": "array", "uniqueItems": True}, False),
        (None, {"type": "string"}, False),
        (None, {}, True),
        (None, {"enum": ["a", None]}, True),
    ],
)
def test_fitting(value: Any, schema: Any, expected: bool) -> None:
    assert fits(value, schema, {}) is expected


def test_closed_reading_refuses_undeclared_properties() -> None:
    assert not fits({"a": 1}, {"properties": {"b": {}}}, {}, closed=True)
    assert fits({"a": 1}, {"type": "object"}, {}, closed=True)


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


@pytest.mark.parametrize("pattern", ["^(?=a)b$", "(a)\\1", "\\p{L}+", "[", "(", "a{99999}", "x" * 300, "*"])
def test_patterns_that_are_not_simple_give_nothing(pattern: str) -> None:
    assert text_for(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("^cus_[a-z0-9]{4}$", "cus_aaaa"),
        ("a|b", "a"),
        ("^(GET|POST)$", "GET"),
        ("\\d+(\\.\\d{2})?", "7.77"),
        ("[^/]+", "a"),
    ],
)
def test_simple_patterns_give_a_text(pattern: str, text: str) -> None:
    import re

    assert text_for(pattern) == text
    assert re.search(pattern, text)
