"""Python literals: strings, bytes, f-strings, numbers, displays (Python Language Reference 2.4 and 6.2)."""

from __future__ import annotations

from typing import Any

from playground import jsontext
from playground.snippets.body import readable_text
from playground.snippets.headers import is_ascii
from playground.snippets.literals import Grammar, Literals, Quoting, backslashed, by_code
from playground.snippets.text import Text, Variable, plain

_SPELL = by_code((0x100, "\\x%02x"), (0x10000, "\\u%04x"), (0x110000, "\\U%08x"))
_DOUBLE = Quoting(spell=_SPELL)
_SINGLE = Quoting(quote="'", escapes=backslashed("'"), spell=_SPELL)
_FORMATTED = Quoting(quote='"', escapes=backslashed('"', {"{": "{{", "}": "}}"}), spell=_SPELL)


def string(text: str) -> str:
    """Return a literal of exactly this text, in double quotes unless that costs escapes."""
    return _SINGLE(text) if '"' in text and "'" not in text else _DOUBLE(text)


class Python(Literals):
    """Writes Python, lists and maps as Black lays them out; `used` are names by their module, or the module itself."""

    grammar = Grammar(quoting=_FORMATTED, interpolation="{%s}", words=("None", "True", "False"))

    def module(self, name: str) -> str:
        """Return the name of a module, which is imported."""
        return self.use(name, name)

    def string(self, text: str) -> str:
        """Return a literal of exactly this text."""
        return string(text)

    def text(self, text: Text, *, encode: bool = False) -> str:
        """Return an f-string for text with variables, or the bare variable."""
        written = super().text(text, encode=encode)
        return f"f{written}" if len(text) > 1 and any(isinstance(piece, Variable) for piece in text) else written

    def variable(self, variable: Variable) -> str:
        """Return the expression that reads an environment variable."""
        return f'{self.module("os")}.environ["{variable.name}"]'

    def interpolated(self, expression: str) -> str:
        """Return an expression as an f-string holds it, which could hold none of its own marks until 3.12."""
        return super().interpolated(expression.replace('"', "'"))

    def encoded(self, expression: str, *, in_path: bool) -> str:
        """Return the expression of a text percent-encoded."""
        return f"{self.use('quote', 'urllib.parse')}({expression}, safe='')"

    def bytes_of(self, data: bytes) -> str:
        """Return an expression of exactly these bytes."""
        text = readable_text(data)
        if text is not None and not text.isascii():
            return f"{string(text)}.encode()"
        quoting = _SINGLE if b'"' in data and b"'" not in data else _DOUBLE
        written = quoting.inside(data.decode("latin-1"))
        shown = "".join(mark if mark.isascii() else f"\\x{ord(mark):02x}" for mark in written)
        return f"b{quoting.quote}{shown}{quoting.quote}"

    def read(self, name: str) -> str:
        """Return an expression of a file's bytes."""
        return f"{self.use('Path', 'pathlib')}({string(name)}).read_bytes()"

    def header(self, value: Text) -> str:
        """Return an expression of a header value; clients send a `str` as Latin-1, so what is not ASCII is bytes."""
        if is_ascii(value):
            return self.text(value)
        known = plain(value)
        return f"{self.text(value)}.encode()" if known is None else self.bytes_of(known.encode())

    def number(self, value: float) -> str:
        """Return a number literal; a number beyond all floats is read as infinity, and `-0` is no float."""
        text = jsontext.dumps(value)
        return "0" if text == "-0" else text

    def value(self, value: Any, *, indent: int = 0, used: int = 0) -> str:
        """Return a display of a value."""
        if isinstance(value, tuple) and len(value) > 1:
            return self.members([("", member) for member in value], ("(", ")"), indent, used)
        return super().value(value, indent=indent, used=used)

    def imports(self) -> list[str]:
        """Return the lines that import what the code uses, of the standard library."""
        modules = [module for module, names in self.used.items() if module in names]
        names = [(module, ", ".join(sorted(names))) for module, names in self.used.items() if module not in names]
        return [
            *(f"import {module}" for module in sorted(modules)),
            *(f"from {module} import {listed}" for module, listed in sorted(names)),
        ]
