"""Forms cost in proportion to their description, counted in lines run, so that a busy machine changes nothing."""

from __future__ import annotations

import math

import pytest
from click.testing import CliRunner

from bench import growth
from bench.__main__ import main
from tests.support.rows import crossed
from tests.support.work import lines_run


@pytest.mark.parametrize(("case", "action"), crossed(growth.CASES, growth.ACTIONS))
def test_ten_times_the_description_is_ten_times_the_work_at_most(case: str, action: str) -> None:
    smaller, larger = (growth.CASES[case](size) for size in (100, 1_000))
    act = growth.ACTIONS[action]
    before, after = (lines_run(lambda made=made: act(made, made.entry())) for made in (smaller, larger))  # type: ignore[misc]
    assert math.log10(after / before) <= growth.BOUND


def test_the_exponent_is_the_steepest_slope() -> None:
    line = growth.Growth(case="a", action="draw", seconds=(0.01, 1.0, 100.0))
    square = growth.Growth(case="a", action="draw", seconds=(0.01, 1.0, 10_000.0))
    assert (round(line.exponent, 6), line.kept) == (1, True)
    assert (round(square.exponent, 6), square.kept) == (2, False)


def test_the_bench_prints_every_exponent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "SIZES", (10, 20, 40))
    done = CliRunner().invoke(main, ["growth", "--runs", "1"])
    assert done.exit_code == int("OVER" in done.output), done.output  # what is over is a matter of the machine here
    assert all(case in done.output for case in growth.CASES)
    assert "exponent" in done.output
