"""Elixir literals: strings, bytes, charlists and verbatim sigils (Elixir syntax reference, Strings and Sigils)."""

from __future__ import annotations

import re

from playground.snippets.literals import BRACED, Grammar, Literals, Quoting
from playground.snippets.text import Text, Variable

_FENCES = (("(", ")"), ("|", "|"), ("/", "/"), ("<", ">"))


def _spell(character: str) -> str:
    is_octet = "\udc80" <= character <= "\udcff"
    return f"\\x{ord(character) - 0xDC00:02X}" if is_octet else BRACED(character)


class Elixir(Literals):
    """Writes Elixir; a string is its bytes in UTF-8, and need not be text."""

    grammar = Grammar(
        quoting=Quoting(spell=_spell, guards=((re.compile(r"#\{"), "\\#{"),)),
        interpolation="#{%s}",
        joint=" <> ",
        bare=False,
    )

    def raw(self, text: str) -> str | None:
        """Return a verbatim sigil."""
        for opening, closing in _FENCES:
            # Of a verbatim sigil only the escaped end is an escape.
            if opening not in text and closing not in text and not text.endswith("\\"):
                return f"~S{opening}{text}{closing}"
        return None

    def charlist(self, text: Text) -> str:
        """Return a charlist for text with variables; text that is not ASCII as its bytes."""
        known = "".join(piece for piece in text if isinstance(piece, str))
        written = self.text(text)
        return f"~c{written}" if known.isascii() else f":binary.bin_to_list({written})"

    def variable(self, variable: Variable) -> str:
        """Return the expression that reads an environment variable, and fails where it is not set."""
        return f'System.fetch_env!("{variable.name}")'

    def encoded(self, expression: str, *, in_path: bool) -> str:
        """Return the expression of a text percent-encoded."""
        return f"URI.encode({expression}, &URI.char_unreserved?/1)" if in_path else f"URI.encode_www_form({expression})"

    def bytes_of(self, data: bytes) -> str:
        """Return a string literal of exactly these bytes."""
        return self.octets(data)

    def read(self, name: str) -> str:
        """Return an expression of a file's bytes."""
        return f"File.read!({self.string(name)})"
