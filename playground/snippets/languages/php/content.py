"""Content in PHP code: built readably where that gives the same bytes, else the bytes themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from playground import jsontext
from playground.jsontext import NumberText
from playground.messages import FormContent, JSONContent
from playground.request.model import ABSENT
from playground.snippets.body import BytesBody, FileBody, PiecesBody, TextBody, body_of, secret_notes
from playground.snippets.files import FileNames
from playground.snippets.languages.php import literals as php
from playground.snippets.message import Message
from playground.snippets.query import Query, is_unique, same_percent_encoded
from playground.snippets.text import plain

FORM = "application/x-www-form-urlencoded"
_KEPT_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,9})\.[0-9]{0,4}[1-9]")


def expression(message: Message, names: FileNames, *, indent: int, used: int) -> tuple[str, tuple[str, ...]]:
    """Return an expression of the content, empty where there is none, and notes on it.

    `indent` is the column of the line it begins on, `used` how many columns of it are taken.
    """
    content = message.content
    if message.json is not ABSENT:
        if _keeps(message.json):
            return f"json_encode({php.literal(message.json, indent=indent, used=used + 12)})", ()
        return php.template(message.json_text), secret_notes(message)
    if isinstance(content, JSONContent) and (written := _encoded(content.text, indent, used)):
        return written, ()
    if isinstance(content, FormContent) and same_form(content):
        return f"http_build_query({php.literal(dict(content.pairs), indent=indent, used=php.WIDTH)})", ()
    match body_of(message, names):
        case None:
            return "", ()
        case TextBody(text, fields) if fields and all(fields):
            margin = " " * indent
            shown = "".join(f"{margin}    {php.string(field)},\n" for field in fields)
            return f"implode('&', [\n{shown}{margin}])", ()
        case TextBody(text):
            return php.string(plain(text) or ""), ()
        case BytesBody(data):
            return php.bytes_of(data), ()
        case FileBody(name):
            return _read(name), ()
        case PiecesBody(pieces):
            parts = [php.bytes_of(piece) if isinstance(piece, bytes) else _read(piece.name) for piece in pieces]
            return f"\n{' ' * indent}    . ".join(parts), ()
        case _:
            raise AssertionError("a body of parts or pairs is written by its target")


def _read(name: str) -> str:
    return f"file_get_contents({php.string(name)})"


def same_form(content: FormContent) -> bool:
    """Tell whether `http_build_query` of the fields gives exactly the form's text."""
    try:
        unique = len(dict(content.pairs)) == len(content.pairs)
        return bool(content.pairs) and unique and urlencode(content.pairs).replace("~", "%7E") == content.text
    except UnicodeEncodeError:
        return False


def query_expression(query: Query) -> str:
    """Return an expression of the address with its query built of the fields."""
    flags = "" if same_form(query.form) else ", '', '&', PHP_QUERY_RFC3986"
    fields = php.literal(dict(query.form.pairs), used=40)
    return f"{php.string(query.address + '?')} . http_build_query({fields}{flags})"


def same_query(form: FormContent) -> bool:
    """Tell whether `http_build_query` gives exactly the query, in either of its two encodings."""
    return same_form(form) or (is_unique(form) and same_percent_encoded(form))


def _encoded(text: str, indent: int, used: int) -> str:
    """Return the `json_encode` call that gives the text, empty where there is none."""
    try:
        value = jsontext.loads(text)
        if jsontext.dumps(value) != text or not _keeps(value):
            return ""
    except (ValueError, RecursionError):
        return ""
    flags = (["JSON_UNESCAPED_SLASHES"] if "/" in text else []) + (
        ["JSON_UNESCAPED_UNICODE"] if not text.isascii() else []
    )
    shown = php.literal(value, indent=indent, used=used + 12)
    return f"json_encode({', '.join([shown, *([' | '.join(flags)] if flags else [])])})"


def _keeps(value: Any, levels: int = 200) -> bool:
    """Tell whether `json_encode` writes a value as `jsontext.dumps` does, but for slashes and non-ASCII text."""
    if levels == 0:
        return False
    if isinstance(value, str):
        return re.search("[\u2028\u2029\ud800-\udfff]", value) is None
    if isinstance(value, Mapping):
        # An object cannot have a member whose name begins with NUL.
        return all(_keeps(name) and "\0" not in name and _keeps(part, levels - 1) for name, part in value.items())
    if isinstance(value, list | tuple):
        return all(_keeps(part, levels - 1) for part in value)
    if isinstance(value, NumberText):
        return _KEPT_NUMBER.fullmatch(value.text) is not None
    if isinstance(value, float):
        return _KEPT_NUMBER.fullmatch(repr(value)) is not None
    return not isinstance(value, int) or abs(value) < 2**63
