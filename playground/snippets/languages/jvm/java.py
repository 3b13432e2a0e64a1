"""Java literals: strings, text blocks and text with environment variables (Java Language Specification 17, 3.10)."""

from __future__ import annotations

import base64
import re

from playground.snippets.literals import chunks, escape, reads_better_raw, utf16
from playground.snippets.text import Text, Variable, in_path, plain
from playground.text.visible import has_hidden

# Written as escapes of the language: a Unicode escape of these is read before strings are, and ends the literal.
_SIMPLE = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_LARGEST_CONSTANT = 60_000
_INDENT = " " * 8


def string(text: str) -> str:
    """Return a string literal of exactly this text, which must fit a class file (65,535 bytes)."""
    return f'"{escape(text, _SIMPLE, utf16)}"'


def long_string(text: str, *, indent: str = _INDENT) -> str:
    """Return an expression for text of any length, a line of text a line where it has several."""
    if len(text.encode("utf-8", "surrogatepass")) > _LARGEST_CONSTANT:
        pieces = [f"\n{indent}{string(chunk)}" for chunk in chunks(text, _LARGEST_CONSTANT)]
        return f'String.join("",{",".join(pieces)})'
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    return f" +\n{indent}".join(map(string, lines)) if len(lines) > 1 else string(text)


def block(text: Text) -> str:
    """Return an expression for text as readable as it gets: a text block, formatted where it has variables."""
    whole = plain(text)
    if whole is not None:
        return _text_block(whole) if _fits_block(whole) else long_string(whole)
    template = "".join("%s" if isinstance(piece, Variable) else piece.replace("%", "%%") for piece in text)
    if not _fits_block(template):
        return text_of(text)
    values = ", ".join(variable(piece) for piece in text if isinstance(piece, Variable))
    return f"{_text_block(template)}.formatted({values})"


def text_of(text: Text, *, encode: bool = False) -> str:
    """Return an expression for text with variables; `encode` escapes them for an address, all but a leading one."""
    spelled = [
        (encoded(piece, path=in_path(text, at)) if encode and at else variable(piece))
        if isinstance(piece, Variable)
        else string(piece)
        for at, piece in enumerate(text)
    ]
    return " + ".join(spelled) or '""'


def variable(name: Variable) -> str:
    """Return the expression that reads an environment variable."""
    return f'System.getenv("{name.name}")'


def encoded(name: Variable, *, path: bool) -> str:
    """Return the expression that reads a variable and escapes it for a query, or for a path, where `+` is no blank."""
    escaped = f"URLEncoder.encode({variable(name)}, StandardCharsets.UTF_8)"
    return f'{escaped}.replace("+", "%20")' if path else escaped


def base64_of(data: bytes) -> str:
    """Return a string expression of the bytes' base64 text."""
    return long_string(base64.b64encode(data).decode("ascii"))


def _fits_block(text: str) -> bool:
    # Spaces at line ends, and those all lines begin with, would be stripped.
    lines = text.split("\n")
    return (
        reads_better_raw(text)
        and not has_hidden(text, allow="\n")
        and len(text.encode("utf-8", "surrogatepass")) <= _LARGEST_CONSTANT
        and any(line and line[0] != " " for line in lines)
        and not any(line.endswith(" ") for line in lines)
    )


def _text_block(text: str) -> str:
    body = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    if body.endswith('"'):
        body = body[:-1].removesuffix("\\") + '\\"'
    shown = "".join(f"\n{_INDENT}{line}" if line else "\n" for line in body.split("\n"))
    return f'"""{shown}{_INDENT if text.endswith(chr(10)) else ""}"""'
