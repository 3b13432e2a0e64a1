"""Events: what an API sends by itself, made of what a visitor has; which a change causes, and how they are signed."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from playground import jsontext
from playground.catalog.model import Entry
from playground.sandbox.fitting import NOTHING, Fitter
from playground.sandbox.generate import making
from playground.sandbox.resources import Resource
from playground.store.errors import StoreError
from playground.store.sandbox_session import Record, Session
from playground.values.scene import noun_of, singular, words_of
from playground.values.shapes import Shape

if TYPE_CHECKING:
    from playground.sandbox.memory import Memory
    from playground.sandbox.source import Source

CAUSED = "~caused"
"""The collection that holds the events that changes would have caused."""
_MOST = 40
_DEPTH = 3
_DOING = {
    "create": ("created", "create", "added", "add", "opened", "open", "new", "submitted", "placed", "inserted", "made"),
    "update": ("updated", "update", "edited", "changed", "change", "modified"),
    "delete": ("deleted", "delete", "removed", "remove", "destroyed"),
}
"""Words by which events are named after what was done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caused:
    """An event that a change would have caused: its name, the resource's place, and when.

    Of a callback, `operation` and `method` say whose it is and how it is sent.
    """

    name: str
    path: str
    at: float
    operation: str = ""
    method: str = ""


def latest_keys(session: Session) -> dict[str, str]:
    """Return the key of the latest resource by what may refer to it: its kind's words and its noun."""
    latest: dict[str, str] = {}
    for kind, key in session.latest().items():
        words = words_of(kind.partition(" ")[2] or kind)
        if words:
            latest.setdefault("_".join(words), key)
            latest.setdefault(singular(words[-1]), key)
    return latest


def compose(entry: Entry, session: Session) -> Any:
    """Return the JSON value of an event: of its schema, with the visitor's latest resources where it holds such."""
    operation = entry.operation
    body = operation.request_body
    if body is None or not body.media_types:
        return None
    media_type = body.media_types[0]
    latest = latest_keys(session)

    def known(name: str) -> str | None:
        words = words_of(name)
        return latest.get("_".join(words)) or latest.get(singular(words[-1])) if words else None

    def resolve(kind: str, key: str) -> Mapping[str, Any] | None:
        record = session.find(noun_of(kind), key)
        value = None if record is None else Resource.of(record).value
        return value if isinstance(value, Mapping) else None

    make = replace(making(entry, seed=operation.path), known=known)
    shape = make.shapes.of(media_type.schema)
    example = next((named.value for named in media_type.examples if isinstance(named.value, dict | list)), None)
    value = example if example is not None else make.value(media_type.schema, "event")
    return _filled(value, shape, session, Fitter(make=make, resolve=resolve), operation.path, _DEPTH)


def _filled(value: Any, shape: Shape, session: Session, fitter: Fitter, hint: str, depth: int) -> Any:
    """Return a value with the latest resources of the kinds that its members are of."""
    if not isinstance(value, dict) or depth <= 0:
        return value
    made = dict(value)
    for member in shape.members:
        if not isinstance(made.get(member.name), dict):
            continue
        record = _latest_of(session, member.shape, member.name, hint)
        fitted = NOTHING if record is None else fitter.fit(Resource.of(record).value, member.shape)
        if isinstance(fitted, dict):
            made[member.name] = fitted
        else:
            made[member.name] = _filled(made[member.name], member.shape, session, fitter, hint, depth - 1)
    return made


def _latest_of(session: Session, shape: Shape, name: str, hint: str) -> Record | None:
    """Return the latest resource of a member's kind; of an `object` or `data` the one that the event's name names."""
    nouns = [noun_of(shape.kind)] if shape.kind else []
    nouns.append(noun_of(name))
    if name in ("object", "data", "resource", "payload", "record", "item"):
        nouns += [singular(word) for word in words_of(hint)]
    for noun in nouns:
        found = session.of_kind(noun, 1) if noun else []
        if found and not found[0].media_type and _is_like(Resource.of(found[0]).value, shape):
            return found[0]
    return None


def _is_like(value: Any, shape: Shape) -> bool:
    """Say whether a resource has most of the members that a shape names."""
    names = {member.name for member in shape.members}
    return isinstance(value, Mapping) and 2 * len(names & value.keys()) > len(names)


def caused_by(
    webhooks: Iterable[str], noun: str, doing: str, above: Collection[str] = (), state: str = ""
) -> list[str]:
    """Return the names of the events that are named after a resource and what was done to it.

    `doing` is `create`, `update`, `delete` or an action's verb; `state` is what an update put it into (`closed`).
    `above` are the words of the path: an event that speaks of other resources is of another collection's, if one that
    does not is there.
    """
    stem = doing.removesuffix("e").removesuffix("y")
    found: list[tuple[str, list[str], bool]] = []
    for webhook in webhooks:
        words = [singular(word) for word in words_of(webhook)]
        done = _DOING.get(doing) or tuple(word for word in words if len(stem) > 2 and word.startswith(stem))
        own = bool(state) and words[-1:] == [singular(state)]
        if noun in words[:-1] and (own or words[-1] in {singular(word) for word in done}):
            found.append((webhook, words, own))
    if any(own for _, _, own in found):
        found = [cause for cause in found if cause[2]]
    here = {noun, *above}
    near = [webhook for webhook, words, _ in found if set(words[:-1]) <= here]
    return near or [webhook for webhook, words, _ in found if words[-2] == noun]


def note(session: Session, events: Iterable[Mapping[str, str]], path: str) -> None:
    """Write down the events that a change would have caused, the latest first: webhooks by name, callbacks by more."""
    added = [
        {**{key: text[:200] for key, text in event.items()}, "path": path[:300], "at": session.now} for event in events
    ]
    if not added:
        return
    before = session.get(CAUSED, "log")
    listed = [*added, *(jsontext.loads(before.content.decode()) if before is not None else [])][:_MOST]
    content = jsontext.dumps(listed).encode("utf-8", "replace")
    session.put(Record(collection=CAUSED, key="log", content=content))


def caused(session: Session) -> list[Caused]:
    """Return the events that the visitor's changes would have caused, the latest first."""
    record = session.get(CAUSED, "log")
    listed = jsontext.loads(record.content.decode()) if record is not None else []
    return [
        Caused(name=str(row["name"]), path=str(row["path"]), at=float(row["at"]),
               operation=str(row.get("operation", "")), method=str(row.get("method", "")))
        for row in listed
    ]  # fmt: skip


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
    """Return the state that a request puts a resource into, in one lower-case word; empty for none."""
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


_SIGNED = re.compile(r"signature|hmac", re.IGNORECASE)
_TIME = re.compile(r"timestamp", re.IGNORECASE)


def is_signature(name: str) -> bool:
    """Say whether a header field's name says that it holds a signature."""
    return _SIGNED.search(name) is not None


def signed_fields(names: Iterable[str], body: bytes, secret: str, now: int) -> dict[str, str]:
    """Return the values of the header fields that sign `body`, by the names that the description has for them.

    They are written as the best-known senders do: Stripe's and Slack's with the time, Standard Webhooks with an
    identifier, `sha256=` for those named after it, else the plain digest.
    """
    described = list(names)
    own = {name.lower(): name for name in described}
    identifier = str(UUID(bytes=hashlib.blake2b(body, digest_size=16).digest()))
    made: dict[str, str] = {}
    for name in described:
        lowered = name.lower()
        if _TIME.search(name):
            made[name] = str(now)
        elif lowered in ("webhook-id", "svix-id"):
            made[name] = f"msg_{identifier.replace('-', '')}"
        elif is_signature(name):
            made[name] = _signature(lowered, body, secret, now, f"msg_{identifier.replace('-', '')}")
    return made if any(is_signature(name) for name in own) else {}


def _signature(name: str, body: bytes, secret: str, now: int, identifier: str) -> str:
    key = secret.encode("utf-8", "surrogatepass")
    if name == "stripe-signature":
        return f"t={now},v1={_digest(key, b'%d.' % now + body).hex()}"
    if name == "x-slack-signature":
        return f"v0={_digest(key, b'v0:%d:' % now + body).hex()}"
    if name in ("webhook-signature", "svix-signature"):
        signed = f"{identifier}.{now}.".encode() + body
        return f"v1,{base64.b64encode(_digest(_standard_key(secret), signed)).decode('ascii')}"
    if name.endswith(("256", "sha256")) and "hmac" not in name:
        return f"sha256={_digest(key, body).hex()}"
    if name == "x-hub-signature":
        return f"sha1={hmac.new(key, body, hashlib.sha1).hexdigest()}"
    if "hmac" in name:
        return base64.b64encode(_digest(key, body)).decode("ascii")
    return _digest(key, body).hex()


def _digest(key: bytes, data: bytes) -> bytes:
    return hmac.new(key, data, hashlib.sha256).digest()


def _standard_key(secret: str) -> bytes:
    """Return the key of Standard Webhooks: base64 after `whsec_`."""
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        return secret.encode("utf-8", "surrogatepass")
