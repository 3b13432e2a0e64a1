"""Limits in Redis: one count for many processes, places that run out, and nothing sent while Redis is away."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from playground.config import RateLimit, SettingsError
from playground.gateway.errors import LimitExceeded
from playground.gateway.limits import AWAY, Limits, RedisCounts
from tests.support.redis_server import Redis, redis_in


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    with redis_in(tmp_path) as one:
        yield one


def limits(redis: Redis, lease: float = 30.0, **given: object) -> Limits:
    """Limits as a process of its own would have them."""
    redis.counts.append(RedisCounts(redis.url, lease=lease))
    return Limits(counts=redis.counts[-1], **given)  # type: ignore[arg-type]


def test_processes_share_places_and_rates(redis: Redis) -> None:
    one, other = (limits(redis, caps={"visitor": 2}) for _ in range(2))
    with ExitStack() as stack:
        stack.enter_context(one.admit("anna", "api.example"))
        stack.enter_context(other.admit("anna", "api.example"))
        for mine in (one, other):
            with pytest.raises(LimitExceeded) as caught, mine.admit("anna"):
                pass
            assert (caught.value.status, caught.value.retry_after) == (429, 1)
        with other.admit("bert", "api.example"):
            pass
    with one.admit("anna"):
        pass
    one, other = (limits(redis, rate=RateLimit(count=2, seconds=86_400)) for _ in range(2))
    for mine in (one, other):
        with mine.admit("carl"):
            pass
    with pytest.raises(LimitExceeded) as caught, one.admit("carl"):
        pass
    assert caught.value.status == 429
    assert 80_000 <= caught.value.retry_after <= 86_400
    assert str(caught.value).startswith("You have sent too many requests: try again in ")


@pytest.mark.parametrize("scope", ["host", "provider", "all"])
def test_every_scope_has_a_place_and_a_rate(redis: Redis, scope: str) -> None:
    full = limits(redis, caps={scope: 1})
    with full.admit("a", "h", "p"), pytest.raises(LimitExceeded) as caught, full.admit("b", "h", "p"):
        pass
    assert (caught.value.status, caught.value.retry_after) == (503, 2)
    often = limits(redis, rates={scope: RateLimit(count=1, seconds=3600)})
    with often.admit("a", "h", "p"):
        pass
    with pytest.raises(LimitExceeded) as caught, often.admit("b", "h", "p"):
        pass
    assert caught.value.status == 429


def test_the_place_of_a_killed_worker_is_free_again_when_its_lease_is_over(redis: Redis) -> None:
    other = limits(redis, caps={"visitor": 1})
    for lease in (0.6, 6.0, 60.0):  # on a slow machine a short one may be over before anybody asks
        begun = time.monotonic()
        killed = limits(redis, lease=lease, caps={"visitor": 1}).admit("anna")
        killed.__enter__()
        if not _is_admitted(other):
            break
        assert time.monotonic() - begun > lease
    else:
        pytest.fail("the place was never taken")
    while not _is_admitted(other):
        time.sleep(0.05)
    assert time.monotonic() - begun > lease - 0.1


def _is_admitted(by: Limits) -> bool:
    with contextlib.suppress(LimitExceeded), by.admit("anna"):
        return True
    return False


def test_while_redis_is_away_nothing_is_admitted_and_afterwards_everything_is_as_before(redis: Redis) -> None:
    mine = limits(redis, rate=RateLimit(count=100, seconds=60))
    with mine.admit("anna"):
        redis.stop()
    # Leaving the block did not fail either: the place runs out by itself.
    with pytest.raises(LimitExceeded) as caught, mine.admit("anna"):
        pass
    assert (caught.value.status, str(caught.value), caught.value.retry_after) == (503, AWAY, 5)
    redis.start()
    with mine.admit("anna"):
        pass


def test_redis_may_come_later_than_the_site(tmp_path: Path) -> None:
    redis = Redis(tmp_path)
    mine = limits(redis, rate=RateLimit(count=1, seconds=60))
    with pytest.raises(LimitExceeded), mine.admit("anna"):
        pass
    redis.start()
    with mine.admit("anna"):
        pass
    redis.close()


def test_an_url_that_is_none_stops_the_start() -> None:
    with pytest.raises(SettingsError, match="PLAYGROUND_REDIS_URL"):
        RedisCounts("http://127.0.0.1", lease=1)
