"""A whole form filled with an example: believable, within the description, and never over what was typed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from playground.catalog.model import Example, Parameter
from playground.forms.example import with_whole_example
from playground.forms.parse import parse
from playground.forms.state import FormState
from playground.jsontext import dumps
from playground.request.model import ABSENT
from tests.forms.strategies import entry_of

BODY = {
    "type": "object",
    "required": ["email", "kind"],
    "properties": {
        "email": {"type": "string", "format": "email"},
        "kind": {"type": "string", "enum": ["a", "b"]},
        "note": {"type": "string", "maxLength": 40},
        "made": {"type": "string", "readOnly": True},
    },
}
TEXT = {"type": "string"}
PARAMETERS = (
    Parameter(name="id", location="path", required=True, schema=TEXT),
    Parameter(name="since", location="query", required=True, schema={"type": "string", "format": "date"}),
    Parameter(name="page", location="query", schema={"type": "integer", "minimum": 3}),
    Parameter(name="sort", location="query", schema=TEXT, examples=(Example(name="", value="-name"),)),
    Parameter(name="api_key", location="query", required=True, schema=TEXT),
)
ENTRY = entry_of(body=BODY)
ENTRY = replace(ENTRY, operation=replace(ENTRY.operation, parameters=PARAMETERS))


@pytest.mark.parametrize("everything", [False, True])
def test_what_is_required_or_everything_is_filled_in_and_fits(everything: bool) -> None:
    submission = parse(ENTRY, with_whole_example(ENTRY, FormState(), everything=everything))
    model = submission.model
    assert [problem.name for problem in submission.problems] == ["query.api_key"], "credentials are the visitor's"
    assert set(model.parameters["query"]) == ({"since", "page", "sort"} if everything else {"since"})
    assert isinstance(model.body, dict)
    assert set(model.body) == ({"email", "kind", "note"} if everything else {"email", "kind"})
    assert model.parameter("query", "sort") in (("-name",) if everything else (ABSENT,))
    assert '"string"' not in dumps(model.body) and "string" not in model.parameters["path"].values()


def test_what_was_typed_stays() -> None:
    state = FormState.of([("path.id", "mine"), ("body/email", "me@example.com")])
    model = parse(ENTRY, with_whole_example(ENTRY, state, everything=True)).model
    assert model.parameter("path", "id") == "mine" and model.parameter("query", "since") is not ABSENT
    assert (
        isinstance(model.body, dict) and model.body["email"] == "me@example.com" and set(model.body) > {"email", "note"}
    )
    raw = FormState.of([("body~mode", "raw"), ("body~raw", "{not json")])
    assert parse(ENTRY, with_whole_example(ENTRY, raw)).model.raw == "{not json"


def test_pressing_it_twice_changes_nothing_and_nothing_required_sends_no_body() -> None:
    once = with_whole_example(ENTRY, FormState(), everything=True)
    assert with_whole_example(ENTRY, once, everything=True) == once
    optional = entry_of(body={"type": "object", "properties": {"note": TEXT}})
    assert parse(optional, with_whole_example(optional, FormState())).model.body in (ABSENT, {})
    assert parse(optional, with_whole_example(optional, FormState(), everything=True)).model.body not in (ABSENT, {})
