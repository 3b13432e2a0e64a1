"""Figures: medians, ratios, bounds, and the table that shows them."""

from __future__ import annotations

from dataclasses import replace

from bench.figures import Figure, Sample, align, table


def _figure(measured: tuple[float, ...], reference: tuple[float, ...], bound: float) -> Figure:
    return Figure(
        measured=Sample(name="page", seconds=measured),
        reference=Sample(name="empty", seconds=reference),
        bound=bound,
    )


def test_a_ratio_is_that_of_the_medians() -> None:
    assert _figure((0.006, 0.9, 0.002), (0.001, 0.002, 0.003), 3).ratio == 3


def test_a_bound_is_kept_up_to_itself() -> None:
    assert _figure((3.0,), (1.0,), 3).kept
    assert not _figure((3.01,), (1.0,), 3).kept


def test_a_tail_has_a_bound_of_its_own() -> None:
    figure = _figure((*([2.0] * 98), 30.0, 50.0), (1.0,), 3)
    assert figure.kept
    assert replace(figure, tail=30).kept
    assert not replace(figure, tail=29).kept


def test_p95_is_the_nearest_rank() -> None:
    assert Sample(name="x", seconds=tuple(float(n) for n in range(100, 0, -1))).p95 == 95.0
    assert Sample(name="x", seconds=(2.0, 1.0)).p95 == 2.0
    assert Sample(name="x", seconds=(1.0,)).p95 == 1.0


def test_the_table_shows_figure_reference_ratio_and_bound() -> None:
    lines = table([_figure((0.002, 0.004, 0.5), (0.001,), 5), _figure((0.01,), (0.001,), 5)]).splitlines()
    assert lines[0].split() == [
        "figure", "median", "p95", "p99", "runs", "reference", "median", "p95", "ratio", "bound", "p99", "bound",
    ]  # fmt: skip
    assert " ".join(lines[1].split()) == "page 4.000 ms 500.000 ms 500.000 ms 3 empty 1.000 ms 1.000 ms 4.00 5 500.00"
    assert lines[2].split()[-4:] == ["10.00", "5", "10.00", "OVER"]
    assert len({line.index("empty") for line in lines[1:]}) == 1


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    assert align([("a", "b"), ("long", "1")], left=(0,)) == "a     b\nlong  1"
    assert align([("a", "b"), ("long", "1")], left=()) == "   a  b\nlong  1"
