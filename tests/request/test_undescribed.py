"""Parameters that a visitor adds beside the description: sent, masked, kept in arguments, never in the path."""

from __future__ import annotations

import pytest

from playground.catalog.model import Entry, Location, Operation, Parameter, Provider, Server
from playground.forms.fill import fill
from playground.forms.parse import parse
from playground.forms.state import FormState
from playground.request.arguments import from_arguments, to_arguments
from playground.request.build import build_request
from playground.request.built import BuiltRequest
from playground.request.errors import HeaderRefused, UnknownArgument
from playground.request.model import RequestModel, Value
from playground.request.undescribed import as_described, with_undescribed

ENTRY = Entry(
    provider=Provider(name="p", title="P", servers=(Server(url="https://api.example.com"),)),
    operation=Operation(
        name="do",
        method="GET",
        path="/do/{id}",
        parameters=(
            Parameter(name="id", location="path", required=True, schema={"type": "string"}),
            Parameter(name="X-One", location="header", schema={"type": "string"}),
        ),
    ),
    definitions={},
)
PARAMETERS: dict[Location, dict[str, Value]] = {
    "path": {"id": "7", "other": "no"},
    "query": {"bogus": "1 & 2", "id": ["a", "b"]},
    "header": {"x-one": "1", "X-Trace": "t"},
    "cookie": {"flavour": "oat"},
}
MODEL = RequestModel(parameters=PARAMETERS)


def test_what_is_added_is_sent_where_it_was_added() -> None:
    message = build_request(ENTRY, MODEL)
    assert message.url == "https://api.example.com/do/7?bogus=1%20%26%202&id=a&id=b"
    assert ("X-Trace", "t") in list(message.headers) and ("Cookie", "flavour=oat") in list(message.headers)
    assert with_undescribed(ENTRY, RequestModel(parameters={"path": {"id": "7"}})) is ENTRY
    assert as_described(with_undescribed(ENTRY, MODEL)) == ENTRY


def test_arguments_hold_it_under_its_place_and_bring_it_back() -> None:
    model = RequestModel(parameters={place: values for place, values in PARAMETERS.items() if place != "path"})
    arguments = to_arguments(ENTRY, model)
    assert arguments["query"] == {"bogus": "1 & 2", "id": ["a", "b"]} and arguments["cookies"] == {"flavour": "oat"}
    assert from_arguments(ENTRY, arguments).parameters["query"] == PARAMETERS["query"]
    for wrong in ({"bogus": 1}, {"params": {"bogus": 1}}):
        with pytest.raises(UnknownArgument):
            from_arguments(ENTRY, wrong)


def test_a_form_brings_it_back() -> None:
    state = FormState.of([("path.id", "7"), ("query.bogus", "1"), ("query.bogus", "2"), ("header.X-Trace", "t")])
    model = parse(ENTRY, state).model
    assert model.parameters["query"] == {"bogus": ["1", "2"]} and model.parameters["header"] == {"X-Trace": "t"}
    assert parse(ENTRY, fill(ENTRY, model)).model == model
    assert (
        parse(ENTRY, FormState.of([("query.bogus", ""), ("query.a/b", "1"), ("path.other", "1")])).model
        == RequestModel()
    )


def test_a_secret_that_is_added_is_hidden_where_requests_are_shown() -> None:
    secret = "canary-4711"
    model = RequestModel(
        parameters={"path": {"id": "7"}, "query": {"api_key": secret}, "header": {"X-Api-Key": secret}}
    )
    request = BuiltRequest(entry=ENTRY, model=model)
    assert request.message.url.endswith(f"api_key={secret}")
    assert request.marked.message is not None and secret not in repr(request.marked.message)
    assert len(request.marked.markers) == 2


@pytest.mark.parametrize("name", ["Host", "Content-Length", "a b", "x\r\ny"])
def test_a_header_of_the_message_itself_is_refused(name: str) -> None:
    with pytest.raises(HeaderRefused):
        build_request(ENTRY, RequestModel(parameters={"path": {"id": "7"}, "header": {name: "1"}}))
