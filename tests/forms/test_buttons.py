"""Buttons as changes of a state."""

from __future__ import annotations

import re
import time
import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from playground.catalog.model import Entry, Example, Parameter
from playground.forms.buttons import (
    add_row,
    generate,
    move_row,
    remove_row,
    to_form,
    to_raw,
    with_example,
    with_generated,
    with_parameter_example,
)
from playground.forms.fields import FieldNotFound, TextField
from playground.forms.operation_form import build_form
from playground.forms.parse import parse
from playground.forms.state import FormState
from playground.request.build import build_request
from playground.snippets.registry import make_snippet
from tests.forms.strategies import entry_of
from tests.forms.test_parse import LINE_ITEMS
from tests.request.entries import at, make_entry

ENTRY = entry_of(body=LINE_ITEMS)


def test_a_new_item_gets_the_next_token_after_the_highest() -> None:
    state, name = add_row(ENTRY, FormState.of([("body/line_items/7/price", "p")]), "body/line_items")
    assert name == "body/line_items/8"
    assert state.get_all("body/line_items~item") == ("8",)
    again, name = add_row(ENTRY, state, "body/line_items")
    assert name == "body/line_items/9"
    assert parse(ENTRY, again).model.body == {"line_items": [{"price": "p"}]}


def test_a_new_entry_of_a_map_inside_a_choice() -> None:
    state, name = add_row(ENTRY, FormState(), "body/metadata")
    assert name == "body/metadata~value/0"
    filled = state.adding([("body/metadata~key/0", "k"), (name, "v")])
    assert parse(ENTRY, filled).model.body == {"metadata": {"k": "v"}}


def test_rows_of_an_unknown_field_are_refused() -> None:
    with pytest.raises(FieldNotFound):
        add_row(ENTRY, FormState(), "body/nosuch")


def test_removing_a_row_leaves_the_others_alone() -> None:
    state = FormState.of(
        [("body/line_items~item", "0"), ("body/line_items/0/price", "a"), ("body/line_items~item", "10"),
         ("body/line_items/10/price", "b"), ("body/line_items~item", "1"), ("body/line_items/1/price", "c")]
    )  # fmt: skip
    left = remove_row(state, "body/line_items", "1")
    assert parse(ENTRY, left).model.body == {"line_items": [{"price": "a"}, {"price": "b"}]}
    rows = FormState.of([("body/metadata~row", "0"), ("body/metadata~key/0", "k"), ("body/metadata~value/0", "v")])
    assert remove_row(rows, "body/metadata", "0") == FormState()


def test_rows_move() -> None:
    state = FormState.of([(f"body/line_items/{n}/price", str(n)) for n in range(3)])

    def order(state: FormState) -> Any:
        body: Any = parse(ENTRY, state).model.body
        return [one["price"] for one in body["line_items"]]

    assert order(move_row(state, "body/line_items", "2", -1)) == ["0", "2", "1"]
    assert order(move_row(state, "body/line_items", "0", 9)) == ["1", "2", "0"]
    assert move_row(state, "body/line_items", "7", 1) == state


def test_raw_and_back_keeps_what_was_filled() -> None:
    state = FormState.of([("path.x", "1"), ("body/line_items/0/quantity", "2"), ("body/metadata/k", "v")])
    raw = to_raw(ENTRY, state)
    assert raw.get("body~mode") == "raw"
    assert parse(ENTRY, raw).model.body == parse(ENTRY, state).model.body
    edited = raw.without("body~raw").adding([("body~raw", raw.text("body~raw").replace('"v"', '"w"'))])
    back = to_form(ENTRY, edited)
    assert back.get("body~mode") == "form"
    assert back.get("path.x") == "1"
    assert parse(ENTRY, back).model.body == {"line_items": [{"quantity": 2}], "metadata": {"k": "w"}}
    assert to_raw(ENTRY, raw) == raw
    assert to_form(ENTRY, state) == state


def test_text_that_is_no_json_stays_in_the_raw_editor() -> None:
    broken = FormState.of([("body~mode", "raw"), ("body~raw", "{")])
    assert to_form(ENTRY, broken) == broken


def with_examples(*examples: Example) -> Entry:
    body = ENTRY.operation.request_body
    assert body is not None
    media = replace(body.media_types[0], examples=examples)
    return replace(ENTRY, operation=replace(ENTRY.operation, request_body=replace(body, media_types=(media,))))


def test_examples_fill_the_body_and_leave_the_rest() -> None:
    entry = with_examples(
        Example(name="one", value={"metadata": {"a": "b"}}), Example(name="text", value='{"metadata": {"c": "d"}}')
    )
    state = FormState.of([("path.x", "1"), ("body/line_items/0/price", "old")])
    assert parse(entry, with_example(entry, "one", state)).model.body == {"metadata": {"a": "b"}}
    assert parse(entry, with_example(entry, "text", state)).model.body == {"metadata": {"c": "d"}}
    assert with_example(entry, "one", state).get("path.x") == "1"
    assert with_example(entry, "nosuch", state) == state
    sampled: Any = parse(entry, with_example(entry, None)).model.body
    assert sampled["line_items"][0]["price_data"] == {"currency": "string", "unit_amount": 1}
    assert with_example(entry_of(), None) == FormState()


LIST = {"type": "array", "items": {"type": "integer"}}
DEEP = {"type": "object", "properties": {"since": {"type": "integer"}}, "additionalProperties": {"type": "string"}}
EITHER = {"anyOf": [{"type": "string"}, LIST]}


@pytest.mark.parametrize(
    ("schema", "style", "example", "value"),
    [
        (LIST, "form", [1, 2], [1, 2]),
        (LIST, "form", "[1, 2]", [1, 2]),
        (LIST, "form", "1, 2", [1, 2]),
        (LIST, "pipeDelimited", "1|2", [1, 2]),
        (LIST, "spaceDelimited", "1 2", [1, 2]),
        (LIST, "form", "1,x", [1, "x"]),
        (LIST, "form", 7, [7]),
        (LIST, "form", [], []),
        (DEEP, "deepObject", {"since": 5, "until": "now"}, {"since": 5, "until": "now"}),
        (DEEP, "deepObject", '{"since": 5}', {"since": 5}),
        (DEEP, "deepObject", "no object", "no object"),
        (EITHER, "form", [1], [1]),
        (EITHER, "form", "one", "one"),
        (EITHER, "form", "[broken", "[broken"),
    ],
)
def test_an_example_fills_a_list_or_an_object(schema: Any, style: str, example: Any, value: Any) -> None:
    entry = entry_of(
        Parameter(
            name="p",
            location="query",
            schema=schema,
            style=style,
            examples=(Example(name="first", value=[9]), Example(name="second", value=example)),
        ),
        Parameter(name="other", location="query", schema={"type": "string"}),
    )
    typed = [("query.p/0", "8"), ("query.other", "stays"), ("query.p~example", "1")]
    state = with_parameter_example(entry, FormState.of(typed), "query.p")
    assert parse(entry, state).model.parameters == {"query": {"p": value, "other": "stays"}}
    assert state.get("query.p~example") == "1"


def test_an_example_that_is_not_there_changes_nothing() -> None:
    entry = entry_of(Parameter(name="p", location="query", schema=LIST, examples=(Example(name="", value=[1]),)))
    for picked in ("1", "-1", "x", "9" * 40):
        state = FormState.of([("query.p/0", "8"), ("query.p~example", picked)])
        filled = parse(entry, with_parameter_example(entry, state, "query.p")).model.parameter("query", "p")
        assert filled == ([8] if picked == "1" else [1])
    state = FormState.of([("query.p/0", "8")])
    for name in ("query.nosuch", "body", "query.p/0", ""):
        assert with_parameter_example(entry, state, name) == state


def test_the_values_are_fresh_and_of_their_form() -> None:
    one, other = generate("uuid"), generate("uuid")
    assert one != other
    assert uuid.UUID(one).version == 4
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", generate("now"))
    for kind, read in (
        ("now", lambda text: datetime.fromisoformat(text).timestamp()),
        ("unix", int),
        ("millis", lambda text: int(text) / 1000),
    ):
        before, text, after = time.time(), generate(kind), time.time()
        assert before - 1 <= read(text) <= after, kind
    assert generate("nothing") == ""


def test_one_value_is_in_field_snippet_and_request() -> None:
    entry = make_entry(parameters=(at("header", "Idempotency-Key", {"type": "string"}),))
    field = build_form(entry, FormState()).groups[0].fields[0]
    assert isinstance(field, TextField)
    state = with_generated(FormState.of([("header.Idempotency-Key~as", "empty")]), f"{field.generates} {field.name}")
    value = state.text("header.Idempotency-Key")
    assert uuid.UUID(value).version == 4
    model = parse(entry, state).model
    assert build_request(entry, model).headers.get("Idempotency-Key") == value
    assert value in make_snippet(entry, model, target="shell_curl", via="direct", gateway_url=None).text
    (filled,) = build_form(entry, state).groups[0].fields
    assert isinstance(filled, TextField)
    assert filled.value == value


@pytest.mark.parametrize("wanted", ["", "uuid", "uuid ", "nothing query.a", " query.a", "uuid " + "a" * 9000])
def test_a_button_nobody_drew_changes_nothing(wanted: str) -> None:
    state = FormState.of([("query.a", "1")])
    assert with_generated(state, wanted) == state
