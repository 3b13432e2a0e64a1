"""Swift literals: strings, raw strings and interpolated variables (The Swift Programming Language, Literals)."""

from __future__ import annotations

from playground.snippets.literals import braced, escape, reads_better_raw
from playground.snippets.text import Text, Variable

_SIMPLE = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def string(text: str) -> str:
    """Return a string literal of exactly this text."""
    return f'"{escape(text, _SIMPLE, braced)}"'


def literal(text: Text) -> str:
    """Return the literal that reads best: raw where there is much to escape, over lines where it has lines."""
    known = "".join(piece for piece in text if isinstance(piece, str))
    if not reads_better_raw(known) or not known.strip():
        return string_of(text)
    hashes = "#"
    while f'"{hashes}' in known or f"\\{hashes}" in known:
        hashes += "#"
    shown = "".join(f"\\{hashes}({variable(piece)})" if isinstance(piece, Variable) else piece for piece in text)
    return f'{hashes}"""\n{shown}\n"""{hashes}' if "\n" in known else f'{hashes}"{shown}"{hashes}'


def string_of(text: Text, *, encode: bool = False) -> str:
    """Return a string with interpolated variables; `encode` escapes them for an address, all but a leading one."""
    spelled: list[str] = []
    for at, piece in enumerate(text):
        if isinstance(piece, Variable):
            allowed = ".addingPercentEncoding(withAllowedCharacters: .alphanumerics)!" if encode and at else ""
            spelled.append(f"\\({variable(piece)}{allowed})")
        else:
            spelled.append(escape(piece, _SIMPLE, braced))
    return f'"{"".join(spelled)}"'


def variable(name: Variable) -> str:
    """Return the expression that reads a variable of the dictionary `environment`, and fails where it is not set."""
    return f'environment["{name.name}"]!'
