"""The bench of answers shows what it measures."""

from __future__ import annotations

import json
from pathlib import Path

from bench.answers import SMALL, _Site, _small


def test_a_small_answer_is_shown_checked_and_asked(tmp_path: Path) -> None:
    site = _Site(tmp_path, json.dumps(SMALL).encode())
    seconds, text = site.fragment()
    assert seconds > 0
    assert "Matches the description." in text
    token = text.split('name="answer" value="', 1)[1].split('"', 1)[0]
    assert site.ask("/answers/view", {"answer": token, "find": "ch_1"}) > 0


def test_the_small_figure_is_a_ratio() -> None:
    figure = _small(3)
    assert (figure.unit, figure.bound) == (" x an empty view", 5.0)
    assert figure.value > 1
