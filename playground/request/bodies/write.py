"""A value as content of a media type: the one way for bodies, parts of multipart bodies and whole query strings.

Multipart: a part for each property, several for a list (OpenAPI 3.1 section 4.8.15.1; RFC 7578), or a part for each
item of a sequence (OpenAPI 3.2, `itemEncoding`; RFC 2046).
"""

from __future__ import annotations

import base64
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from playground import jsontext
from playground.catalog.model import Definitions, Encoding, Entry, MediaType, Parameter, Schema
from playground.httpsyntax import is_reserved, is_sendable, is_token
from playground.mediatypes import JSON, OCTETS, Kind, essence, in_range, is_bytes, kind_of
from playground.messages import (
    BinaryContent,
    Content,
    FormContent,
    JSONContent,
    MultipartContent,
    NoContent,
    Part,
    TextContent,
)
from playground.request.bodies.form import form_content, is_binary, is_styled, property_pairs, property_schema
from playground.request.bodies.text import csv_text, is_table, sequence_text, text_content
from playground.request.bodies.xml import xml_text
from playground.request.errors import BodyError
from playground.request.media_types import concrete_name, select_media_type
from playground.request.model import ABSENT, FileValue, Nesting, RequestModel, Value
from playground.request.text import is_list, is_scalar, json_text, percent_encode, plain, text_of
from playground.schema.flatten import flatten
from playground.schema.mapping import schema_list
from playground.text.wording import say

_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,./:=?-]{1,70}")
_NAMED = re.compile(r';\s*name=(?:"([^"]*)"|([^;\s"]+))', re.IGNORECASE)
_TRANSFERRED = ("base64", "quoted-printable", "7bit", "8bit", "binary")
_STRUCTURED = ("json", "form", "xml", "yaml", "multipart", "unknown")
_LISTED = (*_STRUCTURED, "csv", "lines", "sequence", "events")
_FRAMING = ("content-type", "content-disposition", "content-length")


def write_content(
    described: MediaType,
    name: str,
    value: Value,
    definitions: Definitions,
    nesting: Nesting,
    *,
    boundary: str | None = None,
) -> tuple[Content, str]:
    """Return a value as content of the media type `name`, and its Content-Type. Raises `BodyError`.

    `described` has the schema and the encodings; its own name may be a range. `boundary` fixes that of a multipart
    content; without one a random one is taken. Either way it is one that the content does not hold.
    """
    kind = kind_of(name)
    if kind == "form":
        schema = flatten(described.schema, definitions)

        def typed(property_name: str, member: Value) -> str | None:
            encoding = described.encoding.get(property_name) or Encoding()
            own = property_schema(schema, property_name)
            own = _item_schema(own, definitions) if encoding.by_item else own
            return _typed_text(member, own, encoding, definitions, nesting)

        return form_content(value, described.encoding, nesting, schema=schema, typed=typed), name
    if kind == "multipart":
        is_form = essence(name) in ("multipart/form-data", "multipart/*")
        parts = _parts(value, described, definitions, nesting, is_form=is_form)
        free = _free_boundary(parts, boundary)
        return MultipartContent(parts=parts, boundary=free), _with_boundary(name, free)
    if isinstance(value, FileValue):
        return BinaryContent(data=value.content, filename=value.filename, file=value.file), name
    if kind == "json":
        return JSONContent(text=json_text(value)), name
    return text_content(_text(kind, described, value, definitions), name), name


def _text(kind: Kind, described: MediaType, value: Value, definitions: Definitions) -> str:
    if isinstance(value, str):
        return value
    if kind == "xml":
        return xml_text(plain(value), described.schema, definitions)
    if kind in ("lines", "sequence", "events"):
        return sequence_text(kind, value if is_list(value) else [value])
    if is_scalar(value):
        return text_of(value)
    if kind == "csv" and is_table(value):
        return csv_text(value)
    # YAML reads JSON; for a type nothing is known about, JSON is the readable way to write an object.
    return json_text(value)


def _typed_text(
    value: Value, schema: Schema, encoding: Encoding, definitions: Definitions, nesting: Nesting
) -> str | None:
    """Return an object or a list of a form as its content type has it; `None` where that is JSON or none is named."""
    declared = None if is_scalar(value) else _fitting(_ranges(encoding), value)
    if declared is None or kind_of(declared) not in ("xml", "csv", "lines", "sequence"):
        return None
    member = [value] if kind_of(declared) == "csv" and isinstance(value, dict) else value
    content, _ = write_content(MediaType(name=declared, schema=schema), declared, member, definitions, nesting)
    return content.body.decode("utf-8", "replace")


def _ranges(encoding: Encoding) -> list[str]:
    return [piece.strip() for piece in _split_types(encoding.content_type) if essence(piece)]


def _with_boundary(name: str, boundary: str) -> str:
    """Return the Content-Type of multipart content; a boundary that the description names gives way."""
    rest = [piece.strip() for piece in name.split(";") if not piece.strip().lower().startswith("boundary")]
    quoted = boundary if is_token(boundary) else f'"{boundary}"'
    return "; ".join([*rest, f"boundary={quoted}"])


def _parts(
    value: Value, described: MediaType, definitions: Definitions, nesting: Nesting, *, is_form: bool
) -> tuple[Part, ...]:
    if is_list(value) and (not is_form or described.prefix_encoding or described.item_encoding is not None):
        return tuple(_sequence(value, described, definitions, nesting, is_form=is_form))
    if not isinstance(value, dict):
        raise BodyError(say("A multipart body must be an object with named values."), field="body")
    schema = flatten(described.schema, definitions)
    parts: list[Part] = []
    for name, member in value.items():
        encoding = described.encoding.get(name) or Encoding()
        parts += _named_parts(name, member, property_schema(schema, name), encoding, definitions, nesting)
    return tuple(parts)


def _sequence(
    values: list[Value], described: MediaType, definitions: Definitions, nesting: Nesting, *, is_form: bool
) -> Iterator[Part]:
    """Yield a part for each item (3.2, "Encoding by position"): in a form the description's own field names it."""
    schema = flatten(described.schema, definitions)
    first, items = schema_list(schema, "prefixItems"), schema.get("items", True)
    for index, value in enumerate(values):
        is_prefixed = index < len(described.prefix_encoding)
        encoding = (described.prefix_encoding[index] if is_prefixed else described.item_encoding) or Encoding()
        name = _described_name(encoding) if is_form else ""
        part = _part(name, value, first[index] if index < len(first) else items, encoding, definitions, nesting)
        yield part if is_form else replace(part, unnamed=True)


def _described_name(encoding: Encoding) -> str:
    """Return the name that a described Content-Disposition gives a part of a form. Raises `BodyError`."""
    for header in encoding.headers:
        if header.name.lower() == "content-disposition":
            schema: Mapping[str, Any] = header.schema if isinstance(header.schema, Mapping) else {}
            named = _NAMED.search(text_of(_fixed_value(header, schema)))
            if named is not None:
                return named[1] if named[1] is not None else named[2]
    raise BodyError(say("The description gives the parts of this form no names, so they cannot be sent."), field="body")


def _named_parts(
    name: str, value: Value, schema: Schema, encoding: Encoding, definitions: Definitions, nesting: Nesting
) -> Iterator[Part]:
    if is_styled(encoding) and not isinstance(value, FileValue):
        headers = tuple(_headers(encoding.headers))
        for key, text in property_pairs(name, value, encoding, str, str, nesting, schema):
            yield Part(name=key, data=_bytes(text), headers=headers)
        return
    item = _item_schema(schema, definitions) if is_list(value) else schema
    for member in value if is_list(value) else (value,):
        yield _part(name, member, item, encoding, definitions, nesting)


def _item_schema(schema: Schema, definitions: Definitions) -> Schema:
    """Return the schema of a list's items; the schema itself if it says nothing of them."""
    items = flatten(schema, definitions).get("items")
    return items if isinstance(items, Mapping | bool) else schema


def _part(
    name: str, value: Value, schema: Schema, encoding: Encoding, definitions: Definitions, nesting: Nesting
) -> Part:
    """Return one part: its bytes are what its type says, since a part is written as a body is."""
    headers = tuple(_headers(encoding.headers))
    ranges = _ranges(encoding)
    if isinstance(value, FileValue):
        return _file_part(name, value, ranges, headers)
    declared = _fitting(ranges, value)
    if is_binary(schema, definitions) and isinstance(value, str):
        # A file given as its text: servers look for a file name before they take a part for a file.
        return Part(
            name=name, data=_bytes(value), filename=name or None, content_type=declared or OCTETS, headers=headers
        )
    encoded = _content_encoding(schema, definitions) if isinstance(value, str) else ""
    if encoded in _TRANSFERRED and not any(field.lower() == "content-transfer-encoding" for field, _ in headers):
        headers = (*headers, ("Content-Transfer-Encoding", encoded))
    if declared is None:
        if is_scalar(value):
            kind = OCTETS if encoded else None
            return Part(name=name, data=_bytes(text_of(value)), content_type=kind, headers=headers)
        declared = JSON
    if kind_of(declared) == "csv" and isinstance(value, dict) and is_table([value]):
        value = [value]
    described = MediaType(
        name=declared,
        schema=schema,
        encoding=encoding.encoding,
        prefix_encoding=encoding.prefix_encoding,
        item_encoding=encoding.item_encoding,
    )
    content, content_type = write_content(described, declared, value, definitions, nesting)
    return Part(name=name, data=content.body, content_type=content_type, headers=headers)


def _content_encoding(schema: Schema, definitions: Definitions) -> str:
    """Return what a schema says its texts are encoded with, which is a field of a part as well."""
    encoding = flatten(schema, definitions).get("contentEncoding")
    return encoding.lower() if isinstance(encoding, str) else ""


def _split_types(content_type: str) -> list[str]:
    """Split `image/png, text/plain; charset="a,b"` at the commas that are not quoted."""
    return re.findall(r'(?:[^,"]|"(?:[^"\\]|\\.)*"?)+', content_type)


def _file_part(name: str, value: FileValue, ranges: list[str], headers: tuple[tuple[str, str], ...]) -> Part:
    own = essence(value.content_type)
    declared = next((kind for kind in ranges if "*" not in essence(kind)), None)
    fits = own and (not ranges or (own != OCTETS and any(in_range(own, essence(kind)) for kind in ranges)))
    same = next((kind for kind in ranges if essence(kind) == own), own)
    part = Part(
        name=name,
        data=value.content,
        filename=value.filename,
        content_type=same if fits else declared or own or OCTETS,
        headers=headers,
        file=value.file,
    )
    if any(field.lower() == "content-transfer-encoding" and text.lower() == "base64" for field, text in headers):
        lines = base64.encodebytes(value.data).replace(b"\n", b"\r\n")
        return replace(part, data=value.base64.encode() if value.left_out else lines, file=None)
    return part


def _fitting(ranges: list[str], value: Value) -> str | None:
    """Return the first of the declared types that can hold the value, parameters included; `None` if none is concrete.

    Bytes cannot hold an object, which is then sent as the JSON text that it is.
    """
    concrete = [kind for kind in ranges if "*" not in essence(kind)]
    kinds = _LISTED if is_list(value) else _STRUCTURED
    fitting = (kind for kind in concrete if is_scalar(value) or kind_of(kind) in kinds)
    found = next(fitting, concrete[0] if concrete else None)
    return JSON if found is not None and is_bytes(found) and not is_scalar(value) else found


def _headers(described: tuple[Parameter, ...]) -> Iterator[tuple[str, str]]:
    """Yield the part headers whose value the description gives; a form has no inputs for them.

    Content-Type is described apart, and Content-Disposition and Content-Length are ours to write.
    """
    for header in described:
        schema: Mapping[str, Any] = header.schema if isinstance(header.schema, Mapping) else {}
        value = _fixed_value(header, schema)
        allowed = is_token(header.name) and not is_reserved(header.name) and header.name.lower() not in _FRAMING
        if value is not None and allowed and is_sendable(text_of(value)):
            yield header.name, text_of(value)


def _fixed_value(header: Parameter, schema: Mapping[str, Any]) -> Any:
    values = schema.get("enum")
    if "const" in schema:
        return schema["const"]
    if schema.get("default") is not None:
        return schema["default"]
    if isinstance(values, list) and len(values) == 1:
        return values[0]
    examples = [example.value for example in header.examples]
    if isinstance(schema.get("examples"), list):
        examples += schema["examples"]
    examples += [schema["example"]] if "example" in schema else []
    return examples[0] if header.required and examples else None


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _free_boundary(parts: tuple[Part, ...], wanted: str | None) -> str:
    boundary = wanted if wanted and _BOUNDARY.fullmatch(wanted) else f"----playground{secrets.token_hex(16)}"
    while any(boundary.encode() in part.data for part in parts):
        boundary = f"----playground{secrets.token_hex(16)}" if wanted is None else _next_boundary(boundary)
    return boundary


def _next_boundary(boundary: str) -> str:
    return f"{boundary}x" if len(boundary) < 70 else f"----playground{secrets.token_hex(16)}"


_QUERY = "!$&'()*+,;=:@/?"
"""What a query may hold beside unreserved characters (RFC 3986 section 3.4)."""


def build_content(
    entry: Entry, model: RequestModel, *, placeholders: bool = False, boundary: str | None = None
) -> tuple[Content, str | None]:
    """Return the body's content and its Content-Type; `(NoContent(), None)` where the model has none.

    A raw text is sent as typed where the media type is text of any kind, and is JSON to be form-encoded where it is a
    form. With `placeholders` raw text that is not JSON goes as typed too. Raises `BodyError`.
    """
    if (model.body is ABSENT and model.raw is None) or (model.raw is not None and not model.raw.strip()):
        return NoContent(), None
    described = select_media_type(entry, model, placeholders=placeholders)
    if described is None:
        if placeholders:
            return NoContent(), None
        raise BodyError(say("This operation takes no body."), field="body")
    if model.raw is not None:
        return _raw_content(entry, model, described, model.raw, placeholders=placeholders, boundary=boundary)
    value = None if model.body is ABSENT else model.body
    name = concrete_name(described, model.media_type, value, text=isinstance(value, str))
    return write_content(described, name, value, entry.definitions, model.nesting, boundary=boundary)


def _raw_content(
    entry: Entry, model: RequestModel, described: MediaType, raw: str, *, placeholders: bool, boundary: str | None
) -> tuple[Content, str]:
    parsed, error = _parse(raw)
    name = concrete_name(described, model.media_type, raw, text=error is not None or isinstance(parsed, str))
    kind = kind_of(name)
    if kind in ("json", "form", "multipart") and error is not None and not placeholders:
        raise BodyError(str(error), field="body~raw") from None
    if kind == "json":
        return JSONContent(text=raw), name
    if kind in ("form", "multipart") and error is None and (isinstance(parsed, dict) or not placeholders):
        return write_content(described, name, parsed, entry.definitions, model.nesting, boundary=boundary)
    return text_content(raw, name), name


def _parse(raw: str) -> tuple[Value, jsontext.JSONTextError | None]:
    try:
        return jsontext.loads(raw), None
    except jsontext.JSONTextError as error:
        return None, error


def querystring_text(parameter: Parameter, value: Value, definitions: Definitions, nesting: Nesting) -> str:
    """Return a whole query string (OpenAPI 3.2, `in: querystring`): content of a media type, encoded for a URL."""
    described = MediaType(name=parameter.media_type, schema=parameter.schema, encoding=parameter.encoding)
    content, _ = write_content(described, parameter.media_type, value, definitions, nesting)
    if isinstance(content, FormContent):
        # Square brackets stand in a body as they are, and in no URL (RFC 3986 section 3.4).
        return content.text.replace("[", "%5B").replace("]", "%5D")
    text = content.text if isinstance(content, JSONContent | TextContent) else content.body.decode("utf-8", "replace")
    if kind_of(parameter.media_type) == "form":
        # A form whose schema is a text or a list is written by hand: it stands as it is, made fit for a URL.
        return percent_encode(text, keep=_QUERY, keep_triplets=True)
    return percent_encode(text)
