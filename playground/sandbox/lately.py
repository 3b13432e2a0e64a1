"""What was worked out lately and may be asked for again, within bounds; safe between threads."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Lately(Generic[T]):
    """The values of the latest keys. Each has a weight; together they weigh at most `most`."""

    def __init__(self, most: int) -> None:
        """Begin with nothing."""
        self._most = most
        self._weight = 0
        self._values: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> T | None:
        """Return a key's value, which then counts as the latest; `None` if there is none."""
        with self._lock:
            known = self._values.get(key)
            if known is None:
                return None
            self._values.move_to_end(key)
            return known[0]

    def put(self, key: Hashable, value: T, weight: int = 1) -> None:
        """Keep a value, unless it alone would take more than a hundredth of all there may be."""
        if weight * 100 > self._most:
            return
        with self._lock:
            before = self._values.pop(key, None)
            self._weight += weight - (before[1] if before is not None else 0)
            self._values[key] = (value, weight)
            while self._weight > self._most:
                _, (_, lost) = self._values.popitem(last=False)
                self._weight -= lost
