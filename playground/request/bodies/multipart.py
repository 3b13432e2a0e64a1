"""`multipart/*` bodies: one part for a value, several for a list (OpenAPI 3.1 section 4.8.15.1; RFC 7578)."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from typing import Any

from playground.catalog.model import Definitions, Encoding, Parameter
from playground.httpsyntax import is_reserved, is_sendable, is_token
from playground.mediatypes import OCTETS, essence, in_range, is_json
from playground.messages import MultipartContent, Part
from playground.request.bodies.files import is_binary, property_schema
from playground.request.bodies.form import form_text, is_styled, property_pairs
from playground.request.errors import BodyError
from playground.request.model import Brackets, FileValue, Value
from playground.request.text import is_list, is_scalar, json_text, text_of
from playground.text.wording import say

_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,./:=?-]{1,70}")


def multipart_content(
    value: Value,
    schema: Mapping[str, Any],
    definitions: Definitions,
    encoding: Mapping[str, Encoding],
    *,
    boundary: str | None = None,
    lists: Brackets = "index",
) -> MultipartContent:
    """Write an object as parts: files with their name, objects as JSON, lists as parts of one name, null as empty text.

    `schema` is the body's, flattened. Without `boundary` a random one is taken; either way it is one that the content
    does not hold. Raises `BodyError`.
    """
    if not isinstance(value, dict):
        raise BodyError(say("A multipart body must be an object with named values."), field="body")
    parts: list[Part] = []
    for name, member in value.items():
        binary = is_binary(property_schema(schema, name), definitions)
        parts += _parts(name, member, encoding.get(name) or Encoding(), lists, binary=binary)
    return MultipartContent(parts=tuple(parts), boundary=_free_boundary(parts, boundary))


def content_type_with_boundary(name: str, boundary: str) -> str:
    """Return the Content-Type of a multipart body; a boundary the description names gives way."""
    kept = [piece.strip() for piece in name.split(";") if not piece.strip().lower().startswith("boundary")]
    quoted = boundary if is_token(boundary) else f'"{boundary}"'
    return "; ".join([*kept, f"boundary={quoted}"])


def _parts(name: str, value: Value, encoding: Encoding, lists: Brackets, *, binary: bool) -> Iterator[Part]:
    headers = tuple(_headers(encoding.headers))
    if is_styled(encoding) and not isinstance(value, FileValue):
        for key, text in property_pairs(name, value, encoding, str, str, lists):
            yield Part(name=key, data=_bytes(text), headers=headers)
        return
    for member in value if is_list(value) else (value,):
        yield _part(name, member, encoding, headers, binary=binary)


def _part(name: str, value: Value, encoding: Encoding, headers: tuple[tuple[str, str], ...], *, binary: bool) -> Part:
    ranges = [one for one in map(essence, encoding.content_type.split(",")) if one]
    declared = next((one for one in ranges if "*" not in one), None)
    if isinstance(value, FileValue):
        own = essence(value.content_type)
        fits = own and (not ranges or (own != OCTETS and any(in_range(own, one) for one in ranges)))
        kind = own if fits else declared or own or OCTETS
        return Part(
            name=name,
            data=value.content,
            filename=value.filename,
            content_type=kind,
            headers=headers,
            file=value.file,
        )
    if binary and isinstance(value, str):
        # A file given as its text: servers look for a file name before they take a part for a file.
        return Part(name=name, data=_bytes(value), filename=name, content_type=declared or OCTETS, headers=headers)
    if declared is not None and is_json(declared):
        return Part(name=name, data=_bytes(json_text(value)), content_type=declared, headers=headers)
    if is_scalar(value):
        return Part(name=name, data=_bytes(form_text(value)), content_type=declared, headers=headers)
    return Part(name=name, data=_bytes(json_text(value)), content_type=declared or "application/json", headers=headers)


def _headers(described: tuple[Parameter, ...]) -> Iterator[tuple[str, str]]:
    """Yield the part headers whose value the description fixes; a form has no inputs for them."""
    for header in described:
        schema: Mapping[str, Any] = header.schema if isinstance(header.schema, Mapping) else {}
        value = schema.get("const", schema.get("default"))
        allowed = (
            is_token(header.name) and not is_reserved(header.name) and not header.name.lower().startswith("content-")
        )
        if value is not None and allowed and is_sendable(text_of(value)):
            yield header.name, text_of(value)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _free_boundary(parts: list[Part], wanted: str | None) -> str:
    boundary = wanted if wanted and _BOUNDARY.fullmatch(wanted) else f"----playground{secrets.token_hex(16)}"
    while any(boundary.encode() in part.data for part in parts):
        boundary = f"----playground{secrets.token_hex(16)}" if wanted is None else _next_boundary(boundary)
    return boundary


def _next_boundary(boundary: str) -> str:
    return f"{boundary}x" if len(boundary) < 70 else f"----playground{secrets.token_hex(16)}"
