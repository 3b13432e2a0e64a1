"""Texts of a format have it; times are written as the description writes them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from playground.schema.keywords.formats import FORMATS, format_problem
from playground.values.draw import Draw
from playground.values.formats import format_text, like_time, moment
from playground.values.scene import Scene

NOW = datetime(2026, 11, 30, tzinfo=UTC)
WHEN = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.mark.parametrize("name", sorted(name for name, known in FORMATS.items() if known.check is not None))
@pytest.mark.parametrize("seed", range(5))
def test_a_text_has_its_format(name: str, seed: int) -> None:
    text = format_text(name, "x", Scene(Draw(seed), NOW))
    assert text is not None
    assert format_problem(name, text) == ""


def test_an_unknown_format_is_left_to_others() -> None:
    assert format_text("made-up", "x", Scene(Draw(1), NOW)) is None


@pytest.mark.parametrize(
    ("example", "written"),
    [
        ("2011-01-26T19:01:12Z", "2026-03-04T05:06:07Z"), ("2011-01-26", "2026-03-04"),
        ("2011-01-26T19:01:12+00:00", "2026-03-04T05:06:07+00:00"),
        ("2011-01-26T19:01:12.123Z", "2026-03-04T05:06:07.000Z"),
        ("2011-01-26T19:01:12.123456+0000", "2026-03-04T05:06:07.000000+0000"),
        ("2011-01-26 19:01:12", "2026-03-04 05:06:07"),
        ("Wed, 26 Jan 2011 19:01:12 GMT", "Wed, 04 Mar 2026 05:06:07 GMT"),
        ("yesterday", None), ("12", None), ("2011-13-99", None),
    ],
)  # fmt: skip
def test_a_time_is_written_like_the_example(example: str, written: str | None) -> None:
    assert like_time(example, WHEN) == written


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("now", [NOW, datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 2, 29, tzinfo=UTC)])
def test_times_have_their_order(seed: int, now: datetime) -> None:
    scene = Scene(Draw(seed), now)
    created, updated, due = (moment(name, scene) for name in ("created_at", "lastModified", "expires_at"))
    assert created.year == now.year
    assert created <= updated <= now < due
