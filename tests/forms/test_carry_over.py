"""A form that was filled in for an earlier description: nothing of it is lost, what went is named, offers are right."""

from __future__ import annotations

from typing import Any

import pytest

from playground.catalog.model import Entry
from playground.forms.carry_over import MOST_GONE, carry_over, move_value, value_text
from playground.forms.parse import parse
from playground.forms.state import FormState
from playground.openapi.compile import compile_document
from playground.request.model import ABSENT

ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}


def entry(parameters: list[dict[str, Any]], body: Any = None, path: str = "/a/{id}", media: str = "") -> Entry:
    operation: dict[str, Any] = {"operationId": "a", "parameters": parameters}
    if body is not None:
        operation["requestBody"] = {"content": {media or "application/json": {"schema": body}}}
    catalog = compile_document(
        {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {path: {"post": operation}}}, name="t"
    ).catalog
    return Entry(provider=catalog.provider, operation=catalog.operations[0], definitions=catalog.definitions)


def query(name: str, kind: str = "string", description: str = "", place: str = "query") -> dict[str, Any]:
    return {"name": name, "in": place, "schema": {"type": kind}, "description": description}


def thing(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


TEXT, NUMBER = {"type": "string"}, {"type": "integer"}


@pytest.mark.parametrize(
    ("before", "after", "typed", "offers"),
    [
        (query("status"), query("state"), "query.status", ("query.state",)),
        (query("account"), query("account_id"), "query.account", ("query.account_id",)),
        (query("limit", "integer"), query("page_size", "integer"), "query.limit", ("query.page_size",)),
        (query("limit", "integer"), query("since"), "query.limit", ()),
        (query("a", description="How many come at most"), query("z", "integer", "How many come at most"),
         "query.a", ("query.z",)),
        (query("tenant"), query("X-Tenant", place="header"), "query.tenant", ("header.X-Tenant",)),
    ],
    ids=["close name", "more words", "alone there", "another type", "the same words", "another place"],
)  # fmt: skip
def test_a_parameter_that_is_called_otherwise_is_offered(
    before: dict[str, Any], after: dict[str, Any], typed: str, offers: tuple[str, ...]
) -> None:
    carried = carry_over(entry([ID, before]), entry([ID, after]), FormState.of([("path.id", "7"), (typed, "1")]))
    assert [one.name for one in carried.gone] == [typed]
    assert carried.gone[0].sent
    assert carried.gone[0].offers == offers
    assert carried.state.text(typed) == "1"


def test_the_same_description_says_which_it_is() -> None:
    old = entry([query("q", description="Words that a title holds")])
    new = entry([query("text", description="Words that a title holds"), query("quality")])
    carried = carry_over(old, new, FormState.of([("query.q", "x")]))
    assert carried.gone[0].offers[0] == "query.text"


def test_members_of_rows_and_of_objects_are_found_in_their_place() -> None:
    items = {"type": "array", "items": thing(qty=NUMBER, sku=TEXT)}
    now = {"type": "array", "items": thing(quantity=NUMBER, sku=TEXT)}
    old, new = entry([ID], thing(items=items, note=TEXT)), entry([ID], thing(items=now, note=TEXT))
    state = FormState.of(
        [("path.id", "7"), ("body/items~item", "0"), ("body/items~item", "1"), ("body/items/0/sku", "a"),
         ("body/items/1/qty", "3"), ("body/note", "n")]
    )  # fmt: skip
    carried = carry_over(old, new, state)
    assert [(one.name, one.value, one.offers) for one in carried.gone] == [
        ("body/items/1/qty", 3, ("body/items/1/quantity",))
    ]
    body = {"items": [{"sku": "a"}, {"qty": 3}], "note": "n"}
    assert parse(new, carried.state).model.body == body
    moved = move_value(new, carried.state, "body/items/1/qty", "body/items/1/quantity", 3)
    assert parse(new, moved).model.body == {**body, "items": [{"sku": "a"}, {"quantity": 3}]}


def test_a_variable_of_the_path_is_the_one_in_its_place() -> None:
    old, new = entry([ID]), entry([{**ID, "name": "order"}], path="/a/{order}")
    for before in (old, None):
        carried = carry_over(before, new, FormState.of([("path.id", "7")]))
        assert carried.renamed == (("path.id", "path.order"),)
        assert carried.gone == ()
        assert carried.state.text("path.order") == "7"


def test_a_variable_that_has_no_place_is_named_and_not_sent() -> None:
    carried = carry_over(entry([ID]), entry([], path="/a"), FormState.of([("path.id", "7")]))
    assert [(one.name, one.value, one.sent) for one in carried.gone] == [("path.id", "7", False)]
    assert "path" not in carried.model.parameters or carried.model.parameters["path"] == {}


def test_a_body_that_is_not_taken_any_more_is_named_whole() -> None:
    carried = carry_over(entry([ID], thing(a=TEXT)), entry([ID]), FormState.of([("body/a", "x")]))
    assert [(one.name, one.value, one.sent) for one in carried.gone] == [("body", {"a": "x"}, False)]
    raw = FormState.of([("body~mode", "raw"), ("body~raw", '{"a": 1}')])
    assert [one.name for one in carry_over(entry([ID], thing(a=TEXT)), entry([ID]), raw).gone] == ["body"]


def test_another_media_type_is_told_and_the_fields_stay() -> None:
    old = entry([ID], thing(a=TEXT), media="application/x-www-form-urlencoded")
    new = entry([ID], thing(a=TEXT))
    state = FormState.of([("media_type", "application/x-www-form-urlencoded"), ("body/a", "x")])
    carried = carry_over(old, new, state)
    assert carried.media_type == "application/x-www-form-urlencoded"
    assert parse(new, carried.state).model.body == {"a": "x"}


def test_without_the_earlier_version_what_has_no_field_is_found_by_its_name() -> None:
    new = entry([ID, query("state")], thing(name=TEXT, deep=thing(a=TEXT)))
    state = FormState.of(
        [("path.id", "7"), ("query.status", "open"), ("body/nam", "n"), ("body/deep/b", "x"), ("body/deep/a", "y")]
    )
    carried = carry_over(None, new, state)
    assert {one.name: one.offers for one in carried.gone} == {
        "query.status": ("query.state",),
        "body/nam": ("body/name",),
        "body/deep/b": (),
    }
    assert parse(new, carried.state).model.body == {"nam": "n", "deep": {"a": "y", "b": "x"}}


def test_what_fits_stays_to_the_letter() -> None:
    old, new = entry([query("n", "integer")]), entry([query("n", "integer"), query("more")])
    state = FormState.of([("query.n", "not a number"), ("query.mine", "added by hand")])
    carried = carry_over(old, new, state)
    assert not carried
    assert carried.state == state


def test_many_values_are_counted_and_a_deep_body_ends() -> None:
    old = entry([query(f"p{at}") for at in range(MOST_GONE + 7)])
    state = FormState.of([(f"query.p{at}", "x") for at in range(MOST_GONE + 7)])
    carried = carry_over(old, entry([query("other")]), state)
    assert len(carried.gone) == MOST_GONE
    assert carried.more == 7
    deep = "body" + "/a" * 50
    assert carry_over(None, entry([ID], thing(b=TEXT)), FormState.of([(deep, "x")])).gone[0].name == "body/a"


def test_a_value_moves_only_to_an_input_of_the_operation() -> None:
    new = entry([query("state")])
    state = FormState.of([("query.status", "open")])
    assert move_value(new, state, "query.status", "body/x", "open") == state
    moved = move_value(new, state, "query.status", "query.state", "open")
    assert parse(new, moved).model.parameters == {"query": {"state": "open"}}
    assert parse(new, moved).model.body is ABSENT
    assert value_text({"a": [1]}) == '{"a":[1]}'
