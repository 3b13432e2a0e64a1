"""C literals: strings of text and bytes, and formats for text with environment variables (ISO C17, 6.4.5)."""

from __future__ import annotations

import re

from playground.snippets.literals import escape
from playground.snippets.text import Text, Variable

# A question mark is escaped so that no two make a trigraph.
_SIMPLE = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_TRIGRAPH = re.compile(r"\?(?=\?)")


def string(text: str) -> str:
    """Return a string literal of exactly this text in UTF-8."""
    return f'"{_TRIGRAPH.sub(chr(92) + "?", escape(text, _SIMPLE, _octal))}"'


def string_of_bytes(data: bytes) -> str:
    """Return a string literal of exactly these bytes."""
    pieces = [
        f"\\{ord(character) - 0xDC00:03o}" if "\udc80" <= character <= "\udcff" else escape(character, _SIMPLE, _octal)
        for character in data.decode("utf-8", "surrogateescape")
    ]
    return f'"{_TRIGRAPH.sub(chr(92) + "?", "".join(pieces))}"'


def lines(text: str, *, indent: str) -> str:
    """Return adjacent literals of exactly this text, one for each of its lines."""
    found = re.findall(r"[^\n]*\n|[^\n]+", text)
    return f"\n{indent}".join(map(string, found)) if found else '""'


def format_of(text: Text, *, conversion: str = "%s") -> str:
    """Return a printf format for text, `conversion` where its variables go."""
    return "".join(conversion if isinstance(piece, Variable) else piece.replace("%", "%%") for piece in text)


def variable(name: Variable) -> str:
    """Return the expression that reads an environment variable."""
    return f'getenv("{name.name}")'


def _octal(character: str) -> str:
    # Octal escapes end after three digits; hexadecimal ones run on into what follows.
    return "".join(f"\\{byte:03o}" for byte in character.encode("utf-8", "surrogatepass"))
