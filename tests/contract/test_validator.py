"""The validator of answers against the JSON Schema Test Suite, through the compiled dialects, and what it may cost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from playground.catalog.model import Definitions
from playground.contract.validator import Breach, Budget, TooLongError, breaches
from playground.openapi.compile import compile_document
from tests.support.needs import ROOT, need_file

SUITE = ROOT / ".ci" / "cache" / "json-schema-test-suite"
ENOUGH = 100_000

NOT_OURS = {
    "draft2020-12": {
        "anchor", "defs", "dynamicRef", "id", "refRemote", "unknownKeyword", "vocabulary", "infinite-loop-detection",
        "content", "default", "format",
    },
    "draft4": {"definitions", "id", "refRemote", "default", "infinite-loop-detection", "format", "dependencies"},
}  # fmt: skip
"""Files about names across documents, annotations, or what OpenAPI 3.0 has no word for."""


def found(value: Any, schema: Any, definitions: Definitions | None = None) -> list[Breach]:
    return list(breaches(value, schema, definitions or {}, Budget(ENOUGH)))


def placed(schema: Any) -> Any:
    """Return a schema with its local references written from the top of the document that it is put into."""
    if isinstance(schema, list):
        return [placed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    reference = schema.get("$ref")
    local = isinstance(reference, str) and (reference == "#" or reference.startswith("#/"))
    return {
        key: f"#/components/schemas/Suite{value[1:]}"
        if key == "$ref" and local
        else value
        if key in ("const", "enum")
        else placed(value)
        for key, value in schema.items()
    }


def names_others(schema: Any) -> bool:
    """Say whether a schema has a name of its own, or refers to one by name."""
    if isinstance(schema, list):
        return any(map(names_others, schema))
    if not isinstance(schema, dict):
        return False
    names = [schema.get(key) for key in ("$id", "id", "$anchor", "$dynamicRef")]
    reference = schema.get("$ref", "#")
    outside = isinstance(reference, str) and reference != "#" and not reference.startswith("#/")
    return outside or any(isinstance(name, str) for name in names) or any(map(names_others, schema.values()))


def compiled(schema: Any, openapi: str) -> tuple[Any, Definitions]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Suite"}}}
    operation = {"responses": {"200": {"description": "", "content": content}}}
    document = {
        "openapi": openapi, "info": {"title": "Suite", "version": "1"}, "paths": {"/a": {"get": operation}},
        "components": {"schemas": {"Suite": placed(schema)}},
    }  # fmt: skip
    catalog = compile_document(document, name="suite").catalog
    return catalog.operations[0].responses[0].media_types[0].schema, catalog.definitions


def cases(draft: str) -> Iterator[tuple[str, Any, Any, bool]]:
    folder = SUITE / draft
    need_file(folder / "type.json", "the JSON Schema Test Suite")
    for path in sorted(folder.glob("*.json")):
        if path.stem in NOT_OURS[draft]:
            continue
        for group in json.loads(path.read_text()):
            if names_others(group["schema"]):
                continue
            for test in group["tests"]:
                name = f"{path.stem}: {group['description']}: {test['description']}"
                yield name, group["schema"], test["data"], test["valid"]


@pytest.mark.parametrize(("draft", "openapi"), [("draft2020-12", "3.1.0"), ("draft4", "3.0.3")])
def test_the_test_suite_agrees(draft: str, openapi: str) -> None:
    wrong, count = [], 0
    for name, schema, value, valid in cases(draft):
        read, definitions = compiled(schema, openapi)
        count += 1
        if (not found(value, read, definitions)) != valid:
            wrong.append(name)
    assert count > 400
    assert wrong == []


ROW = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}, "row": {"$ref": "#/$defs/row"}}}


def test_a_breach_names_place_rule_and_the_way_to_it() -> None:
    schema = {"type": "array", "items": {"$ref": "#/$defs/row"}, "maxItems": 1}
    missing, wrong, short = sorted(
        found([{"id": 1}, {"id": "x", "row": {}}], schema, {"row": ROW}), key=lambda breach: -len(breach.at)
    )
    assert (wrong.at, wrong.keyword, wrong.limit) == ((1, "id"), "type", "integer")
    assert wrong.words == "This is of the type string, not integer."
    assert (missing.at, missing.words) == ((1, "row", "id"), "id is missing.")
    assert missing.path == ("items", "row", "properties", "row", "row", "required")
    assert (short.at, short.keyword) == ((), "maxItems")


@pytest.mark.parametrize(
    ("value", "at", "keyword"),
    [
        ({"kind": "cat", "lives": "x"}, ("lives",), "type"),
        ({"kind": "dog", "bark": 1}, ("bark",), "type"),
        ({"kind": "cow"}, ("kind",), "const"),
        (5, (), "oneOf"),
    ],
)
def test_of_a_choice_the_nearest_branch_speaks(value: Any, at: tuple[str, ...], keyword: str) -> None:
    cat = {
        "type": "object",
        "required": ["lives"],
        "properties": {"kind": {"const": "cat"}, "lives": {"type": "integer"}},
    }
    dog = {"type": "object", "properties": {"kind": {"const": "dog"}, "bark": {"type": "string"}}}
    (breach,) = [one for one in found(value, {"oneOf": [cat, dog]}) if one.keyword != "required"]
    assert (breach.at, breach.keyword) == (at, keyword)


def test_a_discriminator_picks_the_branch() -> None:
    branches = {"Cat": {"required": ["lives"]}, "Dog": {"required": ["bark"]}}
    choice = {
        "oneOf": [{"$ref": "#/$defs/Cat"}, {"$ref": "#/$defs/Dog"}],
        "discriminator": {"propertyName": "kind", "mapping": {"tom": "#/$defs/Cat"}},
    }
    assert [breach.at for breach in found({"kind": "tom", "bark": 1}, choice, branches)] == [("lives",)]
    assert [breach.at for breach in found({"kind": "Dog", "lives": 1}, choice, branches)] == [("bark",)]
    assert found({"kind": "tom", "lives": 1, "bark": 1}, choice, branches) == []


def test_a_base_is_checked_as_the_heir_that_the_object_names() -> None:
    document = {
        "openapi": "3.0.3", "info": {"title": "Heirs", "version": "1"},
        "paths": {"/a": {"get": {"responses": {"200": {"description": "", "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}}}}},
        "components": {"schemas": {
            "Pet": {"properties": {"kind": {"type": "string"}}, "discriminator": {"propertyName": "kind"}},
            "Cat": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"required": ["lives"]}]},
        }},
    }  # fmt: skip
    catalog = compile_document(document, name="heirs").catalog
    schema = catalog.operations[0].responses[0].media_types[0].schema
    assert [breach.at for breach in found({"kind": "Cat"}, schema, catalog.definitions)] == [("lives",)]
    assert found({"kind": "Pet"}, schema, catalog.definitions) == []


def test_what_is_only_written_may_be_missing_and_null_may_be_there() -> None:
    schema = {
        "required": ["id", "secret"],
        "properties": {"id": {"readOnly": True}, "secret": {"writeOnly": True}},
    }
    assert [breach.at for breach in found({}, schema)] == [("id",)]
    assert found(None, {"nullable": True, "allOf": [{"type": "string"}]}) == []


def test_a_value_that_fits_several_branches_is_uncertain() -> None:
    (breach,) = found("x", {"oneOf": [{"type": "string"}, {"maxLength": 3}]})
    assert not breach.certain


def test_numbers_are_the_decimals_they_are_written_as() -> None:
    assert found(19.99, {"multipleOf": 0.01}) == []


DOUBLED = {f"d{number}": {"anyOf": [{"$ref": f"#/$defs/d{number + 1}"}] * 2} for number in range(40)}


@pytest.mark.parametrize(
    ("value", "schema", "definitions"),
    [
        (1, {"$ref": "#/$defs/d0"}, {**DOUBLED, "d40": {"type": "string"}}),
        ({}, {"$ref": "#/$defs/d0", "unevaluatedProperties": False}, {**DOUBLED, "d40": {"type": "string"}}),
        (json.loads("[" * 900 + "]" * 900), {"$ref": "#/$defs/list"}, {"list": {"items": {"$ref": "#/$defs/list"}}}),
    ],
)
def test_a_check_that_would_not_end_is_given_up(value: Any, schema: Any, definitions: Any) -> None:
    with pytest.raises(TooLongError):
        list(breaches(value, schema, definitions, Budget(5_000)))


def test_hostile_schemas_cost_little() -> None:
    assert found("a" * 60 + "!", {"pattern": "^(a+)+$"}) != []
    assert found("x", {"$ref": "#/$defs/a"}, {"a": {"allOf": [{"$ref": "#/$defs/a"}]}}) == []
    assert found("x", {"$ref": "#/$defs/nowhere"}) == []
    assert found([{"a": 1}] * 2_000, {"uniqueItems": True})[0].keyword == "uniqueItems"
    assert found({"a": 1}, {"properties": 5, "required": "a", "allOf": {}, "oneOf": None}) == []
