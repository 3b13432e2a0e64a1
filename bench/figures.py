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
        return sorted(self.seconds)[math.ceil(0.95 * len(self.seconds)) - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured thing and its reference, taken in the same run; `bound` is the ratio that is still good."""

    measured: Sample
    reference: Sample
    bound: float

    @property
    def ratio(self) -> float:
        """How many times the reference's median the figure's median is."""
        return self.measured.median / self.reference.median

    @property
    def kept(self) -> bool:
        """Whether the ratio is within its bound."""
        return self.ratio <= self.bound


HEADINGS = ("figure", "median", "p95", "runs", "reference", "median", "p95", "ratio", "bound", "")


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as lines of aligned columns, times in milliseconds."""
    return align([HEADINGS, *(_row(one) for one in figures)], left=(0, 4, 9))


def _row(figure: Figure) -> tuple[str, ...]:
    measured, reference = figure.measured, figure.reference
    return (
        measured.name, _milliseconds(measured.median), _milliseconds(measured.p95), str(len(measured.seconds)),
        reference.name, _milliseconds(reference.median), _milliseconds(reference.p95),
        f"{figure.ratio:.2f}", f"{figure.bound:g}", "" if figure.kept else "OVER",
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
