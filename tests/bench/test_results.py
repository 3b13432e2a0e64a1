"""`make bench` writes every figure down, and `make bench-check` fails where a ratio or a size exceeds its bound."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from bench import results
from bench.__main__ import FORMS, OTHERS, TABLES, TIMED
from bench.descriptions import stripe
from bench.figures import Figure, Sample
from bench.results import GROUPS, check, write


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Return the words of each call of the bench, none of which measures anything; `growth` finds a bound exceeded."""
    calls: list[tuple[str, ...]] = []

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        calls.append(tuple(command[3:]))
        return subprocess.CompletedProcess(command, int("growth" in command), f"figures of {' '.join(command[3:])}\n")

    monkeypatch.setattr("bench.results.subprocess.run", run)
    return calls


def test_results_stand_with_date_and_verdict(asked: list[tuple[str, ...]], tmp_path: Path) -> None:
    assert write(("page", "form"), to=tmp_path / "some.md")
    assert asked == [("import", "page", "snippet"), ("form",)]
    assert not write((), to=tmp_path / "all.md")
    assert {group.arguments for group in GROUPS if not group.needs} <= set(asked)
    assert {group.arguments for group in GROUPS if group.needs}.isdisjoint(asked)
    text = (tmp_path / "all.md").read_text()
    assert re.search(r"`python -m bench form`, 20\d\d-\d\d-\d\d, Python 3.*, load [\d.]+: within its bounds\.", text)
    assert re.search(r"`python -m bench growth`, 20.*: a bound is exceeded: see OVER\.", text)
    assert "figures of import page snippet" in text
    assert "`python -m bench corpus`: not measured yet (it needs a --folder)." in text


def test_what_is_not_measured_again_stays(asked: list[tuple[str, ...]], tmp_path: Path) -> None:
    path = tmp_path / "some.md"
    assert write(("peers", "corpus"), folder=tmp_path, to=path)
    assert asked == [("peers",), ("corpus", "--folder", str(tmp_path))]
    before = path.read_text()
    assert write(("form",), to=path)
    after = path.read_text()
    assert "figures of form" in after
    for heading, text in results._sections(path).items():
        assert (text in before) is ("bench form" not in text), heading
    headings = [line for line in after.splitlines() if line.startswith("## ")]
    assert headings == [f"## {group.about}" for group in GROUPS]


def test_a_group_is_a_call_of_the_bench_that_there_is() -> None:
    assert {word for group in GROUPS for word in group.arguments} <= {*TIMED, *TABLES, *FORMS, *OTHERS}


def test_a_figure_of_no_group_has_a_section_of_its_own(asked: list[tuple[str, ...]], tmp_path: Path) -> None:
    path = tmp_path / "some.md"
    assert write(("fresh",), to=path)
    assert write(("form",), to=path)
    assert asked == [("fresh",), ("form",)]
    assert path.read_text().count("## Fresh\n\n`python -m bench fresh`, 20") == 1


def test_the_results_that_are_kept_can_be_read_again() -> None:
    kept = results._sections(results.RESULTS)
    assert {group.about for group in GROUPS[:3]} <= kept.keys()
    assert all(text.startswith("`python -m bench ") for text in kept.values())


def test_what_is_checked_hangs_on_no_clock_on_the_wall_and_fails_over_its_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(results, "CHECKED", 1)
    monkeypatch.setattr("bench.pages.WORST", {"page": 0.0, "first": 100.0, "snippet": 100.0})
    text, within = check(stripe(real=False)[1])
    assert not within
    assert "OVER" in text
    names = [line.split("  ")[0] for line in text.splitlines()[1:4]]
    assert all(name.endswith(", processor") for name in names)
    assert "own scripts, compressed" in text


@pytest.mark.parametrize(("ratios", "within"), [((9, 2), True), ((9, 9, 2), True), ((9, 9, 9, 2), False)])
def test_what_is_over_its_bound_is_measured_again(
    monkeypatch: pytest.MonkeyPatch, ratios: tuple[int, ...], within: bool
) -> None:
    left = iter(ratios)

    def measured(*_: object, **__: object) -> list[Figure]:
        kept = Sample(name="kept", seconds=(1.0,))
        slow = Sample(name="slow at first", seconds=(float(next(left)),))
        empty = Sample(name="empty", seconds=(1.0,))
        return [
            Figure(measured=kept, reference=empty, bound=1.0),
            Figure(measured=slow, reference=empty, bound=3.0),
        ]

    monkeypatch.setattr("bench.pages.figures", measured)
    assert check(b"{}")[1] is within
