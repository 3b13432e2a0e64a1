"""Kotlin literals: strings, raw strings and templates with environment variables (Kotlin specification, Strings)."""

from __future__ import annotations

import base64
import re

from playground.snippets.literals import chunks, escape, reads_better_raw, utf16
from playground.snippets.text import Text, Variable, in_path, plain

_SIMPLE = {"\\": "\\\\", '"': '\\"', "$": "\\$", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_LARGEST_CONSTANT = 60_000
_INDENT = " " * 8


def string(text: str) -> str:
    """Return a string literal of exactly this text, which must fit a class file (65,535 bytes)."""
    return f'"{escape(text, _SIMPLE, utf16)}"'


def long_string(text: str, *, indent: str = _INDENT) -> str:
    """Return an expression for text of any length, a line of text a line where it has several."""
    if len(text.encode("utf-8", "surrogatepass")) > _LARGEST_CONSTANT:
        pieces = [f"\n{indent}{string(chunk)}" for chunk in chunks(text, _LARGEST_CONSTANT)]
        return f'listOf({",".join(pieces)}\n).joinToString("")'
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    return f" +\n{indent}".join(map(string, lines)) if len(lines) > 1 else string(text)


def template(text: Text, *, encode: bool = False) -> str:
    """Return a string template for text with variables; `encode` escapes them for an address, all but a leading one."""
    if len(text) == 1 and isinstance(text[0], Variable):
        return variable(text[0])
    spelled = [
        f"${{{encoded(piece, path=in_path(text, at)) if encode and at else variable(piece)}}}"
        if isinstance(piece, Variable)
        else escape(piece, _SIMPLE, utf16)
        for at, piece in enumerate(text)
    ]
    return f'"{"".join(spelled)}"'


def block(text: Text) -> str:
    """Return an expression for text as readable as it gets: a raw string, with templates where it has variables."""
    shown = "".join(f"${{{variable(piece)}}}" if isinstance(piece, Variable) else _raw(piece) for piece in text)
    known = "".join("x" if isinstance(piece, Variable) else piece for piece in text)
    if not _fits_raw(known):
        whole = plain(text)
        return template(text) if whole is None else long_string(whole)
    if "\n" not in known:
        return f'"""{shown}"""'
    body = "".join(f"\n    {line}" if line else "\n" for line in shown.split("\n"))
    return f'"""{body}\n""".trimIndent()'


def variable(name: Variable) -> str:
    """Return the expression that reads an environment variable."""
    return f'System.getenv("{name.name}")'


def encoded(name: Variable, *, path: bool) -> str:
    """Return the expression that reads a variable and escapes it for a query, or for a path, where `+` is no blank."""
    escaped = f'URLEncoder.encode({variable(name)}, "UTF-8")'
    return f'{escaped}.replace("+", "%20")' if path else escaped


def base64_of(data: bytes) -> str:
    """Return an expression for exactly these bytes."""
    return f"Base64.getDecoder().decode({long_string(base64.b64encode(data).decode('ascii'))})"


def _raw(text: str) -> str:
    return text.replace("$", "${'$'}")


def _fits_raw(text: str) -> bool:
    # trimIndent drops a blank first or last line, and the spaces all lines begin with.
    lines = text.split("\n")
    return (
        reads_better_raw(text)
        and '"""' not in text
        and not text.endswith('"')
        and text.count("$") <= 2
        and len(text.encode("utf-8", "surrogatepass")) <= _LARGEST_CONSTANT
        and any(line and line[0] != " " for line in lines)
        and not any(line.strip() == "" for line in (lines[0], lines[-1]))
        and not any(line and not line.strip() for line in lines)
    )
