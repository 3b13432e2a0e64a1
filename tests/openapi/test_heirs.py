"""Kinds of a discriminator that nothing but their names tells: who names whom, at any distance and in any form."""

from __future__ import annotations

import json
from typing import Any

import pytest

from playground.openapi.heirs import Heirs, schemas_meant
from playground.openapi.join_files import join_files
from playground.schema.sample import sample
from playground.schema.types import alternatives
from tests.openapi.documents import compiled, messages, with_schema

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}


def reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def base(**more: Any) -> dict[str, Any]:
    return {
        "type": "object", "required": ["kind"], "properties": {"kind": TEXT},
        "discriminator": {"propertyName": "kind", **more},
    }  # fmt: skip


def heir(name: str, **properties: Any) -> dict[str, Any]:
    return {"allOf": [reference(name), {"properties": properties}]}


def samples(start: str, schemas: dict[str, Any], openapi: str = "3.0.3") -> list[Any]:
    """Return what the sample of each kind of a schema is, or of the schema itself where there is no choice."""
    catalog = compiled(with_schema(reference(start), openapi=openapi, **schemas)).catalog
    schema = {"$ref": f"#/$defs/{start}"}
    kinds = alternatives(schema, catalog.definitions) or (schema,)
    return [sample(kind, catalog.definitions, writing=True) for kind in kinds]


def test_a_schema_between_base_and_heirs_is_one_of_its_own_kinds() -> None:
    schemas = {"Pet": base(mapping={"l": "Lion"}), "Cat": heir("Pet", lives=NUMBER), "Lion": heir("Cat", mane=TEXT),
               "Dog": heir("Pet")}  # fmt: skip
    assert samples("Cat", schemas) == [
        {"kind": "l", "lives": 1, "mane": "string"}, {"kind": "Cat", "lives": 1},
    ]  # fmt: skip
    # The base offers each of them once, and each is then settled.
    assert samples("Pet", schemas) == [
        {"kind": "l", "lives": 1, "mane": "string"}, {"kind": "Cat", "lives": 1}, {"kind": "Dog"},
    ]  # fmt: skip
    assert samples("Lion", schemas) == [{"kind": "l", "lives": 1, "mane": "string"}]
    equal = {"Pet": base(), "Cat": heir("Pet", lives=NUMBER), "Lion": heir("Cat", mane=TEXT)}
    assert samples("Pet", equal)[0] == {"kind": "Cat", "lives": 1}


def test_each_level_may_have_a_discriminator() -> None:
    inner = {"required": ["of"], "discriminator": {"propertyName": "of"}, "properties": {"of": TEXT}}
    inside = {"Pet": base(), "Cat": {"allOf": [reference("Pet"), inner]}, "Lion": heir("Cat", mane=TEXT)}
    beside = {**inside, "Cat": {"allOf": [reference("Pet")], **inner}}
    for schemas in (inside, beside):
        assert samples("Lion", schemas) == [{"kind": "Lion", "of": "Lion", "mane": "string"}]


@pytest.mark.parametrize(
    ("cat", "openapi"),
    [
        ({"allOf": [{"allOf": [reference("Pet")]}, {"properties": {"lives": NUMBER}}]}, "3.0.3"),
        ({**reference("Pet"), "properties": {"lives": NUMBER}}, "3.1.1"),
        ({"properties": {"lives": NUMBER}, "allOf": [reference("Pet")]}, "3.1.1"),
    ],
)
def test_an_heir_names_its_base_in_any_form(cat: dict[str, Any], openapi: str) -> None:
    found = samples("Pet", {"Pet": base(), "Cat": cat, "Dog": heir("Pet"), "Other": reference("Pet")}, openapi)
    assert found == [{"kind": "Cat", "lives": 1}, {"kind": "Dog"}]


@pytest.mark.parametrize(
    ("written", "is_told"),
    [("#/components/schemas/Cat", False), ("./#/components/schemas/Cat", False), ("Cat", False), ("Cat.json", True),
     ("../schemas/Cat.yaml#/Cat", True), ("https://a.test/schemas/Cat.json", True),
     ("schemas.yaml#/definitions/Cat", True)],
)  # fmt: skip
def test_a_mapping_means_the_schema_of_its_name(written: str, is_told: bool) -> None:
    schemas = {"Pet": base(mapping={"cat": written}), "Cat": heir("Pet", lives=NUMBER), "Dog": heir("Pet")}
    assert samples("Pet", schemas) == [{"kind": "cat", "lives": 1}, {"kind": "Dog"}]
    told = messages(with_schema(reference("Pet"), openapi="3.0.3", **schemas))
    assert [sentence.endswith('the schema "Cat" is read; write its name.') for sentence in told] == [True] * is_told


def test_heirs_in_other_files_count() -> None:
    files = {
        "pets.yaml": {"Pet": base(), "Cat": {"allOf": [{"$ref": "#/Pet"}, {"properties": {"lives": NUMBER}}]}},
        "cats/lion.yaml": {"allOf": [{"$ref": "../pets.yaml#/Cat"}, {"properties": {"mane": TEXT}}]},
    }
    value = with_schema({"anyOf": [{"$ref": "cats/lion.yaml"}, {"$ref": "pets.yaml#/Cat"}]}, openapi="3.0.3")
    read = {name: json.dumps(content).encode() for name, content in files.items()}
    joined = join_files(value, read.__getitem__, name="main.yaml").document
    definitions = compiled(joined).catalog.definitions
    cat = next(key for key in definitions if key.endswith("Cat"))
    kinds = alternatives({"$ref": f"#/$defs/{cat}"}, definitions)
    assert {"kind": "lion", "lives": 1, "mane": "string"} in [sample(one, definitions, writing=True) for one in kinds]


def test_circles_end() -> None:
    schemas = {"A": {"allOf": [reference("B"), reference("A")]}, "B": {"allOf": [reference("A")]}}
    heirs = Heirs({"components": {"schemas": schemas}})
    assert heirs.of(("components", "schemas", "A")).keys() == {"A", "B"}
    assert heirs.between(("components", "schemas", "A")) is None
    assert heirs.between(("components", "schemas", "None")) is None


@pytest.mark.cpu(60)
def test_a_long_chain_below_one_discriminator_ends() -> None:
    schemas = {"s0": base()} | {f"s{number}": heir(f"s{number - 1}") for number in range(1, 1500)}
    value = with_schema(reference("s1499"), openapi="3.0.3", **schemas)
    assert any("more than 100,000 kinds by name" in message for message in messages(value))


def test_what_a_mapping_may_mean_is_tried_in_order() -> None:
    found = list(schemas_meant("a/Cat.json#/x"))
    assert found[0] == ("a/Cat.json#/x", "")
    assert found[-1] == ("#/definitions/x", "x")
