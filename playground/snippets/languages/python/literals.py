"""Python literals: strings, bytes, f-strings, numbers, displays (Python Language Reference 2.4 and 6.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playground import jsontext
from playground.jsontext import NumberText
from playground.snippets.body import readable_text
from playground.snippets.text import Text, Variable
from playground.text.visible import is_hidden

WIDTH = 76
_SIMPLE = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class Code:
    """An expression to stand in a literal as it is; never made of a stranger's text."""

    text: str


def string(text: str) -> str:
    """Return a literal of exactly this text, in double quotes unless that costs escapes."""
    quote = "'" if '"' in text and "'" not in text else '"'
    return quote + _escaped(text, quote) + quote


def bytes_of(data: bytes) -> str:
    """Return an expression for exactly these bytes."""
    text = readable_text(data)
    if text is not None and not text.isascii():
        return f"{string(text)}.encode()"
    quote = "'" if b'"' in data and b"'" not in data else '"'
    written = "".join(
        "\\" + chr(byte)
        if chr(byte) == quote
        else _SIMPLE.get(chr(byte)) or (chr(byte) if 0x20 <= byte < 0x7F else f"\\x{byte:02x}")
        for byte in data
    )
    return f"b{quote}{written}{quote}"


def template(text: Text, *, encode: bool = False) -> str:
    """Return a literal for text with variables: an f-string that reads `os.environ`, or the bare variable.

    `encode` percent-encodes the variables' values, for a URL (with `quote` of `urllib.parse`); not of a leading one,
    which is the URL's beginning.
    """
    if not any(isinstance(piece, Variable) for piece in text):
        return string("".join(map(str, text)))
    if len(text) == 1 and isinstance(text[0], Variable):
        return variable(text[0])
    pieces: list[str] = []
    for at, piece in enumerate(text):
        if isinstance(piece, Variable):
            read = f"os.environ['{piece.name}']"
            pieces.append(f"{{quote({read}, safe='')}}" if encode and at else f"{{{read}}}")
        else:
            pieces.append(_escaped(piece, '"').replace("{", "{{").replace("}", "}}"))
    return 'f"' + "".join(pieces) + '"'


def variable(name: Variable) -> str:
    """Return the expression that reads an environment variable."""
    return f'os.environ["{name.name}"]'


def _escaped(text: str, quote: str) -> str:
    pieces: list[str] = []
    for character in text:
        if character == quote:
            pieces.append("\\" + character)
        elif character in _SIMPLE:
            pieces.append(_SIMPLE[character])
        elif is_hidden(character):
            code = ord(character)
            pieces.append(
                f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
            )
        else:
            pieces.append(character)
    return "".join(pieces)


def number(value: float) -> str:
    """Return a number literal, spelled as it was given; a number beyond all floats is read as infinity."""
    if isinstance(value, NumberText):
        return "0" if value.text == "-0" else value.text
    return jsontext.dumps(value)


def literal(value: Any, *, indent: int = 0, used: int = 0) -> str:
    """Return a display of a JSON value with `Variable` leaves, laid out as Black does it.

    `indent` is the column of the line it begins on, `used` how many columns of that line are taken.
    """
    if value is None or isinstance(value, bool):
        return repr(value)
    if isinstance(value, Code):
        return value.text
    if isinstance(value, Variable):
        return variable(value)
    if isinstance(value, str):
        return string(value)
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, Mapping):
        parts = [(f"{string(name)}: ", part) for name, part in value.items()]
        return _members(parts, "{}", indent, used)
    if isinstance(value, tuple) and value:
        return _members([("", part) for part in value], "()", indent, used)
    if isinstance(value, list | tuple):
        return _members([("", part) for part in value], "[]", indent, used)
    raise TypeError(f"{type(value).__name__} has no Python literal")


def _members(parts: list[tuple[str, Any]], brackets: str, indent: int, used: int) -> str:
    if not parts:
        return brackets
    inner = indent + 4
    lines = [prefix + literal(part, indent=inner, used=inner + len(prefix) + 1) for prefix, part in parts]
    short = brackets[0] + ", ".join(lines) + ("," if brackets == "()" and len(lines) == 1 else "") + brackets[1]
    if "\n" not in short and max(used, indent) + len(short) <= WIDTH:
        return short
    margin = " " * inner
    body = "".join(f"{margin}{line},\n" for line in lines)
    return f"{brackets[0]}\n{body}{' ' * indent}{brackets[1]}"
