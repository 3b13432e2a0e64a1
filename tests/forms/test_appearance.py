"""What an input looks like: options named by the extensions that name them, a few side by side, many to search."""

from __future__ import annotations

from typing import Any

import pytest

from bench.controls import submitted
from playground.catalog.model import Parameter
from playground.forms.appearance import generated_kind
from playground.forms.fields import OptionField
from playground.forms.operation_form import build_form
from playground.forms.parse import parse
from playground.forms.shape import shape_of
from playground.forms.state import FormState
from tests.forms.browser import drawn
from tests.forms.strategies import entry_of


def labels(schema: dict[str, Any]) -> list[str]:
    form = build_form(entry_of(body={"properties": {"p": schema}}), FormState())
    assert form.body is not None
    assert isinstance(form.body.children[0], OptionField)
    return [option.label for option in form.body.children[0].options if option.value]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, ["1", "2"]),
        ({"x-enum-varnames": ["ONE", "TWO"]}, ["1 (ONE)", "2 (TWO)"]),
        ({"x-enumNames": ["One", "Two"]}, ["1 (One)", "2 (Two)"]),
        ({"x-enum-descriptions": ["the  first\none", "the second"]}, ["1 (the first one)", "2 (the second)"]),
        ({"x-enumDescriptions": {"1": "first"}}, ["1 (first)", "2"]),
        ({"x-enum-varnames": ["ONE", "TWO"], "x-enum-descriptions": ["a", "b"]}, ["1 (ONE: a)", "2 (TWO: b)"]),
        (
            {"x-ms-enum": {"name": "N", "values": [{"value": 1, "name": "One", "description": "first"}, {"value": 7}]}},
            ["1 (One: first)", "2"],
        ),
        ({"x-enum-elements": [{"value": 2, "description": "second"}]}, ["1", "2 (second)"]),
        ({"x-enum-varnames": ["too", "many", "names"]}, ["1", "2"]),
        ({"x-enum-varnames": "rubbish", "x-ms-enum": [1], "x-enum-descriptions": [1, 2]}, ["1", "2"]),
    ],
)
def test_options_are_named_as_the_description_names_them(more: dict[str, Any], expected: list[str]) -> None:
    assert labels({"enum": [1, 2], **more}) == expected


def test_a_null_among_the_values_has_its_name_and_is_no_option() -> None:
    assert labels({"enum": ["a", None, "b"], "x-enum-varnames": ["A", "NOTHING", "B"]}) == ["a (A)", "b (B)"]


def test_few_short_options_of_a_parameter_stand_side_by_side() -> None:
    entry = entry_of(
        Parameter(name="few", location="query", schema={"enum": ["a", "b"]}),
        Parameter(name="flag", location="query", schema={"type": "boolean"}, required=True),
        Parameter(name="long", location="query", schema={"enum": ["x" * 30, "y" * 30]}),
    )
    html = drawn(entry, FormState())
    assert html.count('type="radio" name="query.few"') == 3
    # Required and not chosen: nothing is said, and nothing has to be taken back.
    assert html.count('type="radio" name="query.flag"') == 2
    assert '<select class="select" id="f-query__long"' in html
    assert [pair for pair in submitted(html)[0] if pair[0].startswith("query")] == [
        ("query.few", ""),
        ("query.long", ""),
    ]
    chosen = FormState.of([("query.few", "b"), ("query.flag", "false")])
    pairs = submitted(drawn(entry, chosen))[0]
    assert parse(entry, FormState.submitted(pairs)).model.parameters == {"query": {"few": "b", "flag": False}}


def test_many_options_are_searched_and_another_text_is_told_and_sent() -> None:
    values = [f"value {n}" for n in range(31)]
    entry = entry_of(Parameter(name="q", location="query", schema={"enum": values}))
    html = drawn(entry, FormState())
    assert html.count("<option>value ") == 31
    assert 'list="f-query__q-options"' in html
    said = parse(entry, FormState.of([("query.q", "other")]))
    assert said.model.parameters == {"query": {"q": "other"}}
    assert [problem.message for problem in said.problems] == ["This is none of the values the description lists."]


def test_options_that_blanks_would_change_keep_their_value() -> None:
    values = [" a", "b  c", "d\ne", "f", ""]
    for value in values:
        entry = entry_of(body={"properties": {"p": {"type": "string", "enum": values}}})
        state = FormState.of([("body/p", value)] if value else [("body/p~as", "empty")])
        found = parse(entry, FormState.submitted(submitted(drawn(entry, state))[0])).model
        assert found.body == {"p": value}


@pytest.mark.parametrize(
    ("schema", "label", "kind"),
    [
        ({"type": "string", "format": "uuid"}, "id", "uuid"),
        ({"type": "string"}, "Idempotency-Key", "uuid"),
        ({"type": "string"}, "idempotencyKey", "uuid"),
        ({"type": "string"}, "X-Request-Id", "uuid"),
        ({"type": "string", "format": "date-time"}, "at", "now"),
        ({"type": "integer", "format": "unix-time"}, "created", "unix"),
        ({"type": "integer"}, "timestamp", "unix"),
        ({"type": "integer", "format": "epoch-millis"}, "at", "millis"),
        ({"type": "string"}, "id", ""),
        ({"type": "string"}, "request_id", ""),
        ({"type": "integer"}, "count", ""),
        ({"type": "string", "format": "date"}, "day", ""),
        ({"type": "string", "enum": ["a", "b"], "format": "uuid"}, "id", ""),
        ({"type": "object"}, "timestamp", ""),
        ({}, "Idempotency-Key", ""),
    ],
)
def test_what_a_field_can_be_filled_with(schema: dict[str, Any], label: str, kind: str) -> None:
    assert generated_kind(shape_of(schema, {}), label) == kind
