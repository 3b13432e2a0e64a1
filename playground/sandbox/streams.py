"""Answers that come piece by piece: events, lines of JSON and the like with pauses, and changes of what is watched."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from playground.catalog.model import MediaType
from playground.mediatypes import kind_of
from playground.request.text import json_text
from playground.sandbox.generate import Making
from playground.sandbox.reply import Piece
from playground.schema.direction import visible

PAUSE = 0.25
"""Seconds between two events."""
_ITEMS = 3
_FIELDS = ("event", "id", "retry")
WATCHED_SECONDS = 10.0
"""How long changes of a collection are followed where the request names no shorter time."""
_LOOK_SECONDS = 0.2


def is_streamed(media_type: MediaType | None) -> bool:
    """Say whether content of a media type is sent item by item."""
    return media_type is not None and kind_of(media_type.name) in ("events", "lines", "sequence")


def items_of(value: Any, media_type: MediaType, make: Making) -> list[Any]:
    """Return the items of a streamed answer: those of a list, else a few of the kind that the description names."""
    example = media_type.examples[0].value if media_type.examples and not make.dynamic else None
    given = value if isinstance(value, list) else example
    if given is not None:
        items = given if isinstance(given, list) else [given]
        return list(visible(items, media_type.schema, make.definitions, writing=False))
    schema = media_type.item_schema if media_type.item_schema is not None else media_type.schema
    return [make.seeded(index).value(schema, "event", index=index) for index in range(_ITEMS)]


def pieces_of(items: list[Any], media_type: MediaType) -> Callable[[], Iterator[Piece]]:
    """Return the pieces of a streamed answer, a pause before each but the first."""
    kind = kind_of(media_type.name)

    def pieces() -> Iterator[Piece]:
        for index, item in enumerate(items):
            yield (PAUSE if index else 0.0), written(item, kind)

    return pieces


def written(item: Any, kind: str) -> bytes:
    """Return one item as its media type has it."""
    if kind == "lines":
        return (json_text(item) + "\n").encode("utf-8", "surrogatepass")
    if kind == "sequence":
        return ("\x1e" + json_text(item) + "\n").encode("utf-8", "surrogatepass")
    return _event(item).encode("utf-8", "surrogatepass")


def _event(item: Any) -> str:
    """Return a server-sent event: of an object with `data` its fields, else the whole as its data."""
    if isinstance(item, str) and item.lstrip().startswith(("data:", "event:", "id:", ":")):
        return item.rstrip("\n") + "\n\n"
    lines: list[str] = []
    data = item
    if isinstance(item, dict) and "data" in item and item.keys() <= {"data", *_FIELDS}:
        lines = [f"{name}: {_one_line(item[name])}" for name in _FIELDS if name in item]
        data = item["data"]
    text = data if isinstance(data, str) else json_text(data)
    lines += [f"data: {line}" for line in text.split("\n")]
    return "\n".join(lines) + "\n\n"


def _one_line(value: Any) -> str:
    return " ".join(str(value).split())


def watched(
    first: list[Any], follow: Callable[[int], tuple[int, list[Any]]], since: int, seconds: float,
    clock: Callable[[], float] = time.monotonic,
) -> Callable[[], Iterator[Piece]]:  # fmt: skip
    """Return the pieces of a watch: an event for each thing there is, then one for each change, until the time is over.

    `follow` gives the changes after a number, with the number to go on from.
    """

    def pieces() -> Iterator[Piece]:
        for event in first:
            yield 0.0, written(event, "lines")
        number, end = since, clock() + seconds
        while clock() < end:
            number, events = follow(number)
            for event in events:
                yield 0.0, written(event, "lines")
            yield _LOOK_SECONDS, b""

    return pieces
