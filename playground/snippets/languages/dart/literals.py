"""Dart literals: strings, raw strings and interpolated environment variables (Dart specification, Strings)."""

from __future__ import annotations

from playground.snippets.literals import Grammar, Literals, Quoting, backslashed
from playground.snippets.text import Variable


class Dart(Literals):
    """Writes Dart."""

    grammar = Grammar(quoting=Quoting(quote="'", escapes=backslashed("'$")), interpolation="${%s}", bare=False)

    def raw(self, text: str) -> str | None:
        """Return a raw string, over several lines where the text has them."""
        if not any(mark in text for mark in "\\$'\n"):
            return None
        if "'" not in text and "\n" not in text:
            return f"r'{text}'"
        # A line end right after the opening quotes, after spaces even, would not count: the one written here does not.
        return f"r'''\n{text}'''" if "'''" not in text and not text.endswith("'") else None

    def variable(self, variable: Variable) -> str:
        """Return the expression that reads an environment variable, and fails where it is not set."""
        return f"{self.use('Platform', 'dart:io')}.environment['{variable.name}']!"

    def encoded(self, expression: str, *, in_path: bool) -> str:
        """Return the expression of a text percent-encoded."""
        return f"Uri.encode{'' if in_path else 'Query'}Component({expression})"

    def utf8(self, text: str) -> str:
        """Return an expression of a text's bytes."""
        return self.encode_utf8(self.string(text))

    def encode_utf8(self, expression: str) -> str:
        """Return an expression of the bytes of a string's expression."""
        return f"{self.use('utf8', 'dart:convert')}.encode({expression})"

    def base64(self, text: str) -> str:
        """Return an expression of the bytes of a base64 text."""
        return f"{self.use('base64', 'dart:convert')}.decode({self.string(text)})"

    def read(self, name: str) -> str:
        """Return an expression of a file's bytes."""
        return f"await {self.use('File', 'dart:io')}({self.string(name)}).readAsBytes()"
