"""Content in Ruby code: built readably where that gives the same bytes, else the bytes themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from playground import jsontext
from playground.jsontext import NumberText
from playground.messages import FormContent, JSONContent
from playground.request.model import ABSENT
from playground.snippets.body import BytesBody, FileBody, TextBody, exact_body
from playground.snippets.languages.ruby.literals import Ruby
from playground.snippets.literals import Code
from playground.snippets.message import Message
from playground.snippets.notes import secret_notes
from playground.snippets.text import plain
from playground.snippets.urlencoded import is_unique, same_search_params

_KEPT_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,9})\.(?:[0-9]{0,3}[1-9]|0)")


def expression(message: Message, ruby: Ruby, *, indent: int) -> tuple[str, tuple[str, ...]]:
    """Return an expression of the content, empty where there is none, and notes on it.

    `indent` is the column of the line it begins on.
    """
    content = message.content
    if message.json is not ABSENT:
        if _keeps(message.json):
            return ruby.generate(message.json, indent=indent, used=indent + 30), ()
        return ruby.text(message.json_text), secret_notes(message)
    if isinstance(content, JSONContent) and (written := _json_call(content.text, ruby, indent)):
        return written, ()
    if isinstance(content, FormContent) and content.pairs and same_search_params(content):
        return f"URI.encode_www_form({pairs(content, ruby, indent=indent)})", ()
    return _exact(message, ruby, indent), ()


def _exact(message: Message, ruby: Ruby, indent: int) -> str:
    width = ruby.grammar.width
    match exact_body(message, ruby.files):
        case None:
            return ""
        case TextBody(text, fields) if fields and all(fields):
            return f"{ruby.value(fields, indent=indent, used=width)}.join('&')"
        case TextBody(text):
            return ruby.string(plain(text) or "")
        case BytesBody(data):
            return ruby.bytes_of(data)
        case FileBody(name):
            return ruby.read(name)
        case body:
            parts = [Code(ruby.piece(piece)) for piece in body.pieces]
            return parts[0].text if len(parts) == 1 else f"{ruby.value(parts, indent=indent, used=width)}.join"


def pairs(form: FormContent, ruby: Ruby, *, indent: int, used: int = 60) -> str:
    """Return a form's fields as a hash, or as a list of pairs where a name repeats."""
    return ruby.value(dict(form.pairs) if is_unique(form) else list(form.pairs), indent=indent, used=used)


def _json_call(text: str, ruby: Ruby, indent: int) -> str:
    """Return the `JSON.generate` call that gives the text, empty where there is none."""
    try:
        value = jsontext.loads(text)
        if jsontext.dumps(value) == text and _keeps(value):
            return ruby.generate(value, indent=indent, used=indent + 30)
    except (jsontext.JSONTextError, RecursionError):
        pass
    return ""


def _keeps(value: Any, levels: int = 90) -> bool:
    """Tell whether `JSON.generate` writes a value as `jsontext.dumps` does; it goes no deeper than 100 levels."""
    if levels == 0:
        return False
    if isinstance(value, str):
        return re.search("[\x7f\u2028\u2029\ud800-\udfff]", value) is None
    if isinstance(value, Mapping):
        return all(_keeps(name) and _keeps(part, levels - 1) for name, part in value.items())
    if isinstance(value, list | tuple):
        return all(_keeps(part, levels - 1) for part in value)
    if isinstance(value, NumberText):
        return _KEPT_NUMBER.fullmatch(value.text) is not None
    return not isinstance(value, float) or _KEPT_NUMBER.fullmatch(repr(value)) is not None
