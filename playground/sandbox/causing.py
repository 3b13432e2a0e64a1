"""Which events a request's change would have caused: the operation's own callbacks, and webhooks named after it."""

from __future__ import annotations

from collections.abc import Mapping

from playground.sandbox.events import caused_by, note
from playground.sandbox.memory import Memory
from playground.sandbox.source import Source
from playground.store.errors import StoreError
from playground.values.scene import singular, words_of


def note_caused(source: Source, memory: Memory) -> None:
    """Write down the events that a request which was carried out would have caused."""
    asked, place = memory.asked, memory.place
    own = asked.entry.operation
    events = [
        {"name": callback.name, "operation": own.name, "method": sent.method}
        for callback in own.callbacks
        for sent in callback.operations
    ]
    if webhooks := _webhooks(source, memory):
        noun = place.noun or place.collection.rpartition("/")[2]
        above = {singular(word) for segment in asked.route.segments if "{" not in segment for word in words_of(segment)}
        events += [{"name": name} for name in caused_by(webhooks, noun, _doing(memory), above, _state(memory))]
    note(memory.session, events, asked.path)


def _webhooks(source: Source, memory: Memory) -> tuple[str, ...]:
    """Return the names of the API's webhooks; there may be hundreds, and they are read once."""
    asked = memory.asked
    key = ("webhooks", asked.entry.provider.name, asked.generation)
    known: tuple[str, ...] | None = asked.made_up.get(key)
    if known is None:
        try:
            known = tuple(webhook.path for webhook in source.webhooks(asked.entry.provider.name)[0])
        except StoreError:
            return ()
        asked.made_up.put(key, known)
    return known


def _state(memory: Memory) -> str:
    """Return the state that a request puts a thing into, in one lower-case word; empty for none."""
    sent = memory.asked.body
    texts = [sent.get(name) for name in ("state", "status")] if isinstance(sent, Mapping) else []
    return next((text.lower() for text in texts if isinstance(text, str) and text.isalpha()), "")


def _doing(memory: Memory) -> str:
    """Return what a request does: `create`, `update`, `delete`, or an action's verb."""
    method, part = memory.asked.route.method, memory.place.part
    if part == "action":
        return memory.place.verb.lower()
    if method == "DELETE":
        return "delete"
    return "create" if part == "collection" and method == "POST" else "update"
