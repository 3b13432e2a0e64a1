"""What was worked out lately is kept within bounds."""

from __future__ import annotations

from playground.sandbox.lately import Lately


def test_the_latest_stay_and_together_they_weigh_no_more_than_said() -> None:
    kept: Lately[str] = Lately(1000)
    for number in range(200):
        kept.put(number, str(number), 10)
        kept.get(0)
    assert kept.get(0) == "0", "it was asked for all the time"
    assert kept.get(199) == "199"
    assert [number for number in range(200) if kept.get(number) is not None] == [0, *range(101, 200)]


def test_one_that_alone_takes_much_is_not_kept() -> None:
    kept: Lately[str] = Lately(1000)
    kept.put("large", "x", 11)
    kept.put("small", "x", 10)
    assert (kept.get("large"), kept.get("small")) == (None, "x")


def test_a_value_put_again_is_weighed_once() -> None:
    kept: Lately[str] = Lately(1000)
    kept.put("other", "x", 10)
    for _ in range(500):
        kept.put("same", "x", 10)
    assert kept.get("other") == "x"
