"""Schemas read as forms, and the texts of their inputs."""

from __future__ import annotations

from typing import Any

import pytest

from playground.forms.shape import Shapes, find_option, is_long, option_text, read_leaf, shape_of, shapes_of, write_leaf
from playground.jsontext import NumberText
from tests.forms.strategies import entry_of


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ({"type": "string"}, "text"), ({"type": "integer"}, "integer"), ({"minimum": 1}, "number"),
        ({"type": "boolean"}, "boolean"), ({"enum": ["a", "b"]}, "enum"), ({"const": 1}, "enum"),
        ({"type": "string", "format": "binary"}, "file"), ({}, "json"), ({"properties": {"a": {}}}, "object"),
        ({"additionalProperties": {"type": "string"}}, "map"), ({"items": {}}, "array"),
        ({"required": ["a"]}, "object"),
        ({"type": ["string", "integer"]}, "choice"), ({"type": "null"}, "enum"), ({"unevaluatedProperties": {}}, "map"),
    ],
)  # fmt: skip
def test_every_schema_is_one_kind_of_form(schema: Any, kind: str) -> None:
    assert shape_of(schema, {}).kind == kind


def test_an_object_has_the_properties_that_are_written() -> None:
    shape = shape_of(
        {
            "properties": {"a": {"type": "string"}, "id": {"readOnly": True}, "never": False, "x1": {"minLength": 2}},
            "required": ["a", "id", "z"],
            "patternProperties": {"^x": {"maxLength": 3}},
            "additionalProperties": {"type": "integer"},
        },
        {},
    )
    assert list(shape.properties) == ["a", "x1", "z"]
    assert shape.properties["x1"] == {"allOf": [{"minLength": 2}, {"maxLength": 3}]}
    assert shape.required == {"a", "z"}
    assert (shape.extra, shape.rows) == ({"type": "integer"}, True)
    assert (shape.entry("x2"), shape.entry("k"), shape.entry("")) == (
        {"maxLength": 3}, {"type": "integer"}, {"type": "integer"},
    )  # fmt: skip


def test_what_must_have_no_other_properties_offers_none() -> None:
    for schema in ({"additionalProperties": False}, {"unevaluatedProperties": False}):
        shape = shape_of({"properties": {"a": {}}, **schema}, {})
        assert (shape.extra, shape.rows) == (None, False)
    conditions: tuple[dict[str, Any], ...] = (
        {"if": {}, "then": {"properties": {"b": {}}}},
        {"dependentSchemas": {"a": {}}},
    )
    for condition in conditions:
        assert shape_of({"properties": {"a": {}}, **condition, "unevaluatedProperties": False}, {}).rows
        assert not shape_of({"properties": {"a": {}}, **condition, "additionalProperties": False}, {}).rows
    patterns = shape_of({"patternProperties": {"^x": {}}, "additionalProperties": False}, {})
    assert patterns.allows_entry("x1")
    assert not patterns.allows_entry("y1")


def test_options_are_texts_as_they_are_or_json() -> None:
    plain, mixed = shape_of({"enum": ["b", "a", "b"]}, {}), shape_of({"enum": ["a", 1, True, None]}, {})
    assert (plain.plain_options, list(plain.options)) == (True, ["b", "a"])
    assert (mixed.plain_options, mixed.options) == (False, {'"a"': "a", "1": 1, "true": True})
    assert (option_text(plain, "a"), option_text(mixed, "a")) == ("a", '"a"')
    assert (find_option(plain, "z"), find_option(mixed, 1.0), find_option(mixed, True)) == ([], [1], [True])
    assert not shape_of({"enum": ["a\nb", "c"]}, {}).typable_options


@pytest.mark.parametrize(
    ("schema", "text", "value", "problem"),
    [
        ({"type": "integer"}, "1e2", NumberText("1e2"), ""),
        ({"type": "integer"}, "1.5", NumberText("1.5"), "This is not an integer."),
        ({"type": "number"}, " 7 ", 7, ""),
        ({"type": "number"}, "x", "x", "This is not a number."),
        ({"minimum": 1}, "x", "x", ""),
        ({"type": "boolean"}, "yes", "yes", "Choose true or false."),
        ({"enum": [1, "a"]}, "2", 2, "This is none of the values the description lists."),
        ({}, "[1]", [1], ""),
    ],
)
def test_a_text_is_read_as_its_shape_says(schema: Any, text: str, value: Any, problem: str) -> None:
    assert read_leaf(shape_of(schema, {}), text) == (value, problem)


def test_a_value_is_written_where_its_input_can_show_it() -> None:
    text, number, anything = (shape_of(schema, {}) for schema in ({"type": "string"}, {"type": "number"}, {}))
    assert (write_leaf(text, "a"), write_leaf(text, [1]), write_leaf(number, NumberText("1.50"))) == ("a", None, "1.50")
    assert write_leaf(anything, {"a": 1}) == '{\n  "a": 1\n}'


def test_a_schema_is_read_once_an_operation() -> None:
    entry = entry_of(body={"type": "string", "maxLength": 5})
    shapes = shapes_of(entry)
    assert shapes is shapes_of(entry)
    schema: dict[str, Any] = {"type": "string", "maxLength": 5}
    assert shapes.of(schema) is shapes.of(schema)
    assert shapes.words(shapes.of(schema)) == ("string", "up to 5 characters")
    assert Shapes({}).of({"$ref": "#/$defs/gone"}).kind == "json"


def test_long_texts_have_several_lines() -> None:
    assert is_long(shape_of({"type": "string", "format": "markdown"}, {}), "")
    assert is_long(shape_of({"type": "string", "format": "byte"}, {}), "")
    assert is_long(shape_of({"type": "integer"}, {}), "a\nb")
    assert not is_long(shape_of({"type": "string"}, {}), "a")
