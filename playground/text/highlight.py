"""Code as pieces with CSS classes, ready to be written into a page with autoescaping (Pygments lexers, chosen by name).

A lexer is never guessed from a stranger's text, and a text that is too long stays plain.
"""

from __future__ import annotations

from functools import cache
from typing import Final, TypeAlias

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, _TokenType
from pygments.util import ClassNotFound

LONGEST: Final = 64 * 1024
"""Characters that are highlighted at most; lexers are regular expressions run on a stranger's text."""

# Their expressions take time by the square of the text: an open quotation mark is looked for again at each place.
_SLOW: Final = frozenset({"perl", "powershell", "r"})
_LONGEST_OF_SLOW: Final = 4 * 1024

Piece: TypeAlias = tuple[str, str]
"""A CSS class (Pygments' short name, or empty for plain text) and the text it applies to."""


def tokens(text: str, lexer: str) -> tuple[Piece, ...]:
    """Split text into pieces that joined are exactly the text; it is one plain piece where it cannot be highlighted."""
    found = _lexer(lexer) if len(text) <= longest(lexer) else None
    if not text or found is None:
        return (("", text),) if text else ()
    pieces: list[Piece] = []
    for kind, part in found.get_tokens(text):
        name = _css_class(kind)
        if pieces and pieces[-1][0] == name:
            pieces[-1] = (name, pieces[-1][1] + part)
        elif part:
            pieces.append((name, part))
    # A lexer is free to drop or alter what it reads; shown text must not be.
    return tuple(pieces) if "".join(part for _, part in pieces) == text else (("", text),)


def longest(lexer: str) -> int:
    """Return how many characters a lexer is given at most."""
    return _LONGEST_OF_SLOW if lexer in _SLOW else LONGEST


@cache
def _lexer(name: str) -> Lexer | None:
    if name in ("", "text"):
        return None
    try:
        if name == "php-inline":  # a part of a file, without the mark that begins PHP
            return get_lexer_by_name("php", stripnl=False, ensurenl=False, startinline=True)
        return get_lexer_by_name(name, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@cache
def _css_class(kind: _TokenType) -> str:
    known = next(word for word in reversed(kind.split()) if word in STANDARD_TYPES)
    return _NO_CLASS.get(STANDARD_TYPES[known], STANDARD_TYPES[known])


# Whitespace and plain names need no class, and so no element.
_NO_CLASS: Final = {"w": "", "n": "", "p": ""}
