"""What a schema does not allow in a value, judged by jsonschema; and what it may cost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from playground.request.model import FileValue
from playground.schema.validate import fits, form_violations, own_violations, violations
from tests.schema.strategies import judged_definitions, judged_schemas, plain_values
from tests.support.work import lines_run


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


@settings(max_examples=600, deadline=None)
@given(judged_schemas, judged_definitions, plain_values)
def test_jsonschema_agrees(schema: Any, definition: Any, value: Any) -> None:
    judged = Draft202012Validator({"$defs": {"a": definition}, **schema}).is_valid(value)
    assert (not list(violations(value, schema, {"a": definition}))) == judged


def broken(value: Any, schema: Any, definitions: Any = None, **options: Any) -> list[tuple[tuple[str | int, ...], str]]:
    return [(violation.at, violation.message) for violation in violations(value, schema, definitions or {}, **options)]


def test_a_violation_says_where_and_what() -> None:
    schema = {
        "type": "object",
        "required": ["id"],
        "properties": {
            "id": {"type": "integer"},
            "rows": {"type": "array", "items": {"$ref": "#/$defs/row"}, "maxItems": 3},
        },
        "additionalProperties": False,
    }
    definitions = {"row": {"type": "object", "properties": {"name": {"type": "string", "maxLength": 3}}}}
    assert broken({"id": "x", "rows": [{"name": "long"}, 5], "more": 1}, schema, definitions) == [
        (("id",), "This is of the type string, not integer."),
        (("rows", 0, "name"), "This is too long: it has 4 characters, at most 3 are allowed."),
        (("rows", 1), "This is of the type integer, not object."),
        (("more",), "The description names no property more, and it allows no others."),
    ]
    assert broken({}, schema, definitions) == [(("id",), "id is required.")]


def test_the_direction_decides_what_may_be_missing() -> None:
    schema = {
        "required": ["id", "secret"],
        "properties": {"id": {"readOnly": True}, "secret": {"allOf": [{"writeOnly": True}]}},
    }
    assert broken({}, schema, writing=True) == [(("secret",), "secret is required.")]
    assert broken({}, schema, writing=False) == [(("id",), "id is required.")]
    assert len(broken({}, schema)) == 2
    assert fits({"secret": 1}, schema, {}, writing=True)
    assert not fits({"secret": 1}, schema, {})


def test_a_discriminator_leads_to_the_schema_that_is_meant() -> None:
    definitions: dict[str, Any] = {
        "Pet": {
            "required": ["kind"],
            "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/$defs/Cat"}},
        },
        "Cat": {"allOf": [{"$ref": "#/$defs/Pet"}, {"required": ["lives"]}]},
    }
    schema = {"$ref": "#/$defs/Pet"}
    assert broken({"kind": "cat"}, schema, definitions) == [(("lives",), "lives is required.")]
    assert broken({"kind": "dog"}, schema, definitions) == []
    assert broken({"kind": ["cat"]}, schema, definitions) == []


@pytest.mark.parametrize(
    ("value", "schema", "expected"),
    [
        ("x", {"minimum": 3}, True),
        (5, {"maxLength": 1}, True),
        ("5", {"format": "int32"}, True),
        (None, {"properties": {"a": {}}}, True),
        ({"v1": 1}, {"patternProperties": {"^v": {}}, "additionalProperties": False}, True),
        ({"w1": 1}, {"patternProperties": {"^v": {}}, "additionalProperties": False}, False),
        ({"x": 1}, {"patternProperties": {"(a)\\1": {}}, "additionalProperties": False}, True),
        ({"x": 1}, {"patternProperties": {"(a+)+$": {}}, "additionalProperties": False}, False),
        ({"a": 1}, {"dependentRequired": {"a": ["b"]}}, False),
        ({"a": 1, "b": 1}, {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}, False),
        (2.5, {"multipleOf": 0.5}, True),
        (0.3, {"multipleOf": 0.1}, True),
        (0.35, {"multipleOf": 0.1}, False),
        ([{"a": 1}, {"a": 1.0}], {"uniqueItems": True}, False),
        ([1, True], {"uniqueItems": True}, True),
    ],
)
def test_keywords_ask_only_of_values_of_their_type(value: Any, schema: dict[str, Any], expected: bool) -> None:
    assert fits(value, schema, {}) is expected
    assert (not broken(value, schema)) is expected


def test_closed_reading_takes_a_type_from_the_keywords() -> None:
    assert not fits("x", {"properties": {"a": {}}}, {}, closed=True)
    assert fits({"v1": 1}, {"properties": {"a": {}}, "patternProperties": {"^v": {}}}, {}, closed=True)


def test_a_file_fits_what_is_binary_or_names_no_type() -> None:
    file = FileValue(filename="a", content=b"a")
    assert fits(file, {"type": "string", "format": "binary"}, {})
    assert fits(file, {"contentMediaType": "image/png"}, {}, closed=True)
    assert fits(file, {}, {})
    assert not fits(file, {}, {}, closed=True)
    assert not fits(file, {"type": "string"}, {})
    assert not fits(file, {"type": "object"}, {})


def test_what_is_wrong_with_a_value_itself_leaves_out_its_members() -> None:
    schema = {
        "required": ["b"],
        "properties": {"a": {"type": "integer"}},
        "propertyNames": {"maxLength": 3},
        "if": {"required": ["a"]},
        "then": {"required": ["c"]},
    }
    found = [(violation.keyword, violation.at) for violation in own_violations({"a": "x", "long": 1}, schema, {})]
    assert found == [("if", ("c",)), ("required", ("b",)), ("propertyNames", ("long",))] or found == [
        ("required", ("c",)), ("required", ("b",)), ("propertyNames", ("long",)),
    ]  # fmt: skip


def test_a_value_kept_as_json_is_read_as_its_form_would_be() -> None:
    schema = {"type": "object", "properties": {"at": {"type": "string", "format": "date"}}}
    (violation,) = form_violations({"at": "tomorrow"}, schema, {})
    assert (violation.at, violation.message) == (("at",), "This is no date, such as 2024-05-17.")


def work_of(value: Any, schema: Any, definitions: Any) -> int:
    """The lines that comparing a value with a schema runs, both ways."""
    return lines_run(lambda: (fits(value, schema, definitions), list(violations(value, schema, definitions))))


@pytest.mark.parametrize("keyword", ["anyOf", "oneOf", "allOf"])
def test_references_that_double_cost_no_more_than_they_are_long(keyword: str) -> None:
    def chain(length: int) -> dict[str, Any]:
        made: dict[str, Any] = {
            f"n{n}": {keyword: [{"$ref": f"#/$defs/n{n + 1}"}, {"$ref": f"#/$defs/n{n + 1}"}], "title": str(n)}
            for n in range(length)
        }
        return {**made, f"n{length}": {"type": "integer"}}

    short, long = (work_of("x", {"$ref": "#/$defs/n0"}, chain(length)) for length in (12, 36))
    assert long < 2_000_000
    assert short < 2_000_000


def test_circles_end() -> None:
    definitions: dict[str, Any] = {
        "self": {"allOf": [{"$ref": "#/$defs/self"}]},
        "not": {"not": {"$ref": "#/$defs/not"}},
        "any": {"anyOf": [{"$ref": "#/$defs/any"}, {"$ref": "#/$defs/any"}]},
        "items": {"items": {"$ref": "#/$defs/items"}},
    }
    deep: Any = []
    for _ in range(300):
        deep = [deep]
    for name in definitions:
        for value in ("x", deep):
            fits(value, {"$ref": f"#/$defs/{name}"}, definitions)
            list(violations(value, {"$ref": f"#/$defs/{name}"}, definitions))


def test_many_alternatives_of_many_items_are_given_up_in_time() -> None:
    schema = {"items": {"anyOf": [{"const": {"n": number}} for number in range(2000)]}}
    assert work_of([{"m": number} for number in range(100)], schema, {}) < 5_000_000
