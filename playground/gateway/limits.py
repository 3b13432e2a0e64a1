"""How much one visitor, one API host, one provider and all together may send: rates, and calls at a time.

Rates are counted by the package `limits`, in memory for one process or in Redis for several. Calls
at a time are our own: they are no rate, and a place must become free again when a worker is killed, so in Redis it is
a lease that runs out.
"""

from __future__ import annotations

import logging
import math
import threading
import time
import uuid
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar

from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter

from playground.config import RateLimit, Scope, Settings, SettingsError, SharedScope
from playground.gateway.errors import LimitExceeded
from playground.text.wording import say, say_many

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
    """The moments of the last hits of at most `MOST_NAMES` names; the name hit longest ago is forgotten first.

    The storage in memory that `limits` brings forgets no name before its window ends, and searches all of them in a
    thread after each hit: 200,000 visitors (one IPv6 network has more addresses) cost 92 MB, and 20 ms of processor
    time for each call.
    """

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


if TYPE_CHECKING:
    from playground.gateway.limits import Rates

log = logging.getLogger("playground.limits")

T = TypeVar("T")
Key: TypeAlias = tuple[Scope, str]
"""Whose calls are counted: a scope and a name in it, such as `("host", "api.example.com")`."""

LONGEST_NAME = 255
AT_ONCE: Mapping[Scope, int] = {"visitor": 16, "host": 512, "provider": 512, "all": 640}
"""Calls at a time where nothing else is configured. One slow API leaves room for the others, and all calls together
leave threads of the server for the pages (`playground.cli.serving`, deploy/gunicorn.conf.py)."""
AWAY = say("Requests cannot be counted right now, so none is sent: try again in a few seconds.")
PREFIX = "playground"

_REDIS_SECONDS = 0.5
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


class Counts(Protocol):
    """Where calls are counted."""

    def begin(self, keys: tuple[Key, ...], caps: Mapping[Scope, int]) -> tuple[str, Scope | None]:
        """Count one call under way for every key and return its name for `end`; or the scope that is full."""

    def end(self, keys: tuple[Key, ...], name: str) -> None:
        """Count a call no longer."""

    def hit(self, key: Key, rate: RateLimit) -> float:
        """Count one call against a rate; return 0, or the seconds to wait where there were too many."""

    def is_there(self) -> bool:
        """Return whether calls can be counted now."""


class Limits:
    """Rate and concurrency caps; `admit` never waits for room."""

    def __init__(
        self,
        rate: RateLimit | None = None,
        *,
        rates: Mapping[SharedScope, RateLimit] | None = None,
        caps: Mapping[Scope, int] | None = None,
        counts: Counts | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make limits: `rate` is a visitor's, `rates` those of other scopes, `caps` replace `AT_ONCE` by scope."""
        self._rates: dict[Scope, RateLimit] = {}
        self._rates.update((rates or {}).items())
        if rate is not None:
            self._rates["visitor"] = rate
        self._caps: dict[Scope, int] = {**AT_ONCE, **(caps or {})}
        self._counts = counts or MemoryCounts(clock)

    @contextmanager
    def admit(self, visitor: str, host: str = "", provider: str = "") -> Iterator[None]:
        """Count one call while the block runs. Raises `LimitExceeded`: 429 for a visitor, 503 for the rest.

        A call without a host (the sandbox) is not counted for one.
        """
        named: tuple[Key, ...] = (("visitor", visitor), ("host", host), ("provider", provider), ("all", "all"))
        keys = tuple((scope, name[:LONGEST_NAME]) for scope, name in named if name)
        call, full = self._counts.begin(keys, self._caps)
        if full is not None:
            raise _too_many_at_once(full)
        try:
            self._check_rates(keys)
            yield
        finally:
            self._counts.end(keys, call)

    def can_count(self) -> bool:
        """Return whether calls can be counted now; where they cannot, none is sent."""
        return self._counts.is_there()

    def _check_rates(self, keys: tuple[Key, ...]) -> None:
        for key in keys:
            rate = self._rates.get(key[0])
            if rate is not None and (wait := self._counts.hit(key, rate)) > 0:
                raise _too_many(key[0], max(1, math.ceil(wait)))


def limits_from(settings: Settings) -> Limits:
    """Return the limits of a process: counted in Redis where there is one, else by each process for itself.

    Raises `SettingsError` if Redis is asked for and its package is not installed.
    """
    counts = None
    if settings.redis_url is not None:
        # What a call may take altogether, its upload and its answer to a slow visitor included.
        counts = RedisCounts(settings.redis_url, lease=settings.send_timeout * 2 + 60)
    return Limits(settings.rate_limit, rates=settings.rate_limits, caps=settings.concurrency, counts=counts)


class MemoryCounts:
    """Counts of one process. `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._running: Counter[Key] = Counter()
        self._lock = threading.Lock()
        self._clock = clock

    def begin(self, keys: tuple[Key, ...], caps: Mapping[Scope, int]) -> tuple[str, Scope | None]:
        """Count one call under way for every key; or return the scope that is full."""
        with self._lock:
            for key in keys:
                if self._running[key] >= caps[key[0]]:
                    return "", key[0]
            self._running.update(keys)
        return "", None

    def end(self, keys: tuple[Key, ...], name: str) -> None:
        """Count a call no longer."""
        with self._lock:
            self._running.subtract(keys)
            for key in keys:
                if self._running[key] <= 0:
                    del self._running[key]

    def hit(self, key: Key, rate: RateLimit) -> float:
        """Count one call against a rate; return 0, or the seconds to wait where there were too many."""
        return self._rates.hit(key, rate)

    def is_there(self) -> bool:
        """Return true: memory is always there."""
        return True

    @cached_property
    def _rates(self) -> Rates:
        # Most sites set no rate, and `limits` takes 60 ms to import.
        from playground.gateway.limits import BoundedMemory, Rates

        return Rates(BoundedMemory(self._clock), self._clock)


class RedisCounts:
    """Counts in Redis. `lease` is the seconds after which a call that never ended is forgotten.

    Where Redis does not answer, nothing is sent: a limit that cannot be counted is not kept.
    """

    def __init__(self, url: str, *, lease: float) -> None:
        """Prepare the connection; it is made when it is needed. Raises `SettingsError` if something is missing."""
        try:
            import redis
        except ImportError:
            raise SettingsError(
                "PLAYGROUND_REDIS_URL needs one more package: install tryit-playground[redis]."
            ) from None
        try:
            self._redis: Any = redis.Redis.from_url(
                url,
                socket_timeout=_REDIS_SECONDS,
                socket_connect_timeout=_REDIS_SECONDS,
                retry=None,
                health_check_interval=15,
            )
        except ValueError:
            raise SettingsError(
                "PLAYGROUND_REDIS_URL has a value that cannot be used: write a URL like redis://cache:6379/0."
            ) from None
        self._url = url
        self._errors: tuple[type[Exception], ...] = (redis.RedisError, OSError)
        self._lease = lease

    def begin(self, keys: tuple[Key, ...], caps: Mapping[Scope, int]) -> tuple[str, Scope | None]:
        """Take a place under every key, or return the scope that is full. Raises `LimitExceeded` if Redis is away."""
        name, now = uuid.uuid4().hex, time.time()
        names = [_running(key) for key in keys]
        limits = [caps[scope] for scope, _ in keys]
        full = int(
            self._ask(lambda: self._redis.eval(_TAKE, len(names), *names, now, now + self._lease, name, *limits))
        )
        return name, keys[full - 1][0] if full else None

    def end(self, keys: tuple[Key, ...], name: str) -> None:
        """Give the places back; if Redis is away by now, they run out by themselves."""
        try:
            with self._redis.pipeline(transaction=False) as pipeline:
                for key in keys:
                    pipeline.zrem(_running(key), name)
                pipeline.execute()
        except self._errors as error:
            log.warning("a place could not be given back: %s", type(error).__name__)

    def hit(self, key: Key, rate: RateLimit) -> float:
        """Count one call against a rate; return 0, or the seconds to wait. Raises `LimitExceeded` if Redis is away."""
        return self._ask(lambda: self._rates.hit(key, rate))

    def is_there(self) -> bool:
        """Return whether Redis answers, within half a second."""
        try:
            return bool(self._redis.ping())
        except self._errors:
            return False

    def close(self) -> None:
        """Close the connections to Redis."""
        self._redis.close()
        self._redis.connection_pool.disconnect()

    @cached_property
    def _rates(self) -> Rates:
        # Made with the first hit: the storage asks the server for its version, and the site may start before Redis.
        from playground.gateway.limits import Rates, redis_storage

        return Rates(redis_storage(self._url, self._redis.connection_pool, f"{PREFIX}:rate"), time.time)

    def _ask(self, ask: Callable[[], T]) -> T:
        try:
            return ask()
        except self._errors as error:
            # Its text may hold the URL with its password.
            log.error("the limits cannot be counted: %s", type(error).__name__)
            raise LimitExceeded(AWAY, status=503, retry_after=5, limit="not_counted") from None


def _running(key: Key) -> str:
    return f"{PREFIX}:running:{key[0]}:{key[1]}"


_AT_ONCE: dict[str, str] = {
    "visitor": say("You have too many requests under way: wait for one to finish."),
    "host": say("Too many requests to this API's server are under way here: try again soon."),
    "provider": say("Too many requests to this API are under way here: try again soon."),
    "all": say("Too many requests are under way here: try again soon."),
}


def _too_many_at_once(scope: Scope) -> LimitExceeded:
    limit = f"{scope}_at_once"
    if scope == "visitor":
        return LimitExceeded(_AT_ONCE[scope], status=429, retry_after=1, limit=limit)
    return LimitExceeded(_AT_ONCE[scope], status=503, retry_after=2, limit=limit)


def _too_many(scope: Scope, wait: int) -> LimitExceeded:
    when = say_many("try again in %(num)s second.", "try again in %(num)s seconds.", wait)
    if scope == "visitor":
        sentence = say("You have sent too many requests: %(when)s", when=when)
    elif scope == "host":
        sentence = say("Too many requests to this API's server were sent from here: %(when)s", when=when)
    elif scope == "provider":
        sentence = say("Too many requests to this API were sent from here: %(when)s", when=when)
    else:
        sentence = say("Too many requests were sent from here: %(when)s", when=when)
    return LimitExceeded(sentence, status=429, retry_after=wait, limit=f"{scope}_rate")
