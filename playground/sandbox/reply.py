"""What the sandbox gives back: a response, whole or in pieces: events, lines of JSON, changes of what is watched."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from playground.catalog.model import MediaType
from playground.mediatypes import kind_of
from playground.messages import Facts, HTTPResponse
from playground.request.model import ABSENT
from playground.request.text import json_text
from playground.sandbox.asked import Outcome
from playground.sandbox.generate import Making
from playground.sandbox.listing import as_item
from playground.sandbox.memory import Memory
from playground.sandbox.negotiate import Failure
from playground.sandbox.resources import get_at
from playground.schema.direction import visible
from playground.store.sandbox_session import Record

if TYPE_CHECKING:
    from playground.sandbox.service import Sandbox

Piece = tuple[float, bytes]
"""Seconds to wait, and the bytes to send then; no bytes where there is nothing new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer. With `pieces` the response is the head alone; `delay` is in seconds; `failure` is what goes wrong."""

    response: HTTPResponse
    pieces: Callable[[], Iterator[Piece]] | None = None
    delay: float = 0.0
    failure: Failure | None = None

    def whole(self) -> HTTPResponse:
        """Return the response with all of its content at once, without pauses; what waits for more ends there."""
        if self.pieces is None:
            return self.response
        body = b""
        for _, piece in self.pieces():
            if not piece:
                break
            body += piece
        return replace(self.response, body=body)


class Streamed:
    """A reply's content as it comes, for callers that show or send it piece by piece (`playground.gateway.answer`)."""

    def __init__(self, reply: Reply) -> None:
        """Begin with the head."""
        self._reply = reply
        self._stopped = threading.Event()
        self._size = 0
        self._reason = ""

    @property
    def head(self) -> HTTPResponse:
        """The answer without content."""
        return self._reply.response

    @property
    def summary(self) -> HTTPResponse:
        """The head with what is known by now."""
        facts = Facts(http="sandbox", decoded_bytes=self._size, wire_bytes=self._size, cut=self._reason)
        return replace(self._reply.response, truncated=bool(self._reason), facts=facts)

    def pieces(self) -> Iterator[bytes]:
        """Yield the content as it comes."""
        for pause, piece in self._reply.pieces() if self._reply.pieces is not None else ():
            if self._stopped.wait(pause):
                return
            self._size += len(piece)
            if piece:
                yield piece

    def stop(self, reason: str = "stopped") -> None:
        """Note why the rest is not wanted."""
        self._reason = reason
        self._stopped.set()

    def close(self) -> None:
        """End it."""
        self._stopped.set()


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
    """Return the pieces of a watch: an event for each resource, then one for each change, until the time is over.

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


_STREAM = "stream=watch"
"""What the media type of a watch says (Kubernetes API concepts, "Efficient detection of changes")."""
_SECONDS = ("timeoutseconds", "timeout", "timeout_seconds")


def watch(sandbox: Sandbox, memory: Memory, outcome: Outcome, reply: Reply) -> Reply:
    """Return the reply to a list that is to be watched: a stream of events; any other reply as it is."""
    if not _is_watched(memory) or not outcome.has_value or memory.place.part != "collection":
        return reply
    layout = memory.layout(several=True)
    if layout.list_at is None or layout.shape is None or memory.asked.request.method.upper() != "GET":
        return reply
    items = get_at(outcome.value, layout.list_at)
    first = [{"type": "ADDED", "object": item} for item in (items if isinstance(items, list) else [])]
    visitor, provider = memory.asked.visitor, memory.asked.entry.provider.name
    collection = memory.place.collection

    def follow(number: int) -> tuple[int, list[Any]]:
        with sandbox.session(visitor, provider, writing=False) as session:
            now = session.next_change
            changes = session.changes(collection, number) if now > number else []
            again = Memory(memory.asked, session)
            return now, [_change_event(again, record, number) for record in changes]

    head = reply.response
    headers = head.headers.replacing("Content-Type", f"application/json;{_STREAM}")
    pieces = watched(first, follow, memory.session.next_change, _seconds(memory))
    return replace(reply, response=replace(head, headers=headers, body=b""), pieces=pieces)


def _change_event(memory: Memory, record: Record, since: int) -> dict[str, Any]:
    layout = memory.layout(several=True)
    if record.gone:
        return {"type": "DELETED", "object": {"metadata": {"name": record.key}}}
    kind = "ADDED" if record.position >= since else "MODIFIED"
    return {"type": kind, "object": None if layout.shape is None else as_item(memory, record, layout.shape)}


def _is_watched(memory: Memory) -> bool:
    return memory.asked.query.get("watch") is True and any(
        _STREAM in media_type.name
        for response in memory.asked.entry.operation.responses
        for media_type in response.media_types
    )


def _seconds(memory: Memory) -> float:
    given = next((value for name, value in memory.asked.query.items() if name.lower() in _SECONDS), ABSENT)
    if isinstance(given, int | float) and not isinstance(given, bool):
        return min(max(float(given), 0.0), WATCHED_SECONDS)
    return WATCHED_SECONDS
