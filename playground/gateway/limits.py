"""How much one visitor, one API host, one provider and everybody together may send: rates, and calls at a time.

Counted in memory for one process (`MemoryCounts`), or in Redis for many (`playground.gateway.shared_limits`).
"""

from __future__ import annotations

import math
import threading
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol, TypeAlias

from playground.config import RateLimit, Scope, SharedScope
from playground.gateway.errors import LimitExceeded
from playground.text.wording import say, say_many

Key: TypeAlias = tuple[Scope, str]
"""Whose calls are counted: a scope and a name in it, such as `("host", "api.example.com")`."""

MOST_NAMES = 50_000
LONGEST_NAME = 255
AT_ONCE: Mapping[Scope, int] = {"visitor": 16, "host": 512, "provider": 512, "all": 640}
"""Calls at a time where nothing else is configured. One slow API leaves room for the others, and all calls together
leave threads of the server for the pages (`playground.cli.serving`, deploy/gunicorn.conf.py)."""


class Counts(Protocol):
    """Where calls are counted."""

    def begin(self, keys: tuple[Key, ...], caps: Mapping[Scope, int]) -> tuple[str, Scope | None]:
        """Count one call under way for every key and return what names it to `end`; or the scope that is full."""

    def end(self, keys: tuple[Key, ...], name: str) -> None:
        """Count a call no longer."""

    def hit(self, key: Key, rate: RateLimit) -> float:
        """Count one call against a rate; return 0, or the seconds to wait where there were too many."""


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
        """Count one call for as long as the block runs. Raises `LimitExceeded`: 429 for a visitor, 503 for the rest.

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

    def _check_rates(self, keys: tuple[Key, ...]) -> None:
        for key in keys:
            rate = self._rates.get(key[0])
            if rate is not None and (wait := self._counts.hit(key, rate)) > 0:
                raise _too_many(key[0], max(1, math.ceil(wait)))


class MemoryCounts:
    """Counts of one process. `clock` counts seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._running: Counter[Key] = Counter()
        self._sent: OrderedDict[Key, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, keys: tuple[Key, ...], caps: Mapping[Scope, int]) -> tuple[str, Scope | None]:
        """Count one call under way for every key; or say which scope is full."""
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
        with self._lock:
            now = self._clock()
            sent = self._sent.setdefault(key, deque())
            self._sent.move_to_end(key)
            while len(self._sent) > MOST_NAMES:
                self._sent.popitem(last=False)
            while sent and sent[0] <= now - rate.seconds:
                sent.popleft()
            if len(sent) >= rate.count:
                return sent[0] + rate.seconds - now
            sent.append(now)
            return 0.0

    @property
    def under_way(self) -> int:
        """How many calls run now."""
        with self._lock:
            return self._running[("all", "all")]


_AT_ONCE: dict[str, str] = {
    "visitor": say("You have too many requests under way: wait for one to finish."),
    "host": say("Too many requests to this API's server are under way here: try again soon."),
    "provider": say("Too many requests to this API are under way here: try again soon."),
    "all": say("Too many requests are under way here: try again soon."),
}


def _too_many_at_once(scope: Scope) -> LimitExceeded:
    if scope == "visitor":
        return LimitExceeded(_AT_ONCE[scope], status=429, retry_after=1)
    return LimitExceeded(_AT_ONCE[scope], status=503, retry_after=2)


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
    return LimitExceeded(sentence, status=429, retry_after=wait)
