"""Media Type, Encoding, Request Body and Response Objects of 3.x (OpenAPI 3.1 sections 4.8.13 to 4.8.17)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

from playground.catalog.model import Encoding, Link, MediaType, Parameter, RequestBody, Response, ResponseHeader, Schema
from playground.openapi.document import DocumentReader
from playground.openapi.pointers import Where
from playground.openapi.problems import quoted
from playground.openapi.values import flag, text

_DEEPEST_ENCODING = 4
_HOLDING = frozenset(("headers", "encoding", "prefixEncoding", "itemEncoding"))
"""Members of an encoding that hold more than a word."""
_STATUS = re.compile(r"[1-5](?:\d\d|XX)|default")


def read_request_body(reader: DocumentReader, value: dict[str, Any], where: Where) -> RequestBody | None:
    """Return a request body, or `None` when it has no content."""
    media_types = read_content(reader, value, where)
    if not media_types:
        reader.problems.warn(where, "This request body has no content; nothing is sent: give it a media type.")
        return None
    return RequestBody(
        media_types=media_types, required=flag(value.get("required")), description=text(value.get("description"))
    )


def read_content(reader: DocumentReader, holder: Mapping[str, Any], where: Where) -> tuple[MediaType, ...]:
    """Return the media types of `content`, in order, named as described."""
    media_types: list[MediaType] = []
    for name, value, place in reader.members(holder, "content", where):
        media_type = reader.shared(value, place, "media type", partial(_read_media_type, reader, name))
        if media_type is not None:
            # What several share by a reference has the name of the first.
            media_types.append(media_type if media_type.name == name else replace(media_type, name=name))
    return tuple(media_types)


def _read_media_type(reader: DocumentReader, name: str, value: dict[str, Any], where: Where) -> MediaType:
    schema = reader.schema_in(value, where)
    item_schema: Schema | None = None
    if value.get("itemSchema") is not None:
        item_schema = reader.schema_in(value, where, "itemSchema")
        # A sequence is the list of its items, which `schema` describes as a whole (OpenAPI 3.2, Media Type Object).
        items: Schema = {"type": "array", "items": item_schema}
        schema = {"allOf": [schema, items]} if isinstance(schema, Mapping) else items
    return MediaType(
        name=name,
        schema=schema,
        item_schema=item_schema,
        examples=reader.examples(value, where),
        **({} if _HOLDING.isdisjoint(value) else _read_nested(reader, value, where, 0)),
    )


def read_encodings(
    reader: DocumentReader, holder: Mapping[str, Any], where: Where, depth: int = 0
) -> dict[str, Encoding]:
    """Return the Encoding Objects of a Media Type Object (or of an encoding), by property."""
    encodings: dict[str, Encoding] = {}
    for name, value, place in reader.members(holder, "encoding", where):
        encoding = reader.shared(value, place, "encoding", partial(_read_encoding, reader, depth))
        if encoding is not None:
            by_item = bool(encoding.content_type) and text(reader.document.get("openapi")).startswith("3.2")
            encodings[name] = replace(encoding, by_item=True) if by_item else encoding
    return encodings


def _read_prefix_encoding(
    reader: DocumentReader, holder: Mapping[str, Any], where: Where, depth: int
) -> tuple[Encoding, ...]:
    encodings: list[Encoding] = []
    for index, value in enumerate(reader.list_in(holder, "prefixEncoding", where)):
        place: Where = ((where, "prefixEncoding"), index)
        # One that cannot be read keeps its position: the next would otherwise be another part's.
        encodings.append(reader.shared(value, place, "encoding", partial(_read_encoding, reader, depth)) or Encoding())
    return tuple(encodings)


def _read_item_encoding(reader: DocumentReader, holder: Mapping[str, Any], where: Where, depth: int) -> Encoding | None:
    if holder.get("itemEncoding") is None:
        return None
    return reader.shared(
        holder["itemEncoding"], (where, "itemEncoding"), "encoding", partial(_read_encoding, reader, depth)
    )


def _read_encoding(reader: DocumentReader, depth: int, value: dict[str, Any], where: Where) -> Encoding:
    written = value.get("explode")
    content_type, style = text(value.get("contentType")), text(value.get("style"))
    explode, allow_reserved = written if isinstance(written, bool) else None, flag(value.get("allowReserved"))
    if depth < _DEEPEST_ENCODING and _HOLDING.isdisjoint(value):
        return _plain_encoding(content_type, style, explode, allow_reserved)
    return Encoding(
        content_type=content_type,
        style=style,
        explode=explode,
        allow_reserved=allow_reserved,
        headers=tuple(
            Parameter(
                name=header.name,
                location="header",
                schema=header.schema,
                required=header.required,
                description=header.description,
            )
            for header in _read_headers(reader, value, where)
        ),
        **_read_nested(reader, value, where, depth + 1),
    )


@lru_cache(maxsize=256)
def _plain_encoding(content_type: str, style: str, explode: bool | None, allow_reserved: bool) -> Encoding:
    # Forms say the same of hundreds of their properties.
    return Encoding(content_type=content_type, style=style, explode=explode, allow_reserved=allow_reserved)


def _read_nested(reader: DocumentReader, value: dict[str, Any], where: Where, depth: int) -> dict[str, Any]:
    """Return the encodings of a part that is multipart itself."""
    if depth > _DEEPEST_ENCODING:
        message = f"Encodings nested deeper than {_DEEPEST_ENCODING} levels are left out: describe fewer levels."
        reader.problems.warn(where, message)
        return {}
    return {
        "encoding": read_encodings(reader, value, where, depth),
        "prefix_encoding": _read_prefix_encoding(reader, value, where, depth),
        "item_encoding": _read_item_encoding(reader, value, where, depth),
    }


def _read_headers(reader: DocumentReader, holder: Mapping[str, Any], where: Where) -> tuple[ResponseHeader, ...]:
    headers: list[ResponseHeader] = []
    for name, value, at in reader.members(holder, "headers", where):
        followed = reader.follow(value, at, "header")
        if followed is None:
            continue
        header, place = followed
        content = reader.object_in(header, "content", place)
        holder_of_schema: Mapping[str, Any] = header
        if header.get("schema") is None and content:
            media_type, member = next(iter(content.items()))
            inner = reader.follow(member, ((place, "content"), media_type), "media type")
            holder_of_schema, place = inner or (header, place)
        headers.append(
            ResponseHeader(
                name=name,
                schema=reader.schema_in(holder_of_schema, place),
                required=flag(header.get("required")),
                description=text(header.get("description")),
            )
        )
    return tuple(headers)


def read_response(reader: DocumentReader, status: str, value: dict[str, Any], where: Where) -> Response:
    """Return the response to a status."""
    return Response(
        status=status,
        description=text(value.get("description")),
        media_types=read_content(reader, value, where),
        headers=_read_headers(reader, value, where),
        links=_read_links(reader, value, where),
    )


def _read_links(reader: DocumentReader, holder: Mapping[str, Any], where: Where) -> tuple[Link, ...]:
    links: list[Link] = []
    for name, value, place in reader.members(holder, "links", where):
        link = reader.shared(value, place, "link", partial(_read_link, reader))
        if link is not None:
            links.append(replace(link, name=name))
    return tuple(links)


def _read_link(reader: DocumentReader, value: dict[str, Any], where: Where) -> Link | None:
    operation_id, reference = text(value.get("operationId")), text(value.get("operationRef"))
    if not operation_id and not reference:
        reader.problems.warn(
            where, "This link names no operation; it is left out: give it an operationId or an operationRef."
        )
        return None
    return Link(
        name="",
        operation_id=operation_id,
        operation_ref="" if operation_id else reference,
        description=text(value.get("description")),
        parameters=reader.object_in(value, "parameters", where),
        request_body=value.get("requestBody"),
    )


def status_of(reader: DocumentReader, name: str, where: Where) -> str | None:
    """Return a response's key as `200`, `4XX` or `default`; `None` with a problem for anything else."""
    status = name if name == "default" else name.upper()
    if _STATUS.fullmatch(status):
        return status
    reader.problems.warn(
        where, f"{quoted(name)} is not a status like 200, 4XX or default; this response is left out: correct it."
    )
    return None
