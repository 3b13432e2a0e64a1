"""PHP literals: strings of bytes, arrays, text with environment variables (PHP manual, Strings and Arrays)."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playground import jsontext
from playground.snippets.body import readable_text
from playground.snippets.text import Text, Variable
from playground.text.visible import has_hidden, is_hidden

WIDTH = 76
_SIMPLE = {"\\": "\\\\", '"': '\\"', "$": "\\$", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\x1b": "\\e"}


@dataclass(frozen=True, slots=True)
class Code:
    """An expression to stand in a literal as it is; never made of a stranger's text."""

    text: str


def string(text: str) -> str:
    """Return a literal of exactly this text in UTF-8: single-quoted, or double-quoted where it hides something."""
    if not has_hidden(text):
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return '"' + "".join(map(_escaped, text)) + '"'


def bytes_of(data: bytes) -> str:
    """Return an expression for exactly these bytes."""
    text = readable_text(data)
    if text is not None:
        return string(text)
    if len(data) > 64:
        return f"base64_decode('{base64.b64encode(data).decode('ascii')}')"
    return '"' + "".join(map(_escaped, data.decode("utf-8", "surrogateescape"))) + '"'


def _escaped(character: str) -> str:
    if character in _SIMPLE:
        return _SIMPLE[character]
    if not is_hidden(character):
        return character
    if character < "\x80" or "\ud800" <= character <= "\udfff":  # no \u{...} names a surrogate
        errors = "surrogateescape" if "\udc80" <= character <= "\udcff" else "surrogatepass"
        return "".join(f"\\x{byte:02X}" for byte in character.encode("utf-8", errors))
    return f"\\u{{{ord(character):X}}}"


def variable(name: Variable) -> str:
    """Return the expression that reads an environment variable."""
    return f"getenv('{name.name}')"


def template(text: Text, *, encode: bool = False) -> str:
    """Return an expression for text with variables; `encode` percent-encodes all but a leading one, for a URL."""
    pieces = [
        (f"rawurlencode({variable(piece)})" if encode and at else variable(piece))
        if isinstance(piece, Variable)
        else string(piece)
        for at, piece in enumerate(text)
    ]
    return " . ".join(pieces) or "''"


def literal(value: Any, *, indent: int = 0, used: int = 0) -> str:
    """Return a literal of a JSON value with `Variable` leaves, as `json_encode` takes it.

    `indent` is the column of the line it begins on, `used` how many columns of that line are taken.
    """
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, Code):
        return value.text
    if isinstance(value, Variable):
        return variable(value)
    if isinstance(value, str):
        return string(value)
    if isinstance(value, int | float):
        return jsontext.dumps(value)
    if isinstance(value, Mapping):
        if not value:
            return "new stdClass()"
        parts = [(f"{string(name)} => ", part) for name, part in value.items()]
        # PHP reads '0' as the number 0, and an array numbered from 0 is a list.
        as_list = list(value) == [str(number) for number in range(len(value))]
        return ("(object) " if as_list else "") + _members(parts, indent, used)
    if isinstance(value, list | tuple):
        return _members([("", part) for part in value], indent, used)
    raise TypeError(f"{type(value).__name__} has no PHP literal")


def _members(parts: list[tuple[str, Any]], indent: int, used: int) -> str:
    inner = indent + 4
    lines = [prefix + literal(part, indent=inner, used=inner + len(prefix) + 1) for prefix, part in parts]
    short = f"[{', '.join(lines)}]"
    if "\n" not in short and max(used, indent) + len(short) <= WIDTH:
        return short
    margin = " " * inner
    return "[\n" + "".join(f"{margin}{line},\n" for line in lines) + " " * indent + "]"


def comment(note: str) -> str:
    """Return a note that a `//` comment can hold: a closing tag would end the code even there."""
    return note.replace("?>", "? >")
