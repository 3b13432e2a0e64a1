"""Rust literals: strings, raw strings and byte strings (The Rust Reference, Tokens)."""

from __future__ import annotations

import re

from playground.snippets.literals import Grammar, Literals, Quoting
from playground.snippets.text import Text, Variable, plain

_QUOTED = Quoting()


def string(text: str) -> str:
    """Return a string literal of exactly this text (a lone surrogate, which no Rust string can hold, as U+FFFD)."""
    return _QUOTED(re.sub("[\ud800-\udfff]", "\ufffd", text))


class Rust(Literals):
    """Writes Rust; `used` are names by their path, and the function `encoded` of the program."""

    grammar = Grammar(quoting=_QUOTED)

    def string(self, text: str) -> str:
        """Return a string literal of exactly this text."""
        return string(text)

    def raw(self, text: str) -> str:
        """Return a raw string."""
        hashes = "#" * (1 + max(map(len, re.findall(r'"(#*)', text)), default=0))
        return f'r{hashes}"{text}"{hashes}'

    def variable(self, variable: Variable) -> str:
        """Return the expression that reads an environment variable, in a function that returns a `Result`."""
        return f'{self.use("env", "std")}::var("{variable.name}")?'

    def encoded(self, expression: str, *, in_path: bool) -> str:
        """Return the expression of a text percent-encoded."""
        return f"{self.use('encoded')}(&{expression})"

    def text(self, text: Text, *, encode: bool = False) -> str:
        """Return an expression for text with variables: the variable itself, or one `format!`."""
        if len(text) == 1 or plain(text) is not None:
            return super().text(text, encode=encode)
        expressions = zip(text, self.expressions(text, encode=encode), strict=True)
        values = [expression for piece, expression in expressions if isinstance(piece, Variable)]
        template = "".join(
            "{}" if isinstance(piece, Variable) else piece.replace("{", "{{").replace("}", "}}") for piece in text
        )
        return f"format!({string(template)}, {', '.join(values)})"

    def readable(self, text: Text) -> str:
        """Return the expression that reads best of text with variables, which may be full of braces."""
        known = plain(text)
        if known is not None:
            return self.literal(known)
        pieces = [f"&{self.variable(piece)}" if isinstance(piece, Variable) else self.literal(piece) for piece in text]
        return f"[{', '.join(pieces)}].concat()"

    def bytes_of(self, data: bytes) -> str:
        """Return a byte string literal of exactly these bytes."""
        text = data.decode("latin-1").translate(_QUOTED.escapes)
        return 'b"' + "".join(mark if " " <= mark <= "~" else f"\\x{ord(mark):02x}" for mark in text) + '"'

    def read(self, name: str) -> str:
        """Return an expression of a file's bytes."""
        return f"{self.use('fs', 'std')}::read({string(name)})?"
