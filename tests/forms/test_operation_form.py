"""The field tree a page is drawn from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from playground.catalog.model import Example, MediaType, Parameter
from playground.forms.fields import Field, FieldNotFound, ListField, TextField
from playground.forms.operation_form import build_field, build_form
from playground.forms.state import FormState
from tests.forms.strategies import entry_of
from tests.forms.test_parse import LINE_ITEMS


def body_field(schema: Any, *pairs: tuple[str, str], depth: int = 2) -> Any:
    """The body's field, of whatever kind the schema makes it."""
    field = build_form(entry_of(body=schema), FormState.of(pairs), depth=depth).body
    assert field is not None
    return field


def child_of(field: Field, label: str) -> Any:
    return next(child for child in field.children if child.label == label)


def everything(field: Field) -> list[Any]:
    return [field, *(one for child in field.children for one in everything(child))]


def test_an_operation_without_inputs_has_no_groups() -> None:
    assert build_form(entry_of(), FormState()).is_empty


def test_groups_come_in_the_pages_order_with_its_titles() -> None:
    entry = entry_of(
        Parameter(name="c", location="cookie"),
        Parameter(name="q", location="query"),
        Parameter(name="p", location="path"),
        Parameter(name="h", location="header"),
        body=LINE_ITEMS,
    )
    titles = [group.title for group in build_form(entry, FormState()).groups]
    assert titles == ["Parameters", "Query", "Headers", "Cookies", "Input"]


def test_a_leaf_says_all_a_template_needs() -> None:
    schema = {"type": "string", "maxLength": 66, "default": "d", "example": "cs_1", "description": "Which *one*."}
    entry = entry_of(Parameter(name="session", location="path", schema=schema, deprecated=True))
    (field,) = build_form(entry, FormState.of([("path.session", "x")])).groups[0].fields
    assert isinstance(field, TextField)
    assert (field.name, field.id, field.label, field.kind) == ("path.session", "f-path__session", "session", "text")
    assert (field.type_text, field.limits_text, field.required) == ("string", "up to 66 characters", True)
    assert (field.value, field.filled, field.deprecated, field.as_options) == ("x", 1, True, ())
    assert (field.default_text, field.placeholder, field.description) == ("d", "cs_1", "Which *one*.")


def test_a_default_told_beside_the_schema_shows_where_there_is_none() -> None:
    def field(**schema: Any) -> Any:
        entry = entry_of(Parameter(name="p", location="query", schema={"type": "integer", **schema}))
        return build_form(entry, FormState()).groups[0].fields[0]

    told = field(**{"x-default": 20})
    assert (told.default_text, told.placeholder, told.value) == ("20", "20", "")
    own = field(**{"x-default": 20, "default": 5})
    assert (own.default_text, own.placeholder) == ("5", "integer")
    assert field(**{"x-default": 20, "example": 7}).placeholder == "7"


@pytest.mark.parametrize(
    ("beside", "inside", "word"),
    [(None, "tag", "tag"), ("tag", None, "tag"), ("outer", "inner", "inner"), (None, None, ""), (None, 5, "")],
)
def test_the_keys_of_a_map_have_the_name_the_description_gives_them(beside: Any, inside: Any, word: str) -> None:
    name = "x-additionalPropertiesName"
    schema = {"type": "object", "additionalProperties": {"type": "string", name: inside}, name: beside}
    entry = entry_of(body={"type": "object", "properties": {"m": schema}})
    state = FormState.of([("body/m~row", "0"), ("body/m~key/0", "k"), ("body/m~value/0", "v")])
    (group,) = build_form(entry, state).groups
    whole = child_of(group.fields[0], "m")
    for row in (whole.children[0], build_field(entry, state, "body/m~value/0")):
        assert row.row is not None
        assert (row.row.key_label, row.row.key, row.label) == (word, "k", "k")


def test_the_examples_of_a_list_are_its_parameters_or_its_schemas() -> None:
    schema = {"type": "array", "items": {"type": "string"}, "example": ["s"]}
    named = (Example(name="few", value=["a"]), Example(name="many", value=["a", "b"], summary="Many"))
    for examples, labels in ((named, ["few", "Many"]), ((), ["Example"])):
        entry = entry_of(Parameter(name="ids", location="query", schema=schema, examples=examples))
        (field,) = build_form(entry, FormState.of([("query.ids~example", "1")])).groups[0].fields
        assert isinstance(field, ListField)
        assert [example.label for example in field.examples] == labels
        assert field.example == ("1" if len(labels) > 1 else "")


def test_filled_values_are_built_and_open_at_any_depth() -> None:
    field = body_field(LINE_ITEMS, ("body/line_items/4/price_data/currency", "usd"), depth=0)
    item = child_of(field, "line_items").children[0]
    assert (item.label, item.row.token if item.row else "", item.open) == ("Item 1", "4", True)
    price_data = child_of(item, "price_data")
    assert (price_data.open, price_data.filled, price_data.deferred) == (True, 1, False)
    assert child_of(price_data, "currency").value == "usd"
    assert child_of(price_data, "currency").required


@pytest.mark.parametrize(
    "name",
    ["", "body/nosuch", "query.nosuch", "nosuch", "body/line_items/x", "body~value/0", "body/metadata~as",
     "body~more/0/x", "body/line_items~more", "body/" + "a/" * 3000, "server", "body~mode"],
)  # fmt: skip
def test_unknown_names_have_no_field(name: str) -> None:
    with pytest.raises(FieldNotFound):
        build_field(entry_of(body=LINE_ITEMS), FormState(), name)


def test_empty_and_null_are_offered_where_the_schema_allows() -> None:
    schema = {"properties": {"a": {"type": ["string", "null"]}, "n": {"type": "integer"}, "s": {"type": "string"}}}
    field = body_field(schema, ("body/a~as", "null"))
    assert [option.value for option in child_of(field, "a").as_options] == ["", "empty", "null"]
    assert (child_of(field, "a").as_value, child_of(field, "a").filled) == ("null", 1)
    assert child_of(field, "n").as_options == ()
    assert [option.value for option in child_of(field, "s").as_options] == ["", "empty"]


def test_options_keep_a_value_the_description_does_not_know() -> None:
    schema = {"properties": {"e": {"enum": ["a", "b"]}, "b": {"type": "boolean"}}}
    field = body_field(schema, ("body/e", "z"))
    assert [(option.value, option.selected) for option in child_of(field, "e").options] == [
        ("", False), ("a", False), ("b", False), ("z", True),
    ]  # fmt: skip
    assert [option.value for option in child_of(field, "b").options] == ["", "true", "false"]


def test_constants_are_fixed_when_required_and_an_option_otherwise() -> None:
    schema = {"properties": {"r": {"const": "x"}, "o": {"const": "y"}}, "required": ["r"]}
    field = body_field(schema)
    assert (child_of(field, "r").kind, child_of(field, "r").value) == ("const", "x")
    assert (child_of(field, "o").kind, [option.value for option in child_of(field, "o").options]) == ("enum", ["", "y"])


def test_media_types_decide_between_fields_text_and_file() -> None:
    schema: dict[str, Any] = {"type": "object", "properties": {"a": {}}}
    kinds = {}
    for media_type in ("application/json", "text/plain", "application/octet-stream", "*/*"):
        field = build_form(entry_of(body=schema, media_type=media_type), FormState()).body
        kinds[media_type] = field.kind if field is not None else ""
    assert kinds == {
        "application/json": "object", "text/plain": "long_text", "application/octet-stream": "file", "*/*": "object",
    }  # fmt: skip


def test_media_types_and_examples_are_listed() -> None:
    entry = entry_of(body=LINE_ITEMS)
    assert entry.operation.request_body is not None
    media = MediaType(name="application/xml", schema={}, examples=(Example(name="e", value={"a": 1}, summary="One"),))
    both = replace(entry.operation.request_body, media_types=(*entry.operation.request_body.media_types, media))
    entry = replace(entry, operation=replace(entry.operation, request_body=both))
    form = build_form(entry, FormState.of([("media_type", "application/xml")]))
    listed = {media_type.value: media_type.selected for media_type in form.media_types}
    assert listed == {"application/json": False, "application/xml": True}
    assert [(example.name, example.label) for example in form.examples] == [("e", "One")]


def test_what_no_field_can_show_is_told_where_it_is_kept() -> None:
    state = FormState.of([("body/more~kept", '{"a": [1]}'), ("body/line_items~kept", '"none"')])
    form = build_form(entry_of(body=LINE_ITEMS), state)
    assert [(one.id, one.label) for one in form.kept] == [
        ("f-body-more-field", "more"), ("f-body-line_5f_items-field", "line_items"),
    ]  # fmt: skip
    assert form.body is not None
    fields = {child.label: child for child in form.body.children}
    assert (fields["more"].kind, fields["more"].kept) == ("kept", '{"a": [1]}')
    assert (fields["line_items"].kind, fields["line_items"].kept) == ("array", '"none"')
    assert build_form(entry_of(body=LINE_ITEMS), state.adding([("body~mode", "raw")])).kept == ()
