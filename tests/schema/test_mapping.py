"""Keywords read safely, and JSON values compared."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.jsontext import NumberText
from playground.schema.mapping import as_mapping, count_of, identity, names_of, number_of, same, schema_list, schema_map
from tests.schema.strategies import plain_values


def test_rubbish_counts_as_absent() -> None:
    schema: dict[str, Any] = {
        "properties": {"a": {}, "b": 5, 3: True}, "oneOf": [{}, "x", False], "required": ["a", 1, "a"],
        "minimum": True, "maximum": float("inf"), "minLength": 2.0, "maxLength": -1,
    }  # fmt: skip
    assert schema_map(schema, "properties") == {"a": {}, "3": True}
    assert schema_list(schema, "oneOf") == ({}, False)
    assert names_of(schema, "required") == ("a",)
    assert number_of(schema, "minimum") is number_of(schema, "maximum") is None
    assert (count_of(schema, "minLength"), count_of(schema, "maxLength")) == (2, None)
    assert (as_mapping(True), as_mapping(False), as_mapping("x")) == ({}, {"not": {}}, {})


@pytest.mark.parametrize(
    ("first", "second", "equal"),
    [
        (1, 1.0, True), (1, True, False), (0, False, False), ("1", 1, False), (None, False, False),
        (NumberText("1.0"), NumberText("1.00"), True), (2**53 + 1, float(2**53), False),
        ([1, {"a": 2.0}], [1.0, {"a": 2}], True), ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True), ([], {}, False),
    ],
)  # fmt: skip
def test_values_are_the_same_as_json_schema_has_it(first: Any, second: Any, equal: bool) -> None:
    assert same(first, second) is equal
    assert (identity(first) == identity(second)) is equal


@given(plain_values, plain_values | st.none())
def test_the_key_of_a_value_is_shared_by_the_same_ones_only(first: Any, second: Any) -> None:
    assert (identity(first) == identity(second)) is same(first, second)
    assert identity(first) == identity(first)


def test_a_value_however_deep_has_a_key() -> None:
    deep: Any = []
    for _ in range(500):
        deep = [deep]
    assert identity(deep) == identity(deep)
