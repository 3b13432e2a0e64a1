"""What an API sends by itself: webhooks (3.1, and `x-webhooks` before it) and the callbacks of an operation.

They are Operation Objects like any other, only that nobody can send them to the API.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from playground.catalog.model import Callback, Operation
from playground.openapi.pointers import Where
from playground.openapi.reading import Reading

ReadItem: TypeAlias = Callable[[str, Any, Where], Iterator[Operation]]
"""Reads a path item: its path, the value as found, its place."""


@dataclass(frozen=True, slots=True)
class _Read:
    operations: tuple[Operation, ...]


def read_webhooks(reading: Reading, read_item: ReadItem) -> Iterator[Operation]:
    """Yield the webhooks of a document; the `path` of each is the webhook's name."""
    for key in ("webhooks", "x-webhooks"):
        for name, value, place in reading.members(reading.document, key, None):
            if not name.startswith("x-"):
                yield from read_item(name, value, place)


def read_callbacks(
    reading: Reading, operation: Mapping[str, Any], where: Where, read_item: ReadItem
) -> tuple[Callback, ...]:
    """Return the callbacks of an operation; the `path` of each operation in them is a runtime expression."""
    found: list[Callback] = []
    for name, value, place in reading.members(operation, "callbacks", where):

        def read(callback: dict[str, Any], at: Where) -> _Read:
            items = ((path, item) for path, item in callback.items() if not path.startswith("x-"))
            return _Read(tuple(one for path, item in items for one in read_item(path, item, (at, path))))

        # What several operations share by a reference is read once.
        callback = reading.shared(value, place, "callback", read)
        if callback is not None and callback.operations:
            found.append(Callback(name=name, operations=callback.operations))
    return tuple(found)
