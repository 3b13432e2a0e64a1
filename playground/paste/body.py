"""A pasted body as the value `build_content` would write it from: JSON, forms, multipart parts, text, files."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import unquote

from playground import jsontext
from playground.catalog.model import Definitions, Encoding, Entry, MediaType, Parameter, Schema
from playground.mediatypes import OCTETS, Kind, codec_of, essence, in_range, is_json, is_text, kind_of
from playground.messages import Part
from playground.paste.message import PastedMessage
from playground.paste.parameters import Pairs, read_pairs
from playground.paste.values import (
    is_array,
    is_object,
    item_of,
    json_items,
    list_in_one_text,
    lists_of,
    nested,
    property_names,
    property_of,
    split_declared,
    split_key,
    typed,
)
from playground.request.bodies.form import is_binary, is_styled
from playground.request.bodies.text import read_sequence
from playground.request.errors import shown
from playground.request.model import ABSENT, DEFAULT_NESTING, Absent, FileValue, Nesting, Value
from playground.schema.flatten import flatten
from playground.schema.mapping import text_of
from playground.schema.types import alternatives, types_of
from playground.text.wording import say

_MOST_PARTS = 2000
_BOUNDARY = re.compile(r'boundary="?([^";]{1,100})"?', re.IGNORECASE)
_NAME = re.compile(r';\s*name=(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))', re.IGNORECASE)
_FILENAME = re.compile(r';\s*filename=(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))', re.IGNORECASE)
_FRAMING = ("content-disposition", "content-length", "content-type")
_PLAIN = ("text", "csv", "events")


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedBody:
    """A body read: its media type as the model names it, the value or the raw text, and what has no place in it.

    `nesting` is how its lists and objects are written, so that the request keeps its shape.
    """

    media_type: str | None = None
    value: Value | Absent = ABSENT
    raw: str | None = None
    nesting: Nesting = DEFAULT_NESTING
    unplaced: tuple[str, ...] = ()


def read_body(entry: Entry, message: PastedMessage) -> PastedBody:
    """Return the body of a message for an operation."""
    if message.content is None and message.parts is None and not message.file:
        return PastedBody()
    body = entry.operation.request_body
    if body is None or not body.media_types:
        return PastedBody(unplaced=(say("The body: this operation takes none."),))
    kind, guessed = _type_of(message, body.media_types)
    described, chosen = _described(body.media_types, kind, parts=message.parts is not None)
    media_type = chosen if chosen is not None and described is not body.media_types[0] else None
    if chosen is not None and described.name != chosen:
        media_type = chosen
    sent = essence(kind) or ("multipart/form-data" if message.parts is not None else "")
    is_other = sent and not in_range(sent, essence(described.name)) and essence(described.name)
    foreign = (
        (say("The body's type %(kind)s: this operation takes %(name)s.", kind=sent, name=described.name),)
        if is_other
        else ()
    )
    read = _read(entry.definitions, described, message, kind_of(chosen or described.name), sent)
    return replace(read, media_type=media_type, unplaced=(*guessed, *foreign, *read.unplaced))


def read_querystring(parameter: Parameter, text: str, definitions: Definitions) -> Value:
    """Return the value of a whole query string (3.2 `in: querystring`), read as a body of its media type is."""
    described = MediaType(name=parameter.media_type, schema=parameter.schema, encoding=parameter.encoding)
    kind = kind_of(parameter.media_type)
    content = text if kind == "form" else unquote(text)
    message = PastedMessage(kind="", content=content.encode("utf-8", "surrogatepass"))
    read = _read(definitions, described, message, kind, essence(parameter.media_type))
    return read.raw if read.value is ABSENT else read.value


def _type_of(message: PastedMessage, types: Sequence[MediaType]) -> tuple[str, tuple[str, ...]]:
    """Return the Content-Type of a body, and a sentence where it is another one than the program would send.

    curl calls any text a form where nobody names its type; JSON text for an operation that takes JSON is meant as such.
    """
    kind = message.header("content-type")
    if not kind and message.content:
        return _unnamed_type(message.content, types)
    if not message.assumed_type or message.content is None or message.content.lstrip()[:1] not in (b"{", b"["):
        return kind, ()
    described = next((type_ for type_ in types if is_json(type_.name)), None)
    try:
        jsontext.loads(message.content.decode("utf-8"))
    except ValueError:
        return kind, ()
    if described is None:
        return kind, ()
    sentence = say(
        "The command names no type for its body, so curl sends it as %(kind)s: it was read as %(name)s.",
        kind=essence(kind),
        name=described.name,
    )
    return described.name, (sentence,)


def _unnamed_type(content: bytes, types: Sequence[MediaType]) -> tuple[str, tuple[str, ...]]:
    """Return the media type that a body without one is read as, and a sentence that says so where there is a choice."""
    is_json_text = content.lstrip()[:1] in (b"{", b"[")
    described = next((type_ for type_ in types if is_json_text == is_json(type_.name)), types[0])
    if len(types) == 1:
        return described.name, ()
    return described.name, (say("The body names no type: it was read as %(name)s.", name=described.name),)


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
        return ranged, wanted
    alike = next((type_ for type_ in types if wanted and kind_of(type_.name) == kind_of(wanted)), None)
    return (alike, alike.name) if alike is not None else (types[0], None)


def _read(definitions: Definitions, described: MediaType, message: PastedMessage, kind: Kind, sent: str) -> PastedBody:
    schema = described.schema
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
        text = content.decode(codec_of(message.header("content-type")) or "utf-8")
    except UnicodeDecodeError:
        return PastedBody(value=FileValue(filename="body", content=content, content_type=sent or OCTETS))
    if kind == "form" and types_of(flatten(schema, definitions)) == ("string",):
        return PastedBody(value=text)
    if kind == "form" and not text.lstrip().startswith(("{", "[")):
        return _form(text, described, definitions)
    if kind in ("json", "yaml") and kind_of(sent) == "form" and not text.lstrip().startswith(("{", "[")):
        return _form(text, described, definitions)
    if kind in ("json", "yaml") and not text.strip():
        return PastedBody()
    if kind in ("json", "form", "multipart", "yaml") or (kind in ("image", "binary", "unknown") and is_json(sent)):
        try:
            return PastedBody(value=jsontext.loads(text))
        except jsontext.JSONTextError as error:
            return PastedBody(
                raw=text, unplaced=() if kind == "yaml" else (say("The body's fields: %(reason)s", reason=str(error)),)
            )
    if described.item_schema is not None and kind in ("lines", "sequence", "events"):
        try:
            return PastedBody(value=read_sequence(kind, text))
        except jsontext.JSONTextError:
            return PastedBody(raw=text)
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
    declared = property_names(described.schema, definitions)
    values: dict[str, Value] = {}
    order = list(dict.fromkeys(split_declared(name, declared)[0] for name, _ in pairs.left))
    written: list[tuple[tuple[str, ...], str]] = []
    for name, encoding in described.encoding.items():
        if encoding.by_item and not is_styled(encoding) and is_json(encoding.content_type.partition(",")[0]):
            taken = [pairs.decode(text) for _, text in pairs.take(name.__eq__)]
            if taken:
                values[name] = json_items(taken, property_of(schema, name, definitions), definitions)
        elif is_styled(encoding) or is_json(encoding.content_type.partition(",")[0]):
            parameter = _as_parameter(name, property_of(schema, name, definitions), encoding)
            before = pairs.left
            values.update((read.name, value) for read, value in read_pairs([parameter], pairs, definitions))
            written += [(split_key(key)[1], key) for key, value in before if (key, value) not in pairs.left]
    groups: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for key, value in pairs.left:
        name, steps = split_declared(key, declared)
        groups.setdefault(name, []).append((steps, pairs.decode(value)))
        written.append((steps, key))
    unplaced: list[str] = []
    for name, steps_and_texts in groups.items():
        member = property_of(schema, name, definitions)
        values[name] = nested(steps_and_texts, member, definitions)
        inner = list_in_one_text(values[name], member, definitions)
        if inner is not None:
            values[name] = inner
            sentence = say(
                "The body's field %(name)s is a list in one text: it is sent as an entry for each item.",
                name=shown(name),
            )
            unplaced.append(sentence)
    places = {name: at for at, name in enumerate(order)}
    in_brackets = any(steps for group in groups.values() for steps, _ in group)
    return PastedBody(
        value=dict(sorted(values.items(), key=lambda item: places.get(item[0], len(places)))),
        nesting=Nesting(lists=lists_of(written), objects="brackets" if in_brackets else "json"),
        unplaced=tuple(unplaced),
    )


def _as_parameter(name: str, schema: Schema, encoding: Encoding) -> Parameter:
    style = encoding.style or "form"
    explode = style == "form" if encoding.explode is None else encoding.explode
    kind = "" if is_styled(encoding) else encoding.content_type.partition(",")[0]
    return Parameter(name=name, location="query", schema=schema, style=style, explode=explode, media_type=kind)


def _multipart(parts: Sequence[Part], described: MediaType, definitions: Definitions) -> PastedBody:
    if parts and all(part.unnamed for part in parts):
        members = [
            _part_value(part, item_of(described.schema, at, definitions), definitions) for at, part in enumerate(parts)
        ]
        return PastedBody(value=members)
    schema = flatten(described.schema, definitions)
    declared = property_names(described.schema, definitions)
    grouped: dict[str, list[Part]] = {}
    styled: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for part in parts:
        name, steps = split_declared(part.name, declared)
        encoding = described.encoding.get(name)
        if steps and part.filename is None and encoding is not None and is_styled(encoding):
            grouped.setdefault(name, [])
            styled.setdefault(name, []).append((steps, part.data.decode("utf-8", "replace")))
        else:
            grouped.setdefault(part.name, []).append(part)
    values: dict[str, Value] = {}
    unplaced: list[str] = []
    for name, same in grouped.items():
        member = property_of(schema, name, definitions)
        if name in styled:
            values[name] = nested(styled[name], member, definitions)
            continue
        is_list = is_array(member, definitions) and not (
            len(same) == 1 and _is_whole(same[0], described.encoding.get(name))
        )
        read = [
            _part_value(part, item_of(member, at, definitions) if is_list else member, definitions)
            for at, part in enumerate(same)
        ]
        unplaced += [
            say("The file name of the part %(name)s: this property is no file, and takes its text.", name=shown(name))
            for part, value in zip(same, read, strict=True)
            if part.filename not in (None, "blob", name) and not isinstance(value, FileValue)
        ]
        values[name] = read if is_list or len(read) > 1 else read[0]
    lists = lists_of([(steps, name) for name, group in styled.items() for steps, _ in group])
    return PastedBody(value=values, nesting=Nesting(lists=lists), unplaced=tuple(dict.fromkeys(unplaced)))


def _is_whole(part: Part, encoding: Encoding | None) -> bool:
    """Say whether a part holds a whole list as JSON."""
    return part.filename is None and encoding is not None and is_json(encoding.content_type) and part.data[:1] == b"["


def _part_value(part: Part, schema: Schema, definitions: Definitions) -> Value:
    """Return a part's value: a file where one may be, else its text, whatever programs call it (`filename="blob"`)."""
    if text_of(flatten(schema, definitions), "contentEncoding").lower() != "base64":
        part = decoded(part)
    codec = codec_of(part.content_type or "") or "utf-8"
    if part.filename is not None and _may_be_file(part, schema, definitions, codec):
        return FileValue(filename=part.filename, content=part.data, content_type=part.content_type or OCTETS)
    text = part.data.decode(codec, "replace")
    if (part.content_type and is_json(part.content_type)) or is_object(schema, definitions):
        try:
            value: Value = jsontext.loads(text)
        except jsontext.JSONTextError:
            return text
        return value
    return typed(text, schema, definitions)


def decoded(part: Part) -> Part:
    """Return a part without the base64 that its `Content-Transfer-Encoding` says it is written in (RFC 2045)."""
    encoded = any(
        (name.lower(), value.lower()) == ("content-transfer-encoding", "base64") for name, value in part.headers
    )
    if encoded:
        with suppress(binascii.Error):
            return replace(part, data=base64.b64decode(part.data))
    return part


def _may_be_file(part: Part, schema: Schema, definitions: Definitions, codec: str) -> bool:
    """Say whether a property may hold a file: described as bytes or not at all, or given bytes that are no text."""
    if is_binary(schema, definitions):
        return True
    plain = flatten(schema, definitions)
    if not types_of(plain) and not alternatives(plain, definitions):
        return part.filename != part.name and not (part.filename == "blob" and is_text(part.content_type or ""))
    try:
        part.data.decode(codec)
    except UnicodeDecodeError:
        return True
    return False


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
    is_form = essence(content_type) in ("", "multipart/form-data")
    parts = [_part(piece) for piece in pieces[1 : _MOST_PARTS + 1] if not piece.startswith(b"--")]
    return tuple(part for part in parts if not (part.unnamed and is_form))


def _first_line(content: bytes) -> str:
    first = content.split(b"\n", 1)[0].strip()
    return first[2:].decode("utf-8", "replace") if first.startswith(b"--") and len(first) < 100 else ""


def _part(piece: bytes) -> Part:
    head, _, data = _split_head(piece)
    fields: dict[str, str] = {}
    for line in head.decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(":")
        fields.setdefault(name.strip().lower(), value.strip())
    disposition = fields.get("content-disposition", "")
    named = _parameter(_NAME, disposition)
    return Part(
        name=named or "",
        data=data,
        filename=_parameter(_FILENAME, disposition),
        content_type=fields.get("content-type") or None,
        headers=tuple(field for field in fields.items() if field[0] and field[0] not in _FRAMING),
        unnamed=named is None,
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
