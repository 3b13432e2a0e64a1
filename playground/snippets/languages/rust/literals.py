"""Rust literals: strings, raw strings and byte strings (The Rust Reference, Tokens)."""

from __future__ import annotations

import re

from playground.snippets.literals import braced, escape, reads_better_raw
from playground.snippets.text import Text, Variable

_SIMPLE = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def string(text: str) -> str:
    """Return a string literal of exactly this text (a lone surrogate, which no Rust string can hold, as U+FFFD)."""
    return f'"{escape(_scalar(text), _SIMPLE, braced)}"'


def literal(text: str) -> str:
    """Return the literal that reads best: raw where there is much to escape."""
    if not reads_better_raw(text) or not text.strip():
        return string(text)
    hashes = "#" * (1 + max((len(found) for found in re.findall(r'"(#*)', text)), default=0))
    return f'r{hashes}"{text}"{hashes}'


def bytes_of(data: bytes) -> str:
    """Return a byte string literal of exactly these bytes."""
    shown = "".join(_SIMPLE.get(chr(byte), chr(byte) if 0x20 <= byte < 0x7F else f"\\x{byte:02x}") for byte in data)
    return f'b"{shown}"'


def format_of(text: Text, *, encode: bool = False) -> str:
    """Return an expression for text with variables: the variable itself, or one `format!`.

    `encode` calls a function `encoded` of the program for all but a leading one.
    """
    values = [
        f"encoded(&{variable(piece)})" if encode and at else variable(piece)
        for at, piece in enumerate(text)
        if isinstance(piece, Variable)
    ]
    if not values:
        return string("".join(map(str, text)))
    if len(text) == 1:
        return values[0]
    template = "".join(
        "{}" if isinstance(piece, Variable) else piece.replace("{", "{{").replace("}", "}}") for piece in text
    )
    return f"format!({string(template)}, {', '.join(values)})"


def concat_of(text: Text) -> str:
    """Return an expression for text with variables as it stands, for text full of braces."""
    pieces = [f"&{variable(piece)}" if isinstance(piece, Variable) else literal(piece) for piece in text]
    return f"[{', '.join(pieces)}].concat()"


def variable(name: Variable) -> str:
    """Return the expression that reads an environment variable, in a function that returns a `Result`."""
    return f'env::var("{name.name}")?'


def _scalar(text: str) -> str:
    return re.sub("[\ud800-\udfff]", "\ufffd", text)
