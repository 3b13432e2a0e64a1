"""The content of a message as most clients take it: text, bytes, a file, form fields, or text and files in a row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import quote, quote_plus

from playground.messages import BinaryContent, FormContent, MultipartContent
from playground.request.model import ABSENT
from playground.snippets.address import PATH, QUERY
from playground.snippets.files import FileNames, Piece, pieces
from playground.snippets.message import Message
from playground.snippets.text import Text, Variable, json_text, plain
from playground.text.visible import is_hidden

LINE = 72
"""Columns of code a literal may take before it is broken where its language can."""


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
    """A form whose fields the client may encode itself: it asked `encodes_alike` and got the same text."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PartsBody:
    """A multipart message whose parts the client can write itself, with a boundary of its own."""

    content: MultipartContent


@dataclass(frozen=True, slots=True)
class PiecesBody:
    """A multipart message in exact pieces: text or bytes, and files."""

    pieces: tuple[Piece, ...]


Body: TypeAlias = TextBody | BytesBody | FileBody | PairsBody | PartsBody | PiecesBody


def body_of(message: Message, names: FileNames) -> Body | None:
    """Return the content, `None` when there is none; files get their local names in `names`."""
    if not message.has_content:
        return None
    content = message.content
    if message.json is not ABSENT:
        return TextBody(_free_json(message))
    if isinstance(content, MultipartContent):
        return PiecesBody(pieces(content, names))
    if isinstance(content, BinaryContent) and content.filename is not None:
        return FileBody(names.local(content.filename, content.data).name)
    readable = readable_text(content.body)
    if readable is None:
        return BytesBody(content.body)
    split = isinstance(content, FormContent) and len(readable) > LINE and "&" in readable
    return TextBody((readable,), tuple(readable.split("&")) if split else ())


def readable_text(data: bytes) -> str | None:
    """Return the text of bytes that are UTF-8 and mostly visible, else `None`."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if sum(map(is_hidden, text)) > max(len(text) // 4, 2) else text


def _free_json(message: Message) -> Text:
    compact = message.json_text
    if len("".join(piece.name if isinstance(piece, Variable) else piece for piece in compact)) <= LINE:
        return compact
    return json_text(message.json, indent=2)


def secret_notes(message: Message) -> tuple[str, ...]:
    """Return a sentence for the reader where a secret stands inside JSON text, which nothing escapes it for."""
    if message.json is not ABSENT and plain(message.json_text) is None:
        return ("A secret with a quotation mark or backslash in it must be escaped as in JSON.",)
    return ()


def address_notes(message: Message) -> tuple[str, ...]:
    """Return a sentence for the reader where a secret stands inside an address in which nothing encodes it."""
    if any(isinstance(piece, Variable) for piece in message.url[1:]):
        return ("A secret in the address must be percent-encoded, unless it is letters, digits and - . _ ~ alone.",)
    return ()


def usable_headers(
    message: Message, refused: frozenset[str], client: str
) -> tuple[tuple[tuple[str, Text], ...], tuple[str, ...]]:
    """Return the header fields a client lets a program set, and a sentence for each other one."""
    kept = tuple(field for field in message.headers if field[0].lower() not in refused)
    lost = dict.fromkeys(name for name, _ in message.headers if name.lower() in refused)
    return kept, tuple(f"{client} sets {name} itself; it is left out here." for name in lost)


def ascii_headers(
    headers: tuple[tuple[str, Text], ...], client: str
) -> tuple[tuple[tuple[str, Text], ...], tuple[str, ...]]:
    """Return the header fields whose values are ASCII, and a sentence for each other one."""
    kept = tuple(field for field in headers if (plain(field[1]) or "").isascii())
    lost = dict.fromkeys(name for name, value in headers if not (plain(value) or "").isascii())
    return kept, tuple(f"{client} sends header fields in ASCII; {name} is left out here." for name in lost)


def same_pairs(content: FormContent, *, in_order: bool = True) -> bool:
    """Tell whether the pairs, all but RFC 3986's unreserved characters escaped and space as `+`, are the form's text.

    `in_order=False` is for clients that sort by name.
    """
    pairs = content.pairs if in_order else sorted(content.pairs, key=lambda pair: pair[0].encode("utf-8", "replace"))
    try:
        return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs) == content.text
    except UnicodeEncodeError:
        return False


def content_type(message: Message) -> str:
    """Return the Content-Type the message sets, empty when it sets none."""
    return next((plain(value) or "" for name, value in message.headers if name.lower() == "content-type"), "")


def repeated(message: Message) -> bool:
    """Tell whether a header field stands there twice."""
    names = [name.lower() for name, _ in message.headers]
    return len(set(names)) < len(names)


def encoded_address(message: Message, *, path: str = PATH, query: str = QUERY) -> Text:
    """Return the address with characters outside of these classes percent-encoded, but for unfilled placeholders."""
    if not message.url or isinstance(message.url[0], Variable):
        return message.url
    pieces: list[str | Variable] = []
    in_query = False
    for at, piece in enumerate(message.url):
        if isinstance(piece, Variable):
            pieces.append(piece)
            continue
        before, mark, after = ("", "", piece) if in_query else piece.partition("?")
        origin = re.match(r"[a-z]+://[^/?#]*", before) if at == 0 else None
        start = origin[0] if origin else ""
        shown = re.sub(r"\{[^{}]+\}|(?P<odd>[^%" + path + "])", _percent_encoded, before[len(start) :])
        pieces.append(start + shown + mark + re.sub(f"(?P<odd>[^%{query}])", _percent_encoded, after))
        in_query = in_query or bool(mark)
    return tuple(pieces)


def _percent_encoded(found: re.Match[str]) -> str:
    return quote(found["odd"], safe="") if found["odd"] else found[0]
