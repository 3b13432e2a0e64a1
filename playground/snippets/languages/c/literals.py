"""C literals: strings of text and bytes, and formats for text with environment variables (ISO C17, 6.4.5)."""

from __future__ import annotations

import re

from playground.snippets.literals import Grammar, Literals, Quoting, octets
from playground.snippets.text import Text, Variable


class C(Literals):
    """Writes C; a string is its bytes in UTF-8."""

    grammar = Grammar(
        quoting=Quoting(
            # Octal escapes end after three digits; hexadecimal ones run on into what follows.
            spell=octets("\\%03o"),
            guards=((re.compile(r"\?(?=\?)"), "\\?"),),  # which two would begin a trigraph
        )
    )

    def variable(self, variable: Variable) -> str:
        """Return the expression that reads an environment variable."""
        return f'getenv("{variable.name}")'

    def lines(self, text: str) -> str:
        """Return adjacent literals of exactly this text, one for each of its lines."""
        return self.by_line(text, indent="  ", joint="")

    def format(self, text: Text) -> str:
        """Return a printf format for text, `%s` where its variables go."""
        return self.lines("".join("%s" if isinstance(piece, Variable) else piece.replace("%", "%%") for piece in text))
