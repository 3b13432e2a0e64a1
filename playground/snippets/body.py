"""The content of a message as most clients take it: text, bytes, a file, form fields, or text and files in a row."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from playground.messages import BinaryContent, FormContent, MultipartContent, Part
from playground.request.model import ABSENT
from playground.snippets.files import FileNames, Piece, pieces
from playground.snippets.headers import content_type
from playground.snippets.message import Message
from playground.snippets.text import Text, Variable, json_text
from playground.text.visible import is_hidden

FORM = "application/x-www-form-urlencoded"
LINE = 72
"""Columns of code a literal may take before it is broken where its language can."""
_PLAIN_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class TextBody:
    """Text, perhaps around variables; `fields` are the pieces of a long form, which `&` joins."""

    text: Text
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BytesBody:
    """Bytes that no reader could follow as text."""

    data: bytes


@dataclass(frozen=True, slots=True)
class FileBody:
    """A file beside the snippet."""

    name: str


@dataclass(frozen=True, slots=True)
class PairsBody:
    """A form whose fields the client encodes itself, to the same text."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PartsBody:
    """A multipart message whose parts the client writes itself, with a boundary of its own."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class PiecesBody:
    """A multipart message in exact pieces: text or bytes, and files."""

    pieces: tuple[Piece, ...]


ExactBody: TypeAlias = TextBody | BytesBody | FileBody | PiecesBody
"""Content that the snippet gives the client as it is."""
Body: TypeAlias = ExactBody | PairsBody | PartsBody


def exact_body(message: Message, files: FileNames) -> ExactBody | None:
    """Return the content, `None` when there is none; files get their local names in `files`."""
    if not message.has_content:
        return None
    content = message.content
    if message.json is not ABSENT:
        return TextBody(_free_json(message))
    if isinstance(content, MultipartContent):
        return PiecesBody(pieces(content, files))
    if isinstance(content, BinaryContent) and content.filename is not None:
        return FileBody(files.local(content.filename, content.data).name)
    readable = readable_text(content.body)
    if readable is None:
        return BytesBody(content.body)
    split = isinstance(content, FormContent) and len(readable) > LINE and "&" in readable
    return TextBody((readable,), tuple(readable.split("&")) if split else ())


def body_of(
    message: Message,
    files: FileNames,
    *,
    same_form: Callable[[FormContent], bool] = lambda form: False,
    same_part: Callable[[Part], bool] = lambda part: False,
) -> Body | None:
    """Return the content as the client takes it best: fields or parts where it writes them the same itself.

    `same_form` tells whether its own encoding of a form's fields is the text that is sent, `same_part` whether it
    writes a part of `multipart/form-data` the same.
    """
    content = message.content
    if isinstance(content, FormContent) and content.pairs and message.has_content and same_form(content):
        return PairsBody(content.pairs)
    if parts := form_parts(message, same_part):
        for part in parts:
            if part.filename is not None:
                files.local(part.filename, part.data)
        return PartsBody(parts)
    return exact_body(message, files)


def form_parts(message: Message, same_part: Callable[[Part], bool]) -> tuple[Part, ...]:
    """Return the parts of `multipart/form-data` where a client writes each the same itself; none otherwise."""
    content = message.content
    if not isinstance(content, MultipartContent) or not content_type(message).startswith("multipart/form-data"):
        return ()
    return content.parts if all(map(same_part, content.parts)) else ()


def readable_text(data: bytes) -> str | None:
    """Return the text of bytes that are UTF-8 and mostly visible, else `None`."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if sum(map(is_hidden, text)) > max(len(text) // 4, 2) else text


def decoded(data: bytes) -> str | None:
    """Return the text of bytes that are UTF-8, else `None`."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def is_plain_type(name: str | None) -> bool:
    """Tell whether a media type is there and has no parameters."""
    return _PLAIN_TYPE.fullmatch(name or "") is not None


def _free_json(message: Message) -> Text:
    compact = message.json_text
    if len("".join(piece.name if isinstance(piece, Variable) else piece for piece in compact)) <= LINE:
        return compact
    return json_text(message.json, indent=2)
