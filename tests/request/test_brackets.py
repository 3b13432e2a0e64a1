"""Lists inside brackets, which OpenAPI leaves open: by index unless the visitor chooses another dialect."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.catalog.model import Encoding
from playground.forms.fill import fill
from playground.forms.operation_form import build_form
from playground.forms.parse import parse
from playground.forms.state import FormState
from playground.paste.values import nested, split_key
from playground.request.build import build_request, wire_texts
from playground.request.model import Brackets, FormObjects, RequestModel, Value
from playground.request.parameters import brackets
from tests.request.entries import FORM, at, make_entry, stripe_update

VALUE: dict[str, Any] = {"a": {"b": ["x", "y"]}, "c": [{"d": 1}, {"d": 2}]}
DIALECTS: dict[Brackets, str] = {
    "index": "f[a][b][0]=x&f[a][b][1]=y&f[c][0][d]=1&f[c][1][d]=2",
    "empty": "f[a][b][]=x&f[a][b][]=y&f[c][][d]=1&f[c][][d]=2",
    "repeat": "f[a][b]=x&f[a][b]=y&f[c][d]=1&f[c][d]=2",
}


@pytest.mark.parametrize(("lists", "query"), DIALECTS.items())
def test_a_deep_object_in_the_query(lists: Brackets, query: str) -> None:
    entry = make_entry(method="GET", parameters=(at("query", "f", {"type": "object"}, style="deepObject"),))
    model = RequestModel(parameters={"query": {"f": VALUE}}, brackets=lists)
    assert unquote(build_request(entry, model).url) == f"https://api.example.com/v1/things?{query}"
    assert unquote(wire_texts(entry, model)["query", "f"]) == query


@pytest.mark.parametrize(("lists", "body"), DIALECTS.items())
def test_a_form_body_with_and_without_an_encoding(lists: Brackets, body: str) -> None:
    for encoding in ({}, {"f": Encoding(style="deepObject", explode=True)}):
        entry = make_entry(media={FORM: {"type": "object"}}, encoding=encoding)
        request = build_request(entry, RequestModel(body={"f": VALUE}, brackets=lists, form_objects="brackets"))
        assert request.body.decode() == body


def test_an_object_in_a_form_body_is_json_where_nothing_says_otherwise() -> None:
    entry = make_entry(media={FORM: {"type": "object"}})
    request = build_request(entry, RequestModel(body={"f": VALUE, "g": [VALUE, 1], "h": "x"}))
    text = '{"a":{"b":["x","y"]},"c":[{"d":1},{"d":2}]}'
    assert [*parse_qsl(request.body.decode())] == [("f", text), ("g", text), ("g", "1"), ("h", "x")]


def test_lists_in_a_form_body_are_in_brackets_where_objects_are() -> None:
    entry = make_entry(media={FORM: {"type": "object"}})
    bodies: dict[Brackets, str] = {"index": "f[0]=a&f[1]=b", "empty": "f[]=a&f[]=b", "repeat": "f=a&f=b"}
    for lists, body in bodies.items():
        model = RequestModel(body={"f": ["a", "b"]}, brackets=lists, form_objects="brackets")
        assert build_request(entry, model).body.decode() == body


def test_index_is_the_default_of_the_contract() -> None:
    body: Value = {"line_items": [{"price": "p"}], "expand": ["a", "b"]}
    request = build_request(stripe_update(), RequestModel(parameters={"path": {"session": "s"}}, body=body))
    assert request.body.decode() == "line_items[0][price]=p&expand[0]=a&expand[1]=b"


@pytest.mark.parametrize("lists", list(DIALECTS))
def test_the_choice_goes_through_the_form(lists: Brackets) -> None:
    entry = stripe_update()
    model = RequestModel(parameters={"path": {"session": "s"}}, brackets=lists)
    assert parse(entry, fill(entry, model)).model.brackets == lists
    form = build_form(entry, fill(entry, model))
    assert [bracket.value for bracket in form.brackets if bracket.selected] == [lists]


@pytest.mark.parametrize("text", ["", "comma", "INDEX", "<script>"])
def test_an_unknown_choice_is_the_default(text: str) -> None:
    assert parse(stripe_update(), FormState.of([("brackets", text)])).model.brackets == "index"


def test_the_choice_is_offered_only_where_a_list_can_stand_in_brackets() -> None:
    nowhere = [
        make_entry(parameters=(at("query", "tags", {"type": "array", "items": {"type": "string"}}),)),
        make_entry(media={"application/json": {"type": "object", "properties": {"a": {"type": "array"}}}}),
        make_entry(media={FORM: {"type": "object", "properties": {"a": {"type": "string"}}}}),
        make_entry(
            media={FORM: {"type": "object", "properties": {"a": {"type": "array", "items": {"type": "string"}}}}}
        ),
    ]
    assert not any(build_form(entry, FormState()).brackets for entry in nowhere)
    somewhere = [
        stripe_update(),
        make_entry(parameters=(at("query", "f", {"type": "object", "properties": {"a": {}}}, style="deepObject"),)),
        make_entry(media={FORM: {"type": "object", "properties": {"a": {"type": "object", "properties": {"b": {}}}}}}),
    ]
    assert all(build_form(entry, FormState()).brackets for entry in somewhere)


keys = st.text("abcé0 _-", min_size=1, max_size=3).filter(lambda key: not key.isdecimal())


@pytest.mark.parametrize("objects", ["json", "brackets"])
def test_the_choice_of_objects_goes_through_the_form(objects: FormObjects) -> None:
    schema = {"type": "object", "properties": {"f": {"type": "object"}}}
    entry = make_entry(media={FORM: schema})
    model = RequestModel(body={"f": {"a": 1}}, form_objects=objects)
    assert parse(entry, fill(entry, model)).model.form_objects == objects
    form = build_form(entry, fill(entry, model))
    assert [option.value for option in form.objects if option.selected] == [objects]
    assert form.brackets


@pytest.mark.parametrize(
    ("schema", "encoding"),
    [({"type": "string"}, {}), ({"type": "array", "items": {"type": "string"}}, {}),
     ({"type": "object"}, {"f": Encoding(style="deepObject")}),
     ({"type": "object"}, {"f": Encoding(content_type="application/json")})],
)  # fmt: skip
def test_objects_are_no_choice_where_there_are_none_or_the_description_says(
    schema: Any, encoding: dict[str, Encoding]
) -> None:
    entry = make_entry(media={FORM: {"type": "object", "properties": {"f": schema}}}, encoding=encoding)
    assert build_form(entry, FormState()).objects == ()


# A text in brackets is read as JSON where the schema names no type.
leaves = st.text(max_size=4).filter(lambda text: text[:1] not in ("[", "{"))
trees: st.SearchStrategy[Any] = st.recursive(
    leaves, lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(keys, inner, min_size=1, max_size=3)
)


@given(trees)
def test_indexed_brackets_read_back_to_the_value(value: Any) -> None:
    pairs = [(split_key(key)[1], str(text)) for key, text in brackets("f", value)]
    assert nested(pairs, True, {}) == value
