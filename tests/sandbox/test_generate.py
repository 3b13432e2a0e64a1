"""Where an answer's value comes from: the description's examples when they fit, else a sample."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.catalog.model import RequestBody
from playground.openapi.compile import compile_document
from playground.request.model import FileValue, RequestModel, Value
from playground.sandbox.generate import Making, answer_value, echo, values_sent
from playground.schema.validate import fits
from playground.values.shapes import Shapes
from tests.sandbox.clients import Client
from tests.sandbox.entries import made, media, response

NUMBER = {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}


MAKE = Making(definitions={}, shapes=Shapes({}))


def value(*, schema: Any = NUMBER, wanted: str = "", **examples: Any) -> Any:
    return answer_value(media(schema=schema, **examples), MAKE, example=wanted, sent={})


def test_first_example_that_fits_is_taken() -> None:
    assert value(wrong={"n": "no"}, right={"n": 5}, later={"n": 6}) == {"n": 5}


def test_named_example_is_taken_even_if_it_does_not_fit() -> None:
    assert value(wanted="wrong", right={"n": 5}, wrong={"n": "no"}) == {"n": "no"}


def test_sample_stands_in_for_examples_that_do_not_fit() -> None:
    assert isinstance(value(wrong={"n": "no"})["n"], int)


def test_example_wins_where_nothing_fits() -> None:
    assert value(schema=False, only={"n": "no"}) == {"n": "no"}


def test_example_written_as_json_text_is_read() -> None:
    assert value(text='{"n": 5}') == {"n": 5}
    assert value(schema={"type": "string"}, text='{"n": 5}') == '{"n": 5}'


def test_write_only_properties_stay_out() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string", "writeOnly": True}}}
    assert list(value(schema=schema)) == ["a"]


class Exploding(dict[str, Any]):
    """A schema no one can read."""

    def get(self, *_: Any) -> Any:
        raise RuntimeError("boom")


@pytest.mark.parametrize("schema", [Exploding(type="object"), Exploding()])
def test_schema_that_cannot_be_sampled_gives_the_least_there_is(schema: Any) -> None:
    assert MAKE.value(schema) == {}


THING: dict[str, Any] = {
    "type": "object",
    "required": ["id", "name"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string"},
        "size": {"type": "integer", "maximum": 10},
        "open": {"type": "boolean"},
        "notes": {"type": "object", "additionalProperties": {"type": "string"}},
        "secret": {"type": "string", "writeOnly": True},
    },
}
EXAMPLE = {"id": "t-1", "name": "example", "notes": {"a": "b"}}


@pytest.mark.parametrize(
    ("sent", "changed"),
    [
        ({"name": "mine"}, {"name": "mine"}),
        ({"size": 7}, {"size": 7}),
        ({"size": "7"}, {"size": 7}),
        ({"size": 11}, {}),
        ({"open": "true"}, {"open": True}),
        ({"id": 42}, {"id": "42"}),
        ({"notes": ""}, {"notes": {}}),
        ({"notes": {"x": 1}, "name": "mine"}, {"name": "mine"}),
        ({"unknown": 1}, {}),
        ({"secret": "s"}, {}),
    ],
)
def test_echo_takes_what_fits(sent: dict[str, Any], changed: dict[str, Any]) -> None:
    assert echo(EXAMPLE, sent, THING, {}) == {**EXAMPLE, **changed}


def test_echo_takes_another_shape_whole() -> None:
    card = {"type": "object", "required": ["kind", "number"], "properties": {"kind": {"const": "card"}, "number": {}}}
    code = {"type": "object", "required": ["kind", "code"], "properties": {"kind": {"const": "code"}, "code": {}}}
    schema = {"oneOf": [card, code]}
    example, sent = {"kind": "card", "number": "1"}, {"kind": "code", "code": "X"}
    assert echo(example, sent, schema, {}) == sent


@pytest.mark.parametrize("value", [None, 3, "text", [1, 2]])
def test_echo_leaves_what_is_no_object(value: Any) -> None:
    assert echo(value, {"id": "1"}, True, {}) is value


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*THING["properties"], "unknown"]), json_values))
def test_echo_never_makes_an_answer_unfit(sent: dict[str, Any]) -> None:
    assert fits(echo(EXAMPLE, sent, THING, {}), THING, {})


def test_last_path_parameter_is_the_id_unless_something_is_made() -> None:
    entry = made(response("200"), path="/shops/{shop}/things/{thing}")
    model = RequestModel(parameters={"path": {"shop": "s", "thing": "t"}, "query": {"q": "x"}})
    assert values_sent(entry, model, status=200) == {"shop": "s", "thing": "t", "q": "x", "id": "t"}
    assert values_sent(entry, model, status=201) == {"shop": "s", "thing": "t", "q": "x"}


def test_body_comes_before_parameters_and_files_are_left_out() -> None:
    entry = made(response("200"), path="/things/{id}")
    body: Value = {
        "id": "body",
        "file": FileValue(filename="a", content=b"a"),
        "list": [FileValue(filename="a", content=b"a")],
    }
    model = RequestModel(parameters={"path": {"id": "path"}}, body=body)
    assert values_sent(entry, model, status=200) == {"id": "body"}


@pytest.mark.parametrize(("raw", "sent"), [('{"name":"raw"}', {"name": "raw"}), ("{", {}), ("[1]", {})])
def test_raw_body_is_read_when_it_is_json(raw: str, sent: dict[str, Any]) -> None:
    entry = made(response("200"))
    with_body = RequestBody(media_types=(media(),))
    operation = type(entry.operation)(name="x", method="POST", path="/x", request_body=with_body)
    entry = type(entry)(provider=entry.provider, operation=operation, definitions={})
    assert values_sent(entry, RequestModel(raw=raw, body={"name": "form"}), status=200) == sent
    assert values_sent(entry, RequestModel(raw=raw, media_type="text/plain"), status=200) == {}


def test_what_is_only_written_does_not_come_back_and_no_value_breaks_a_format() -> None:
    secret = {"type": "string", "writeOnly": True}
    inner = {"type": "object", "properties": {"label": {"type": "string"}, "secret": secret}}
    schema = {"type": "object", "properties": {
        "id": {"type": "string", "format": "uuid"}, "email": {"type": "string", "format": "email"},
        "age": {"type": "integer", "maximum": 150}, "inner": inner, "list": {"type": "array", "items": inner},
    }}  # fmt: skip
    sent: dict[str, Value] = {
        "id": "none", "email": "no mail", "age": 999, "inner": {"label": "a", "secret": "canary"},
        "list": [{"label": "b", "secret": "canary"}],
    }  # fmt: skip
    content = {"application/json": {"schema": schema}}
    responses = {"200": {"description": "ok", "content": content}}
    operation = {"requestBody": {"content": {"application/json": {}}}, "responses": responses}
    catalog = compile_document(
        {"openapi": "3.0.3", "info": {"title": "x", "version": "1"}, "paths": {"/x": {"post": operation}}}, name="api"
    ).catalog
    answered = json.loads(Client(catalog)("POST", "/x", sent).body)
    assert (answered["inner"], answered["list"]) == ({"label": "a"}, [{"label": "b"}])
    assert fits(answered, schema, {})
    assert not {answered["id"], answered["email"], answered["age"]} & {"none", "no mail", 999}
