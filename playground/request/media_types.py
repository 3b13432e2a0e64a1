"""Which media type a body is sent as, and which come back (OpenAPI 3.1 section 4.8.14; RFC 9110 section 12.5.1)."""

from __future__ import annotations

from playground.catalog.model import Entry, MediaType
from playground.httpsyntax import is_sendable
from playground.mediatypes import JSON, OCTETS, essence, in_range, is_json
from playground.request.errors import BodyError, shown
from playground.request.model import FileValue, RequestModel, Value
from playground.text.wording import say


def select_media_type(entry: Entry, model: RequestModel, *, placeholders: bool = False) -> MediaType | None:
    """Return the body's media type as described: the chosen one, else the first; `None` if the operation takes no body.

    A concrete type may be chosen where the description gives a range (`image/*`). Raises `BodyError` for another one.
    """
    body = entry.operation.request_body
    if body is None or not body.media_types:
        return None
    if model.media_type is None:
        return body.media_types[0]
    for media_type in body.media_types:
        if media_type.name == model.media_type:
            return media_type
    wanted = essence(model.media_type)
    for media_type in body.media_types:
        if wanted and in_range(wanted, essence(media_type.name)):
            return media_type
    if placeholders:
        return body.media_types[0]
    raise BodyError(
        say("The media type %(media_type)s is not one this operation takes.", media_type=shown(model.media_type)),
        field="media_type",
    )


def concrete_name(described: MediaType, chosen: str | None, value: Value, *, text: bool) -> str:
    """Return the Content-Type to send for a described media type, which may be a range or no media type at all.

    `text` says the value is text as typed; then a range means `text/plain`, otherwise JSON, or the file's own type.
    """
    if chosen and "*" not in chosen and essence(chosen) and is_sendable(chosen):
        return chosen.strip()
    name = described.name.strip()
    kind = essence(name)
    if not kind or not is_sendable(name):
        return JSON
    if "*" not in kind:
        return name
    if isinstance(value, FileValue) and in_range(essence(value.content_type), kind):
        return essence(value.content_type)
    if "+" in kind:
        return f"application/{kind.rpartition('+')[2]}"
    if kind.startswith("text/") or text:
        return "text/plain"
    return JSON if kind in ("*/*", "application/*") else OCTETS


def accept(entry: Entry) -> str:
    """Return the Accept field: a media type of the first success response with content, JSON preferred, or `*/*`."""
    responses = [response for response in entry.operation.responses if response.media_types]
    success = [response for response in responses if response.status[:1] == "2"] or [
        response for response in responses if response.status == "default"
    ]
    if not success:
        return "*/*"
    names = [
        media_type.name.strip()
        for media_type in success[0].media_types
        if essence(media_type.name) and is_sendable(media_type.name)
    ]
    return next((name for name in names if is_json(name)), names[0] if names else "*/*")
