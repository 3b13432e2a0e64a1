"""What a request does to a visitor's resources, by its method and its path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.sandbox.asked import Outcome
from playground.sandbox.changing import changed, delete, keys_named, put, put_plain, update
from playground.sandbox.creating import create, create_batch, create_several
from playground.sandbox.listing import list_resources, lists_resources
from playground.sandbox.memory import Memory
from playground.sandbox.resources import Resource, identity_text
from playground.sandbox.verbs import Role
from playground.values.scene import words_of
from playground.values.shapes import Shape

_ACTS = {
    "pay": "paid", "send": "sent", "resume": "active", "unarchive": "active", "finalize": "open",
    "capture": "succeeded", "confirm": "succeeded", "reopen": "open", "stop": "stopped", "start": "running",
    "enable": "enabled", "disable": "disabled", "unlock": "unlocked", "void": "void", "refund": "refunded",
    "merge": "merged", "submit": "submitted", "activate": "active", "deactivate": "inactive", "suspend": "suspended",
    "ban": "banned",
}  # fmt: skip
"""What a resource is after an action whose name does not say so itself."""


def handle(memory: Memory) -> Outcome | None:
    """Read or change what a request's path names; `None` where the memory has no answer."""
    method, part, role = memory.asked.route.method, memory.place.part, memory.asked.route.role
    method = "GET" if method == "HEAD" else method
    if part == "collection" and role in ("read", "delete"):
        return _on_keys(memory, role)
    if role == "several":
        return create_batch(memory)
    if part == "single" and lists_resources(memory):
        memory = memory.at(part="collection")
        part = "collection"
    if part == "collection":
        return _on_collection(memory, method)
    if part == "action":
        return act(memory)
    if method == "GET":
        return _read(memory)
    if method == "DELETE":
        return delete(memory)
    if method == "PUT":
        return put(memory)
    if part == "single" and method == "POST":
        return put_plain(memory, memory.asked.body)
    return update(memory) if method in ("PATCH", "POST") else None


def _on_collection(memory: Memory, method: str) -> Outcome | None:
    if method == "GET":
        return list_resources(memory)
    if method == "POST":
        return create(memory)
    if method in ("PUT", "PATCH"):
        several = memory.layout(several=True)
        if method == "PUT" and several.list_at == () and several.shape:
            return create_several(memory, several.shape)
        return _on_named(memory, method)
    return delete(memory) if method == "DELETE" else None


def _on_keys(memory: Memory, role: Role) -> Outcome | None:
    """Read or delete what a request names by its keys where its path does not: `/users/info?user_id=7`."""
    keys = keys_named(memory)
    if not keys:
        return None
    if role == "delete":
        return delete(memory)
    return _read(memory.at(part="item", key=keys[0], variable=memory.variable))


def _on_named(memory: Memory, method: str) -> Outcome | None:
    """Change the one resource of a collection that the body names by its key: `PUT /pets` with an `id`."""
    body, shape = memory.asked.body, memory.item_layout.shape
    identity = memory.identity(shape) if shape is not None else None
    key = identity_text(body, identity)
    if not key:
        return None
    named = memory.at(part="item", key=key, variable=memory.variable)
    record, resource = named.find(made_up=method == "PATCH")
    if resource is None and record is None and memory.is_own(memory.place.collection):
        return named.missing()
    return put(named) if method == "PUT" else update(named)


def _read(memory: Memory) -> Outcome | None:
    """Return one resource; what is in it, where the path is a folder's whose resources are below it."""
    several = memory.layout(several=True)
    holds = memory.asked.routes.at((*memory.asked.route.segments, "{}"))
    if holds and several.list_at is not None and memory.place.part == "item":
        below = f"{memory.place.collection.rstrip('/')}/{memory.place.key}"
        return list_resources(memory.at(part="collection", collection=below, key="", variable=""))
    record, resource = memory.find()
    if record is not None and record.media_type:
        return memory.shown(record, Resource(None))
    if resource is None:
        return memory.missing()
    return memory.shown(record, resource)


def act(memory: Memory) -> Outcome | None:
    """Do to a resource what an action's path says: `/expire` makes its status `expired`."""
    record, resource = memory.find()
    if resource is None:
        return memory.missing()
    item = memory.item_layout
    if item.shape is None or not isinstance(resource.value, dict):
        return None
    layout = memory.layout(several=False)
    sent = memory.asked.body if isinstance(memory.asked.body, Mapping) else {}
    same = layout.shape is not None and (layout.kind == item.kind if item.kind else memory.identity(layout.shape))
    value = memory.fitter.merged(resource.value, sent, item.shape) if same else dict(resource.value)
    value.update(_after(memory.place.verb, item.shape))
    shown = changed(memory, record, Resource(value, {**resource.sent, **sent} if same else resource.sent), resource)
    return shown if same else Outcome()


def _after(verb: str, shape: Shape) -> dict[str, Any]:
    """Return the members that an action changes: the status named like it, a flag of its past form."""
    word = "_".join(words_of(verb)).rpartition("_")[2] or verb.lower()
    done = _ACTS.get(word, "")
    after: dict[str, Any] = {}
    for member in shape.members:
        last = words_of(member.name)[-1:]
        if last in (("status",), ("state",)) and member.shape.listed:
            texts = [text for text in member.shape.listed if isinstance(text, str)]
            found = next((text for text in texts if text.lower() == done), None)
            found = found or next((text for text in texts if _is_past(word, text.lower())), None)
            if found is not None:
                after[member.name] = found
        elif member.shape.types == ("boolean",) and last and (last[0] == done or _is_past(word, last[0])):
            after[member.name] = True
    return after


def _is_past(word: str, text: str) -> bool:
    """Say whether a state is what an action leads to: `expired` of `expire`, `cancelled` of `cancel`."""
    stem = word.removesuffix("e").removesuffix("y")
    return len(stem) > 2 and text.startswith(stem) and text.endswith(("ed", "en", "t", "d")) and text != word
