"""What kind of value a schema describes, in words and as a choice."""

from __future__ import annotations

from typing import Any

import pytest

from playground.schema.flatten import flatten
from playground.schema.sample import sample
from playground.schema.types import alternatives, label_of, nullable, type_text, types_of
from playground.schema.validate import fits

STRIPE_METADATA: dict[str, Any] = {
    "anyOf": [
        {"type": "object", "additionalProperties": {"type": "string"}},
        {"type": "string", "enum": [""]},
    ]
}


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
    ("schema", "types"),
    [
        ({"multipleOf": 2}, ("number",)),
        ({"format": "int64"}, ("integer",)),
        ({"format": "uint8"}, ("integer",)),
        ({"format": "double"}, ("number",)),
        ({"format": "email"}, ("string",)),
        ({"dependentRequired": {"a": ["b"]}}, ("object",)),
        ({"propertyNames": {"maxLength": 3}}, ("object",)),
        ({"contains": {"type": "string"}}, ("array",)),
        ({"enum": ["a", 1, None]}, ("string", "integer")),
        ({"title": "T", "readOnly": True}, ()),
    ],
)
def test_keywords_imply_a_type_where_none_is_named(schema: dict[str, Any], types: tuple[str, ...]) -> None:
    assert types_of(schema) == types


PETS: dict[str, Any] = {
    "Pet": {
        "type": "object",
        "properties": {"kind": {"type": "string"}, "name": {"type": "string"}},
        "discriminator": {"propertyName": "kind", "x-playground-names": {"Cat": "#/$defs/Cat", "Bird": "#/$defs/Bird"}},
    },
    "Cat": {"allOf": [{"$ref": "#/$defs/Pet"}, {"properties": {"lives": {"type": "integer"}}}]},
    "Bird": {"allOf": [{"$ref": "#/$defs/Pet"}, {"properties": {"kind": {"enum": ["bird"]}}}]},
}


def test_heirs_are_alternatives_by_their_names_unless_they_list_their_own() -> None:
    choice = alternatives({"$ref": "#/$defs/Pet"}, PETS)
    assert [sample(kind, PETS, writing=True) for kind in choice] == [
        {"kind": "Cat", "name": "string", "lives": 1}, {"kind": "bird", "name": "string"},
    ]  # fmt: skip
    assert alternatives(choice[0], PETS) == ()
    assert fits({"kind": "Cat"}, {"$ref": "#/$defs/Pet"}, PETS)
    assert not fits({"kind": "Bird"}, {"$ref": "#/$defs/Pet"}, PETS)


def test_what_is_beside_a_base_holds_for_each_of_its_heirs() -> None:
    schema = {"allOf": [{"$ref": "#/$defs/Pet"}, {"properties": {"age": {"type": "integer"}}, "required": ["age"]}]}
    cat, bird = alternatives(schema, PETS)
    assert sample(cat, PETS, writing=True, required_only=True) == {"kind": "Cat", "age": 1}
    assert sample(bird, PETS, writing=True, required_only=True) == {"kind": "bird", "age": 1}


def test_a_choice_without_a_mapping_goes_by_the_schemas_names() -> None:
    schema = {"oneOf": [{"$ref": "#/$defs/Cat"}, {"$ref": "#/$defs/Bird"}, {"title": "inline"}],
              "discriminator": {"propertyName": "kind"}}  # fmt: skip
    cat, bird, inline = alternatives(schema, PETS)
    assert (label_of(cat, PETS), label_of(bird, PETS), label_of(inline, PETS)) == ("Cat", "bird", "inline")


def made(schema: Any, definitions: dict[str, Any]) -> list[Any]:
    """The samples of the alternatives, in their order; of a schema without a choice its own."""
    choice = alternatives(schema, definitions) or (schema,)
    return [sample(kind, definitions, writing=True) for kind in choice]


def test_a_kind_by_itself_says_which_it_is() -> None:
    cat, pet = {"$ref": "#/$defs/Cat"}, PETS["Pet"]
    assert made(cat, PETS) == [{"kind": "Cat", "name": "string", "lives": 1}]
    assert fits({"kind": "Kitten"}, cat, PETS)  # it may have kinds itself
    mapped = {"propertyName": "kind", "mapping": {"cat": "#/$defs/Cat", "bird": "#/$defs/Bird"}}
    assert made(cat, PETS | {"Pet": {**pet, "discriminator": mapped}})[0]["kind"] == "cat"
    listed = {**pet, "discriminator": {"propertyName": "kind"}, "oneOf": [cat, {"$ref": "#/$defs/Bird"}]}
    assert made(cat, PETS | {"Pet": listed})[0]["kind"] == "Cat"
    undescribed = {**pet, "properties": {}, "required": ["kind"]}
    assert made(cat, PETS | {"Pet": undescribed}) == [{"kind": "Cat", "lives": 1}]
    told = {**pet, "properties": {"kind": {"type": "string", "example": "cat_v2"}}}
    assert made(cat, PETS | {"Pet": told}) == [{"kind": "cat_v2", "lives": 1}]


def test_a_kind_is_spelled_as_the_base_lists_it() -> None:
    pet = {**PETS["Pet"], "properties": {"kind": {"type": "string", "enum": ["BIRD_OF_PREY", "CAT"]}}}
    definitions = {**PETS, "Pet": pet, "Bird": {"allOf": [{"$ref": "#/$defs/Pet"}]}}
    choice = alternatives({"$ref": "#/$defs/Pet"}, definitions)
    assert [label_of(kind, definitions) for kind in choice] == ["CAT", "Bird"]
    assert made({"$ref": "#/$defs/Cat"}, definitions) == [{"kind": "CAT", "lives": 1}]


def test_the_only_kind_is_no_choice() -> None:
    names = {"Cat": "#/$defs/Cat"}
    pet = {**PETS["Pet"], "title": "Pet", "discriminator": {"propertyName": "kind", "x-playground-names": names}}
    definitions = {**PETS, "Pet": pet}
    assert alternatives({"$ref": "#/$defs/Pet"}, definitions) == ()
    assert made({"$ref": "#/$defs/Pet"}, definitions) == [{"kind": "Cat", "name": "string", "lives": 1}]
    assert label_of({"$ref": "#/$defs/Pet"}, definitions) == "Pet"


def test_a_base_may_be_one_of_its_own_kinds() -> None:
    mapping = {"pet": "#/$defs/Pet", "cat": "#/$defs/Cat"}
    pet = {**PETS["Pet"], "required": ["kind"], "discriminator": {"propertyName": "kind", "mapping": mapping}}
    definitions = {**PETS, "Pet": pet}
    assert made({"$ref": "#/$defs/Pet"}, definitions) == [
        {"kind": "pet", "name": "string"},
        {"kind": "cat", "name": "string", "lives": 1},
    ]
    assert fits({"kind": "cat"}, {"$ref": "#/$defs/Pet"}, definitions)
    assert not fits({"kind": "cow"}, {"$ref": "#/$defs/Pet"}, definitions)
