"""Lengths, formats and patterns of texts: what is said of a wrong one."""

from __future__ import annotations

from typing import Any

import pytest

from playground.schema.validate import own_violations


@pytest.mark.parametrize(
    ("text", "schema", "sentences"),
    [
        ("a", {"minLength": 2}, ["This is too short: it has 1 of at least 2 characters."]),
        ("abc", {"maxLength": 2}, ["This is too long: it has 3 characters, at most 2 are allowed."]),
        ("😀😀", {"maxLength": 2}, []),
        ("x", {"pattern": "^a$"}, ["This does not match the pattern ^a$."]),
        ("x", {"type": "string", "format": "date"}, ["This is no date, such as 2024-05-17."]),
        ("x", {"format": "date"}, []),
        (
            2**31,
            {"type": "integer", "format": "int32"},
            ["This does not fit into int32, which goes from -2147483648 to 2147483647."],
        ),
        ("x", {"minLength": "2", "maxLength": None, "pattern": 5, "format": ["date"], "type": "string"}, []),
        ("x", {"contentEncoding": "base64", "contentMediaType": "image/png"}, []),
    ],
)
def test_a_text_is_told_what_is_wrong_with_it(text: Any, schema: dict[str, Any], sentences: list[str]) -> None:
    assert [violation.message for violation in own_violations(text, schema, {})] == sentences


def test_the_length_comes_before_the_format_and_the_pattern() -> None:
    schema = {"type": "string", "pattern": "^a$", "format": "date", "minLength": 9}
    assert [violation.keyword for violation in own_violations("x", schema, {})] == ["minLength", "format", "pattern"]
