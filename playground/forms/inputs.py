"""The inputs of an operation by name: which schema `query.filter` and `body` have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playground.catalog.model import Entry, Location, MediaType, Parameter, Schema
from playground.forms.names import parameter_name, unescape
from playground.forms.state import FormState
from playground.mediatypes import is_bytes, kind_of
from playground.request.undescribed import ADDED
from playground.schema.flatten import flatten
from playground.schema.keywords.values import is_file
from playground.schema.types import types_of

_SEQUENCES = ("lines", "sequence", "events")
_ONE_BOX = ("text", "csv", *_SEQUENCES)


def parameters_of(entry: Entry) -> Iterator[tuple[str, Parameter]]:
    """Yield the operation's parameters with their input names; of two with one name the first counts."""
    seen: set[str] = set()
    for parameter in entry.operation.parameters:
        name = parameter_name(parameter.location, parameter.name)
        if name not in seen:
            seen.add(name)
            yield name, parameter


def added_to(entry: Entry, state: FormState) -> Iterator[tuple[str, Location, str]]:
    """Yield input name, location and name of each filled parameter that the description does not have."""
    described = {name.lower() if name.startswith("header.") else name for name, _ in parameters_of(entry)}
    for name in dict.fromkeys(state.names()):
        root, dot, token = name.partition(".")
        location = next((added for added in ADDED if added == root), None)
        is_plain = bool(dot and token) and "/" not in token and "~" not in token.replace("~0", "").replace("~1", "")
        spelled = name.lower() if location == "header" else name
        if location is not None and is_plain and spelled not in described and state.text(name):
            yield name, location, unescape(token)


def media_type_of(entry: Entry, chosen: str | None) -> MediaType | None:
    """Return the chosen media type of the body, else its first one; `None` without a body."""
    body = entry.operation.request_body
    if body is None or not body.media_types:
        return None
    return next((media_type for media_type in body.media_types if media_type.name == chosen), body.media_types[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyInput:
    """The input `body`: the schema its form is drawn from, for the chosen media type."""

    media_type: MediaType
    schema: Schema
    required: bool

    @property
    def is_plain_text(self) -> bool:
        """Whether the body is plain text to a form: one box, no fields."""
        return _is_plain_text(self.media_type)

    @property
    def is_sequence(self) -> bool:
        """Whether the body is items that the form draws as rows, and a text that is no JSON."""
        return _is_sequence(self.media_type)


def _is_plain_text(media_type: MediaType) -> bool:
    return kind_of(media_type.name) in _ONE_BOX and not _is_sequence(media_type)


def _is_sequence(media_type: MediaType) -> bool:
    return media_type.item_schema is not None and kind_of(media_type.name) in _SEQUENCES


def body_of(entry: Entry, state: FormState | None = None, *, chosen: str | None = None) -> BodyInput | None:
    """Return the body's input for the media type chosen in the state (or by name), `None` without a body."""
    body = entry.operation.request_body
    media_type = media_type_of(entry, chosen if state is None else state.get("media_type"))
    if body is None or media_type is None:
        return None
    return BodyInput(media_type=media_type, schema=_body_schema(media_type, entry), required=body.required)


def _body_schema(media_type: MediaType, entry: Entry) -> Schema:
    plain = flatten(media_type.schema, entry.definitions)
    notes = {key: plain[key] for key in ("description", "title", "example", "examples") if key in plain}
    if is_bytes(media_type.name):
        return {**notes, "type": "string", "format": "binary"}
    if _is_plain_text(media_type):
        return media_type.schema if is_file(plain) or types_of(plain) == ("string",) else {**notes, "type": "string"}
    if (
        kind_of(media_type.name) in ("form", "multipart")
        and not types_of(plain)
        and not plain.keys() & {"oneOf", "anyOf"}
    ):
        return {**plain, "type": "object"}
    return media_type.schema
