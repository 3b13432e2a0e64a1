"""One field of each kind, and how much of a page it takes."""

from __future__ import annotations

from typing import Any

import pytest

from playground.forms.draw import draw_field, weight
from playground.forms.fields import (
    ChoiceField,
    ConstField,
    Field,
    FileField,
    ListField,
    ObjectField,
    OptionField,
    TextField,
)
from playground.forms.shape import Shapes
from playground.forms.sources import FieldSource
from playground.forms.state import FormState
from playground.request.model import FileValue


def drawn(schema: Any, *pairs: tuple[str, str], files: Any = (), problems: Any = None, **options: Any) -> Any:
    source = FieldSource(name="body/p", schema=schema, label="p", **options)
    return draw_field(source, Shapes({}), FormState.of(pairs, files), problems or {})


@pytest.mark.parametrize(
    ("schema", "kind", "class_", "control"),
    [
        ({"type": "string"}, "text", TextField, "line"),
        ({"type": "string", "format": "markdown"}, "long_text", TextField, "text_area"),
        ({"type": "integer"}, "integer", TextField, "line"),
        ({}, "json", TextField, "text_area"),
        ({"enum": ["a", "b"]}, "enum", OptionField, "choice"),
        ({"type": "boolean"}, "boolean", OptionField, "choice"),
        ({"enum": [str(number) for number in range(40)]}, "enum", OptionField, "searchable"),
        ({"type": "string", "format": "binary"}, "file", FileField, "file"),
    ],
)
def test_a_value_has_the_control_of_its_kind(schema: Any, kind: str, class_: type[Field], control: str) -> None:
    field = drawn(schema)
    assert (field.kind, field.control) == (kind, control)
    assert isinstance(field, class_)


@pytest.mark.parametrize(
    ("schema", "class_"),
    [
        ({"properties": {"a": {}}}, ObjectField), ({"additionalProperties": {}}, ObjectField),
        ({"items": {}}, ListField),
        ({"oneOf": [{"type": "string"}, {"type": "object"}]}, ChoiceField),
    ],
)  # fmt: skip
def test_a_group_is_drawn_without_what_is_in_it(schema: Any, class_: type[Field]) -> None:
    field = drawn(schema)
    assert isinstance(field, class_)
    assert field.children == ()
    assert not field.deferred


def test_what_has_one_value_is_shown_where_it_is_required() -> None:
    assert isinstance(drawn({"const": "x"}), OptionField)
    required = drawn({"const": "x"}, required=True)
    assert isinstance(required, ConstField)
    assert (required.control, required.value, required.filled) == ("const", "x", 0)


def test_two_to_four_short_options_of_a_parameter_are_seen_at_once() -> None:
    assert drawn({"enum": ["asc", "desc"]}, alone=True).control == "radios"
    assert drawn({"enum": ["asc", "desc"]}).control == "choice"


def test_a_list_of_hundreds_is_found_by_typing_and_not_drawn() -> None:
    schema = {"enum": [f"v{number}" for number in range(20_000)]}
    field = drawn(schema, ("body/p", "v7"))
    assert (field.control, field.found_by_typing, field.count) == ("searchable", True, 20_000)
    assert [option.value for option in field.options] == ["", "v7"]
    assert weight(field) < 2
    shorter = drawn({"enum": [f"v{number}" for number in range(400)]})
    assert (shorter.found_by_typing, len(shorter.options)) == (False, 401)


def test_an_alternative_has_an_id_of_its_own_and_what_is_said_is_said_once() -> None:
    field = drawn({"type": "string"}, ("body/p~kept", "5"), problems={"body/p": "No."}, is_alternative=True)
    assert (field.name, field.id, field.kept, field.problem) == ("body/p", "f-body-p-c", "", "")
    outside = drawn({"type": "string"}, ("body/p~kept", "5"), problems={"body/p": "No."})
    assert (outside.kept, outside.problem, outside.filled) == ("5", "No.", 1)


def test_a_password_is_secret_however_it_is_drawn() -> None:
    assert drawn({"type": "string", "format": "password"}).secret
    assert drawn({"type": "string", "format": "password"}, ("body/p", "a\nb")).secret


def test_a_file_is_sent_as_another_one_or_as_text() -> None:
    schema = {"type": "string", "format": "binary"}
    field = drawn(schema, ("body/p~filename", "b.bin"), files=[("body/p", FileValue(filename="a.bin", content=b"a"))])
    assert (field.filename, field.own_name, field.filled) == ("a.bin", "b.bin", 1)
    assert drawn(schema, ("body/p", "text")).kind == "long_text"


def test_what_is_left_out_of_a_required_value_can_be_sent_again() -> None:
    field = drawn({"type": "string"}, ("body/p~as", "absent"), required=True)
    assert [(way.value, way.selected) for way in field.as_options] == [("", False), ("absent", True)]


def test_the_heavier_field_weighs_more() -> None:
    light, described = drawn({"type": "string"}), drawn({"type": "string", "description": "x" * 1200})
    assert 0.5 < weight(light) < 1
    assert weight(described) > weight(light) + 2
    assert weight(drawn({"properties": {}})) > 1.5
