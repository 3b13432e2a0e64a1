"""`parse` and `fill`: what a visitor says comes back as it was said."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings

from playground.catalog.model import Parameter
from playground.forms.operation_form import build_form
from playground.forms.state import FormState
from playground.forms.submission import fill, parse, unshown
from playground.request.model import RequestModel
from tests.forms.browser import submit
from tests.forms.strategies import entry_of, pairs
from tests.schema.strategies import hostile_definitions, hostile_schemas, json_values


@settings(max_examples=500, deadline=None)
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
    assert unshown(entry, body[1]) == ()
    drawn = submit(build_form(entry, state), state)
    assert parse(entry, drawn).model.body == model.body
    assert parse(entry, drawn).model.parameters == model.parameters
    assert submit(build_form(entry, drawn), drawn) == drawn


@settings(max_examples=300, deadline=None)
@given(hostile_schemas, hostile_definitions, json_values)
def test_a_hostile_description_never_breaks_a_form(schema: Any, definitions: Any, value: Any) -> None:

    entry = replace(
        entry_of(Parameter(name="q", location="query", schema=schema), body=schema), definitions=definitions
    )
    build_form(entry, FormState())
    state = fill(entry, RequestModel(body=value, parameters={"query": {"q": value}}))
    build_form(entry, state)
    parse(entry, state)
    unshown(entry, value)
