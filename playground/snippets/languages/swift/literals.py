"""Swift literals: strings, raw strings and interpolated variables (The Swift Programming Language, Literals)."""

from __future__ import annotations

from playground.snippets.literals import Grammar, Literals, Quoting, reads_better_raw
from playground.snippets.text import Text, Variable


class Swift(Literals):
    """Writes Swift; `used` is the dictionary `environment`, which the program defines."""

    grammar = Grammar(quoting=Quoting(), interpolation="\\(%s)", bare=False)

    def readable(self, text: Text) -> str:
        """Return the literal that reads best: raw where there is much to escape, over lines where it has lines."""
        known = "".join(piece for piece in text if isinstance(piece, str))
        if not reads_better_raw(known) or not known.strip():
            return self.text(text)
        hashes = "#"
        while f'"{hashes}' in known or f"\\{hashes}" in known:
            hashes += "#"
        shown = "".join(
            f"\\{hashes}({self.variable(piece)})" if isinstance(piece, Variable) else piece for piece in text
        )
        return f'{hashes}"""\n{shown}\n"""{hashes}' if "\n" in known else f'{hashes}"{shown}"{hashes}'

    def variable(self, variable: Variable) -> str:
        """Return the expression that reads an environment variable, and fails where it is not set."""
        return f'{self.use("environment")}["{variable.name}"]!'

    def encoded(self, expression: str, *, in_path: bool) -> str:
        """Return the expression of a text percent-encoded."""
        return f"{expression}.addingPercentEncoding(withAllowedCharacters: .alphanumerics)!"

    def utf8(self, text: str) -> str:
        """Return an expression of a text's bytes."""
        return f"Data({self.string(text)}.utf8)"

    def base64(self, text: str) -> str:
        """Return an expression of the bytes of a base64 text."""
        return f"Data(base64Encoded: {self.string(text)})!"

    def read(self, name: str) -> str:
        """Return an expression of a file's bytes."""
        return f"try Data(contentsOf: URL(fileURLWithPath: {self.string(name)}))"
