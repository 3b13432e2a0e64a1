"""Go literals: interpreted and raw strings, and text with environment variables (Go specification, String literals)."""

from __future__ import annotations

from playground.snippets.literals import Grammar, Literals, Quoting, by_code, octets
from playground.snippets.text import Variable

_BYTES = Quoting(spell=octets("\\x%02x"))


class Go(Literals):
    """Writes Go as gofmt has it in a call; `used` are packages by their path."""

    grammar = Grammar(
        quoting=Quoting(spell=by_code((0x80, "\\x%02x"), (0x10000, "\\u%04x"), (0x110000, "\\U%08x"))), joint="+"
    )

    def package(self, path: str) -> str:
        """Return the name of a package, which is imported by its path."""
        return self.use(path.rpartition("/")[2], path)

    def raw(self, text: str) -> str | None:
        """Return a raw string: it cannot hold a backquote, and drops carriage returns (which count as hidden)."""
        return None if "`" in text else f"`{text}`"

    def variable(self, variable: Variable) -> str:
        """Return the expression that reads an environment variable."""
        return f'{self.package("os")}.Getenv("{variable.name}")'

    def encoded(self, expression: str, *, in_path: bool) -> str:
        """Return the expression of a text percent-encoded."""
        return f"{self.package('net/url')}.{'Path' if in_path else 'Query'}Escape({expression})"

    def bytes_of(self, data: bytes) -> str:
        """Return a string literal of exactly these bytes; a Go string need not be UTF-8."""
        return _BYTES.of_bytes(data)

    def read(self, name: str) -> str:
        """Return the call that gives a file's bytes and an error."""
        return f"{self.package('os')}.ReadFile({self.string(name)})"
