"""Bounds and steps of numbers, exact in decimals."""

from __future__ import annotations

from typing import Any

import pytest

from playground.jsontext import NumberText
from playground.schema.keywords.numbers import higher, is_multiple, lower
from playground.schema.validate import own_violations


@pytest.mark.parametrize(
    ("value", "step", "multiple"),
    [
        (4, 2, True), (5, 2, False), (0.3, 0.1, True), (19.99, 0.01, True), (0.35, 0.1, False), (1e308, 0.5, True),
        (NumberText("0.30"), 0.1, True), (10**30, 10**15, True), (1.0, 1, True), (0, 0.3, True), (-0.6, 0.2, True),
    ],
)  # fmt: skip
def test_a_multiple_is_one_of_the_decimals_that_are_written(value: Any, step: Any, multiple: bool) -> None:
    assert is_multiple(value, step) is multiple


@pytest.mark.parametrize(
    ("value", "schema", "limits"),
    [
        (0, {"minimum": 1, "maximum": 10}, "1 to 10"),
        (11, {"minimum": 1, "maximum": 10, "multipleOf": 2}, "1 to 10, a multiple of 2"),
        (1, {"exclusiveMinimum": 1}, "more than 1"),
        (1, {"minimum": 1, "exclusiveMinimum": True}, "more than 1"),
        (3, {"maximum": 3, "exclusiveMaximum": True}, "less than 3"),
        (3, {"multipleOf": 2}, "a multiple of 2"),
        (3, {"multipleOf": 0, "minimum": "x"}, None),
        (NumberText("1e999"), {"maximum": 5}, "at most 5"),
    ],
)
def test_a_number_outside_its_limits_is_told_all_of_them(
    value: Any, schema: dict[str, Any], limits: str | None
) -> None:
    sentences = {violation.message for violation in own_violations(value, schema, {})}
    assert sentences == ({f"This is outside the limits: {limits}."} if limits else set())


def test_the_tighter_bound_holds_and_rubbish_is_none() -> None:
    assert (higher(1, 2.5), lower(1, 2.5)) == (2.5, 1)
    assert (higher("x", 2), lower(3, None), higher(True, "x")) == (2, 3, "x")
