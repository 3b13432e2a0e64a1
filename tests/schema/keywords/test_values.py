"""Types of values, and values that are named one by one."""

from __future__ import annotations

from typing import Any

import pytest

from playground.jsontext import NumberText
from playground.request.model import FileValue
from playground.schema.keywords.values import is_file, named_types, type_of_value
from playground.schema.validate import violations


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "null"), (True, "boolean"), (1, "integer"), (1.0, "integer"), (NumberText("1.50"), "number"),
        ("", "string"), ({}, "object"), ([], "array"), ((), "array"), (FileValue(filename="a", content=b""), "file"),
    ],
)  # fmt: skip
def test_the_type_of_a_value(value: Any, expected: str) -> None:
    assert type_of_value(value) == expected


def test_types_are_named_once_and_rubbish_is_none() -> None:
    assert named_types(["string", "null", "string", "any", 5, ["object"]]) == ("string", "null")
    assert named_types("file") == named_types({"type": "string"}) == named_types(None) == ()


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"format": "binary"}, True),
        ({"contentMediaType": "image/png"}, True),
        ({"contentMediaType": "image/png", "contentEncoding": "base64"}, False),
        ({"contentMediaType": "text/csv"}, False),
        ({"type": "string"}, False),
    ],
)
def test_a_file_is_what_describes_bytes(schema: dict[str, Any], expected: bool) -> None:
    assert is_file(schema) is expected


@pytest.mark.parametrize(
    ("value", "schema", "sentence"),
    [
        ("1", {"type": ["integer", "null"]}, "This is of the type string, not integer / null."),
        (None, {"type": "string", "nullable": True}, ""),
        (None, {"enum": ["a"], "nullable": True}, ""),
        ("b", {"enum": ["a"]}, "This is none of the values the description lists."),
        (True, {"const": 1}, "This has to be 1."),
        ("b", {"const": "a" * 200}, f'This has to be "{"a" * 98}….'),
        (1.0, {"const": 1}, ""),
        (5, {"type": "whatever", "enum": 5}, ""),
    ],
)
def test_a_value_is_told_what_it_has_to_be(value: Any, schema: dict[str, Any], sentence: str) -> None:
    assert [violation.message for violation in violations(value, schema, {})] == ([sentence] if sentence else [])
