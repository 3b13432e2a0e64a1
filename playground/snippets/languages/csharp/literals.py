"""C# literals: regular and verbatim strings, and text with environment variables (C# specification, 6.4.5.6)."""

from __future__ import annotations

import base64
import re

from playground.snippets.literals import escape, reads_better_raw, utf16
from playground.snippets.text import Text, Variable

_SIMPLE = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def string(text: str) -> str:
    """Return a regular string literal of exactly this text."""
    return f'"{escape(text, _SIMPLE, utf16)}"'


def literal(text: str, *, free: bool = False, indent: str = "    ") -> str:
    """Return the literal that reads best: verbatim where there is much to escape, else a line of text a line.

    A verbatim string has the line ends of its file, so it holds one only where layout is `free`.
    """
    if reads_better_raw(text) and text.strip() and (free or "\n" not in text):
        return '@"' + text.replace('"', '""') + '"'
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    return f" +\n{indent}".join(map(string, lines)) if len(lines) > 1 else string(text)


def text_of(text: Text, *, encode: bool = False, free: bool = False) -> str:
    """Return an expression for text with variables; `encode` escapes them for an address, all but a leading one.

    `free` is for text whose layout is free, which then is verbatim.
    """
    spelled: list[str] = []
    for at, piece in enumerate(text):
        if isinstance(piece, Variable):
            read = variable(piece)
            spelled.append(f"Uri.EscapeDataString({read})" if encode and at else read)
        else:
            spelled.append(literal(piece, free=True) if free else string(piece))
    return " + ".join(spelled) or '""'


def variable(name: Variable) -> str:
    """Return the expression that reads an environment variable."""
    return f'Environment.GetEnvironmentVariable("{name.name}")'


def bytes_of(data: bytes) -> str:
    """Return an expression for exactly these bytes."""
    return f'Convert.FromBase64String("{base64.b64encode(data).decode("ascii")}")'
