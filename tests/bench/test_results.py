"""`make bench` writes every figure down, and `make bench-check` fails where a ratio or a size exceeds its bound."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from bench import results
from bench.__main__ import FORMS, OTHERS, TABLES, TIMED
from bench.descriptions import stripe
from bench.results import GROUPS, check, write


def test_a_group_is_a_call_of_the_bench_that_there_is() -> None:
    known = {*TIMED, *TABLES, *FORMS, *OTHERS}
    assert {word for group in GROUPS for word in group.arguments} <= known


def test_results_stand_with_date_and_verdict(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[tuple[str, ...]] = []

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        asked.append(tuple(command[3:]))
        return subprocess.CompletedProcess(command, int("growth" in command), f"figures of {command[-1]}\n")

    monkeypatch.setattr("bench.results.subprocess.run", run)
    assert write(("page", "form"), fetches=False, to=tmp_path / "some.md")
    assert asked == [("import", "page", "snippet"), ("form",)]
    assert not write((), fetches=False, to=tmp_path / "all.md")
    assert ("peers",) not in asked
    text = (tmp_path / "all.md").read_text()
    assert "Written by `make bench` on 20" in text
    assert "`python -m bench form`: within its bounds." in text
    assert "`python -m bench growth`: a bound is exceeded: see OVER." in text
    assert "figures of snippet" in text


def test_what_is_checked_hangs_on_no_clock_on_the_wall(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "CHECKED", 2)
    text, _ = check(stripe(real=False)[1])
    names = [line.split("  ")[0] for line in text.splitlines()[1:4]]
    assert all(name.endswith(", processor") for name in names)
    assert "own scripts, compressed" in text


def test_a_bound_that_is_exceeded_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "CHECKED", 1)
    monkeypatch.setattr("bench.pages.PROCESSOR", {"page": 0.0, "first": 100.0, "snippet": 100.0})
    text, within = check(stripe(real=False)[1])
    assert not within
    assert "OVER" in text
