"""R literals: strings, raw strings, raw vectors, names (R Language Definition 10.3, and ?Quotes)."""

from __future__ import annotations

import base64
import re

from playground.snippets.body import readable_text
from playground.snippets.text import Text, Variable
from playground.text.visible import has_hidden, is_hidden

_SIMPLE = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9._]*")
_RESERVED = frozenset({
    "if", "else", "repeat", "while", "function", "for", "next", "break", "TRUE", "FALSE", "NULL", "Inf", "NaN", "NA",
    "NA_integer_", "NA_real_", "NA_complex_", "NA_character_", "in",
})  # fmt: skip
_NO_STRING = re.compile("[\0\ud800-\udfff]")


def is_string(text: str) -> bool:
    """Tell whether an R string can hold the text: neither NUL nor half a surrogate pair."""
    return _NO_STRING.search(text) is None


def string(text: str) -> str:
    """Return a literal of exactly this text, raw where that saves escapes; `is_string` must hold."""
    if any(mark in text for mark in '"\\') and not has_hidden(text, allow="\n"):
        for dashes in ("", "-", "--"):
            if f'){dashes}"' not in text:
                return f'r"{dashes}({text}){dashes}"'
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in _SIMPLE:
        return _SIMPLE[character]
    if not is_hidden(character):
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def bytes_of(data: bytes) -> str:
    """Return an expression for a raw vector of exactly these bytes."""
    text = readable_text(data)
    if text is not None and is_string(text):
        return f"charToRaw({string(text)})"
    if len(data) <= 16:
        return f"as.raw(c({', '.join(f'0x{byte:02x}' for byte in data)}))"
    return f'openssl::base64_decode("{base64.b64encode(data).decode("ascii")}")'


def variable(name: Variable) -> str:
    """Return the expression that reads an environment variable."""
    return f'Sys.getenv("{name.name}")'


def template(text: Text, *, encode: bool = False) -> str:
    """Return an expression for text with variables; `encode` percent-encodes all but a leading one, for a URL."""
    if not any(isinstance(piece, Variable) for piece in text):
        return string("".join(map(str, text)))
    pieces = [
        (f"curl::curl_escape({variable(piece)})" if encode and at else variable(piece))
        if isinstance(piece, Variable)
        else string(piece)
        for at, piece in enumerate(text)
    ]
    return pieces[0] if len(pieces) == 1 else f"paste0({', '.join(pieces)})"


def name(text: str) -> str:
    """Return an argument's name, in backticks where it is not plain; `is_string` must hold."""
    if _NAME.fullmatch(text) and text not in _RESERVED:
        return text
    return "`" + "".join("\\`" if character == "`" else _escaped(character) for character in text) + "`"
