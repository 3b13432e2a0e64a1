"""What a description documents for one answer, the response's content read by it, and the places of both."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from typing import Any

from playground import jsontext
from playground.catalog.model import Encoding, Entry, MediaType, Operation, Provider, Response, Schema
from playground.contentviews import multipart
from playground.contentviews.json_index import STEP, JSONIndex, Node
from playground.contentviews.sequence import events_of, lines_of
from playground.contentviews.view import Body
from playground.contract.validator import Into, Step
from playground.contract.verdict import Verdict
from playground.mediatypes import codec_of, essence, in_range, is_json, is_text, kind_of
from playground.messages import HTTPResponse
from playground.openapi.parse import parse_document
from playground.openapi.problems import DocumentError
from playground.sandbox.negotiate import described
from playground.schema.flatten import flatten
from playground.schema.keywords.arrays import item_schema
from playground.schema.mapping import as_schema_map, is_json_value
from playground.schema.types import types_of

_LONGEST_RULE = 160
_MOST_HOPS = 20


def pointer_of(steps: Iterable[Step]) -> str:
    """Return a JSON Pointer (RFC 6901)."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def response_place(operation: Operation, status: str = "") -> tuple[str, ...]:
    """Return the place of an operation's answers, or of one of them by its described status."""
    place = ("paths", operation.path, operation.method.lower(), "responses")
    return (*place, status) if status else place


def content_place(provider: Provider, response: tuple[str, ...], media_type: str, keyword: str) -> tuple[str, ...]:
    """Return the place of the schema of an answer's content."""
    if provider.specification.startswith("2"):
        return (*response, "schema")
    return (*response, "content", media_type, keyword)


def rule_place(base: tuple[str, ...], path: Sequence[Step], provider: Provider) -> tuple[str, ...]:
    """Return the place of a rule by the way to it through schemas from the one at `base`; the last reference counts."""
    last = max((number for number, step in enumerate(path) if isinstance(step, Into)), default=-1)
    below = tuple(map(str, path[last + 1 :]))
    if last < 0:
        return (*base, *below)
    key = str(path[last])
    if "/" in key:
        return (*(token.replace("~1", "/").replace("~0", "~") for token in key.split("/")), *below)
    holder = ("definitions",) if provider.specification.startswith("2") else ("components", "schemas")
    return (*holder, key, *below)


def rule_text(keyword: str, limit: Any) -> str:
    """Return a keyword and its value as JSON, cut where it is long."""
    if not is_json_value(limit):
        return keyword
    text = f"{jsontext.dumps(keyword)}: {jsontext.dumps(limit)}"
    return text if len(text) <= _LONGEST_RULE else text[: _LONGEST_RULE - 1] + "…"


def settled(pointer: str, document: Any) -> str:
    """Return a pointer into a document with the references on the way to it followed; as it is where it ends."""
    found, node = list[str](), document
    for step in (token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]):
        for _ in range(_MOST_HOPS):
            reference = node.get("$ref") if isinstance(node, Mapping) and step not in node else None
            if not isinstance(reference, str) or not reference.startswith("#/"):
                break
            found = [token.replace("~1", "/").replace("~0", "~") for token in reference[2:].split("/")]
            node = _at(document, found)
        node = _at(node, (step,))
        found.append(step)
    return pointer_of(found)


def _at(node: Any, steps: Iterable[str]) -> Any:
    for step in steps:
        if isinstance(node, Mapping):
            node = node.get(step)
        elif isinstance(node, list) and step.isdecimal() and int(step) < len(node):
            node = node[int(step)]
        else:
            return None
    return node


_STREAMED = ("events", "lines", "sequence")


def content_of(entry: Entry, response: HTTPResponse) -> MediaType | None:
    """Return what the description says of an answer's content, `None` where it says nothing."""
    found = described(entry, response.status)
    return None if found is None else described_content(found, response.headers.get("content-type") or "")


def described_status(entry: Entry, status: int) -> str:
    """Return the status that a described answer has in the document (`4XX`), empty where none is described."""
    found = described(entry, status)
    return "" if found is None else found.status


def is_streamed(content_type: str) -> bool:
    """Say whether content of a media type is a stream of items."""
    return kind_of(content_type) in _STREAMED


def item_description(entry: Entry, content: MediaType) -> Schema:
    """Return the schema of each item of a streamed answer."""
    if content.item_schema is not None:
        return content.item_schema
    plain = flatten(content.schema, entry.definitions)
    return item_schema(plain, 0) if types_of(plain) == ("array",) else content.schema


def watched_item(entry: Entry, content: MediaType) -> Schema | None:
    """Return the schema of an item of the list that a watch is described by, `None` where it describes the events."""
    properties = as_schema_map(flatten(content.schema, entry.definitions).get("properties"))
    listed = flatten(properties.get("items", True), entry.definitions)
    return item_schema(listed, 0) if types_of(listed) == ("array",) and "object" not in properties else None


def encoding_at(content: MediaType, position: int) -> Encoding | None:
    """Return what the description says of the part at a position."""
    first = content.prefix_encoding
    return first[position] if position < len(first) else content.item_encoding


def located(verdict: Verdict, source: Callable[[], bytes], *, most: int | None = None) -> Verdict:
    """Return a verdict whose places are true of the source document, also where it writes references.

    A document of more than `most` bytes is not read again for that.
    """
    if not any(finding.place.startswith("/paths/") for finding in verdict.findings):
        return verdict
    data = source()
    try:
        document = parse_document(data) if most is None or len(data) <= most else None
    except DocumentError:
        return verdict
    return verdict if document is None else verdict.placed(lambda place: settled(place, document))


def described_content(found: Response, declared: str) -> MediaType | None:
    """Return the described content of a media type: by its name, else by the narrowest range."""
    kind = essence(declared)
    fitting = [media_type for media_type in found.media_types if kind and in_range(kind, _range(media_type.name))]
    return min(fitting, key=lambda media_type: _range(media_type.name).count("*"), default=None)


def _range(name: str) -> str:
    return name.partition(";")[0].strip().lower()


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
