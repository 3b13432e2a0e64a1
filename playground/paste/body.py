"""A pasted body as the value `build_content` would write it from: JSON, forms, multipart parts, text, files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from playground import jsontext
from playground.catalog.model import Definitions, Encoding, Entry, MediaType, Parameter, Schema
from playground.mediatypes import OCTETS, essence, in_range, is_json, kind_of
from playground.messages import Part
from playground.paste.brackets import nested, split_key
from playground.paste.message import PastedMessage
from playground.paste.multipart import parts_of
from playground.paste.parameters import Pairs, read_pairs
from playground.paste.typed import is_array, is_object, item_of, property_of, typed
from playground.request.bodies.files import is_binary
from playground.request.bodies.form import is_styled
from playground.request.model import ABSENT, Absent, FileValue, Value
from playground.schema.flatten import flatten
from playground.schema.types import types_of
from playground.text.wording import say

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
    found = _read(entry.definitions, described, message, kind_of(chosen or described.name))
    return replace(found, media_type=media_type, unplaced=(*foreign, *found.unplaced))


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
    found: dict[str, Value] = {}
    order = list(dict.fromkeys(split_key(name)[0] for name, _ in pairs.left))
    for name, encoding in described.encoding.items():
        if is_styled(encoding) or is_json(encoding.content_type.partition(",")[0]):
            parameter = _as_parameter(name, property_of(schema, name, definitions), encoding)
            found.update((one.name, value) for one, value in read_pairs([parameter], pairs, definitions))
    groups: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for key, value in pairs.left:
        name, steps = split_key(key)
        groups.setdefault(name, []).append((steps, pairs.decode(value)))
    for name, steps_and_texts in groups.items():
        found[name] = nested(steps_and_texts, property_of(schema, name, definitions), definitions)
    places = {name: at for at, name in enumerate(order)}
    return PastedBody(value=dict(sorted(found.items(), key=lambda item: places.get(item[0], len(places)))))


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
    found: dict[str, Value] = {}
    for name, same in grouped.items():
        member = property_of(schema, name, definitions)
        if name in styled:
            found[name] = nested(styled[name], member, definitions)
        elif is_array(member, definitions) and not (
            len(same) == 1 and _is_whole(same[0], described.encoding.get(name))
        ):
            found[name] = [
                _part_value(one, item_of(member, at, definitions), definitions) for at, one in enumerate(same)
            ]
        else:
            values = [_part_value(one, member, definitions) for one in same]
            found[name] = values if len(values) > 1 else values[0]
    return PastedBody(value=found)


def _is_whole(part: Part, encoding: Encoding | None) -> bool:
    """Say whether one part holds a whole list as JSON."""
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
