"""Limits that several processes share, counted in Redis: rates by `limits`, Flask-Limiter's engine, places by a script.

A place taken is a lease that runs out, so a worker that is killed in the middle of a call gives its place back. Where
Redis does not answer, nothing is sent: a limit that cannot be counted is not kept.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from playground.config import RateLimit, Scope, SettingsError
from playground.gateway.errors import LimitExceeded
from playground.gateway.limits import Key
from playground.text.wording import say

log = logging.getLogger("playground.limits")

T = TypeVar("T")
AWAY = say("Requests cannot be counted right now, so none is sent: try again in a few seconds.")
PREFIX = "playground"
_SECONDS = 0.5
_TAKE = """
for place, key in ipairs(KEYS) do
  redis.call('ZREMRANGEBYSCORE', key, '-inf', ARGV[1])
  if redis.call('ZCARD', key) >= tonumber(ARGV[3 + place]) then return place end
end
for _, key in ipairs(KEYS) do
  redis.call('ZADD', key, ARGV[2], ARGV[3])
  redis.call('EXPIREAT', key, math.ceil(tonumber(ARGV[2])))
end
return 0
"""


class RedisCounts:
    """Counts in Redis. `lease` is the seconds after which a call that never ended is forgotten."""

    def __init__(self, url: str, *, lease: float) -> None:
        """Prepare the connection; it is made when it is needed. Raises `SettingsError` if something is missing."""
        try:
            import redis
            from limits.storage import RedisStorage
            from limits.strategies import MovingWindowRateLimiter
        except ImportError:
            raise SettingsError(
                "PLAYGROUND_REDIS_URL needs two more packages: install tryit-playground[redis]."
            ) from None
        try:
            self._redis: Any = redis.Redis.from_url(
                url, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS, retry=None, health_check_interval=15
            )
        except ValueError:
            raise SettingsError(
                "PLAYGROUND_REDIS_URL has a value that cannot be used: write a URL like redis://cache:6379/0."
            ) from None
        self._errors: tuple[type[Exception], ...] = (redis.RedisError, OSError)
        self._lease = lease
        # `limits` asks for the server's version as soon as its storage is made, so that is made when Redis is there.
        self._make: Callable[[], Any] = lambda: MovingWindowRateLimiter(
            RedisStorage(
                url, connection_pool=self._redis.connection_pool, key_prefix=f"{PREFIX}:rate", wrap_exceptions=False
            )
        )
        self._limiter: Any = None

    def begin(self, keys: tuple[Key, ...], caps: Mapping[Scope, int]) -> tuple[str, Scope | None]:
        """Take a place under every key, or say which scope is full. Raises `LimitExceeded` where Redis is away."""
        name, now = uuid.uuid4().hex, time.time()
        names = [_running(key) for key in keys]
        limits = [caps[scope] for scope, _ in keys]
        full = int(
            self._ask(lambda: self._redis.eval(_TAKE, len(names), *names, now, now + self._lease, name, *limits))
        )
        return name, keys[full - 1][0] if full else None

    def end(self, keys: tuple[Key, ...], name: str) -> None:
        """Give the places back; where Redis is away by now they run out by themselves."""
        try:
            with self._redis.pipeline(transaction=False) as pipeline:
                for key in keys:
                    pipeline.zrem(_running(key), name)
                pipeline.execute()
        except self._errors as error:
            log.warning("a place could not be given back: %s", type(error).__name__)

    def hit(self, key: Key, rate: RateLimit) -> float:
        """Count one call against a rate; return 0, or the seconds to wait. Raises `LimitExceeded` if Redis is away."""
        from limits import RateLimitItemPerSecond

        item = RateLimitItemPerSecond(rate.count, rate.seconds)

        def count() -> float:
            if self._limiter is None:
                self._limiter = self._make()
            if self._limiter.hit(item, *key):
                return 0.0
            reset = float(self._limiter.get_window_stats(item, *key).reset_time)
            return max(0.001, reset - time.time())

        return self._ask(count)

    def close(self) -> None:
        """Close the connections to Redis."""
        self._redis.close()
        self._redis.connection_pool.disconnect()

    def _ask(self, ask: Callable[[], T]) -> T:
        try:
            return ask()
        except self._errors as error:
            # Its text may hold the URL with its password.
            log.error("the limits cannot be counted: %s", type(error).__name__)
            raise LimitExceeded(AWAY, status=503, retry_after=5) from None


def _running(key: Key) -> str:
    return f"{PREFIX}:running:{key[0]}:{key[1]}"
