"""A figure, what it is compared with, and the table that shows both."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Seconds of several runs of one thing, at least one."""

    name: str
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle run."""
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        """The run that 95 of 100 are not slower than (nearest rank)."""
        return self._rank(0.95)

    @property
    def p99(self) -> float:
        """The run that 99 of 100 are not slower than (nearest rank)."""
        return self._rank(0.99)

    def _rank(self, share: float) -> float:
        return sorted(self.seconds)[math.ceil(share * len(self.seconds)) - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured thing and its reference, taken in the same run; `bound` is the ratio that is still good.

    `tail` is the same for the 99th of 100 runs, `None` where nothing is promised of it.
    """

    measured: Sample
    reference: Sample
    bound: float
    tail: float | None = None

    @property
    def ratio(self) -> float:
        """How many times the reference's median the figure's median is."""
        return self.measured.median / self.reference.median

    @property
    def kept(self) -> bool:
        """Whether the ratios are within their bounds."""
        return self.ratio <= self.bound and (self.tail is None or self.tail_ratio <= self.tail)

    @property
    def tail_ratio(self) -> float:
        """How many times the reference's median the 99th of 100 runs is."""
        return self.measured.p99 / self.reference.median


HEADINGS = (
    "figure",
    "median",
    "p95",
    "p99",
    "runs",
    "reference",
    "median",
    "p95",
    "ratio",
    "bound",
    "p99",
    "bound",
    "",
)


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as lines of aligned columns, times in milliseconds."""
    return align([HEADINGS, *(_row(figure) for figure in figures)], left=(0, 5, 12))


def _row(figure: Figure) -> tuple[str, ...]:
    measured, reference = figure.measured, figure.reference
    return (
        measured.name, _milliseconds(measured.median), _milliseconds(measured.p95), _milliseconds(measured.p99),
        str(len(measured.seconds)), reference.name, _milliseconds(reference.median), _milliseconds(reference.p95),
        f"{figure.ratio:.2f}", f"{figure.bound:g}", f"{figure.tail_ratio:.2f}",
        "" if figure.tail is None else f"{figure.tail:g}", "" if figure.kept else "OVER",
    )  # fmt: skip


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.3f} ms"


def align(rows: Sequence[tuple[str, ...]], left: Sequence[int]) -> str:
    """Return rows as lines, every column as wide as its widest cell; columns named in `left` start at the left."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column in left else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One number beside the most it may be."""

    name: str
    value: float
    bound: float
    unit: str

    @property
    def kept(self) -> bool:
        """Whether it is within its bound."""
        return self.value <= self.bound


def measures_table(measures: Sequence[Measure]) -> str:
    """Return the measures as lines."""
    rows = [("figure", "value", "bound", "")]
    rows += [
        (
            measure.name,
            f"{measure.value:,.2f}{measure.unit}",
            f"{measure.bound:g}{measure.unit}",
            "" if measure.kept else "OVER",
        )
        for measure in measures
    ]
    return align(rows, left=(0, 3))
