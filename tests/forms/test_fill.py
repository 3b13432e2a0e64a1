"""`parse` and `fill`: what a visitor says comes back as it was said."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground import jsontext
from playground.catalog.model import Parameter
from playground.forms.buttons import add_row, remove_row, to_form, to_raw, with_example
from playground.forms.fields import FieldNotFound
from playground.forms.fill import body_text, fill
from playground.forms.operation_form import build_field, build_form
from playground.forms.parse import parse
from playground.forms.state import FormState
from playground.request.model import RequestModel
from playground.schema.mapping import is_json_value
from tests.forms.browser import submit
from tests.forms.strategies import entry_of, pairs
from tests.forms.strategies import json_values as any_json
from tests.schema.strategies import hostile_definitions, hostile_schemas, json_values

values = (json_values | any_json).filter(is_json_value)


def spelled(value: Any) -> str:
    """JSON text in which the order of members does not count, and every spelling of a number does."""
    return jsontext.dumps(_sorted(value))


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _sorted(value[name]) for name in sorted(value)}
    return [_sorted(one) for one in value] if isinstance(value, list) else value


@settings(max_examples=80, deadline=None)
@given(pairs(), pairs(), pairs())
def test_filling_and_parsing_gives_the_model_back(body: Any, query: Any, header: Any) -> None:
    entry = entry_of(
        Parameter(name="q/~.x", location="query", schema=query[0]),
        Parameter(name="X-H", location="header", schema=header[0], required=True),
        body=body[0],
    )
    model = RequestModel(
        server="https://a.example/{v}",
        server_variables={"v": "1", "a.b/c": "2"},
        parameters={"query": {"q/~.x": query[1]}, "header": {"X-H": header[1]}},
        media_type="application/json",
        body=body[1],
        security=("one", "t,w~o"),
    )
    state = fill(entry, model)
    assert parse(entry, state).model == model
    drawn = submit(entry, state)
    assert parse(entry, drawn).model.body == model.body
    assert parse(entry, drawn).model.parameters == model.parameters
    assert submit(entry, drawn) == drawn


@settings(max_examples=80, deadline=None)
@given(pairs(), values, values)
def test_a_value_that_fits_nothing_comes_back_all_the_same(schema: Any, value: Any, query: Any) -> None:
    """What no field can show is kept beside the fields, whatever the schema asks for."""
    entry = entry_of(Parameter(name="q", location="query", schema=schema[0]), body=schema[0])
    model = RequestModel(parameters={"query": {"q": query}}, body=value)
    state = fill(entry, model)
    for one in (state, submit(entry, state)):
        found = parse(entry, one).model
        assert spelled(found.body) == spelled(value)
        assert spelled(found.parameter("query", "q")) == spelled(query)


@pytest.mark.parametrize("schema", [{"type": "string", "enum": ["0"]}, {"enum": ["0", "1"]}, {"const": "0"}])
def test_an_empty_text_in_a_choice_without_one_comes_back(schema: Any) -> None:
    entry = entry_of(Parameter(name="q", location="query", schema=schema))
    drawn = submit(entry, fill(entry, RequestModel(parameters={"query": {"q": ""}})))
    assert parse(entry, drawn).model.parameter("query", "q") == ""


@settings(max_examples=50, deadline=None)
@given(pairs(), values)
def test_raw_text_comes_back_from_the_form_as_it_was(schema: Any, value: Any) -> None:
    entry = entry_of(body=schema[0])
    raw = FormState.of([("body~mode", "raw"), ("body~raw", jsontext.dumps(value, indent=2))])
    form = submit(entry, to_form(entry, raw))
    assert spelled(parse(entry, form).model.body) == spelled(value)
    again = to_raw(entry, form)
    assert spelled(jsontext.loads(again.text("body~raw"))) == spelled(value)


@settings(max_examples=150, deadline=None)
@given(hostile_schemas, hostile_definitions, json_values)
def test_a_hostile_description_never_breaks_a_form(schema: Any, definitions: Any, value: Any) -> None:

    entry = replace(
        entry_of(Parameter(name="q", location="query", schema=schema), body=schema), definitions=definitions
    )
    build_form(entry, FormState())
    state = fill(entry, RequestModel(body=value, parameters={"query": {"q": value}}))
    build_form(entry, state)
    parse(entry, state)


TREE = {
    "properties": {
        "t": {"$ref": "#/$defs/Tree"},
        "m": {"additionalProperties": {"anyOf": [{}, {"type": "array"}]}},
    }
}
PIECES = [
    "body",
    "query.q",
    "/",
    "~as",
    "~choice",
    "~item",
    "~row",
    "~key/",
    "~value/",
    "~mode",
    "~raw",
    "~more/",
    "0",
    "1",
    "t",
    "m",
    "children",
    "name",
    "~",
    "~0",
    "~1",
    "server",
    "server.",
    "media_type",
    "security",
]
TEXTS = st.sampled_from(["", "0", "1", "9" * 20, "-1", "empty", "null", "raw", "form", "{", "[1]", "\ud800", "é"])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), TEXTS), max_size=12))
def test_hostile_inputs_never_break_a_form(pairs: list[tuple[str, str]]) -> None:
    entry = entry_of(Parameter(name="q", location="query", schema=TREE), body=TREE)
    state = FormState.of(pairs)
    parse(entry, state)
    build_form(entry, state)
    body_text(entry, state)
    for name, _ in pairs:
        with suppress(FieldNotFound):
            build_field(entry, state, name)
            add_row(entry, state, name)
        remove_row(state, name, "0")
    for switched in (to_raw(entry, state), to_form(entry, state), with_example(entry, None, state)):
        parse(entry, switched)


@pytest.mark.parametrize("depth", [50, 300, 900, 20_000])
def test_json_of_any_depth_never_breaks_a_form(depth: int) -> None:
    text = "[" * depth + "]" * depth
    entry = entry_of(Parameter(name="q", location="query", schema={}), body={"type": "array"})
    state = FormState.of([("query.q", text), ("body~mode", "raw"), ("body~raw", text)])
    model = parse(entry, state).model
    assert model.raw == text
    build_form(entry, state)
    build_form(entry, to_form(entry, state))
    fill(entry, model)
