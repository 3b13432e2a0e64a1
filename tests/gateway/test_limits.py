"""Calls at a time and rates, counted in memory."""

from __future__ import annotations

import runpy
from contextlib import ExitStack

import pytest

from playground.cli import serving
from playground.config import RateLimit
from playground.gateway.errors import LimitExceeded
from playground.gateway.limits import AT_ONCE, BoundedMemory, Limits, Rates
from tests.support.needs import ROOT


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_visitor_may_send_so_often_and_is_told_when_again() -> None:
    clock = Clock()
    limits = Limits(RateLimit(count=2, seconds=60), clock=clock)
    for _ in range(2):
        with limits.admit("anna"):
            clock.now += 10
    with pytest.raises(LimitExceeded) as caught, limits.admit("anna"):
        pass
    assert (caught.value.status, caught.value.retry_after) == (429, 40)
    assert str(caught.value) == "You have sent too many requests: try again in 40 seconds."
    with limits.admit("bert"):
        pass
    clock.now += 40
    with limits.admit("anna"):
        pass


def test_without_a_rate_only_concurrency_counts() -> None:
    limits = Limits(caps={"visitor": 2})
    for _ in range(100):
        with limits.admit("anna"):
            pass
    with ExitStack() as stack:
        stack.enter_context(limits.admit("anna"))
        stack.enter_context(limits.admit("anna"))
        with pytest.raises(LimitExceeded) as caught, limits.admit("anna"):
            pass
        assert (caught.value.status, caught.value.retry_after) == (429, 1)
        with limits.admit("bert"):
            pass
    with limits.admit("anna"):
        pass


def test_five_hundred_visitors_may_wait_for_one_api_and_leave_room_and_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = Limits()
    with ExitStack() as stack:
        for number in range(500):
            stack.enter_context(limits.admit(str(number), "slow.example", "slow"))
        for number in range(100):
            stack.enter_context(limits.admit(str(number), "other.example", "other"))
    monkeypatch.delenv("WEB_CONCURRENCY", raising=False)
    gunicorn = runpy.run_path(str(ROOT / "deploy" / "gunicorn.conf.py"))
    assert min(serving._THREADS, gunicorn["threads"]) >= AT_ONCE["all"] + 32 > AT_ONCE["host"] + 96


def test_one_slow_api_does_not_take_every_place() -> None:
    limits = Limits(caps={"all": 3, "host": 2})
    with ExitStack() as stack:
        for visitor in ("a", "b"):
            stack.enter_context(limits.admit(visitor, "slow.example"))
        with pytest.raises(LimitExceeded) as caught, limits.admit("c", "slow.example"):
            pass
        assert caught.value.status == 503
        stack.enter_context(limits.admit("c", "fast.example"))
        with pytest.raises(LimitExceeded), limits.admit("d", "other.example"):
            pass
    with limits.admit("d", "slow.example"):
        pass


def test_a_failed_call_gives_its_place_back() -> None:
    limits = Limits(caps={"all": 1})
    for _ in range(3):
        with pytest.raises(RuntimeError), limits.admit("anna"):
            raise RuntimeError


def test_a_refused_call_costs_nothing() -> None:
    clock = Clock()
    limits = Limits(RateLimit(count=1, seconds=10), clock=clock, caps={"all": 1})
    with limits.admit("anna"), pytest.raises(LimitExceeded), limits.admit("bert"):
        pass
    with limits.admit("bert"):
        pass


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
    monkeypatch.setattr("playground.gateway.limits.MOST_NAMES", 3)
    storage = BoundedMemory(Clock())
    rates = Rates(storage, Clock())
    for number in range(10):
        assert rates.hit(("visitor", str(number)), RateLimit(count=1, seconds=1000)) == 0
    assert len(storage) == 3
