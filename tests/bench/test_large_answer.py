"""The story of a large answer in a browser: every step shows what it is for, whatever time it takes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from bench.large_answer import body_of, figures, story
from tests.support.needs import need_chromium

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.long
def test_a_large_answer_is_scrolled_found_in_filtered_and_seen_by_every_view() -> None:
    # In a thread of its own: the browser of other tests in this process holds the loop of this one.
    with ThreadPoolExecutor(1) as alone:
        first, steps = alone.submit(story, 5_000, need_chromium()).result()
    assert first > 0
    assert [step.name for step in steps] == [
        "send", "scroll", "more rows", "find", "find what is often", "next", "filter", "all of it again",
        "table", "text", "raw", "hex", "tree",
    ]  # fmt: skip
    assert all(step.worked > 0 for step in steps)


def test_rows_are_as_many_as_are_asked_for() -> None:
    assert body_of(3).count(b"row number") == 3
    assert len(body_of(434_782)) > 50_000_000


def test_without_a_browser_there_is_no_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert figures(10, "x") == []
