"""Items of arrays: which schema is whose, what has to be among them."""

from __future__ import annotations

from typing import Any

import pytest

from playground.schema.keywords.arrays import both, item_schema, merged_positions
from playground.schema.validate import own_violations


def test_an_item_has_the_schema_of_its_position() -> None:
    schema = {"prefixItems": [{"const": 1}], "items": {"const": 2}}
    assert [item_schema(schema, position) for position in (0, 1, 9)] == [{"const": 1}, {"const": 2}, {"const": 2}]
    assert item_schema({"items": 5}, 0) is True
    assert merged_positions(schema, {"items": {"type": "integer"}}) == [
        {"allOf": [{"const": 1}, {"type": "integer"}]},
    ]


def test_both_of_two_schemas_is_as_short_as_can_be() -> None:
    assert both({"a": 1}, {"a": 1}) == both({"a": 1}, True) == both(True, {"a": 1}) == both({}, {"a": 1}) == {"a": 1}
    assert both(False, {"a": 1}) is both(True, False) is False


@pytest.mark.parametrize(
    ("value", "schema", "sentence"),
    [
        ([1], {"minItems": 2}, "There are 1 here; the description asks for at least 2 items."),
        ([1, 2], {"maxItems": 1}, "There are 2 here; the description asks for up to 1 item."),
        ([1, 1.0], {"uniqueItems": True}, "Two items are the same; the description allows each only once."),
        ([1], {"contains": {"const": 2}}, "No item here is of the kind that the description asks for."),
        (
            [2, 2, 2],
            {"contains": {"const": 2}, "maxContains": 2},
            "3 items here are of the kind that the description asks for; it asks for 1 to 2 items of it.",
        ),
        ([], {"contains": {"const": 2}, "minContains": 0}, ""),
        ([1] * 5, {"maxContains": 1}, ""),
    ],
)
def test_a_list_is_told_what_is_wrong_with_it(value: Any, schema: dict[str, Any], sentence: str) -> None:
    assert [violation.message for violation in own_violations(value, schema, {})] == ([sentence] if sentence else [])


def test_twenty_thousand_items_are_compared_in_one_pass() -> None:
    items = [{"n": number} for number in range(20_000)]
    assert list(own_violations(items, {"uniqueItems": True}, {})) == []
    assert len(list(own_violations([*items, {"n": 0}], {"uniqueItems": True}, {}))) == 1
