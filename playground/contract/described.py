"""What a description documents for one answer: the response, the content, and their places."""

from __future__ import annotations

from collections.abc import Callable

from playground.catalog.model import Encoding, Entry, MediaType, Response, Schema
from playground.contract.places import settled
from playground.contract.verdict import Verdict
from playground.mediatypes import essence, in_range, kind_of
from playground.messages import HTTPResponse
from playground.openapi.parse import parse_document
from playground.openapi.problems import DocumentError
from playground.sandbox.negotiate import described
from playground.schema.flatten import flatten
from playground.schema.keywords.arrays import item_schema
from playground.schema.mapping import as_schema_map
from playground.schema.types import types_of

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
