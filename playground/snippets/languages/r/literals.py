"""R literals: strings, raw strings, raw vectors, names (R Language Definition 10.3, and ?Quotes)."""

from __future__ import annotations

import re

from playground.snippets.body import readable_text
from playground.snippets.literals import Grammar, Literals, Quoting, backslashed, by_code
from playground.snippets.text import Variable
from playground.text.visible import has_hidden

_SPELL = by_code((0x10000, "\\u%04x"), (0x110000, "\\U%08x"))
_QUOTED = Quoting(spell=_SPELL)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9._]*")
_RESERVED = frozenset({
    "if", "else", "repeat", "while", "function", "for", "next", "break", "TRUE", "FALSE", "NULL", "Inf", "NaN", "NA",
    "NA_integer_", "NA_real_", "NA_complex_", "NA_character_", "in",
})  # fmt: skip
_NO_STRING = re.compile("[\0\ud800-\udfff]")
_TICKED = Quoting(quote="`", escapes=backslashed('"`'), spell=_SPELL)


def is_string(text: str) -> bool:
    """Tell whether an R string can hold the text: neither NUL nor half a surrogate pair."""
    return _NO_STRING.search(text) is None


def string(text: str) -> str:
    """Return a literal of exactly this text, raw where that saves escapes; `is_string` must hold."""
    if any(mark in text for mark in '"\\') and not has_hidden(text, allow="\n"):
        for dashes in ("", "-", "--"):
            if f'){dashes}"' not in text:
                return f'r"{dashes}({text}){dashes}"'
    return _QUOTED(text)


class R(Literals):
    """Writes R."""

    grammar = Grammar(quoting=_QUOTED, longest_octets=16)

    def string(self, text: str) -> str:
        """Return a literal of exactly this text."""
        return string(text)

    def joined(self, expressions: list[str]) -> str:
        """Return the expression of texts one after the other."""
        return f"paste0({', '.join(expressions)})"

    def variable(self, variable: Variable) -> str:
        """Return the expression that reads an environment variable."""
        return f'Sys.getenv("{variable.name}")'

    def encoded(self, expression: str, *, in_path: bool) -> str:
        """Return the expression of a text percent-encoded."""
        return f"curl::curl_escape({expression})"

    def bytes_of(self, data: bytes) -> str:
        """Return an expression for a raw vector of exactly these bytes."""
        text = readable_text(data)
        return self.utf8(text) if text is not None and is_string(text) else self.opaque(data)

    def utf8(self, text: str) -> str:
        """Return an expression of a text's bytes."""
        return f"charToRaw({string(text)})"

    def octets(self, data: bytes) -> str:
        """Return an expression of a few bytes."""
        return f"as.raw(c({', '.join(f'0x{octet:02x}' for octet in data)}))"

    def base64(self, text: str) -> str:
        """Return an expression of the bytes of a base64 text."""
        return f'openssl::base64_decode("{text}")'

    def read(self, name: str) -> str:
        """Return an expression of a file's bytes."""
        return f'readBin("{name}", "raw", file.size("{name}"))'

    def name(self, text: str) -> str:
        """Return an argument's name, in backticks where it is not plain; `is_string` must hold."""
        return text if _NAME.fullmatch(text) and text not in _RESERVED else _TICKED(text)

    def named(self, pairs: list[tuple[str, str]]) -> str:
        """Return arguments by name."""
        return ",\n    ".join(f"{self.name(name)} = {value}" for name, value in pairs)
