"""Values as text, and text percent-encoded exactly once (RFC 3986 section 2; WHATWG URL, urlencoded serialising)."""

from __future__ import annotations

import re
from typing import TypeGuard
from urllib.parse import quote, quote_plus

from playground import jsontext
from playground.request.model import FileValue, Value

_TRIPLET = re.compile(r"(%[0-9A-Fa-f]{2})")
_FORM_KEEP = "*"
"""Beside letters, digits and `-._`: what WHATWG's serialiser leaves alone (Python adds `~`, which we undo)."""


def is_scalar(value: object) -> bool:
    """Say whether the value is one text on the wire: neither list nor object."""
    return not isinstance(value, (list, tuple, dict))


def is_list(value: object) -> TypeGuard[list[Value]]:
    """Say whether the value is a JSON array."""
    return isinstance(value, (list, tuple))


def plain(value: Value) -> Value:
    """Return the value as JSON knows it: files become base64 text, tuples lists."""
    if isinstance(value, FileValue):
        return value.base64
    if isinstance(value, dict):
        return {key: plain(member) for key, member in value.items()}
    if is_list(value):
        return [plain(member) for member in value]
    return value


def json_text(value: Value) -> str:
    """Return compact JSON text (`{"a":1}`); a string has its quotes, a file is base64 text."""
    return jsontext.dumps(plain(value))


def text_of(value: Value) -> str:
    """Return a value as a parameter or a form field writes it: strings bare, numbers as typed, the deeper as JSON.

    Null is the empty text, in every location and style: RFC 6570 has no text for it, and forms clear a value so.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, FileValue):
        return value.data.decode("utf-8", "replace")
    return json_text(value)


def well_formed(text: str) -> str:
    """Return the text with lone surrogates replaced by U+FFFD, as browsers do: UTF-8 cannot carry them."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def percent_encode(text: str, *, keep: str = "", keep_triplets: bool = False) -> str:
    """Percent-encode everything but unreserved characters and `keep`.

    With `keep_triplets` a `%2F` in the text stays one (RFC 6570 reserved expansion); otherwise its `%` is encoded too.
    """
    text = well_formed(text)
    if not keep_triplets:
        return quote(text, safe=keep)
    return "".join(piece if index % 2 else quote(piece, safe=keep) for index, piece in enumerate(_TRIPLET.split(text)))


def form_encode(text: str, *, keep: str = "") -> str:
    """Encode for `application/x-www-form-urlencoded`: a space is `+`, all but letters, digits and `*-._` is encoded."""
    return quote_plus(well_formed(text), safe=_FORM_KEEP + keep).replace("~", "%7E")
