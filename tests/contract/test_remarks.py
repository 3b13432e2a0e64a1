"""Members that an answer holds and its description does not expect."""

from __future__ import annotations

from typing import Any

import pytest

from playground.contract.remarks import remarks

PERSON = {"properties": {"name": {"type": "string"}, "friend": {"$ref": "#/$defs/person"}}}


def places(value: Any, schema: Any, **definitions: Any) -> list[tuple[Any, ...]]:
    return [at for at, _ in remarks(value, schema, definitions)]


@pytest.mark.parametrize(
    ("value", "schema", "expected"),
    [
        ({"name": 1, "age": 2}, PERSON, [("age",)]),
        ({"friend": {"friend": {"x": {"y": 1}}}}, PERSON, [("friend", "friend", "x")]),
        ([{"name": 1}, {"nick": 2}], {"items": {"$ref": "#/$defs/person"}}, [(1, "nick")]),
        ({"age": 1}, {"type": "object"}, []),
        ({"age": 1}, {**PERSON, "additionalProperties": {"type": "integer"}}, []),
        ({"age": {"x": 1}}, {**PERSON, "additionalProperties": {"$ref": "#/$defs/person"}}, [("age", "x")]),
        ({"age": 1}, {**PERSON, "patternProperties": {"^a": True}}, []),
        ({"age": 1, "pet": 2}, {"oneOf": [PERSON, {"properties": {"age": True}}]}, [("pet",)]),
        ({"age": 1}, {"allOf": [{"$ref": "#/$defs/person"}, {"properties": {"age": True}}]}, []),
        ("text", PERSON, []),
    ],
)
def test_what_no_schema_describes(value: Any, schema: Any, expected: list[Any]) -> None:
    assert places(value, schema, person=PERSON) == expected


def test_what_is_only_sent_is_worth_a_note() -> None:
    schema = {"properties": {"password": {"allOf": [{"writeOnly": True}]}}}
    ((at, words),) = remarks({"password": "x"}, schema, {})
    assert (at, words) == (("password",), "password is described as one that is only sent.")


def test_a_long_answer_is_not_read_without_end() -> None:
    seen = list(remarks([{"x": 1}] * 100_000, {"items": PERSON}, {}))
    assert len(seen) <= 20_000
