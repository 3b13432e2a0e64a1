"""Bodies that are text: rows as CSV (RFC 4180), items as JSON lines, JSON sequences (RFC 7464) or events (HTML)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeGuard

from playground import jsontext
from playground.mediatypes import Kind, codec_of
from playground.messages import BinaryContent, TextContent
from playground.request.model import Value
from playground.request.text import is_list, is_scalar, json_text, text_of

_EVENT_FIELDS = ("event", "id", "retry", "data")


def text_content(text: str, name: str) -> TextContent | BinaryContent:
    """Return text as the content of a media type, in the character set that its name declares.

    A character set that we do not know, or that lacks a character, gives way to UTF-8.
    """
    codec = codec_of(name)
    if codec in ("", "utf-8") or (text.isascii() and not codec.startswith("utf")):
        return TextContent(text=text)
    try:
        return BinaryContent(data=text.encode(codec))
    except UnicodeError:
        return TextContent(text=text)


def is_table(value: Value) -> TypeGuard[Sequence[Mapping[str, Value]]]:
    """Say whether a value is rows: a list of objects, at least one, that hold nothing but texts, numbers and such."""
    return (
        is_list(value)
        and any(value)
        and all(isinstance(row, Mapping) and all(map(is_scalar, row.values())) for row in value)
    )


def csv_text(rows: Sequence[Mapping[str, Value]]) -> str:
    """Write rows under a header line of every name in them, in the order they first come; absent and null are empty."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([text_of(row.get(name)) for name in names] for row in rows)
    return out.getvalue()


def sequence_text(kind: Kind, items: Iterable[Value]) -> str:
    """Write items so that a reader finds the end of each; `kind` is `lines`, `sequence` or `events`."""
    if kind == "events":
        return "".join(map(event_text, items))
    before = "\x1e" if kind == "sequence" else ""
    return "".join(f"{before}{json_text(item)}\n" for item in items)


def event_text(item: Value) -> str:
    """Write an event (HTML Standard, "Server-sent events"): the fields of an event, or anything else as its data."""
    fields = item if isinstance(item, Mapping) and item and item.keys() <= set(_EVENT_FIELDS) else {"data": item}
    return "".join(f"{line}\n" for line in _event_lines(fields)) + "\n"


def _event_lines(fields: Mapping[str, Value]) -> Iterator[str]:
    for name in _EVENT_FIELDS:
        if name not in fields:
            continue
        value = fields[name]
        text = value if isinstance(value, str) else json_text(value)
        # A line end would end the field; only data may go on in another line of the same name.
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        yield from (f"{name}: {line}" for line in (lines if name == "data" else ["".join(lines)]))


def read_sequence(kind: Kind, text: str) -> list[Value]:
    """Return the items of a text that `sequence_text` writes. Raises `JSONTextError`."""
    if kind == "events":
        blocks = re.split(r"\n\n+", text.replace("\r\n", "\n").replace("\r", "\n"))
        return [event for block in blocks if (event := _read_event(block))]
    pieces = text.split("\x1e") if kind == "sequence" else text.splitlines()
    return [jsontext.loads(piece) for piece in pieces if piece.strip()]


def _read_event(block: str) -> dict[str, Value]:
    fields: dict[str, Value] = {}
    for line in block.split("\n"):
        name, _, value = line.partition(":")
        if name in _EVENT_FIELDS:
            value = value.removeprefix(" ")
            fields[name] = f"{fields[name]}\n{value}" if name == "data" and name in fields else value
    return fields
