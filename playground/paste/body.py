"""A pasted body as the value `build_content` would write it from: JSON, forms, multipart parts, text, files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

from playground import jsontext
from playground.catalog.model import Definitions, Encoding, Entry, MediaType, Parameter, Schema
from playground.mediatypes import OCTETS, essence, in_range, is_json, kind_of
from playground.messages import Part
from playground.paste.message import PastedMessage
from playground.paste.parameters import Pairs, read_pairs
from playground.paste.values import is_array, is_object, item_of, nested, property_of, split_key, typed
from playground.request.bodies.files import is_binary
from playground.request.bodies.form import is_styled
from playground.request.model import ABSENT, Absent, FileValue, Value
from playground.schema.flatten import flatten
from playground.schema.types import types_of
from playground.text.wording import say

_MOST_PARTS = 2000
_BOUNDARY = re.compile(r'boundary="?([^";]{1,100})"?', re.IGNORECASE)
_NAME = re.compile(r';\s*name=(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))', re.IGNORECASE)
_FILENAME = re.compile(r';\s*filename=(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))', re.IGNORECASE)
_PLAIN = ("text", "csv", "events")


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedBody:
    """A body read: its media type as the model names it, the value or the raw text, and what found no place."""

    media_type: str | None = None
    value: Value | Absent = ABSENT
    raw: str | None = None
    unplaced: tuple[str, ...] = ()


def read_body(entry: Entry, message: PastedMessage) -> PastedBody:
    """Return the body of a message for an operation."""
    if message.content is None and message.parts is None and not message.file:
        return PastedBody()
    body = entry.operation.request_body
    if body is None or not body.media_types:
        return PastedBody(unplaced=(say("The body: this operation takes none."),))
    kind = message.header("content-type")
    described, chosen = _described(body.media_types, kind, parts=message.parts is not None)
    media_type = chosen if chosen is not None and described is not body.media_types[0] else None
    if chosen is not None and described.name != chosen:
        media_type = chosen
    foreign = (
        (say("The body's type %(kind)s: this operation takes %(name)s.", kind=essence(kind), name=described.name),)
        if chosen is None and essence(kind)
        else ()
    )
    read = _read(entry.definitions, described, message, kind_of(chosen or described.name))
    return replace(read, media_type=media_type, unplaced=(*foreign, *read.unplaced))


def _described(types: Sequence[MediaType], kind: str, *, parts: bool) -> tuple[MediaType, str | None]:
    """Return the media type that fits the Content-Type, and its name in the model; `None` if none fits."""
    wanted = essence(kind) or ("multipart/form-data" if parts else "")
    exact = next(
        (type_ for type_ in types if type_.name.replace(" ", "").lower() == kind.replace(" ", "").lower()), None
    )
    same = exact or next((type_ for type_ in types if wanted and essence(type_.name) == wanted), None)
    if same is not None:
        return same, same.name
    ranged = next(
        (type_ for type_ in types if wanted and "*" in type_.name and in_range(wanted, essence(type_.name))), None
    )
    if ranged is not None:
        return ranged, ranged.name
    alike = next((type_ for type_ in types if wanted and kind_of(type_.name) == kind_of(wanted)), None)
    return (alike, alike.name) if alike is not None else (types[0], None)


def _read(definitions: Definitions, described: MediaType, message: PastedMessage, kind: str) -> PastedBody:
    schema, sent = described.schema, essence(message.header("content-type"))
    if message.parts is not None:
        return _multipart(message.parts, described, definitions)
    if message.file and is_binary(schema, definitions):
        return PastedBody(value=FileValue(filename=message.file, content=b"", content_type=sent or OCTETS))
    if message.content is None:
        return PastedBody()
    content = message.content
    if kind == "multipart":
        parts = parts_of(content, message.header("content-type"))
        if parts is not None:
            return _multipart(parts, described, definitions)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return PastedBody(value=FileValue(filename="body", content=content, content_type=sent or OCTETS))
    if kind == "form" and not text.lstrip().startswith(("{", "[")):
        return _form(text.strip("\n"), described, definitions)
    if kind in ("json", "form", "multipart", "yaml") or (kind in ("image", "binary", "unknown") and is_json(sent)):
        try:
            return PastedBody(value=jsontext.loads(text))
        except jsontext.JSONTextError as error:
            return PastedBody(
                raw=text, unplaced=() if kind == "yaml" else (say("The body's fields: %(reason)s", reason=str(error)),)
            )
    if kind in _PLAIN and types_of(flatten(schema, definitions)) in ((), ("string",)):
        return PastedBody(value=text)
    if kind in (*_PLAIN, "xml", "lines", "sequence"):
        return PastedBody(raw=text)
    return _whole(text, schema, definitions, sent)


def _whole(text: str, schema: Schema, definitions: Definitions, sent: str) -> PastedBody:
    """Return a body that is one value: text, or bytes where the description says so."""
    if is_binary(schema, definitions):
        data = text.encode()
        return PastedBody(value=FileValue(filename="body", content=data, content_type=sent or OCTETS))
    return PastedBody(raw=text)


def _form(text: str, described: MediaType, definitions: Definitions) -> PastedBody:
    pairs = Pairs.of(text)
    schema = flatten(described.schema, definitions)
    values: dict[str, Value] = {}
    order = list(dict.fromkeys(split_key(name)[0] for name, _ in pairs.left))
    for name, encoding in described.encoding.items():
        if is_styled(encoding) or is_json(encoding.content_type.partition(",")[0]):
            parameter = _as_parameter(name, property_of(schema, name, definitions), encoding)
            values.update((read.name, value) for read, value in read_pairs([parameter], pairs, definitions))
    groups: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for key, value in pairs.left:
        name, steps = split_key(key)
        groups.setdefault(name, []).append((steps, pairs.decode(value)))
    for name, steps_and_texts in groups.items():
        values[name] = nested(steps_and_texts, property_of(schema, name, definitions), definitions)
    places = {name: at for at, name in enumerate(order)}
    return PastedBody(value=dict(sorted(values.items(), key=lambda item: places.get(item[0], len(places)))))


def _as_parameter(name: str, schema: Schema, encoding: Encoding) -> Parameter:
    style = encoding.style or "form"
    explode = style == "form" if encoding.explode is None else encoding.explode
    kind = "" if is_styled(encoding) else encoding.content_type.partition(",")[0]
    return Parameter(name=name, location="query", schema=schema, style=style, explode=explode, media_type=kind)


def _multipart(parts: Sequence[Part], described: MediaType, definitions: Definitions) -> PastedBody:
    schema = flatten(described.schema, definitions)
    grouped: dict[str, list[Part]] = {}
    styled: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for part in parts:
        name, steps = split_key(part.name)
        encoding = described.encoding.get(name)
        if steps and part.filename is None and encoding is not None and is_styled(encoding):
            grouped.setdefault(name, [])
            styled.setdefault(name, []).append((steps, part.data.decode("utf-8", "replace")))
        else:
            grouped.setdefault(part.name, []).append(part)
    members: dict[str, Value] = {}
    for name, same in grouped.items():
        member = property_of(schema, name, definitions)
        if name in styled:
            members[name] = nested(styled[name], member, definitions)
        elif is_array(member, definitions) and not (
            len(same) == 1 and _is_whole(same[0], described.encoding.get(name))
        ):
            members[name] = [
                _part_value(part, item_of(member, at, definitions), definitions) for at, part in enumerate(same)
            ]
        else:
            values = [_part_value(part, member, definitions) for part in same]
            members[name] = values if len(values) > 1 else values[0]
    return PastedBody(value=members)


def _is_whole(part: Part, encoding: Encoding | None) -> bool:
    """Say whether a part holds a whole list as JSON."""
    return part.filename is None and encoding is not None and is_json(encoding.content_type) and part.data[:1] == b"["


def _part_value(part: Part, schema: Schema, definitions: Definitions) -> Value:
    if part.filename is not None and not (part.filename == part.name and not is_binary(schema, definitions)):
        kind = part.content_type or OCTETS
        return FileValue(filename=part.filename, content=part.data, content_type=kind)
    text = part.data.decode("utf-8", "replace")
    if (part.content_type and is_json(part.content_type)) or is_object(schema, definitions):
        try:
            value: Value = jsontext.loads(text)
        except jsontext.JSONTextError:
            return text
        return value
    return typed(text, schema, definitions)


def parts_of(content: bytes, content_type: str) -> tuple[Part, ...] | None:
    """Return the parts, or `None` if the content does not hold the boundary that its type names."""
    named = _BOUNDARY.search(content_type)
    boundary = named[1].strip() if named else _first_line(content)
    if not boundary:
        return None
    pieces = re.split(
        rb"(?:^|\r?\n)--" + re.escape(boundary.encode("utf-8", "replace")) + rb"(?=-|\r?\n|[ \t])", content
    )
    if len(pieces) < 2:
        return None
    parts = [_part(piece) for piece in pieces[1 : _MOST_PARTS + 1] if not piece.startswith(b"--")]
    return tuple(part for part in parts if part is not None)


def _first_line(content: bytes) -> str:
    first = content.split(b"\n", 1)[0].strip()
    return first[2:].decode("utf-8", "replace") if first.startswith(b"--") and len(first) < 100 else ""


def _part(piece: bytes) -> Part | None:
    head, _, data = _split_head(piece)
    fields: dict[str, str] = {}
    for line in head.decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(":")
        fields.setdefault(name.strip().lower(), value.strip())
    disposition = fields.get("content-disposition", "")
    named = _parameter(_NAME, disposition)
    if named is None:
        return None
    return Part(
        name=named,
        data=data,
        filename=_parameter(_FILENAME, disposition),
        content_type=fields.get("content-type") or None,
    )


def _split_head(piece: bytes) -> tuple[bytes, bytes, bytes]:
    match = re.search(rb"\r?\n\r?\n", piece)
    return (piece[: match.start()], match[0], piece[match.end() :]) if match else (piece, b"", b"")


def _parameter(pattern: re.Pattern[str], disposition: str) -> str | None:
    match = pattern.search(disposition)
    if match is None:
        return None
    # Browsers percent-encode quotation marks and line ends (HTML, multipart/form-data), programs use backslashes.
    text = match[1] if match[1] is not None else match[2]
    return re.sub(r"%(?:22|0[AaDd])", lambda escape: unquote(escape[0]), re.sub(r'\\(["\\])', r"\1", text))
