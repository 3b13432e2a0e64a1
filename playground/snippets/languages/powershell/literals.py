"""PowerShell literals: verbatim, expandable and here-strings (about_Quoting_Rules, about_Special_Characters)."""

from __future__ import annotations

import re

from playground.snippets.literals import Grammar, Literals, Quoting, by_code
from playground.snippets.text import Text, Variable
from playground.text.visible import has_hidden

# Curly quotes end a string like straight ones.
_SINGLE = "'\u2018\u2019\u201a\u201b"
_DOUBLE = '"\u201c\u201d\u201e'
_ESCAPES = {"\n": "`n", "\r": "`r", "\t": "`t", "\0": "`0", **{mark: f"`{mark}" for mark in f"`${_DOUBLE}"}}


class PowerShell(Literals):
    """Writes PowerShell 7."""

    grammar = Grammar(
        quoting=Quoting(escapes=str.maketrans(_ESCAPES), spell=by_code((0x110000, "`u{%X}"))),
        interpolation="%s",
        bare=False,
    )

    def string(self, text: str) -> str:
        """Return a string of exactly this text: verbatim unless a character in it must be escaped to be seen."""
        return super().string(text) if has_hidden(text) else "'" + re.sub(f"([{_SINGLE}])", r"\1\1", text) + "'"

    def readable(self, text: Text) -> str:
        """Return the literal that reads best of text whose layout is free: a here-string over several lines."""
        known = "".join(piece for piece in text if isinstance(piece, str))
        if (
            "\n" not in known
            or known.strip() != known
            or has_hidden(known, allow="\n")
            or re.search(f"^[{_SINGLE}]|^[{_DOUBLE}]@", known, re.MULTILINE)
        ):
            return self.text(text)
        if len(text) == 1:
            return f"@'\n{known}\n'@"
        shown = "".join(
            self.variable(piece) if isinstance(piece, Variable) else re.sub("([`$])", r"`\1", piece) for piece in text
        )
        return f'@"\n{shown}\n"@'

    def variable(self, variable: Variable) -> str:
        """Return what an expandable string expands to an environment variable."""
        return f"${{env:{variable.name}}}"

    def expression(self, variable: Variable, *, encode: bool, in_path: bool) -> str:
        """Return what an expandable string expands to an environment variable, percent-encoded where that is asked."""
        return f"$([uri]::EscapeDataString($env:{variable.name}))" if encode else self.variable(variable)

    def key(self, name: str) -> str:
        """Return a name for a hash table."""
        return name if re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", name) else self.string(name)

    def utf8(self, text: str) -> str:
        """Return an expression of a text's bytes."""
        return self.encode_utf8(self.string(text))

    def encode_utf8(self, expression: str) -> str:
        """Return an expression of the bytes of a string's expression."""
        return f"[Text.Encoding]::UTF8.GetBytes({expression})"

    def base64(self, text: str) -> str:
        """Return an expression of the bytes of a base64 text."""
        return f"[Convert]::FromBase64String({self.string(text)})"

    def read(self, name: str) -> str:
        """Return an expression of a file's bytes."""
        return f"[IO.File]::ReadAllBytes((Resolve-Path {self.string(name)}))"
