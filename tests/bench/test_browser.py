"""The browser's figures: what counts as within a bound, and what is measured when there is a Chromium."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bench.browser import Bound, report
from bench.descriptions import stripe
from tests.support.needs import need_chromium


@pytest.mark.parametrize(("value", "kept"), [(0.0, True), (2.0, True), (2.001, False)])
def test_a_figure_is_within_its_bound_or_not(value: float, kept: bool) -> None:
    assert Bound(name="x", value=value, unit="", bound=2.0).kept is kept


def test_without_chromium_a_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.browser.shutil.which", lambda name: None)
    text, kept = report("stripe.json", b"{}", 1, tmp_path)
    assert text == "The browser's figures are skipped: this machine has no Chromium."
    assert kept


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_what_does_not_depend_on_the_machine_is_within_its_bounds(tmp_path: Path) -> None:
    need_chromium()
    name, data = stripe(real=False)
    with ThreadPoolExecutor(1) as apart:  # this thread may have a browser of the other tests open
        text, _ = apart.submit(report, name, data, 1, tmp_path, others=False).result()
    lines = {line[:50].rstrip(): line for line in text.splitlines()}
    for figure in (
        "Stripe: transfer",
        "Stripe: requests",
        "Stripe: layout shift",
        "Stripe, a letter typed: transfer",
        "updates asked for per typed word",
        "own scripts, compressed",
        "stylesheets, compressed",
    ):
        (line,) = [line for start, line in lines.items() if start.startswith(figure)]
        assert "OVER" not in line, line
    for time in ("Stripe: time to a form one can type in", "Stripe: time until a typed letter is painted"):
        assert any(line.startswith(time) for line in lines)
