"""How much one visitor, one API and everybody together may send at a time; kept in memory, for one process."""

from __future__ import annotations

import math
import threading
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playground.config import RateLimit
from playground.gateway.errors import LimitExceeded

MOST_VISITORS = 50_000


class Limits:
    """Rate and concurrency caps; `admit` never waits. `clock` counts seconds."""

    def __init__(
        self,
        rate: RateLimit | None = None,
        *,
        at_once: int = 256,
        at_once_per_visitor: int = 16,
        at_once_per_host: int = 64,
        at_once_per_provider: int = 64,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rate = rate
        self._caps = {
            "all": at_once,
            "visitor": at_once_per_visitor,
            "host": at_once_per_host,
            "provider": at_once_per_provider,
        }
        self._clock = clock
        self._running: Counter[tuple[str, str]] = Counter()
        self._sent: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    @contextmanager
    def admit(self, visitor: str, host: str = "", provider: str = "") -> Iterator[None]:
        """Count one call for as long as the block runs. Raises `LimitExceeded`: 429 for a visitor, 503 for the rest."""
        keys = [("visitor", visitor), ("host", host), ("provider", provider), ("all", "")]
        with self._lock:
            self._check_running(keys)
            self._check_rate(visitor)
            self._running.update(keys)
        try:
            yield
        finally:
            with self._lock:
                self._running.subtract(keys)
                for key in keys:
                    if self._running[key] <= 0:
                        del self._running[key]

    def _check_running(self, keys: list[tuple[str, str]]) -> None:
        for key in keys:
            if self._running[key] < self._caps[key[0]]:
                continue
            if key[0] == "visitor":
                raise LimitExceeded(
                    "You have too many requests under way: wait for one to finish.", status=429, retry_after=1
                )
            raise LimitExceeded("Too many requests are under way here: try again soon.", status=503, retry_after=2)

    def _check_rate(self, visitor: str) -> None:
        if self._rate is None:
            return
        now = self._clock()
        sent = self._sent.setdefault(visitor, deque())
        self._sent.move_to_end(visitor)
        while len(self._sent) > MOST_VISITORS:
            self._sent.popitem(last=False)
        while sent and sent[0] <= now - self._rate.seconds:
            sent.popleft()
        if len(sent) >= self._rate.count:
            wait = max(1, math.ceil(sent[0] + self._rate.seconds - now))
            unit = "second" if wait == 1 else "seconds"
            raise LimitExceeded(
                f"You have sent too many requests: try again in {wait} {unit}.", status=429, retry_after=wait
            )
        sent.append(now)
