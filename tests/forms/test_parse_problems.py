"""What does not fit is one sentence for each kind, and what fits is none."""

from __future__ import annotations

from typing import Any

import pytest

from playground.forms.fill import fill
from playground.forms.parse import parse
from playground.forms.state import FormState
from playground.request.model import RequestModel
from tests.forms.strategies import entry_of
from tests.forms.test_parse import body, problems

ONE_OF = {"oneOf": [{"type": "integer", "title": "Count"}, {"type": "number", "title": "Share"}]}


def problems_of(schema: Any, *pairs: tuple[str, str]) -> list[tuple[str, str]]:
    """The problems of a form whose body has one property `p`."""
    return problems({"type": "object", "properties": {"p": schema}}, *pairs)


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
        ({"type": "array", "minItems": 1}, [("body/p~as", "empty")],
         ("body/p", "There are 0 here; the description asks for at least 1 item.")),
        ({"type": "array", "contains": {"const": "x"}}, [("body/p/0", '"a"')],
         ("body/p", "No item here is of the kind that the description asks for.")),
        ({"type": "string", "not": {"const": "x"}}, [("body/p", "x")],
         ("body/p", "This is what the description rules out.")),
        ({"properties": {"a": {}}, "if": {"required": ["a"]}, "then": {"required": ["b"]}}, [("body/p/a", "1")],
         ("body/p", "b is required.")),
        ({"properties": {"a": {}, "b": {}}, "dependentSchemas": {"a": {"required": ["b"]}}}, [("body/p/a", "1")],
         ("body/p/b", "b is required.")),
        ({"properties": {"a": {}, "b": {}}, "oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
         [("body/p/a", "1"), ("body/p/b", "1")], ("body/p", "Only one of these is allowed at a time: a / b.")),
        ({"additionalProperties": {"type": "string"}, "propertyNames": {"maxLength": 2}},
         [("body/p~key/0", "abc"), ("body/p~value/0", "x")], ("body/p", "The name abc is not allowed here.")),
        ({"patternProperties": {"^x": {"type": "integer"}}, "additionalProperties": False},
         [("body/p~key/0", "y"), ("body/p~value/0", "1")],
         ("body/p~key/0", "The description names no property y, and it allows no others.")),
        ({"type": "string"}, [("body/p~kept", "5")], ("body/p", "This is of the type integer, not string.")),
        ({"type": "string", "allOf": [{"pattern": "^a"}, {"pattern": "b$"}]}, [("body/p", "a")],
         ("body/p", "This does not match the pattern b$.")),
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
    assert problems_of(schema, *pairs) == [expected]


def test_what_fits_is_no_problem() -> None:
    assert problems_of(ONE_OF, ("body/p", "1.5"), ("body/p~choice", "1")) == []
    assert problems_of({"anyOf": ONE_OF["oneOf"]}, ("body/p", "1")) == []
    assert problems_of({"type": "string", "format": "no-such-format"}, ("body/p", "x")) == []
    # A schema that names no type allows texts beside what its keywords are about, and its format is a note.
    assert problems_of({"maximum": 3}, ("body/p", "x")) == []
    assert problems_of({"format": "email"}, ("body/p", "x")) == []
    assert problems_of({"multipleOf": 0.1}, ("body/p", "0.3")) == []
    assert (
        problems_of(
            {"oneOf": [{"patternProperties": {"^x": {}}, "additionalProperties": False}, {"type": "string"}]},
            ("body/p~key/0", "x1"),
            ("body/p~value/0", "1"),
        )
        == []
    )


def test_open_objects_of_other_names_are_not_taken_for_each_other() -> None:
    kinds = [{"properties": {name: {"type": "string"}}, "title": name} for name in ("card", "bank")]
    assert problems_of({"oneOf": kinds}, ("body/p/card", "x")) == []
    assert len(problems_of({"oneOf": kinds}, ("body/p~as", "empty"))) == 1


def test_a_choice_that_fits_nothing_is_told_once() -> None:
    schema = {"oneOf": [{"type": "array", "items": {}, "minItems": 2, "title": "a"}, {"type": "boolean"}]}
    assert len(problems_of(schema, ("body/p/0", "1"), ("body/p~choice", "0"))) == 1


def test_a_required_property_that_is_nowhere_described_has_its_field() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a", "b"]}
    assert body(schema, ("body/a", "x"), ("body/b", "1")) == {"a": "x", "b": 1}
    assert problems(schema, ("body/a", "x")) == [("body/b", "b is required.")]


def test_an_entry_has_the_schema_of_the_pattern_its_key_matches() -> None:
    schema = {"patternProperties": {"^n": {"type": "integer"}, "^t": {"type": "string"}}, "additionalProperties": False}
    rows = [("body~key/0", "n1"), ("body~value/0", "5"), ("body~key/1", "t1"), ("body~value/1", "5")]
    assert body(schema, *rows) == {"n1": 5, "t1": "5"}
    assert problems(schema, *rows) == []


def test_another_value_than_the_only_one_allowed_is_kept_and_told() -> None:
    entry = entry_of(body={"const": 2}, required=True)
    for value in (5, "a", {"x": [1]}, None):
        submission = parse(entry, fill(entry, RequestModel(body=value)))
        assert submission.model.body == value
        assert [problem.message for problem in submission.problems] == ["This has to be 2."]
    assert parse(entry, FormState()).model.body == 2
