"""Watching a collection: what is there as events, then each change as it happens (`?watch=true`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from playground.request.model import ABSENT
from playground.sandbox.asked import Outcome
from playground.sandbox.listing import as_item
from playground.sandbox.memory import Memory
from playground.sandbox.reply import Reply
from playground.sandbox.streams import WATCHED_SECONDS, watched
from playground.sandbox.things import get_at
from playground.store.sandbox_session import Record

if TYPE_CHECKING:
    from playground.sandbox.service import Sandbox

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
            return now, [_event(again, record, number) for record in changes]

    head = reply.response
    headers = head.headers.replacing("Content-Type", f"application/json;{_STREAM}")
    pieces = watched(first, follow, memory.session.next_change, _seconds(memory))
    return replace(reply, response=replace(head, headers=headers, body=b""), pieces=pieces)


def _event(memory: Memory, record: Record, since: int) -> dict[str, Any]:
    layout = memory.layout(several=True)
    if record.gone:
        return {"type": "DELETED", "object": {"metadata": {"name": record.key}}}
    kind = "ADDED" if record.position >= since else "MODIFIED"
    return {"type": kind, "object": None if layout.shape is None else as_item(memory, record, layout.shape)}


def _is_watched(memory: Memory) -> bool:
    query: Mapping[str, Any] = memory.asked.received.model.parameters.get("query", {})
    return query.get("watch") is True and any(
        _STREAM in media_type.name
        for response in memory.asked.entry.operation.responses
        for media_type in response.media_types
    )


def _seconds(memory: Memory) -> float:
    query: Mapping[str, Any] = memory.asked.received.model.parameters.get("query", {})
    given = next((value for name, value in query.items() if name.lower() in _SECONDS), ABSENT)
    if isinstance(given, int | float) and not isinstance(given, bool):
        return min(max(float(given), 0.0), WATCHED_SECONDS)
    return WATCHED_SECONDS
