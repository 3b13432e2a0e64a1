"""Changing resources: put in the place of what is there, patched as the media type says, or deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from playground.mediatypes import OCTETS, essence, is_json
from playground.request.model import ABSENT, FileValue
from playground.sandbox.asked import Outcome, refused
from playground.sandbox.creating import asked_shape, claim, unwrapped
from playground.sandbox.fitting import NOTHING
from playground.sandbox.generate import FRESH
from playground.sandbox.layouts import Layout, kind_of_shape
from playground.sandbox.memory import Memory
from playground.sandbox.patches import PatchError, UnmetTestError, json_patch, merge_patch, strategic_merge
from playground.sandbox.resources import (
    Resource,
    clear_unsent,
    entity_tag,
    raise_version,
    set_at,
    stamp,
    with_scope,
    written_time,
)
from playground.schema.validate import violations
from playground.store.sandbox_session import Record
from playground.values.scene import words_of
from playground.values.shapes import Member, Shape

_PATCHES = (
    "application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json",
    "application/apply-patch+yaml",
)  # fmt: skip
_MOST_MISSING = 50
_KEYS = (("id",), ("ids",), ("key",), ("keys",))
"""Last words of what names the resources that are meant."""
_MOST_NAMED = 1000


def put(memory: Memory) -> Outcome | None:
    """Put a resource in the place of another, or where there is none; a body that is no JSON is kept as it is."""
    body = memory.asked.body
    if memory.parent_is_missing():
        return memory.missing()
    if isinstance(body, FileValue) or (isinstance(body, str) and not _is_json_here(memory)):
        return _put_bytes(memory, body)
    before, resource = memory.find(made_up=False)
    layout = memory.item_layout
    if layout.shape is None or not (isinstance(body, Mapping) or body is ABSENT):
        return put_plain(memory, body)
    sent = unwrapped(dict(body), layout) if isinstance(body, Mapping) else {}
    if resource is None or not isinstance(resource.value, dict):
        return _put_new(memory, layout, sent, before)
    kept = {name: part for name, part in resource.value.items() if _is_kept(layout.shape, name, sent)}
    value = memory.fitter.merged(kept, sent, layout.shape)
    value = with_scope(value, memory.owners, layout.shape, memory.fitter)
    value = {**_defaults(layout.shape), **_with_key(memory, value, layout.shape)}
    whole = memory.fitter.through(value, layout.shape)
    return changed(memory, before, Resource(value if whole is NOTHING else whole, sent), resource)


def _with_key(memory: Memory, value: dict[str, Any], shape: Shape) -> dict[str, Any]:
    """Return a resource with the key that its path has, whatever was sent."""
    identity, key = memory.identity(shape), memory.place.key
    if identity is None or not key:
        return value
    return memory.fitter.merged(value, {identity[0]: set_at(value, identity, key)[identity[0]]}, shape)


def _defaults(shape: Shape) -> dict[str, Any]:
    """Return what a resource is where nobody says otherwise."""
    plain = {member.name: member.shape.plain.get("default") for member in shape.members}
    return {name: value for name, value in plain.items() if value is not None and not isinstance(value, dict | list)}


def _is_kept(shape: Shape, name: str, sent: Mapping[str, Any]) -> bool:
    """Say whether a member stays when a resource is replaced: what the client cannot set, or has to be there."""
    member = next((member for member in shape.members if member.name == name), None)
    return name in sent or (member is not None and (member.only_reading or member.needed))


def _put_new(memory: Memory, layout: Layout, sent: dict[str, Any], before: Record | None) -> Outcome:
    """Make the resource that a PUT names by its path."""
    shape, place = layout.shape, memory.place
    if shape is None:
        return Outcome()
    identity = memory.identity(shape)
    value = memory.make.seeded(place.collection, place.key).value(shape.schema, kind=shape.kind, index=FRESH)
    if not isinstance(value, dict):
        return put_plain(memory, sent)
    value = clear_unsent(memory.placed(value), sent, shape, asked_shape(memory), identity)
    value = memory.fitter.merged(value, sent, shape)
    value = _with_key(memory, value, shape)
    value = with_scope(value, memory.owners, shape, memory.fitter)
    number = memory.session.next_change
    resource = Resource(raise_version(stamp(value, memory.session.now, created=True), number), sent)
    kind = kind_of_shape(shape) or place.noun
    record = memory.session.put(
        Record(collection=place.collection, key=place.key, kind=kind, content=resource.content())
    )
    claim(memory, place.collection)
    outcome = memory.shown(record, resource)
    outcome.status = 201 if before is None and _describes(memory, 201) else 0
    return outcome


def put_plain(memory: Memory, body: Any) -> Outcome:
    """Keep that something was put here, such as a star, where there is nothing to show of it."""
    place = memory.place
    value = body if isinstance(body, list | dict) else {}
    resource = Resource(value, value if isinstance(value, dict) else {})
    memory.session.put(Record(collection=place.collection, key=place.key, kind=place.noun, content=resource.content()))
    claim(memory, place.collection)
    return Outcome()


def _put_bytes(memory: Memory, body: FileValue | str) -> Outcome:
    place = memory.place
    content = body.data if isinstance(body, FileValue) else body.encode("utf-8", "surrogatepass")
    sent = memory.asked.request.headers.get("Content-Type") or ""
    kind = memory.item_layout.kind or place.noun
    record = Record(
        collection=place.collection, key=place.key, kind=kind, content=content,
        media_type=sent.strip() if essence(sent) else OCTETS,
    )  # fmt: skip
    memory.session.put(record)
    claim(memory, place.collection)
    return Outcome(tag=entity_tag(content))


def _is_json_here(memory: Memory) -> bool:
    media_type = memory.asked.received.media_type
    return media_type is not None and is_json(media_type.name)


def update(memory: Memory) -> Outcome | None:
    """Change a resource by what was sent: a patch by its media type, else member by member."""
    record, resource = memory.find()
    if resource is None:
        return memory.missing()
    layout = memory.item_layout
    if layout.shape is None or not isinstance(resource.value, dict):
        return None
    sent = memory.asked.body
    patch = essence(memory.asked.request.headers.get("Content-Type") or "")
    try:
        value = _patched(memory, resource.value, sent, patch, layout)
    except UnmetTestError as error:
        return refused("conflict", error.place, str(error))
    except PatchError as error:
        return refused("body", error.place, str(error))
    if value is NOTHING:
        return refused("body", "body", "changes the thing into what the description rules out")
    merged = {**resource.sent, **sent} if isinstance(sent, Mapping) else resource.sent
    return changed(memory, record, Resource(value, merged), resource)


def _patched(memory: Memory, value: dict[str, Any], sent: Any, patch: str, layout: Layout) -> Any:
    shape = layout.shape
    if shape is None:
        return NOTHING
    if patch in _PATCHES and not memory.fitter.fits(value, shape):
        value = memory.fitter.through(value, shape)  # it was made as another kind shows it
    if patch == "application/json-patch+json":
        return _through(memory, json_patch(value, sent), shape)
    if patch == "application/vnd.api+json" and isinstance(sent, Mapping):
        return _through(memory, merge_patch(value, unwrapped(dict(sent), layout)), shape)  # JSON:API 1.1, Updating
    if patch == "application/merge-patch+json":
        return _through(memory, merge_patch(value, sent), shape)
    if patch in _PATCHES:
        return _through(memory, strategic_merge(value, sent), shape)
    if not isinstance(sent, Mapping):
        return value
    return memory.fitter.merged(value, unwrapped(dict(sent), layout), shape)


def _through(memory: Memory, value: Any, shape: Shape) -> Any:
    """Return a patched resource if it is one still, or lacks no more than what the server adds."""
    if not isinstance(value, dict):
        return NOTHING
    wrong = list(islice(violations(value, shape.schema, memory.make.definitions, writing=False), _MOST_MISSING))
    if any(violation.keyword != "required" for violation in wrong):
        return NOTHING
    return memory.fitter.through(value, shape) if wrong else value


def changed(memory: Memory, record: Record | None, resource: Resource, before: Resource) -> Outcome:
    """Keep a changed resource and show it."""
    session, place, shape = memory.session, memory.place, memory.item_layout.shape
    value = resource.value
    if isinstance(value, dict) and isinstance(before.value, dict) and shape is not None:
        value = _marked(value, before.value, shape, session.now)
        value = raise_version(stamp(value, session.now, created=False), session.next_change)
    if isinstance(value, dict) and shape is not None:
        order = [member.name for member in shape.members if member.name in value]
        value = {name: value[name] for name in dict.fromkeys((*order, *value))}
    resource = Resource(value, resource.sent)
    if record is None:
        kind = (kind_of_shape(shape) if shape is not None else "") or place.noun
        record = Record(collection=place.collection, key=place.key, kind=kind, content=b"")
    kept = session.put(replace(record, content=resource.content(), media_type=""))
    return memory.shown(kept, resource)


def _marked(value: dict[str, Any], before: dict[str, Any], shape: Shape, now: float) -> dict[str, Any]:
    """Return a resource that says when it came into its state: `closed_at` where `state` is now `closed`."""
    members = {member.name: member for member in shape.members}
    marked = dict(value)
    for name in ("state", "status"):
        state, earlier = value.get(name), before.get(name)
        if state == earlier or not isinstance(state, str):
            continue
        for text, there in ((state, True), (earlier, False)):
            for at in (f"{text}_at", f"{text}At", f"{text}_on", f"date_{text}", f"{text}Date"):
                member = members.get(at)
                if member is not None and (there or member.shape.nullable):
                    marked[at] = _time_for(member, now) if there else None
    return marked


def _time_for(member: Member, now: float) -> Any:
    moment = datetime.fromtimestamp(now, UTC)
    if "integer" in member.shape.types or "number" in member.shape.types:
        return int(now)
    example = next((text for text in member.shape.text.examples), "2024-01-01T00:00:00Z")
    return written_time(example, moment)


def delete(memory: Memory) -> Outcome | None:
    """Delete a resource, or all of a collection."""
    place, session = memory.place, memory.session
    if place.part == "collection":
        named = keys_named(memory)
        for key in [kept.key for kept in session.records(place.collection)] if named is None else named:
            session.delete(place.collection, key)
        if named is None:
            claim(memory, place.collection)
        return Outcome()
    if place.part == "single" and keys_named(memory) is not None:
        return Outcome()  # what is named is taken out of it, and it stays
    record, resource = memory.find()
    if resource is None:
        return memory.missing()
    where, key = (place.collection, place.key) if record is None else (record.collection, record.key)
    session.delete(where, key)
    for below in session.below(f"{where.rstrip('/')}/{key}"):
        session.delete(below.collection, below.key)
    layout = memory.layout(several=False)
    kind = record.kind if record is not None else memory.item_layout.kind
    if layout.shape is not None and layout.kind and layout.kind == kind:
        return memory.shown(record, resource)
    return Outcome()


def keys_named(memory: Memory) -> list[str] | None:
    """Return the keys that a request names, as `?ids=a,b` or in its body; `None` where it has no member for them."""
    body, place = memory.asked.body, memory.place
    sent = dict(memory.asked.query)
    sent.update(body if isinstance(body, Mapping) else {})
    named: list[str] = []
    has_place = False
    for name, value in sent.items():
        words = words_of(name)
        if words[-1:] not in _KEYS or words[:-1] not in ((), words_of(place.noun)):
            continue
        has_place = True
        values = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else [value]
        named += [str(value) for value in values if isinstance(value, str | int) and value != ""]
    return named[:_MOST_NAMED] if has_place else None


def _describes(memory: Memory, status: int) -> bool:
    return any(response.status.strip() == str(status) for response in memory.asked.entry.operation.responses)
