"""The progress line: what it says, and that only a terminal gets it."""

from __future__ import annotations

import io
import time

import pytest

from playground.cli import progress
from playground.cli.progress import Progress


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time that the progress goes by, in seconds."""
    now = [100.0]
    monkeypatch.setattr("playground.cli.progress.time.monotonic", lambda: now[0])
    return now


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_line_counts_steps(clock: list[float]) -> None:
    steps = Progress(4)
    assert steps.line() == "[........................] 0/4  0 s"
    steps.step("parsing")
    assert steps.line() == "[######..................] 1/4  0 s  parsing"


def test_the_line_tells_rate_and_time_left(clock: list[float]) -> None:
    steps = Progress(30, unit="descriptions")
    steps.step("a.json", done=10)
    clock[0] += 5
    assert steps.line() == "[########................] 10/30  2.0 descriptions/s  10 s left  a.json"


def test_time_left_goes_by_what_is_heavy(clock: list[float]) -> None:
    steps = Progress(100, unit="descriptions", weight=1000)
    steps.step("largest.json", weight=500)
    clock[0] += 200
    assert steps.line() == "[############............] 1/100  0.0 descriptions/s  3 min left  largest.json"
    clock[0] -= 195
    for _ in range(99):
        steps.step("small.json", weight=500 / 99)
    assert steps.line().endswith("] 100/100  20 descriptions/s  0 s left  small.json")


def test_an_empty_task_is_done() -> None:
    assert Progress(0).line().startswith("[########################] 0/0")


@pytest.mark.parametrize(("patience", "drawn"), [(0.0, True), (60.0, False)])
def test_a_terminal_sees_it_only_when_it_takes_long(
    monkeypatch: pytest.MonkeyPatch, patience: float, drawn: bool
) -> None:
    terminal = _Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr(progress, "_PATIENCE", patience)
    with Progress(2) as steps:
        steps.step("compiling")
        time.sleep(0.3)
        while drawn and "1/2" not in terminal.getvalue():
            time.sleep(0.02)
    assert ("1/2" in terminal.getvalue()) is drawn
    assert terminal.getvalue().endswith("\r\x1b[K") is drawn


def test_a_file_never_sees_it(monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.StringIO()
    monkeypatch.setattr("sys.stderr", file)
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    with Progress(2):
        time.sleep(0.1)
    assert file.getvalue() == ""
