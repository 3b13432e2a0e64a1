"""PHP literals: strings of bytes, arrays, text with environment variables (PHP manual, Strings and Arrays)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.snippets.literals import (
    ESCAPE_KEY,
    Grammar,
    Literals,
    Quoting,
    backslashed,
    braced_or_octets,
)
from playground.snippets.text import Variable

string = Quoting(escapes=backslashed('"$', ESCAPE_KEY), spell=braced_or_octets, verbatim="'")
"""Returns a literal of exactly this text in UTF-8."""


class PHP(Literals):
    """Writes PHP, where a string is its bytes."""

    grammar = Grammar(quoting=string, joint=" . ", longest_octets=64, map=("[", "]"), key="%s => ")

    def variable(self, variable: Variable) -> str:
        """Return the expression that reads an environment variable."""
        return f"getenv('{variable.name}')"

    def encoded(self, expression: str, *, in_path: bool) -> str:
        """Return the expression of a text percent-encoded."""
        return f"rawurlencode({expression})"

    def base64(self, text: str) -> str:
        """Return an expression of the bytes of a base64 text."""
        return f"base64_decode('{text}')"

    def read(self, name: str) -> str:
        """Return an expression of a file's bytes."""
        return f"file_get_contents({self.string(name)})"

    def mapping(self, value: Mapping[str, Any], indent: int, used: int) -> str:
        """Return an array that `json_encode` writes as an object: numbered from 0, or empty, it would be a list."""
        if not value:
            return "new stdClass()"
        is_numbered = list(value) == [str(number) for number in range(len(value))]
        return ("(object) " if is_numbered else "") + super().mapping(value, indent, used)


def comment(note: str) -> str:
    """Return a note that a `//` comment can hold: a closing tag would end the code even there."""
    return note.replace("?>", "? >")
