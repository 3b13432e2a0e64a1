"""A cache of the values used last, bounded and safe between threads: definitions, operations, answers."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class RecentlyUsed(Generic[Key, Value]):
    """The values used last, across threads, bounded by their sizes together; one beyond `largest` is not cached.

    Keys hold the provider's generation, a random text that no other state of any catalogue has.
    """

    def __init__(self, limit: int, largest: int | None = None) -> None:
        self._limit = limit
        self._largest = limit if largest is None else largest
        self._size = 0
        self._values: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Value | None:
        """Return a cached value, or `None`."""
        with self._lock:
            entry = self._values.get(key)
            if entry is None:
                return None
            self._values.move_to_end(key)
            return entry[0]

    def put(self, key: Key, value: Value, size: int = 1) -> None:
        """Cache a value, and drop the ones not used for longest."""
        with self._lock:
            if key in self._values or size > self._largest:
                return
            self._values[key] = (value, size)
            self._size += size
            while self._size > self._limit:
                _, (_, dropped) = self._values.popitem(last=False)
                self._size -= dropped
