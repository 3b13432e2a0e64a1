"""What a form says before sending: each kind of problem, in words, at the input it is about."""

from __future__ import annotations

from typing import Any

import pytest

from playground.forms.state import FormState
from playground.forms.submission import parse
from tests.forms.strategies import entry_of

ONE_OF = {"oneOf": [{"type": "integer", "title": "Count"}, {"type": "number", "title": "Share"}]}


def problems(schema: Any, *pairs: tuple[str, str]) -> list[tuple[str, str]]:
    entry = entry_of(body={"type": "object", "properties": {"p": schema}})
    return [(problem.name, problem.message) for problem in parse(entry, FormState.of(pairs)).problems]


@pytest.mark.parametrize(
    ("schema", "pairs", "expected"),
    [
        ({"type": "integer"}, [("body/p", "two")], ("body/p", "This is not an integer.")),
        ({"type": "integer", "maximum": 5}, [("body/p", "6")], ("body/p", "This is outside the limits: at most 5.")),
        ({"enum": ["a", "b"]}, [("body/p", "c")], ("body/p", "This is none of the values the description lists.")),
        (
            {"type": "string", "minLength": 3}, [("body/p", "ab")],
            ("body/p", "This is too short: it has 2 of at least 3 characters."),
        ),
        (
            {"type": "string", "format": "date"}, [("body/p", "soon")],
            ("body/p", "This is no date, such as 2024-05-17."),
        ),
        (
            {"type": "integer", "format": "int32"}, [("body/p", "3000000000")],
            ("body/p", "This does not fit into int32, which goes from -2147483648 to 2147483647."),
        ),
        (
            {"type": "array", "items": {"type": "string"}, "uniqueItems": True}, [("body/p/0", "a"), ("body/p/1", "a")],
            ("body/p", "Two items are the same; the description allows each only once."),
        ),
        (
            {"properties": {"a": {}, "b": {"type": "string"}}, "dependentRequired": {"a": ["b"]}}, [("body/p/a", "1")],
            ("body/p/b", "b is required where a is given."),
        ),
        (
            {"properties": {"a": {"type": "string"}, "b": {"type": "string"}}, "required": ["b"]}, [("body/p/a", "1")],
            ("body/p/b", "b is required."),
        ),
        (
            ONE_OF, [("body/p", "1")],
            ("body/p", "This fits 2 of the kinds the description offers (Count, Share), and it asks for exactly one."),
        ),
    ],
)  # fmt: skip
def test_each_kind_of_problem_is_one_sentence(
    schema: Any, pairs: list[tuple[str, str]], expected: tuple[str, str]
) -> None:
    assert problems(schema, *pairs) == [expected]


def test_what_fits_is_no_problem() -> None:
    assert problems(ONE_OF, ("body/p", "1.5"), ("body/p~choice", "1")) == []
    assert problems({"anyOf": ONE_OF["oneOf"]}, ("body/p", "1")) == []
    assert problems({"type": "string", "format": "no-such-format"}, ("body/p", "x")) == []


def test_open_objects_of_other_names_are_not_taken_for_each_other() -> None:
    kinds = [{"properties": {name: {"type": "string"}}, "title": name} for name in ("card", "bank")]
    assert problems({"oneOf": kinds}, ("body/p/card", "x")) == []
    assert len(problems({"oneOf": kinds}, ("body/p~as", "empty"))) == 1


def test_a_choice_that_fits_nothing_is_told_once() -> None:
    schema = {"oneOf": [{"type": "array", "items": {}, "minItems": 2, "title": "a"}, {"type": "boolean"}]}
    assert len(problems(schema, ("body/p/0", "1"), ("body/p~choice", "0"))) == 1
