"""Rules of reading inputs, one by one (contract section 5)."""

from __future__ import annotations

from typing import Any

import pytest

from playground.catalog.model import Parameter
from playground.forms.fill import body_text, fill, kept_names
from playground.forms.operation_form import build_form
from playground.forms.parse import parse
from playground.forms.state import FormState
from playground.jsontext import NumberText, dumps
from playground.request.model import ABSENT, FileValue, RequestModel
from tests.forms.strategies import entry_of

STRIPE_METADATA: dict[str, Any] = {
    "anyOf": [
        {"type": "object", "additionalProperties": {"type": "string"}},
        {"type": "string", "enum": [""]},
    ]
}
LINE_ITEMS: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "line_items": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "price": {"type": "string"},
                    "quantity": {"type": "integer"},
                    "price_data": {
                        "type": "object",
                        "properties": {"currency": {"type": "string"}, "unit_amount": {"type": "integer"}},
                        "required": ["currency"],
                    },
                },
            },
        },
        "metadata": STRIPE_METADATA,
    },
}


def body(schema: Any, *pairs: tuple[str, str], files: Any = (), **options: Any) -> Any:
    return parse(entry_of(body=schema, **options), FormState.of(pairs, files)).model.body


def problems(schema: Any, *pairs: tuple[str, str], **options: Any) -> list[tuple[str, str]]:
    found = parse(entry_of(body=schema, **options), FormState.of(pairs)).problems
    return [(problem.name, problem.message) for problem in found]


def test_stripes_checkout_form_by_its_public_names() -> None:
    assert body(
        LINE_ITEMS,
        ("body/line_items/0/quantity", "2"),
        ("body/line_items/0/price_data/currency", "usd"),
        ("body/line_items/0/price_data/unit_amount", "1500"),
        ("body/metadata/order", "6735"),
    ) == {
        "line_items": [{"quantity": 2, "price_data": {"currency": "usd", "unit_amount": 1500}}],
        "metadata": {"order": "6735"},
    }


def test_what_is_left_empty_is_absent_at_every_depth() -> None:
    empty = (
        ("body/line_items~item", "0"),
        ("body/line_items/0/price", ""),
        ("body/line_items/0/price_data/currency", ""),
        ("body/metadata~choice", "0"),
        ("body/metadata~row", "0"),
        ("body/metadata~key/0", ""),
        ("body/metadata~value/0", ""),
    )
    assert body(LINE_ITEMS, *empty) is ABSENT
    assert body(LINE_ITEMS) is ABSENT


def test_empty_and_null_are_explicit_choices() -> None:
    schema = {
        "properties": {
            "text": {"type": ["string", "null"]},
            "list": {"type": "array"},
            "object": {"type": "object", "nullable": True, "properties": {"a": {}}},
            "number": {"type": "integer"},
        }
    }
    assert body(schema, ("body/text~as", "empty"), ("body/list~as", "empty"), ("body/object~as", "empty")) == {
        "text": "",
        "list": [],
        "object": {},
    }
    assert body(schema, ("body/text~as", "null"), ("body/object~as", "null")) == {"text": None, "object": None}
    assert body(schema, ("body/number~as", "null"), ("body/list~as", "null"), ("body/number~as", "empty")) is ABSENT


def test_an_explicit_empty_counts_only_when_nothing_is_filled() -> None:
    assert body({"type": "string"}, ("body", "x"), ("body~as", "null")) == "x"
    assert body({"type": "array", "items": {}}, ("body~as", "empty"), ("body/0", "1")) == [1]


def test_picking_the_empty_text_alternative_sends_it() -> None:
    assert body(LINE_ITEMS, ("body/metadata~choice", "1")) == {"metadata": ""}
    assert body(LINE_ITEMS, ("body/metadata~choice", "0")) is ABSENT


def test_values_of_the_alternative_not_chosen_are_not_sent() -> None:
    schema = {
        "oneOf": [
            {"type": "object", "properties": {"card": {"type": "string"}}, "additionalProperties": False},
            {"type": "object", "properties": {"iban": {"type": "string"}}, "additionalProperties": False},
        ]
    }
    both = (("body/card", "4242"), ("body/iban", "DE00"))
    assert body(schema, *both, ("body~choice", "0")) == {"card": "4242"}
    assert body(schema, *both, ("body~choice", "1")) == {"iban": "DE00"}
    assert body(schema, ("body/iban", "DE00")) == {"iban": "DE00"}


def test_rows_keep_the_order_of_their_hidden_inputs() -> None:
    schema = {"type": "array", "items": {"type": "string"}}
    rows = (("body/0", "a"), ("body/1", "b"), ("body/10", "c"), ("body/2", ""))
    assert body(schema, *rows) == ["a", "b", "c"]
    assert body(schema, *rows, ("body~item", "10"), ("body~item", "0")) == ["c", "a", "b"]


def test_map_rows_without_key_or_value_are_left_out_and_named() -> None:
    schema = {"additionalProperties": {"type": "string"}}
    rows = (("body~key/0", ""), ("body~value/0", "v"), ("body~key/1", "k"), ("body~value/1", ""), ("body~key/2", ""))
    assert body(schema, *rows) is ABSENT
    assert [name for name, _ in problems(schema, *rows)] == ["body~key/0", "body~value/1"]
    assert body(schema, *rows, ("body~value/1~as", "empty")) == {"k": ""}


def test_map_rows_hold_deep_values_and_the_later_of_one_key_counts() -> None:
    schema = {"additionalProperties": {"type": "object", "properties": {"n": {"type": "integer"}}}}
    rows = (("body~key/0", "k"), ("body~value/0/n", "1"), ("body~key/1", "k"), ("body~value/1/n", "2"))
    assert body(schema, *rows) == {"k": {"n": 2}}
    assert "used twice" in problems(schema, *rows)[0][1]


def test_declared_properties_and_rows_live_side_by_side() -> None:
    schema = {"properties": {"a": {"type": "string"}}, "additionalProperties": {"type": "integer"}}
    assert body(schema, ("body/a", "x"), ("body~key/0", "b"), ("body~value/0", "1")) == {"a": "x", "b": 1}


def test_an_undeclared_name_is_refused_in_words_where_the_object_is_closed() -> None:
    assert body(LINE_ITEMS, ("body/nosuch", "1")) is ABSENT
    assert problems(LINE_ITEMS, ("body/nosuch", "1")) == [
        ("body/nosuch", "nosuch is no field of this object, so it is left out.")
    ]


@pytest.mark.parametrize(
    ("schema", "text", "expected", "problem"),
    [
        ({"type": "integer"}, str(2**70), 2**70, ""),
        ({"type": "integer"}, "1.0", NumberText("1.0"), ""),
        ({"type": "integer"}, "1.5", NumberText("1.5"), "not an integer"),
        ({"type": "integer"}, "007", "007", "not an integer"),
        ({"type": "integer", "minimum": 1, "maximum": 5}, "9", 9, "outside the limits: 1 to 5"),
        ({"type": "number"}, "1.10", NumberText("1.10"), ""),
        ({"type": "number"}, "ten", "ten", "not a number"),
        ({"type": "boolean"}, "false", False, ""),
        ({"type": "boolean"}, "no", "no", "true or false"),
        ({"type": "string"}, " 5 ", " 5 ", ""),
        ({"type": "string", "maxLength": 2}, "abc", "abc", "too long"),
        ({"type": "string", "minLength": 4}, "abc", "abc", "too short"),
        ({"enum": [1, "1"]}, "1", 1, ""),
        ({"enum": [1, "1"]}, '"1"', "1", ""),
        ({"enum": ["a", "b"]}, "c", "c", "none of the values"),
        ({}, '{"a": [1.50]}', {"a": [NumberText("1.50")]}, ""),
        ({}, "{a", "{a", "not valid JSON"),
        ({}, "null", None, ""),
    ],
)
def test_texts_as_values(schema: Any, text: str, expected: Any, problem: str) -> None:
    found = body(schema, ("body", text))
    assert found == expected
    assert type(found) is type(expected)
    said = problems(schema, ("body", text))
    assert [name for name, _ in said] == (["body"] if problem else [])
    assert problem in (said[0][1] if said else "")


def test_a_required_constant_is_sent_when_its_object_is() -> None:
    inner = {"properties": {"type": {"const": "card"}, "number": {"type": "string"}}, "required": ["type", "number"]}
    schema = {"type": "object", "properties": {"source": inner, "note": {"type": "string"}}}
    assert body(schema, ("body/note", "n"), ("body/source/number", "")) == {"note": "n"}
    assert body(schema, ("body/source/number", "42")) == {"source": {"type": "card", "number": "42"}}
    assert body({**schema, "required": ["source"]}, ("body/note", "n")) == {"note": "n", "source": {"type": "card"}}
    assert body(schema, ("body/source/type", "card")) is ABSENT


def test_an_optional_constant_is_sent_only_when_chosen() -> None:
    schema = {"properties": {"mode": {"const": "fast"}}}
    assert body(schema) is ABSENT
    assert body(schema, ("body/mode", "fast")) == {"mode": "fast"}


def test_a_required_header_of_one_value_is_always_there() -> None:
    entry = entry_of(Parameter(name="Version", location="header", schema={"enum": ["2024"]}, required=True))
    assert parse(entry, FormState()).model.parameters == {"header": {"Version": "2024"}}


def test_required_but_absent_is_named_with_the_input() -> None:
    entry = entry_of(Parameter(name="id", location="path", schema={"type": "string"}), body=LINE_ITEMS, required=True)
    state = FormState.of([("body/line_items/0/price_data/unit_amount", "1")])
    assert [(problem.name, problem.message) for problem in parse(entry, state).problems] == [
        ("path.id", "id is required."),
        ("body/line_items/0/price_data/currency", "currency is required."),
    ]
    assert [problem.name for problem in parse(entry, FormState()).problems] == ["path.id", "body"]


def test_counts_and_repeats_are_named() -> None:
    schema = {"type": "array", "items": {"type": "integer"}, "maxItems": 1, "uniqueItems": True}
    assert len(problems(schema, ("body/0", "1"), ("body/1", "1"))) == 2


def test_files_are_values() -> None:
    one, two = FileValue(filename="a.png", content=b"1"), FileValue(filename="b.png", content=b"2")
    file = {"type": "string", "format": "binary"}
    schema = {"properties": {"one": file, "many": {"type": "array", "items": file}}}
    unchosen = FileValue(filename="", content=b"")
    files = [("body/one", one), ("body/many", one), ("body/many", two)]
    assert body(schema, files=files, media_type="multipart/form-data") == {"one": one, "many": [one, two]}
    assert body(schema, files=[("body/one", unchosen)]) is ABSENT


def test_read_only_properties_have_no_input() -> None:
    schema = {"properties": {"id": {"type": "string", "readOnly": True}, "name": {"type": "string"}}}
    entry = entry_of(body={**schema, "additionalProperties": False})
    assert [child.name for child in build_form(entry, FormState()).groups[0].fields[0].children] == ["body/name"]
    state = fill(entry, RequestModel(body={"id": "1", "name": "n"}))
    assert kept_names(state) == ("body/id",)
    assert parse(entry, state).model.body == {"id": "1", "name": "n"}


def test_repeated_texts_of_a_list_parameter_are_its_items() -> None:
    entry = entry_of(Parameter(name="tags", location="query", schema={"type": "array", "items": {"type": "string"}}))
    state = FormState.of([("query.tags", "a"), ("query.tags", "b")])
    assert parse(entry, state).model.parameters == {"query": {"tags": ["a", "b"]}}


def test_same_names_in_several_locations_stay_apart() -> None:
    entry = entry_of(
        Parameter(name="id", location="path", schema={"type": "string"}),
        Parameter(name="id", location="query", schema={"type": "integer"}),
        body={"properties": {"id": {"type": "boolean"}}},
    )
    model = parse(entry, FormState.of([("path.id", "p"), ("query.id", "1"), ("body/id", "true")])).model
    assert model.parameters == {"path": {"id": "p"}, "query": {"id": 1}}
    assert model.body == {"id": True}


def test_raw_text_stands_for_the_body_and_fills_the_form() -> None:
    entry = entry_of(body=LINE_ITEMS)
    raw = '{"metadata": {"n": 1.0}, "more": 1}'
    model = parse(entry, FormState.of([("body~mode", "raw"), ("body~raw", raw), ("body/metadata/x", "y")])).model
    assert model.raw == raw
    assert dumps(model.body) == '{"metadata":{"n":1.0},"more":1}'
    assert parse(entry, fill(entry, model)).model == model
    assert kept_names(fill(entry, model)) == ("body/metadata~value/0", "body/more")


def test_raw_text_that_is_no_json_stays_with_a_place() -> None:
    entry = entry_of(body=LINE_ITEMS)
    found = parse(entry, FormState.of([("body~mode", "raw"), ("body~raw", '{\n"a" 1}')]))
    assert (found.model.raw, found.model.body) == ('{\n"a" 1}', ABSENT)
    assert "line 2, column 5" in found.problems[0].message
    assert parse(entry, FormState.of([("body~mode", "raw"), ("body~raw", " ")])).model == RequestModel()


def test_the_raw_editors_text_is_written_from_the_form() -> None:
    state = FormState.of([("body/metadata/k", "v")])
    assert body_text(entry_of(body=LINE_ITEMS), state) == '{\n  "metadata": {\n    "k": "v"\n  }\n}'
    assert body_text(entry_of(body={}, media_type="text/plain"), FormState.of([("body", "one\ntwo")])) == "one\ntwo"
    assert body_text(entry_of(body=LINE_ITEMS), FormState()) == ""
    assert body_text(entry_of(), state) == ""


def test_recursion_goes_as_deep_as_it_is_filled() -> None:
    name = "body" + "/children/0" * 25 + "/name"
    value = body({"$ref": "#/$defs/Tree"}, (name, "deep"))
    for _ in range(25):
        value = value["children"][0]
    assert value == {"name": "deep"}


def test_security_none_is_not_the_default() -> None:
    entry = entry_of()
    for chosen in (None, (), ("a",), ("a", "b")):
        assert parse(entry, fill(entry, RequestModel(security=chosen))).model.security == chosen
    assert parse(entry, FormState.of([("security", "")])).model.security is None
