"""Ruby literals: strings, bytes, hashes and arrays, text with environment variables (Ruby documentation, Literals)."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playground import jsontext
from playground.snippets.body import readable_text
from playground.snippets.text import Text, Variable, in_path
from playground.text.visible import has_hidden, is_hidden

WIDTH = 76
_SYMBOL = re.compile(r"[a-z_][A-Za-z0-9_]*")
_SIMPLE = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\x1b": "\\e"}


@dataclass(frozen=True, slots=True)
class Code:
    """An expression to stand in a literal as it is; never made of a stranger's text."""

    text: str


def string(text: str) -> str:
    """Return a literal of exactly this text: single-quoted, or double-quoted where it hides something."""
    if not has_hidden(text):
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return '"' + _escaped(text) + '"'


def bytes_of(data: bytes) -> str:
    """Return an expression for exactly these bytes, which joins with any other."""
    text = readable_text(data)
    if text is not None:
        return string(text) if text.isascii() else f"{string(text)}.b"
    if len(data) > 64:
        return f"'{base64.b64encode(data).decode('ascii')}'.unpack1('m')"
    return '"' + _escaped(data.decode("utf-8", "surrogateescape")) + '".b'


def variable(name: Variable) -> str:
    """Return the expression that reads an environment variable."""
    return f"ENV.fetch('{name.name}')"


def template(text: Text, *, encode: bool = False) -> str:
    """Return a literal for text with variables; `encode` percent-encodes all but a leading one, for a URL."""
    if not any(isinstance(piece, Variable) for piece in text):
        return string("".join(map(str, text)))
    if len(text) == 1 and isinstance(text[0], Variable):
        return variable(text[0])
    pieces: list[str] = []
    for at, piece in enumerate(text):
        if isinstance(piece, Variable):
            read = variable(piece)
            if encode and at:
                blank = ".gsub('+', '%20')" if in_path(text, at) else ""
                read = f"URI.encode_www_form_component({read}){blank}"
            pieces.append(f"#{{{read}}}")
        else:
            # "#" may begin an interpolation together with what follows it in the next piece, too.
            pieces.append(_escaped(piece) if not piece.endswith("#") else _escaped(piece[:-1]) + "\\#")
    return '"' + "".join(pieces) + '"'


def _escaped(text: str) -> str:
    return "".join(
        "\\#" if character == "#" and text[at + 1 : at + 2] in ("{", "$", "@") else _escape(character)
        for at, character in enumerate(text)
    )


def _escape(character: str) -> str:
    if character in _SIMPLE:
        return _SIMPLE[character]
    if not is_hidden(character):
        return character
    if character < "\x80" or "\ud800" <= character <= "\udfff":  # no \u{...} names a surrogate
        errors = "surrogateescape" if "\udc80" <= character <= "\udcff" else "surrogatepass"
        return "".join(f"\\x{byte:02X}" for byte in character.encode("utf-8", errors))
    return f"\\u{{{ord(character):X}}}"


def literal(value: Any, *, indent: int = 0, used: int = 0) -> str:
    """Return a literal of a JSON value with `Variable` leaves, as `JSON.generate` takes it.

    `indent` is the column of the line it begins on, `used` how many columns of that line are taken.
    """
    if value is None or isinstance(value, bool):
        return {None: "nil", True: "true", False: "false"}[value]
    if isinstance(value, Code):
        return value.text
    if isinstance(value, Variable):
        return variable(value)
    if isinstance(value, str):
        return string(value)
    if isinstance(value, int | float):
        return jsontext.dumps(value)
    if isinstance(value, Mapping):
        symbols = all(map(_SYMBOL.fullmatch, value))
        parts = [(f"{name}: " if symbols else f"{string(name)} => ", part) for name, part in value.items()]
        return _members(parts, ("{ ", " }"), indent, used)
    if isinstance(value, list | tuple):
        return _members([("", part) for part in value], ("[", "]"), indent, used)
    raise TypeError(f"{type(value).__name__} has no Ruby literal")


def _members(parts: list[tuple[str, Any]], brackets: tuple[str, str], indent: int, used: int) -> str:
    opening, closing = brackets
    if not parts:
        return opening.strip() + closing.strip()
    inner = indent + 2
    lines = [prefix + literal(part, indent=inner, used=inner + len(prefix) + 1) for prefix, part in parts]
    short = opening + ", ".join(lines) + closing
    if "\n" not in short and max(used, indent) + len(short) <= WIDTH:
        return short
    margin = " " * inner
    body = ",\n".join(f"{margin}{line}" for line in lines)
    return f"{opening.strip()}\n{body}\n{' ' * indent}{closing.strip()}"
