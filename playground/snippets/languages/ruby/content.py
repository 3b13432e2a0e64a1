"""Content in Ruby code: built readably where that gives the same bytes, else the bytes themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from playground import jsontext
from playground.jsontext import NumberText
from playground.messages import FormContent, JSONContent
from playground.request.model import ABSENT
from playground.snippets.body import BytesBody, FileBody, PiecesBody, TextBody, body_of, secret_notes
from playground.snippets.fetch_rules import same_as_search_params
from playground.snippets.files import FileNames
from playground.snippets.languages.ruby import literals as ruby
from playground.snippets.message import Message
from playground.snippets.text import plain

FORM = "application/x-www-form-urlencoded"
_KEPT_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,9})\.(?:[0-9]{0,3}[1-9]|0)")


def expression(message: Message, names: FileNames, *, indent: int) -> tuple[str, tuple[str, ...]]:
    """Return an expression of the content, empty where there is none, and notes on it.

    `indent` is the column of the line it begins on.
    """
    content = message.content
    if message.json is not ABSENT:
        if keeps(message.json):
            return f"JSON.generate({ruby.literal(message.json, indent=indent, used=indent + 30)})", ()
        return ruby.template(message.json_text), secret_notes(message)
    if isinstance(content, JSONContent) and (written := _generated(content.text, indent)):
        return written, ()
    if isinstance(content, FormContent) and content.pairs and same_as_search_params(content):
        return f"URI.encode_www_form({pairs(content, indent=indent)})", ()
    match body_of(message, names):
        case None:
            return "", ()
        case TextBody(text, fields) if fields and all(fields):
            return f"{ruby.literal(fields, indent=indent, used=ruby.WIDTH)}.join('&')", ()
        case TextBody(text):
            return ruby.string(plain(text) or ""), ()
        case BytesBody(data):
            return ruby.bytes_of(data), ()
        case FileBody(name):
            return _read(name), ()
        case PiecesBody(pieces):
            parts = [ruby.bytes_of(piece) if isinstance(piece, bytes) else _read(piece.name) for piece in pieces]
            if len(parts) == 1:
                return parts[0], ()
            return f"{ruby.literal([ruby.Code(part) for part in parts], indent=indent, used=ruby.WIDTH)}.join", ()
        case _:
            raise AssertionError("a body of parts or pairs is written by its target")


def _read(name: str) -> str:
    return f"File.binread({ruby.string(name)})"


def pairs(content: FormContent, *, indent: int, used: int = 60) -> str:
    """Return a form's fields as a hash, or as a list of pairs where a name repeats."""
    named = dict(content.pairs)
    unique = len(named) == len(content.pairs)
    return ruby.literal(named if unique else list(content.pairs), indent=indent, used=used)


def _generated(text: str, indent: int) -> str:
    """Return the `JSON.generate` call that gives the text, empty where there is none."""
    try:
        value = jsontext.loads(text)
        if jsontext.dumps(value) == text and keeps(value):
            return f"JSON.generate({ruby.literal(value, indent=indent, used=indent + 30)})"
    except (jsontext.JSONTextError, RecursionError):
        pass
    return ""


def keeps(value: Any, levels: int = 90) -> bool:
    """Tell whether `JSON.generate` writes a value as `jsontext.dumps` does; it goes no deeper than 100 levels."""
    if levels == 0:
        return False
    if isinstance(value, str):
        return re.search("[\x7f\u2028\u2029\ud800-\udfff]", value) is None
    if isinstance(value, Mapping):
        return all(keeps(name) and keeps(part, levels - 1) for name, part in value.items())
    if isinstance(value, list | tuple):
        return all(keeps(part, levels - 1) for part in value)
    if isinstance(value, NumberText):
        return _KEPT_NUMBER.fullmatch(value.text) is not None
    return not isinstance(value, float) or _KEPT_NUMBER.fullmatch(repr(value)) is not None
