"""Links of an operation's answers to other operations, and what the API sends by itself: callbacks and webhooks.

Callbacks and webhooks are shown as they would arrive: method, where they go, and the fields of what they carry.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote

from playground import jsontext
from playground.catalog.model import Definitions, Entry, Link, Operation, Schema
from playground.schema.flatten import flatten
from playground.schema.types import type_text
from playground.store import OperationNotFound
from playground.web.site import operation_url, this_site

MOST_FIELDS = 20
MOST_LINKS = 60
LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLink:
    """A link of an answer: where it leads (`url` is empty if that is not in the catalogue) and the values it passes."""

    status: str
    name: str
    method: str
    title: str
    url: str
    description: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PayloadField:
    """One field of what the API sends."""

    name: str
    type: str
    required: bool
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One request the API makes by itself; `place` is where it goes, an expression, or a webhook's name.

    `more` counts the fields that are not listed; `answers` are the statuses that acknowledge it; `compose` says which
    it is where one is composed.
    """

    name: str
    method: str
    place: str
    title: str
    description: str
    media_type: str
    type: str
    fields: tuple[PayloadField, ...]
    more: int
    answers: tuple[str, ...]
    compose: tuple[tuple[str, str], ...] = ()


def links_of(entry: Entry) -> tuple[AnswerLink, ...]:
    """Return the links of an operation's answers, in the document's order."""
    pairs = [(response.status, link) for response in entry.operation.responses for link in response.links]
    return tuple(_answer_link(entry, status, link) for status, link in pairs[:MOST_LINKS])


def _answer_link(entry: Entry, status: str, link: Link) -> AnswerLink:
    name, wanted = entry.provider.name, link.operation_id or key_of_reference(link.operation_ref)
    target: Operation | None = None
    if wanted:
        with contextlib.suppress(OperationNotFound):
            target = this_site().store.entry(name, wanted).operation
    values = [(key, _text(value)) for key, value in link.parameters.items()]
    if link.request_body is not None:
        values.append(("body", _text(link.request_body)))
    return AnswerLink(
        status=status,
        name=link.name,
        method=target.method if target else "",
        title=target.title if target else link.operation_id or link.operation_ref,
        url=operation_url(name, target.name) if target else "",
        description=link.description,
        values=tuple(values),
    )


def key_of_reference(reference: str) -> str:
    """Return `METHOD path` for a reference into the document's paths, and nothing for any other."""
    parts = reference.split("/")
    if len(parts) != 4 or parts[:2] != ["#", "paths"]:
        return ""
    path = unquote(parts[2]).replace("~1", "/").replace("~0", "~")
    return f"{parts[3].upper()} {path}"


def callbacks_of(entry: Entry) -> tuple[Outgoing, ...]:
    """Return the requests that the API makes after this operation."""
    return tuple(
        replace(
            outgoing(operation, entry.definitions, callback.name),
            compose=(("operation", entry.operation.name), ("callback", callback.name), ("method", operation.method)),
        )
        for callback in entry.operation.callbacks
        for operation in callback.operations
    )


def outgoing(operation: Operation, definitions: Definitions, name: str) -> Outgoing:
    """Return one request that the API makes by itself."""
    body = operation.request_body
    media_type = body.media_types[0] if body and body.media_types else None
    schema: Schema = media_type.schema if media_type else True
    fields = _fields(schema, definitions) if media_type else ()
    return Outgoing(
        name=name,
        method=operation.method,
        place=operation.path,
        title=operation.summary,
        description=operation.description,
        media_type=media_type.name if media_type else "",
        type="" if fields or not media_type else type_text(schema, definitions),
        fields=fields[:MOST_FIELDS],
        more=max(0, len(fields) - MOST_FIELDS),
        answers=tuple(response.status for response in operation.responses),
    )


def _fields(schema: Schema, definitions: Definitions) -> tuple[PayloadField, ...]:
    plain = flatten(schema, definitions)
    properties, required = plain.get("properties"), plain.get("required")
    if not isinstance(properties, Mapping):
        return ()
    listed: list[PayloadField] = []
    for name, member in properties.items():
        # Beyond those that are shown only their number counts: a schema may have thousands.
        described = flatten(member, definitions) if len(listed) < MOST_FIELDS else {}
        words = described.get("description")
        listed.append(
            PayloadField(
                name=name,
                type=type_text(described, definitions) if described else "",
                required=isinstance(required, list | tuple) and name in required,
                description=words if isinstance(words, str) else "",
            )
        )
    return tuple(listed)


def _text(value: object) -> str:
    plain = value if isinstance(value, str) else jsontext.dumps(value)
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"
