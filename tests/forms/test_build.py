"""Fields level by level, within a budget."""

from __future__ import annotations

from typing import Any

from playground.catalog.model import Parameter
from playground.forms.build import BUDGET
from playground.forms.fields import Field, MoreField
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


def test_an_untouched_body_has_no_rows_and_closed_objects() -> None:
    field = body_field(LINE_ITEMS)
    items, metadata = field.children
    assert (items.kind, items.type_text, items.children, items.can_add) == ("array", "list of objects", (), True)
    assert metadata.kind == "choice"
    assert [option.label for option in metadata.options] == ["map of strings", "empty text"]
    (rows,) = metadata.children
    assert (rows.kind, rows.name, rows.can_add) == ("map", "body/metadata", True)
    assert len({one.id for one in everything(field)}) == len(everything(field))


def test_what_is_too_deep_is_deferred_and_built_by_name() -> None:
    field = body_field({"$ref": "#/$defs/Tree"}, ("body/children~item", "0"))
    row = child_of(field, "children").children[0]
    assert child_of(row, "children").can_add
    nested: dict[str, Any] = {"type": "string"}
    for _ in range(6):
        nested = {"type": "object", "properties": {"in": nested}}
    assert child_of(child_of(body_field(nested), "in"), "in").deferred
    entry = entry_of(body=nested)
    fetched = build_field(entry, FormState(), "body/in/in")
    assert (fetched.name, fetched.deferred, fetched.children[0].name) == ("body/in/in", False, "body/in/in/in")


def test_a_wide_object_stays_within_the_budget_and_the_rest_is_fetched() -> None:
    schema = {"type": "object", "properties": {f"p{n:03}": {"type": "string"} for n in range(500)}}
    entry = entry_of(body=schema)
    state = FormState.of([("body/p499", "x")])
    field = build_form(entry, state).body
    assert field is not None
    more = field.children[-1]
    assert (more.kind, more.deferred) == ("more", True)
    assert 0.75 * BUDGET < len(field.children) <= 1.3 * BUDGET
    seen = [child.name for child in field.children[:-1]]
    while more.deferred:
        more = build_field(entry, state, more.name)
        seen += [child.name for child in more.children if child.kind != "more"]
        more = more.children[-1]
    assert sorted(seen) == sorted(f"body/p{n:03}" for n in range(500))


def test_hundreds_of_parameters_stay_within_the_budget_too() -> None:
    entry = entry_of(
        *(Parameter(name=f"q{n}", location="query", schema={"type": "string"}) for n in range(500)),
        Parameter(name="needed", location="query", required=True),
    )
    state = FormState.of([("query.q450", "x")])
    (group,) = build_form(entry, state).groups
    more = group.fields[-1]
    first = int(more.name.removeprefix("query~more/"))
    assert 0.75 * BUDGET < first < 1.3 * BUDGET
    assert [one.label for one in group.fields[-3:-1]] == ["q450", "needed"]
    rest = build_field(entry, state, more.name)
    assert isinstance(rest, MoreField)
    names = [child.name for child in rest.children]
    assert names[0] == f"query.q{first}"
    assert "query.q450" not in names
    # What it says keeps as many drawn when the whole form is drawn again.
    assert (rest.shown_name, rest.shown) == ("query~more", names[-1].removeprefix("query~more/"))
    (again,) = build_form(entry, state.adding([(rest.shown_name, rest.shown)])).groups
    assert [one.name for one in again.fields[first : int(rest.shown)]] == names[:-1]
    assert (again.fields[-1].name, again.fields[-1].deferred) == (names[-1], True)


def test_rows_can_be_built_before_they_exist() -> None:
    entry = entry_of(body=LINE_ITEMS)
    assert build_field(entry, FormState(), "body/line_items/0").label == "Item 1"
    value = build_field(entry, FormState.of([("body/metadata~key/3", "order")]), "body/metadata~value/3")
    assert (value.label, value.row.key_name if value.row else "") == ("order", "body/metadata~key/3")


def test_a_plain_map_name_is_drawn_as_a_row_of_its_own() -> None:
    (rows,) = child_of(body_field(LINE_ITEMS, ("body/metadata/order", "6735")), "metadata").children
    (row,) = rows.children
    assert (row.name, row.label, row.value) == ("body/metadata/order", "order", "6735")


def test_a_picked_alternative_shows_its_fields_only() -> None:
    field = body_field(LINE_ITEMS, ("body/metadata~choice", "1"))
    metadata = child_of(field, "metadata")
    assert [option.selected for option in metadata.options] == [False, True]
    assert (metadata.children[0].kind, metadata.filled) == ("const", 1)


def test_an_object_asked_to_open_shows_its_fields_however_deep() -> None:
    schema: Any = {"type": "string"}
    for name in ("d", "c", "b", "a"):
        schema = {"type": "object", "properties": {name: schema}}
    closed = child_of(body_field(schema), "a")
    assert child_of(closed, "b").deferred
    opened = child_of(child_of(body_field(schema, ("body/a/b~open", "1")), "a"), "b")
    assert not opened.deferred
    assert opened.open
    assert [child.label for child in opened.children] == ["c"]
