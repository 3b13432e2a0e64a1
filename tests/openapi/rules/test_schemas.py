"""Rules of schemas: each broken one is told with its place and a remedy, whether the schema is used or not."""

from __future__ import annotations

from typing import Any

import pytest

from playground.openapi.rules.schemas import pattern_fault
from tests.openapi.rules.whole import broken, found

PROPERTIES = {"a": {"type": "string"}}
COMPOSED = {"allOf": [{"properties": PROPERTIES}, {"properties": {"b": {}}, "required": ["a", "b"]}], "required": ["a"]}


@pytest.mark.parametrize(
    ("family", "schema", "place", "piece"),
    [
        ("3.0", {"type": "array"}, "", "needs items"),
        ("2.0", {"type": "array"}, "", "needs items"),
        ("3.1", {"type": "array"}, None, ""),
        ("3.0", {"type": "array", "items": []}, "/items", "must be an object, not a list"),
        ("3.0", {"type": ["string", "null"]}, "/type", "must be text, not a list"),
        ("3.0", {"readOnly": True, "writeOnly": True}, "/writeOnly", "readOnly and writeOnly"),
        ("3.0", {"type": "integer", "default": "1"}, "/default", "the type is integer"),
        ("2.0", {"type": "boolean", "default": 1}, "/default", "the type is boolean"),
        ("3.0", {"type": "number", "default": True}, "/default", "the type is number"),
        ("3.0", {"type": "string", "nullable": True, "default": None}, None, ""),
        ("3.1", {"exclusiveMinimum": True, "minimum": 1}, "/exclusiveMinimum", "is a number since OpenAPI 3.1"),
        ("3.0", {"exclusiveMinimum": 1}, "/exclusiveMinimum", "must be true or false"),
        ("3.1", {"type": "string", "nullable": True}, "/nullable", "is of OpenAPI 3.0"),
        ("3.0", {"const": 1}, "/const", "not a field of the Schema Object"),
        ("3.1", {"frobnicate": 1}, None, ""),
        ("2.0", {"oneOf": [{}]}, "/oneOf", "it is one of OpenAPI 3.0 and 3.1 and 3.2"),
        ("2.0", {"type": "object", "properties": {"f": {"type": "file"}}}, "/properties/f/type", "form parameters"),
        ("3.0", {"enum": [1, 2, 1]}, "/enum/2", "listed twice"),
        ("3.1", {"enum": [{"a": 1, "b": 2}, {"b": 2, "a": 1}]}, "/enum/1", "listed twice"),
        ("3.0", {"enum": []}, "/enum", "must be a list of values"),
        ("3.1", {"pattern": "[a-z"}, "/pattern", "an opening bracket has no partner"),
        ("3.0", {"type": "object", "required": [], "properties": PROPERTIES}, "/required", "is empty"),
        ("3.0", {"required": ["a", "a"], "properties": PROPERTIES}, "/required", "listed twice"),
        ("3.0", {"required": ["z"], "properties": PROPERTIES}, "/required", '"z" is not described'),
        ("2.0", {"type": "object", "required": ["z"]}, "/required", '"z" is not described'),
        (
            "3.1",
            {"required": ["z"], "allOf": [{"properties": PROPERTIES}], "properties": {}},
            "/required",
            "not described",
        ),
        ("3.0", COMPOSED, None, ""),
        ("3.0", {"required": ["z"], "properties": PROPERTIES, "additionalProperties": {}}, None, ""),
        ("3.0", {"anyOf": [{"required": ["a"]}, {"required": ["b"]}], "properties": PROPERTIES}, None, ""),
        (
            "3.0",
            {"properties": PROPERTIES, "allOf": [{"$ref": "#/components/schemas/S"}], "required": ["id"]},
            None,
            "",
        ),
        ("3.0", {"discriminator": {}}, "/discriminator", "an object with propertyName"),
        (
            "3.0",
            {"discriminator": {"propertyName": "a", "maping": {}}},
            "/discriminator/maping",
            "did you mean mapping",
        ),
        ("2.0", {"discriminator": "k", "properties": PROPERTIES}, "/discriminator", "is no property"),
        ("2.0", {"discriminator": "a", "properties": PROPERTIES}, "/discriminator", "must be required"),
        ("3.0", {"xml": {"atribute": True}}, "/xml/atribute", "did you mean attribute?"),
        ("3.2", {"xml": {"nodeType": "attribute", "attribute": True}}, "/xml/attribute", "remove attribute"),
        ("3.0", {"xml": {"namespace": "ns"}}, "/xml/namespace", "absolute URI"),
        ("3.0", {"externalDocs": {}}, "/externalDocs", 'no "url"'),
        (
            "3.0",
            {"items": {"items": {"properties": {"p": {"maxLength": "9"}}}}},
            "/items/items/properties/p/maxLength",
            "",
        ),
        ("3.0", {"not": True}, "/not", "must be an object in this version"),
        ("3.1", {"not": True}, None, ""),
    ],
)
def test_a_broken_rule_of_schemas_is_told(family: str, schema: Any, place: str | None, piece: str) -> None:
    base = "/definitions/U" if family == "2.0" else "/components/schemas/U"
    problems = found(broken(family, (base, schema)))
    places = [(where, piece in message) for where, message in problems]
    assert (places == []) if place is None else (places == [(base + place, True)]), problems


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ("^[a-z]+$", ""),
        (r"^(?:\p{L}|[\w\]\[])+?(?=a)(?<!b){2,}\/$", ""),
        ("[^]", ""),
        ("a{2}{", ""),
        ("[", "an opening bracket has no partner"),
        ("(a", "an opening parenthesis has no partner"),
        ("a)", "a closing parenthesis has no partner"),
        ("*a", "there is nothing before * to repeat"),
        ("a|+", "there is nothing before + to repeat"),
        ("a**", "there is nothing before * to repeat"),
        ("a\\", "it ends with a backslash"),
    ],
)
def test_a_pattern_that_no_expression_has_is_told(pattern: str, fault: str) -> None:
    assert pattern_fault(pattern) == fault


@pytest.mark.cpu(10)
def test_long_lists_and_deep_compositions_end() -> None:
    values = list(range(50_000))
    circle = {"C": {"allOf": [{"$ref": "#/components/schemas/C"}], "properties": {}, "required": ["a"]}}
    document = broken("3.0", ("/components/schemas/E", {"enum": values}), ("/components/schemas/C", circle["C"]))
    assert [place for place, _ in found(document)] in ([], ["/components/schemas/C/required"])
