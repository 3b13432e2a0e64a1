"""The window of a rate moves, and its memory has a bound."""

from __future__ import annotations

import pytest

from playground.config import RateLimit
from playground.gateway.rates import BoundedMemory, Rates


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_window_moves_with_each_hit() -> None:
    clock = Clock()
    rates, rate = Rates(BoundedMemory(clock), clock), RateLimit(count=2, seconds=10)
    assert rates.hit(("visitor", "anna"), rate) == 0
    clock.now += 4
    assert rates.hit(("visitor", "anna"), rate) == 0
    assert rates.hit(("visitor", "anna"), rate) == 6
    assert rates.hit(("visitor", "bert"), rate) == 0
    assert rates.hit(("host", "anna"), rate) == 0
    clock.now += 6
    assert rates.hit(("visitor", "anna"), rate) == 0
    assert rates.hit(("visitor", "anna"), rate) == 4


def test_the_memory_of_visitors_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.gateway.rates.MOST_NAMES", 3)
    storage = BoundedMemory(Clock())
    rates = Rates(storage, Clock())
    for number in range(10):
        assert rates.hit(("visitor", str(number)), RateLimit(count=1, seconds=1000)) == 0
    assert len(storage) == 3
