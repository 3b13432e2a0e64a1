"""Inputs are listed by their schema, read from texts, and required ones asked for."""

from __future__ import annotations

from typing import Any

import pytest

from playground.arazzo.document import ArazzoError
from playground.arazzo.values import check_inputs, inputs_of, read_input
from tests.arazzo.documents import read, step

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["name", "size"],
    "properties": {
        "name": {"type": "string", "description": "Who"},
        "size": {"type": "integer", "default": 3},
        "live": {"type": "boolean"},
        "kind": {"enum": ["a", "b"]},
        "tags": {"type": "array", "items": {"type": "string"}},
        "client_secret": {"type": "string"},
        "pin": {"type": "string", "format": "password"},
    },
}
WORKFLOW = read(step("s"), inputs=SCHEMA).workflows[0]


def test_each_input_has_the_kind_that_its_schema_says() -> None:
    assert [(one.name, one.kind, one.is_required, one.is_secret) for one in inputs_of(WORKFLOW)] == [
        ("name", "text", True, False),
        ("size", "number", True, False),
        ("live", "boolean", False, False),
        ("kind", "choice", False, False),
        ("tags", "json", False, False),
        ("client_secret", "text", False, True),
        ("pin", "text", False, True),
    ]
    assert (inputs_of(WORKFLOW)[1].default, inputs_of(WORKFLOW)[3].choices) == ("3", ("a", "b"))


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("name", "5", "5"),
        ("size", "5", 5),
        ("live", "true", True),
        ("kind", "a", "a"),
        ("tags", '["x"]', ["x"]),
        ("unknown", "5", "5"),
    ],
)
def test_a_text_is_read_as_its_schema_says(name: str, text: str, value: Any) -> None:
    assert read_input(WORKFLOW, name, text) == value


def test_a_text_of_another_type_is_refused() -> None:
    with pytest.raises(ArazzoError, match=r"^The input size must be integer\.$"):
        read_input(WORKFLOW, "size", "five")


def test_a_required_input_without_default_has_to_be_given() -> None:
    with pytest.raises(ArazzoError, match=r"^The workflow main needs the input name\.$"):
        check_inputs(WORKFLOW, {"size": 1})
    check_inputs(WORKFLOW, {"name": "x"})
