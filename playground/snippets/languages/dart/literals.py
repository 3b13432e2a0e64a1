"""Dart literals: strings, raw strings and interpolated environment variables (Dart specification, Strings)."""

from __future__ import annotations

from playground.snippets.literals import braced, escape, reads_better_raw
from playground.snippets.text import Text, Variable, in_path

_SIMPLE = {"\\": "\\\\", "'": "\\'", "$": "\\$", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def string(text: str) -> str:
    """Return a string literal of exactly this text."""
    return f"'{escape(text, _SIMPLE, braced)}'"


def literal(text: str) -> str:
    """Return the literal that reads best: raw where there is much to escape."""
    much = any(mark in text for mark in "\\$'\n")
    if not reads_better_raw(text) or not much or not text.strip():
        return string(text)
    if "'" not in text and "\n" not in text:
        return f"r'{text}'"
    # A line end right after the opening quotes, after spaces even, would not count: the one written here does not.
    return f"r'''\n{text}'''" if "'''" not in text and not text.endswith("'") else string(text)


def string_of(text: Text, *, encode: bool = False) -> str:
    """Return a string with interpolated variables; `encode` escapes them for an address, all but a leading one."""
    spelled: list[str] = []
    for at, piece in enumerate(text):
        if isinstance(piece, Variable):
            read = variable(piece)
            if encode and at:
                read = f"Uri.encode{'' if in_path(text, at) else 'Query'}Component({read})"
            spelled.append(f"${{{read}}}")
        else:
            spelled.append(escape(piece, _SIMPLE, braced))
    return f"'{''.join(spelled)}'"


def variable(name: Variable) -> str:
    """Return the expression that reads an environment variable, and fails where it is not set."""
    return f"Platform.environment['{name.name}']!"
