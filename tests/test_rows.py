"""A table that is one test tries every row, and names each that fails."""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Sequence

import pytest

from tests.support.rows import RowsFailed, crossed, each

TRIED: list[tuple[int, str]] = []
PAIRS = list(itertools.product(range(3), "ab"))


@each("number, letter", PAIRS)
def test_rows_come_in_order_beside_fixtures(number: int, letter: str, request: pytest.FixtureRequest) -> None:
    assert "number" not in request.fixturenames
    TRIED.append((number, letter))
    assert PAIRS[: len(TRIED)] == TRIED


@each("letter", "ab")
@pytest.mark.parametrize("number", [1, 2])
@each("other", [1, 2, 3])
def test_parameters_and_tables_stand_together(number: int, letter: str, other: int) -> None:
    assert letter in "ab" and number in (1, 2) and other in (1, 2, 3)


@pytest.mark.parametrize("axes", [("abcde", [1, 2]), ("ab", [1, 2, 3]), ("ab", [1, 2], "xyz")])
def test_every_value_is_tried_in_every_run_and_each_choice_in_ci(axes: tuple[Sequence[object], ...]) -> None:
    choices = crossed(*axes)
    assert [choice.values for choice in choices] == list(itertools.product(*axes))
    usual = [choice.values for choice in choices if not choice.marks]
    assert len(usual) == max(map(len, axes))
    assert [set(values) for values in zip(*usual, strict=True)] == [set(axis) for axis in axes]
    assert {mark.name for choice in choices for mark in choice.marks} == {"long"}


def test_every_row_that_fails_is_named_and_told() -> None:
    @each("number", range(5), ids=lambda number: f"no. {number}")
    def even(number: int) -> None:
        assert number % 2 == 0, f"{number} is odd"

    with pytest.raises(RowsFailed) as caught:
        even()
    assert str(caught.value).startswith("2 of 5 rows failed: no. 1; no. 3")
    assert [str(error).splitlines()[0] for error in caught.value.exceptions] == ["1 is odd", "3 is odd"]
    assert [error.__notes__ for error in caught.value.exceptions] == [["in the row no. 1"], ["in the row no. 3"]]


def test_many_failures_are_all_named() -> None:
    @each("number", range(100))
    def never(number: int) -> None:
        raise ValueError(number)

    with pytest.raises(RowsFailed) as caught:
        never()
    assert "; 98; 99" in str(caught.value)


def test_a_skip_is_of_all_rows_or_none() -> None:
    @each("number", range(3))
    def nothing(number: int) -> None:
        pytest.skip("the machine lacks it")

    with pytest.raises(pytest.skip.Exception):
        nothing()

    @each("number", range(3))
    def later(number: int) -> None:
        if number:
            pytest.skip("the machine lacks it")

    with pytest.raises(AssertionError, match="cannot be left out alone"):
        later()


def test_a_table_has_rows_and_the_test_takes_them() -> None:
    @each("number", [])
    def none(number: int) -> None: ...

    with pytest.raises(AssertionError, match="without rows"):
        none()
    with pytest.raises(AssertionError, match="takes no letter"):
        each("letter", "ab")(none)
    assert list(inspect.signature(none).parameters) == []
