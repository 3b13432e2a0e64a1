"""Which snippets send the request they were made of: every executed target by every case, compared on the wire.

The cases, the recording server and the comparison are those of the tests.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.figures import align
from playground.snippets.registry import find_target
from tests.snippets.formats import test_formats as formats
from tests.snippets.languages import test_parsed as parsed
from tests.support.snippets.case import Case
from tests.support.snippets.cases import CASES
from tests.support.snippets.executed import EXECUTED, Executed
from tests.support.snippets.execution import Batch, assert_request_arrived, execute

RUNNABLE = tuple(case for case in CASES if case.runs)
RIGHT, NOTED, WRONG, RAN, UNASKED = ".", "n", "x", "!", " "
LEGEND = (
    ". the request as it is   n something is changed, and a note in the snippet says so\n"
    "x another request, or none   ! a value was executed as code   (blank) not asked"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What became of each case, one mark a case in their order; `reasons` say why, of those that failed."""

    name: str
    how: str
    marks: str
    reasons: tuple[str, ...] = ()

    @property
    def failed(self) -> int:
        """How many cases are wrong."""
        return self.marks.count(WRONG) + self.marks.count(RAN)


def report() -> tuple[str, bool]:
    """Return the table of our own targets, and whether none failed. Targets whose tools are missing are named."""
    rows, missing = [], []
    for executed in EXECUTED:
        try:
            executed.need()
        except (pytest.skip.Exception, pytest.fail.Exception) as lacking:
            missing.append(f"{executed.target} is left out: {lacking}")
            continue
        with tempfile.TemporaryDirectory() as scratch:
            rows.append(run(executed, Path(scratch)))
    rows += [_checked(name, "sent" if name == "raw_http" else "imported", check) for name, check in FILES]
    rows += [_checked(language.target, "parsed", _parses(language)) for language in parsed.LANGUAGES]
    return "\n".join([table(rows, [case.name for case in RUNNABLE]), *missing]), not any(row.failed for row in rows)


def run(executed: Executed, folder: Path) -> Row:
    """Execute every case of one target."""
    try:
        batch = execute(folder, RUNNABLE, executed.target, "direct", executed.run)
    except AssertionError as error:  # of a compiler
        marks = WRONG * len(RUNNABLE)
        return Row(name=executed.target, how="executed", marks=marks, reasons=(_first_line(error),))
    ran = bool(list(folder.rglob("canary*")))
    marks, reasons = "", []
    for case in RUNNABLE:
        words = executed.cannot.get(case.name)
        if words is not None:
            text = find_target(executed.target).render(case.request_for("direct")).text
            marks += NOTED if words in text else WRONG
            continue
        mark, reason = judged(case, batch)
        marks += RAN if ran else mark
        reasons += [f"{case.name}: {reason}"] if reason else []
    return Row(name=executed.target, how="executed", marks=marks, reasons=tuple(reasons))


def judged(case: Case, batch: Batch) -> tuple[str, str]:
    """Return the mark of a case that was run, and why it failed (empty: it did not)."""
    try:
        assert_request_arrived(case, batch)
    except (AssertionError, LookupError, UnicodeError, ValueError) as error:
        return WRONG, _first_line(error)
    return RIGHT, ""


def table(rows: Sequence[Row], cases: Sequence[str]) -> str:
    """Return rows as lines, one column a case, then the cases' names and why what failed did."""
    tens = "".join(str(at // 10 % 10) if at % 10 == 0 else " " for at in range(1, len(cases) + 1))
    shown: list[tuple[str, ...]] = [("", "", "right", "noted", "wrong", tens)]
    for row in rows:
        counts = (row.marks.count(RIGHT), row.marks.count(NOTED), row.failed)
        shown.append((row.name, row.how, *map(str, counts), row.marks))
    names = [f"{at:>3} {name}" for at, name in enumerate(cases, 1)]
    width = max(map(len, names)) + 2
    listed = ["".join(name.ljust(width) for name in names[at : at + 3]).rstrip() for at in range(0, len(names), 3)]
    reasons = [f"{row.name}: {reason}" for row in rows for reason in row.reasons]
    return "\n".join([align(shown, left=(0, 1, 5)), "", LEGEND, "", *listed, *(["", *reasons] if reasons else [])])


def _checked(name: str, how: str, check: Callable[[Case], object]) -> Row:
    marks, reasons = [], []
    for case in RUNNABLE:
        try:
            check(case)
            marks.append(RIGHT)
        except AssertionError as error:
            marks.append(WRONG)
            reasons.append(f"{case.name}: {_first_line(error)}")
    return Row(name=name, how=how, marks="".join(marks), reasons=tuple(reasons))


def _sent(case: Case) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        formats.test_message_is_the_request_when_sent(case, Path(scratch))


FILES: tuple[tuple[str, Callable[[Case], object]], ...] = (
    ("raw_http", _sent),
    ("har", formats.test_archive_holds_the_request),
    ("http_file", formats.test_http_file_holds_the_request),
    ("postman_item", formats.test_collection_holds_the_request),
)


def _parses(language: parsed.Language) -> Callable[[Case], object]:
    return lambda case: parsed.test_literals_are_what_the_request_says(case, language, "direct")


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)[:200]
