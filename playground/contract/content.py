"""The JSON of an answer as values that a check can read: whole, the beginning of a long one, or item by item."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from typing import Any

from playground.contentviews import multipart
from playground.contentviews.json_index import STEP, JSONIndex, Node
from playground.contentviews.sequence import events_of, lines_of
from playground.contentviews.view import Body
from playground.mediatypes import codec_of, essence, is_json, is_text, kind_of

_MAX_DIGITS = 4_000


def read_json(text: str) -> Any:
    """Return the value of a JSON text as a validator compares it. Raises `ValueError`, `RecursionError`."""
    return _DECODER.decode(text)


def _integer(text: str) -> int | float:
    return int(text) if len(text) <= _MAX_DIGITS else float(text)


def _constant(text: str) -> float:
    raise ValueError(f"{text} is not a JSON value")


_DECODER = json.JSONDecoder(parse_int=_integer, parse_constant=_constant)


def value_of(body: Body, most: int) -> tuple[Any, bool]:
    """Return a body's JSON and whether it is all of it: of a text longer than `most` characters it is the beginning.

    Raises `ValueError`, `RecursionError`.
    """
    if len(body.data) <= most:
        return read_json(body.text.removeprefix("\ufeff")), True
    return _beginning(body.json, body.json.root, [most]), False


def _beginning(index: JSONIndex, node: Node, room: list[int]) -> Any:
    """Return a node's value without the children there is no more room for."""
    size = node.end - node.start
    if size <= room[0] or not node.is_container:
        room[0] -= size
        return read_json(index.text[node.start : node.end])
    children = _children(index, node)
    if node.kind == "array":
        items: list[Any] = []
        for child in children:
            if room[0] <= 0:
                break
            items.append(_beginning(index, child, room))
        return items
    # A member that is left out would be one that is missing: a long one gives the others' room up.
    return {str(child.name): _beginning(index, child, room) for child in children}


def _children(index: JSONIndex, node: Node) -> Iterator[Node]:
    start = 0
    while nodes := index.children(node, start, STEP):
        yield from nodes
        start += len(nodes)


def items_of(body: Body, *, whole_events: bool) -> Iterator[Any]:
    """Yield the value of each item of a streamed body; of one that is no JSON its text.

    Of an event that is what its data says, or the event itself as an object if `whole_events` (OpenAPI 3.2, 4.14.4).
    """
    text, _ = body.loose_text
    if kind_of(body.media_type) == "events":
        for name, fields, data in events_of(text):
            if whole_events:
                yield _event(name, fields, data)
            elif data:
                yield _json_or_text(data)
    else:
        for line in lines_of(text):
            yield _json_or_text(line)


def _event(name: str, fields: Mapping[str, str], data: str) -> dict[str, Any]:
    """Return an event as an object; its `retry` is a number (HTML Standard, 9.2.6)."""
    event: dict[str, Any] = {"event": name, **fields, "data": data} if name else {**fields, "data": data}
    if event.get("retry", "").isdecimal():
        event["retry"] = int(event["retry"][:18])
    return event


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPart:
    """One part of a multipart body: JSON as its value, text as text, and no value where it is bytes."""

    name: str
    media_type: str
    value: Any = None
    is_bytes: bool = False


def parts_of(body: Body) -> Iterator[AnswerPart]:
    """Yield the parts of a multipart body. Raises `ValueError` for a part that is called JSON and is none."""
    for fields, content in multipart.split(body.data, body.parameters.get("boundary", "")):
        message = Message()
        message["Content-Disposition"] = fields.get("content-disposition", "").replace("\n", " ")
        name = message.get_param("name", "", header="content-disposition")
        declared = fields.get("content-type", "text/plain")
        part = AnswerPart(name=name if isinstance(name, str) else "", media_type=essence(declared))
        if not is_json(declared) and not is_text(declared):
            yield AnswerPart(name=part.name, media_type=part.media_type, is_bytes=True)
            continue
        text = content.decode(codec_of(declared) or "utf-8", "replace")
        value = read_json(text) if is_json(declared) else text
        yield AnswerPart(name=part.name, media_type=part.media_type, value=value)


def _json_or_text(text: str) -> Any:
    try:
        return read_json(text)
    except (ValueError, RecursionError):
        return text
