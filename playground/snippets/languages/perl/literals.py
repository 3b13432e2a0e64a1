"""Perl literals: strings of bytes, text with environment variables (perlop, Quote and Quote-like Operators)."""

from __future__ import annotations

from playground.snippets.literals import ESCAPE_KEY, Grammar, Literals, Quoting, backslashed, octets
from playground.snippets.text import Text, Variable

_HELPERS = {
    "slurp": (
        "sub slurp {",
        "    open my $file, '<:raw', $_[0] or die \"$_[0]: $!\";",
        "    local $/;",
        "    return scalar <$file>;",
        "}",
    ),
    "encoded": (
        "sub encoded {",
        "    my ($text) = @_;",
        "    $text =~ s/([^A-Za-z0-9._~-])/sprintf '%%%02X', ord $1/ge;",
        "    return $text;",
        "}",
    ),
}


class Perl(Literals):
    """Writes Perl without `use utf8`, where a string is its bytes; `used` are modules, and helpers of the script."""

    grammar = Grammar(
        quoting=Quoting(escapes=backslashed('"$@', ESCAPE_KEY), spell=octets("\\x{%02X}"), verbatim="'"),
        interpolation="%s",
        joint=" . ",
        longest_octets=64,
    )

    def variable(self, variable: Variable) -> str:
        """Return the expression that reads an environment variable."""
        return f"$ENV{{{variable.name}}}"

    def encoded(self, expression: str, *, in_path: bool) -> str:
        """Return the expression of a text percent-encoded."""
        return f"{self.use('encoded')}({expression})"

    def address(self, text: Text) -> str:
        """Return an expression for an address, its variables percent-encoded but for a leading one."""
        return self.joined(self.expressions(text, encode=True))

    def inside(self, text: str, *, follows: bool) -> str:
        """Return text as a string holds it; after a variable "[", "{" and "-" would reach into it."""
        written = super().inside(text, follows=follows)
        return f"\\{written}" if follows and written[:1] in ("[", "{", "-") else written

    def base64(self, text: str) -> str:
        """Return an expression of the bytes of a base64 text."""
        return f"{self.use('decode_base64', 'MIME::Base64')}('{text}')"

    def read(self, name: str) -> str:
        """Return an expression of a file's bytes."""
        return f"{self.use('slurp')}({self.string(name)})"

    def head(self) -> list[str]:
        """Return the lines that load the modules and define the helpers which the code uses."""
        lines = [f"use {module};" for module in self.used if module]
        for name, definition in _HELPERS.items():
            if self.uses(name):
                lines += ["", *definition]
        return lines
