"""Ruby literals: strings, bytes, hashes and arrays, text with environment variables (Ruby documentation, Literals)."""

from __future__ import annotations

import re
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

_SYMBOL = re.compile(r"[a-z_][A-Za-z0-9_]*")
string = Quoting(
    escapes=backslashed('"', ESCAPE_KEY),
    spell=braced_or_octets,
    guards=((re.compile(r"#(?=[{$@])"), "\\#"),),
    verbatim="'",
)
"""Returns a literal of exactly this text."""


class Ruby(Literals):
    """Writes Ruby; `used` are names by the library that is required for them."""

    grammar = Grammar(
        quoting=string,
        interpolation="#{%s}",
        longest_octets=64,
        words=("nil", "true", "false"),
        map=("{ ", " }"),
        step=2,
        last_comma=False,
    )

    def variable(self, variable: Variable) -> str:
        """Return the expression that reads an environment variable."""
        return f"ENV.fetch('{variable.name}')"

    def encoded(self, expression: str, *, in_path: bool) -> str:
        """Return the expression of a text percent-encoded; in a path `+` is no blank."""
        blank = ".gsub('+', '%20')" if in_path else ""
        return f"URI.encode_www_form_component({expression}){blank}"

    def inside(self, text: str, *, follows: bool) -> str:
        """Return text as a string holds it; "#" may begin something with what follows, too."""
        written = super().inside(text, follows=follows)
        return f"{written[:-1]}\\#" if written.endswith("#") else written

    def utf8(self, text: str) -> str:
        """Return an expression of a text's bytes, which joins with any other."""
        return string(text) if text.isascii() else f"{string(text)}.b"

    def octets(self, data: bytes) -> str:
        """Return an expression of a few bytes."""
        return f"{super().octets(data)}.b"

    def base64(self, text: str) -> str:
        """Return an expression of the bytes of a base64 text."""
        return f"'{text}'.unpack1('m')"

    def read(self, name: str) -> str:
        """Return an expression of a file's bytes."""
        return f"File.binread({string(name)})"

    def generate(self, value: Any, *, indent: int, used: int) -> str:
        """Return an expression of a value's JSON text."""
        return f"{self.use('JSON', 'json')}.generate({self.value(value, indent=indent, used=used)})"

    def mapping(self, value: Mapping[str, Any], indent: int, used: int) -> str:
        """Return a hash, with symbols for keys where all can be."""
        symbols = all(map(_SYMBOL.fullmatch, value))
        named = [(f"{name}: " if symbols else f"{string(name)} => ", member) for name, member in value.items()]
        return self.members(named, self.grammar.map, indent, used)

    def requires(self) -> list[str]:
        """Return the lines that load what the code uses."""
        return [f"require '{library}'" for library in self.used]
