"""An answer's content as bytes of a media type, and the header fields described for it, true where they can be."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from playground import jsontext
from playground.catalog.model import Definitions, Encoding, Entry, MediaType, Response, Schema
from playground.httpsyntax import is_sendable, is_token
from playground.mediatypes import JSON, essence, extension, is_bytes, kind_of
from playground.request.bodies.write import write_content
from playground.request.bodies.xml import xml_text
from playground.request.errors import RequestError
from playground.request.model import DEFAULT_NESTING, FileValue
from playground.request.parameters import delimiter_of
from playground.request.text import form_encode, is_list, json_text, text_of
from playground.sandbox.generate import Making
from playground.schema.direction import hides, visible
from playground.values.files import SVG, file_for
from playground.values.scene import words_of
from playground.values.shapes import Shapes

_TEXT_RANGE = "text/plain"
_BOUNDARY = "playground-sandbox"


def write_described(value: Any, media_type: MediaType, shapes: Shapes, *, described: bool = False) -> tuple[str, bytes]:
    """Return a Content-Type and the bytes for a value of a described content; parts are written as those of a request.

    `described` says that the value is the description's own example.
    """
    definitions, notes = shapes.definitions, shapes.of(media_type.schema).notes
    if "hides" not in notes:
        notes["hides"] = hides(media_type.schema, definitions, writing=False)
    if notes["hides"]:
        value = visible(value, media_type.schema, definitions, writing=False)
    kind = essence(media_type.name)
    if kind.startswith("multipart/") and "*" not in kind and isinstance(value, dict | list):
        try:
            content, content_type = write_content(
                media_type, media_type.name.strip(), _with_files(value, media_type), definitions, DEFAULT_NESTING,
                boundary=_BOUNDARY,
            )  # fmt: skip
        except RequestError:
            return write(value, JSON, media_type.schema, definitions, described=described)
        return content_type, content.body
    return write(value, media_type.name, media_type.schema, definitions, described=described)


def _with_files(value: Any, media_type: MediaType) -> Any:
    """Return a multipart content's value with files where the description says that a part is bytes."""
    if isinstance(value, list):
        first, rest = media_type.prefix_encoding, media_type.item_encoding
        return [_file(item, first[at] if at < len(first) else rest) for at, item in enumerate(value)]
    return {
        name: [_file(item, media_type.encoding.get(name)) for item in member]
        if isinstance(member, list)
        else _file(member, media_type.encoding.get(name))
        for name, member in value.items()
    }


def _file(value: Any, encoding: Encoding | None) -> Any:
    kind = essence(encoding.content_type.partition(",")[0]) if encoding is not None else ""
    if not is_bytes(kind) or not isinstance(value, str):
        return value
    made, content = file_for(kind)
    return FileValue(filename=f"file{extension(made)}", content=content, content_type=made)


def write(value: Any, name: str, schema: Schema, definitions: Definitions, *, described: bool) -> tuple[str, bytes]:
    """Return a Content-Type and the bytes for a value.

    `name` is the media type as described, a range or rubbish included; `described` says that the value is the
    description's own example, whose text is then taken as it is.
    """
    kind = essence(name) or JSON
    if kind in ("*/*", "application/*") or kind.startswith("multipart/"):
        kind = name = JSON
    elif kind == "text/*":
        kind = name = _TEXT_RANGE
    elif "*" in kind and "+" in kind:
        kind = name = f"application/{kind.rpartition('+')[2]}"
    written = kind_of(kind)
    if is_bytes(kind) or (written == "unknown" and not isinstance(value, dict | list)):
        if described and isinstance(value, str) and not kind.startswith(("image/", "audio/", "video/")):
            return kind, value.encode("utf-8", "replace")
        return file_for(kind)
    content_type = name.strip() if essence(name) and name.isprintable() else kind
    if written == "json":
        return content_type, jsontext.encode(value)
    if "charset" not in content_type.lower():
        content_type += "; charset=utf-8"
    if kind == "image/svg+xml" and not described:
        return content_type, _encode(SVG)
    return content_type, _encode(_text(value, kind, schema, definitions))


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _text(value: Any, kind: str, schema: Schema, definitions: Definitions) -> str:
    written = kind_of(kind)
    if written == "lines":
        return "".join(json_text(line) + "\n" for line in (value if isinstance(value, list) else [value]))
    if isinstance(value, str):
        return value
    if written == "xml":
        try:
            return xml_text(value, schema, definitions)
        except RequestError:
            return '<?xml version="1.0" encoding="UTF-8"?><root/>'
    if written == "form":
        pairs = value.items() if isinstance(value, dict) else ()
        return "&".join(f"{form_encode(str(name))}={form_encode(text_of(member))}" for name, member in pairs)
    if written == "csv" and isinstance(value, list):
        return _table(value)
    if written == "events":
        return f"data: {json_text(value)}\n\n"
    return jsontext.dumps(value, indent=2)


def _table(rows: list[Any]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if rows and all(isinstance(row, dict) for row in rows):
        columns = list(dict.fromkeys(name for row in rows for name in row))
        writer.writerow(columns)
        writer.writerows([text_of(row.get(name, "")) for name in columns] for row in rows)
    else:
        writer.writerows([text_of(cell) for cell in (row if isinstance(row, list) else [row])] for row in rows)
    return text.getvalue()


_MOST = 40
_LONGEST = 1000
_FRAMING = frozenset((
    "content-type", "content-length", "content-encoding", "transfer-encoding", "connection", "date", "trailer",
    "upgrade", "keep-alive", "te", "proxy-authenticate",
))  # fmt: skip
"""Response header fields that frame the message; the description's are not repeated."""


def described_headers(
    response: Response | None,
    make: Making,
    *,
    own: Iterable[tuple[str, str]] = (),
    total: int | None = None,
    tag: str = "",
) -> list[tuple[str, str]]:
    """Return a response's described header fields, and `own` ones, which take the place of described ones."""
    known = {name.lower(): value for name, value in own}
    fields: list[tuple[str, str]] = []
    for header in (response.headers if response else ())[:_MOST]:
        name = header.name.lower()
        if name in _FRAMING or not is_token(header.name):
            continue
        text = known.pop(name, None)
        if text is None:
            text = _true_value(header.name, make, total, tag)
        if text is None and name == "link":
            continue  # there is another page only where the memory says so
        if text is None:
            value = make.value(header.schema, header.name)
            text = delimiter_of(header.schema).join(map(text_of, value)) if is_list(value) else text_of(value)
            if name == "etag" and not text.endswith('"'):
                text = f'"{text}"'  # an entity tag is quoted (RFC 9110 section 8.8.3)
        if is_sendable(text) and len(text) <= _LONGEST:
            fields.append((header.name, text))
    fields += [(name, value) for name, value in own if name.lower() in known and is_sendable(value)]
    return fields


def _true_value(name: str, make: Making, total: int | None, tag: str) -> str | None:
    words = words_of(name)
    if name.lower() == "etag" and tag:
        return tag
    if name.lower() in ("location", "content-location"):
        return make.address
    if (
        total is not None
        and "total" in words
        and (words[-1] in ("count", "total", "records", "items") or len(words) < 3)
    ):
        return str(total)
    return None


def challenge(entry: Entry, *, browser: bool) -> list[tuple[str, str]]:
    """Return the challenges of a 401 (RFC 9110 section 11.6.1).

    A browser gets none for Basic: it would ask its user for a password that no page wants.
    """
    words: dict[str, None] = {}
    schemes = entry.provider.schemes_by_name()
    for alternative in entry.operation.security or ():
        for use in alternative:
            scheme = schemes.get(use.scheme)
            if scheme is not None and scheme.type != "apiKey":
                words[scheme.scheme.capitalize() if scheme.type == "http" and scheme.scheme else "Bearer"] = None
    shown = [word for word in words if is_token(word) and not (browser and word in ("Basic", "Digest"))]
    return [("WWW-Authenticate", f'{word} realm="sandbox"') for word in shown]
