"""Rates, counted by the moving window of `limits`: in memory for one process, in Redis for several.

The storage in memory is our own. The one that `limits` brings forgets no name before its window ends, and searches all
of them in a thread after each hit: 200,000 visitors (one IPv6 network has more addresses) cost 92 MB, and 20 ms of
processor time for each call.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Any

from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter

from playground.config import RateLimit

MOST_NAMES = 50_000


class Rates:
    """A moving window over a storage; `clock` counts seconds as the storage does."""

    def __init__(self, storage: MemoryStorage | RedisStorage, clock: Callable[[], float]) -> None:
        self._limiter = MovingWindowRateLimiter(storage)
        self._clock = clock

    def hit(self, key: tuple[str, str], rate: RateLimit) -> float:
        """Count one call; return 0, or the seconds to wait where there were too many."""
        item = RateLimitItemPerSecond(rate.count, rate.seconds)
        if self._limiter.hit(item, *key):
            return 0.0
        reset = float(self._limiter.get_window_stats(item, *key).reset_time)
        return max(0.001, reset - self._clock())


class BoundedMemory(MemoryStorage):
    """The moments of the last hits of at most `MOST_NAMES` names; the name hit longest ago is forgotten first."""

    def __init__(self, clock: Callable[[], float]) -> None:
        super().__init__()
        self._clock = clock
        self._moments: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count `amount` hits unless that makes more than `limit` in the last `expiry` seconds."""
        with self._lock:
            now = self._clock()
            moments = self._moments.setdefault(key, deque())
            self._moments.move_to_end(key)
            while len(self._moments) > MOST_NAMES:
                self._moments.popitem(last=False)
            while moments and moments[0] <= now - expiry:
                moments.popleft()
            if len(moments) + amount > limit:
                return False
            moments.extend([now] * amount)
            return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """Return when the oldest hit of the last `expiry` seconds was, and how many there are."""
        with self._lock:
            now = self._clock()
            moments = [moment for moment in self._moments.get(key, ()) if moment > now - expiry]
        return (moments[0], len(moments)) if moments else (now, 0)

    def __len__(self) -> int:
        return len(self._moments)


def redis_storage(url: str, pool: Any, prefix: str) -> RedisStorage:
    """Return the storage in Redis that uses a pool of connections. Raises `redis.RedisError` where Redis is away."""
    return RedisStorage(url, connection_pool=pool, key_prefix=prefix, wrap_exceptions=False)
