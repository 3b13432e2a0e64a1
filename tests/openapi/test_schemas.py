"""References of schemas lead to definitions, whatever their form; broken, circular and huge ones end."""

from __future__ import annotations

from typing import Any

import pytest

from playground.schema.keywords.metadata import NAMES
from playground.schema.sample import sample
from playground.schema.types import alternatives, label_of
from tests.openapi.documents import compiled, messages, schema_of, with_schema


def test_schemas_are_read_wherever_they_stand() -> None:
    inner, read = {"type": "string", "nullable": True}, {"type": ["string", "null"]}
    single = (
        "additionalProperties",
        "not",
        "if",
        "then",
        "else",
        "contains",
        "propertyNames",
        "unevaluatedItems",
        "items",
    )
    for key in single:
        assert schema_of(with_schema({key: inner})) == {key: read}
    for key in ("allOf", "anyOf", "oneOf", "prefixItems"):
        assert schema_of(with_schema({key: [inner, True]})) == {key: [read, True]}
    for key in ("properties", "patternProperties", "dependentSchemas"):
        assert schema_of(with_schema({key: {"a": inner}})) == {key: {"a": read}}


def test_references_become_local_and_only_what_is_reached_is_kept() -> None:
    value = with_schema(
        {"$ref": "#/components/schemas/A"},
        A={"type": "object", "properties": {"b": {"$ref": "#/components/schemas/B"}}},
        B={"type": "string", "nullable": True},
        Unused={"type": "string"},
    )
    assert schema_of(value) == {"$ref": "#/$defs/A"}
    assert compiled(value).catalog.definitions == {
        "A": {"type": "object", "properties": {"b": {"$ref": "#/$defs/B"}}},
        "B": {"type": ["string", "null"]},
    }


def test_the_document_is_not_changed() -> None:
    value = with_schema({"type": "string", "nullable": True, "items": [{}]}, A={"exclusiveMinimum": True, "minimum": 1})
    before = repr(value)
    compiled(value)
    assert repr(value) == before


def test_a_property_called_ref_is_a_property() -> None:
    schema = {"type": "object", "properties": {"$ref": {"type": "string"}, "properties": {"type": "object"}}}
    assert schema_of(with_schema(schema)) == schema
    assert messages(with_schema(schema)) == []


@pytest.mark.parametrize("key", ["example", "default", "const", "x-anything"])
def test_references_inside_values_are_values(key: str) -> None:
    schema = {key: {"$ref": "#/nowhere", "nullable": True}, "enum": [{"$ref": "#/nowhere"}]}
    assert schema_of(with_schema(schema)) == schema
    assert messages(with_schema(schema)) == []


def test_what_stands_beside_a_reference_is_kept_as_the_version_says() -> None:
    schema = {"$ref": "#/components/schemas/A", "description": "d", "nullable": True, "readOnly": True, "minLength": 1}
    told = {"$ref": "#/$defs/A", "description": "d", "nullable": True, "readOnly": True}
    assert schema_of(with_schema(schema, A={})) == told
    assert schema_of(with_schema(schema, openapi="3.1.0", A={})) == {**told, "minLength": 1}


@pytest.mark.parametrize(
    ("reference", "key", "definition"),
    [
        ("#/components/schemas/a~1b", "a/b", {"title": "slash"}),
        ("#/components/schemas/a~0b", "a~b", {"title": "tilde"}),
        ("#/components/schemas/a%20b", "a b", {"title": "blank"}),
        ("#/components/schemas/%C3%A9", "é", {"title": "accent"}),
        ("#/components/schemas/100%", "100%", {"title": "percent"}),
        ("#/components/schemas/Deep/properties/x", "components/schemas/Deep/properties/x", {"title": "x"}),
        ("#/components/schemas/Deep/oneOf/1", "components/schemas/Deep/oneOf/1", {"title": "second"}),
        (
            "#/paths/~1things~1%7Bid%7D/get/responses/200/content/application~1json/schema",
            "paths/~1things~1{id}/get/responses/200/content/application~1json/schema",
            {"title": "in a path"},
        ),
        ("#/components/schemas/Link/properties/x", "components/schemas/Link/properties/x", {"title": "x"}),
    ],
)
def test_pointers_of_every_form_are_followed(reference: str, key: str, definition: Any) -> None:
    value = with_schema(
        {"$ref": reference},
        **{"a/b": {"title": "slash"}, "a~b": {"title": "tilde"}, "a b": {"title": "blank"}, "é": {"title": "accent"}},
        **{"100%": {"title": "percent"}},
        Deep={"properties": {"x": {"title": "x"}}, "oneOf": [{}, {"title": "second"}]},
        Link={"$ref": "#/components/schemas/Deep"},
    )
    response = {"content": {"application/json": {"schema": {"title": "in a path"}}}}
    value["paths"]["/things/{id}"] = {"get": {"responses": {"200": response}}}
    catalog = compiled(value).catalog
    escaped = key.replace("~", "~0").replace("/", "~1")
    body = catalog.operations[0].request_body
    assert body is not None
    assert body.media_types[0].schema == {"$ref": f"#/$defs/{escaped}"}
    assert catalog.definitions[key] == definition


def test_two_spellings_of_one_pointer_are_one_definition() -> None:
    value = with_schema(
        {"anyOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/%41"}]}, A={"type": "string"}
    )
    assert schema_of(value) == {"anyOf": [{"$ref": "#/$defs/A"}, {"$ref": "#/$defs/A"}]}
    assert len(compiled(value).catalog.definitions) == 1


def test_keys_that_would_clash_are_told_apart() -> None:
    tricky = "components/schemas/A/properties/b"
    value = with_schema(
        {"anyOf": [{"$ref": f"#/components/schemas/{tricky.replace('/', '~1')}"}, {"$ref": f"#/{tricky}"}]},
        **{tricky: {"title": "one"}},
        A={"properties": {"b": {"title": "other"}}},
    )
    assert compiled(value).catalog.definitions == {tricky: {"title": "one"}, f"{tricky}_2": {"title": "other"}}


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("#/components/schemas/Missing", "points at nothing"),
        ("#/components/schemas/A/oneOf/01", "points at nothing"),
        ("#/components/schemas/A/oneOf/9", "points at nothing"),
        ("#/paths/~1..~1x", "points at nothing"),
        ("#", "at the whole document"),
        ("#name", "not a JSON Pointer"),
        ("file:///etc/passwd", "outside this document"),
        ("../secrets.yaml#/a", "outside this document"),
        ("http://127.0.0.1/x.json", "outside this document"),
        ("//host/share", "outside this document"),
        ("\\\\host\\share", "outside this document"),
        ("", "outside this document"),
        ("#/info/title", "points at text"),
        (7, "is a number, not text"),
        (None, "is null, not text"),
        ({"a": 1}, "is an object, not text"),
    ],
)
def test_a_broken_reference_is_a_problem_and_allows_anything(reference: Any, reason: str) -> None:
    value = with_schema(
        {"properties": {"a": {"$ref": reference, "description": "d"}, "b": {"$ref": reference}}}, A={"oneOf": [{}]}
    )
    assert schema_of(value) == {"properties": {"a": {"description": "d"}, "b": {}}}
    found = messages(value)
    assert len(found) == 2
    assert all(reason in message and message.startswith("error /paths/~1a/post/") for message in found)


def test_cycles_stay_references() -> None:
    value = with_schema(
        {"$ref": "#/components/schemas/Node"},
        Node={
            "properties": {
                "next": {"$ref": "#/components/schemas/Node"},
                "all": {"items": {"$ref": "#/components/schemas/Other"}},
            }
        },
        Other={
            "allOf": [{"$ref": "#/components/schemas/Other"}],
            "additionalProperties": {"$ref": "#/components/schemas/Node"},
        },
    )
    assert compiled(value).catalog.definitions == {
        "Node": {"properties": {"next": {"$ref": "#/$defs/Node"}, "all": {"items": {"$ref": "#/$defs/Other"}}}},
        "Other": {"allOf": [{"$ref": "#/$defs/Other"}], "additionalProperties": {"$ref": "#/$defs/Node"}},
    }
    assert messages(value) == []


def test_references_in_a_bare_circle_are_a_problem() -> None:
    value = with_schema(
        {"$ref": "#/components/schemas/A"},
        A={"$ref": "#/components/schemas/B"},
        B={"$ref": "#/components/schemas/A"},
    )
    definitions = compiled(value).catalog.definitions
    assert list(definitions.values()) == [{}, {"$ref": "#/$defs/A"}]
    assert any("refers to itself" in message for message in messages(value))


def test_a_schema_of_its_own_with_defs_is_understood() -> None:
    schema = {"$defs": {"In": {"type": "string"}}, "properties": {"a": {"$ref": "#/$defs/In"}}}
    other = {**schema, "anyOf": [{"$ref": "#/components/schemas/A"}], "$defs": {"In": {"type": "integer"}}}
    value = with_schema(other, openapi="3.1.0", A=schema)
    catalog = compiled(value).catalog
    assert messages(value) == []
    inline = "paths/~1a/post/requestBody/content/application~1json/schema/$defs/In"
    assert catalog.definitions[inline] == {"type": "integer"}
    assert catalog.definitions["components/schemas/A/$defs/In"] == {"type": "string"}


def test_a_discriminators_mapping_leads_to_definitions() -> None:
    mapping = {"cat": "#/components/schemas/Cat", "dog": "Dog", "fox": "other.yaml#/Fox"}
    value = with_schema(
        {"discriminator": {"propertyName": "kind", "mapping": mapping}}, Cat={"title": "C"}, Dog={"title": "D"}
    )
    assert schema_of(value)["discriminator"] == {
        "propertyName": "kind",
        "mapping": {"cat": "#/$defs/Cat", "dog": "#/$defs/Dog"},
    }
    assert set(compiled(value).catalog.definitions) == {"Cat", "Dog"}
    assert ["other.yaml" in message for message in messages(value)] == [True]


PET = {"type": "object", "properties": {"kind": {"type": "string"}}, "required": ["kind"]}


def heir_of(parent: str, **properties: Any) -> dict[str, Any]:
    return {"allOf": [{"$ref": f"#/components/schemas/{parent}"}, {"properties": properties}]}


def test_the_schemas_that_name_a_discriminators_own_are_its_kinds() -> None:
    pet = {**PET, "discriminator": {"propertyName": "kind", "mapping": {"dog": "#/components/schemas/Dog"}}}
    value = with_schema(
        {"$ref": "#/components/schemas/a%20Pet"},
        **{"a Pet": pet, "Stone": {"title": "no pet"}, "Cat": heir_of("a%20Pet", lives={"type": "integer"}),
           "Dog": heir_of("a Pet"), "Li/on": heir_of("Cat")},
    )  # fmt: skip
    catalog = compiled(value).catalog
    assert messages(value) == []
    assert catalog.definitions["a Pet"]["discriminator"] == {  # type: ignore[index]
        "propertyName": "kind",
        "mapping": {"dog": "#/$defs/Dog"},
        NAMES: {"Cat": "#/$defs/Cat", "Li/on": "#/$defs/Li~1on"},
    }
    choice = alternatives({"$ref": "#/$defs/a Pet"}, catalog.definitions)
    assert [label_of(kind, catalog.definitions) for kind in choice] == ["dog", "Cat", "Li/on"]
    assert sample({"$ref": "#/$defs/a Pet"}, catalog.definitions, writing=True) == {"kind": "dog"}
    assert sample(choice[1], catalog.definitions, writing=True) == {"kind": "Cat", "lives": 1}


@pytest.mark.parametrize("key", ["x-ms-discriminator-value", "x-discriminator-value"])
def test_an_heir_may_say_by_which_value_it_is_told(key: str) -> None:
    cat, dog = {**heir_of("Pet"), key: "#Microsoft.Cat"}, {**heir_of("Pet"), key: "#Microsoft.Cat"}
    pet = {**PET, "discriminator": {"propertyName": "kind"}}
    catalog = compiled(with_schema({"$ref": "#/components/schemas/Pet"}, Pet=pet, Cat=cat, Dog=dog)).catalog
    names = {"#Microsoft.Cat": "#/$defs/Cat", "Dog": "#/$defs/Dog"}
    assert catalog.definitions["Pet"]["discriminator"][NAMES] == names  # type: ignore[index]


@pytest.mark.cpu(60)
def test_a_long_chain_of_discriminators_ends() -> None:
    schemas = {"s0": {**PET, "discriminator": {"propertyName": "kind"}}}
    for number in range(1, 3000):
        schemas[f"s{number}"] = {**heir_of(f"s{number - 1}"), "discriminator": {"propertyName": "kind"}}
    value = with_schema({"$ref": "#/components/schemas/s0"}, **schemas)
    assert any("more than 100,000 kinds by name" in message for message in messages(value))


def test_a_choice_that_is_described_needs_no_heirs() -> None:
    pet = {**PET, "discriminator": {"propertyName": "kind"}, "oneOf": [{"$ref": "#/components/schemas/Cat"}]}
    value = with_schema({"$ref": "#/components/schemas/Pet"}, Pet=pet, Cat=heir_of("Pet"), Dog=heir_of("Pet"))
    assert compiled(value).catalog.definitions["Pet"]["discriminator"] == {"propertyName": "kind"}  # type: ignore[index]


def test_a_document_cannot_write_what_only_reading_finds() -> None:
    value = with_schema({**PET, "discriminator": {"propertyName": "kind", NAMES: {"x": "#/$defs/gone"}}})
    assert schema_of(value)["discriminator"] == {"propertyName": "kind"}


@pytest.mark.cpu(10)
def test_reference_bombs_end() -> None:
    fan = {f"s{i}": {"allOf": [{"$ref": f"#/components/schemas/s{i + 1}"}] * 10} for i in range(30)}
    chain = {f"c{i}": {"$ref": f"#/components/schemas/c{i + 1}"} for i in range(10_000)}
    wide: dict[str, Any] = {"oneOf": [{"type": "string"}] * 10_000, "allOf": [{}] * 1000}
    value = with_schema(
        {"anyOf": [{"$ref": "#/components/schemas/s0"}, {"$ref": "#/components/schemas/c0"}, wide]}, **fan, **chain
    )
    assert len(compiled(value).catalog.definitions) == 10_030


@pytest.mark.cpu(10)
def test_pointers_through_pointers_end() -> None:
    step = {f"r{i}": {"$ref": f"#/r{i + 1}/a/a"} for i in range(60)}
    value = {**with_schema({"$ref": "#/r0/a/a"}), **step, "self": {"$ref": "#/self/x"}}
    value["paths"]["/self"] = {"$ref": "#/self/y"}
    assert messages(value)


@pytest.mark.cpu(10)
def test_schemas_nested_beyond_the_limit_are_cut() -> None:
    for key in ("not", "items"):
        schema: dict[str, Any] = {}
        for _ in range(5000):
            schema = {key: schema, "$ref": "#/x"} if key == "not" else {"properties": {"a": {"allOf": [schema]}}}
        assert any("nested deeper" in message for message in messages(with_schema(schema, openapi="3.1.0")))
