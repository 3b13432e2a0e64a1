"""C# literals: regular and verbatim strings, and text with environment variables (C# specification, 6.4.5.6)."""

from __future__ import annotations

from playground.snippets.literals import Grammar, Literals, Quoting, reads_better_raw, utf16
from playground.snippets.text import Variable


class CSharp(Literals):
    """Writes C#. A verbatim string has the line ends of its file, so it holds one only in text of free layout."""

    grammar = Grammar(quoting=Quoting(spell=utf16))

    def raw(self, text: str) -> str:
        """Return a verbatim string."""
        return '@"' + text.replace('"', '""') + '"'

    def literal(self, text: str) -> str:
        """Return the literal that reads best of text whose layout is free."""
        return self.raw(text) if reads_better_raw(text) and text.strip() else self.by_line(text, indent="    ")

    def exact(self, text: str, *, indent: str = "    ") -> str:
        """Return the literal that reads best of text whose line ends count: else a line of text a line."""
        if reads_better_raw(text) and text.strip() and "\n" not in text:
            return self.raw(text)
        return self.by_line(text, indent=indent)

    def variable(self, variable: Variable) -> str:
        """Return the expression that reads an environment variable."""
        return f'Environment.GetEnvironmentVariable("{variable.name}")'

    def encoded(self, expression: str, *, in_path: bool) -> str:
        """Return the expression of a text percent-encoded."""
        return f"Uri.EscapeDataString({expression})"

    def utf8(self, text: str) -> str:
        """Return an expression of a text's bytes."""
        return f"{self.use('Encoding', 'System.Text')}.UTF8.GetBytes({self.exact(text, indent=' ' * 8)})"

    def base64(self, text: str) -> str:
        """Return an expression of the bytes of a base64 text."""
        return f'Convert.FromBase64String("{text}")'

    def read(self, name: str) -> str:
        """Return an expression of a file's bytes."""
        return f"{self.use('File', 'System.IO')}.ReadAllBytes({self.string(name)})"
