"""Which schema is behind an input name, and what its surroundings say."""

from __future__ import annotations

from typing import Any

import pytest

from playground.catalog.model import Parameter
from playground.forms.fields import FieldNotFound
from playground.forms.shape import shapes_of
from playground.forms.sources import FieldSource, Sources
from playground.forms.state import FormState
from tests.forms.strategies import entry_of
from tests.forms.test_parse import LINE_ITEMS

MAP: dict[str, Any] = {
    "patternProperties": {"^n": {"type": "integer"}},
    "additionalProperties": {"type": "string", "x-additionalPropertiesName": "tag"},
}


def source(name: str, *pairs: tuple[str, str], body: Any = LINE_ITEMS) -> FieldSource:
    entry = entry_of(Parameter(name="ids", location="query", schema={"type": "array", "items": MAP}), body=body)
    return Sources(shapes_of(entry), FormState.of(pairs)).find(entry, name)


@pytest.mark.parametrize(
    ("name", "label", "schema"),
    [
        ("body/line_items/0/price", "price", {"type": "string"}),
        ("body/metadata/order", "order", {"type": "string"}),
        ("body/metadata~value/7", "Entry 1", {"type": "string"}),
        ("query.ids", "ids", {"type": "array", "items": MAP}),
        ("query.ids/3", "Item 1", MAP),
        ("query.ids/3/n1", "n1", {"type": "integer"}),
    ],
)
def test_a_name_leads_to_its_schema(name: str, label: str, schema: Any) -> None:
    found = source(name)
    assert (found.name, found.label, found.schema) == (name, label, schema)


def test_a_row_has_the_schema_of_its_key_and_the_word_for_it() -> None:
    row = source("body~value/0", ("body~key/0", "n5"), ("body~row", "0"), body=MAP)
    assert row.row is not None
    assert (row.label, row.schema, row.row.key, row.row.key_label) == ("n5", {"type": "integer"}, "n5", "tag")


def test_a_member_without_a_place_is_only_kept() -> None:
    assert source("body/more", ("body/more~kept", "[1]")).kept_only
    with pytest.raises(FieldNotFound):
        source("body/more")


@pytest.mark.parametrize("name", ["body/line_items/x", "body~as", "query.no", "body" + "/a" * 80, "x" * 5000, ""])
def test_a_name_of_nothing_has_no_source(name: str) -> None:
    with pytest.raises(FieldNotFound):
        source(name)
