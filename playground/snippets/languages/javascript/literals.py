"""JavaScript literals: strings, templates, numbers, members, objects, bytes (ECMAScript 2025, section 12.9)."""

from __future__ import annotations

import re

from playground.snippets.body import decoded
from playground.snippets.headers import is_ascii
from playground.snippets.literals import Grammar, Literals, Quoting, backslashed, by_code
from playground.snippets.text import Text, Variable, plain
from playground.text.visible import is_hidden

_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_SPELL = by_code((0x100, "\\x%02X"), (0x10000, "\\u%04X"), (0x110000, "\\u{%X}"))
# What would end or change an inline script, should the code be pasted into a page.
_MARKUP = (re.compile(r"<(?=/script|!--|script)", re.IGNORECASE), "\\x3C")
_RESERVED = frozenset({
    "arguments", "await", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete",
    "do", "else", "enum", "eval", "export", "extends", "false", "finally", "for", "function", "if", "implements",
    "import", "in", "instanceof", "interface", "let", "new", "null", "package", "private", "protected", "public",
    "return", "static", "super", "switch", "this", "throw", "true", "try", "typeof", "var", "void", "while", "with",
    "yield", "undefined", "NaN", "Infinity",
})  # fmt: skip

string = Quoting(quote="'", escapes=backslashed("'"), spell=_SPELL, guards=(_MARKUP,))
"""Returns a single-quoted literal of exactly these UTF-16 code units."""
_TEMPLATE = Quoting(
    quote="`", escapes=backslashed("`"), spell=_SPELL, guards=(_MARKUP, (re.compile(r"\$(?=\{)"), "\\$"))
)


def member(name: str) -> str:
    """Return an access to a member: `.name`, or `['na-me']` where that is no identifier."""
    return f".{name}" if _IDENTIFIER.fullmatch(name) else f"[{string(name)}]"


def key(name: str) -> str:
    """Return a property name for an object literal; `__proto__` must be computed, or it would set the prototype."""
    if name == "__proto__":
        return "['__proto__']"
    return name if _IDENTIFIER.fullmatch(name) else string(name)


def identifier(name: str) -> str:
    """Return a variable name made of a name: odd characters become `_`, a digit or reserved word gets one in front."""
    safe = re.sub(r"[^A-Za-z0-9_$]", "_", name) or "_"
    return f"_{safe}" if safe[0].isdigit() or safe in _RESERVED else safe


class JavaScript(Literals):
    """Writes JavaScript for Node.js; `used` are names by the module they are imported from."""

    grammar = Grammar(quoting=_TEMPLATE, interpolation="${%s}", map=("{ ", " }"), width=72, step=2)

    def string(self, text: str) -> str:
        """Return a single-quoted literal of exactly these UTF-16 code units."""
        return string(text)

    def key(self, name: str) -> str:
        """Return a property name."""
        return key(name)

    def variable(self, variable: Variable) -> str:
        """Return the expression that reads an environment variable."""
        return f"process.env.{variable.name}"

    def encoded(self, expression: str, *, in_path: bool) -> str:
        """Return the expression of a text percent-encoded."""
        return f"encodeURIComponent({expression})"

    def bytes_of(self, data: bytes) -> str:
        """Return an expression of exactly these bytes: readable where they are text."""
        text = decoded(data)
        if text is not None and sum(map(is_hidden, text)) * 8 <= len(text):
            return self.utf8(text)
        return self.opaque(data)

    def utf8(self, text: str) -> str:
        """Return an expression of a text's bytes."""
        return self.utf8_of(string(text))

    def utf8_of(self, expression: str) -> str:
        """Return an expression of the bytes of a text's expression."""
        return f"Buffer.from({expression})"

    def base64(self, text: str) -> str:
        """Return an expression of the bytes of a base64 text."""
        return f"Buffer.from('{text}', 'base64')"

    def to_base64(self, expression: str) -> str:
        """Return the expression of a text's base64."""
        return f"{self.utf8_of(expression)}.toString('base64')"

    def read(self, name: str, *, encoding: str = "") -> str:
        """Return an expression of a file's bytes, or of its text in an encoding."""
        arguments = ", ".join(map(string, (name, encoding) if encoding else (name,)))
        return f"await {self.use('readFile', 'node:fs/promises')}({arguments})"

    def joined_bytes(self, parts: list[str]) -> str:
        """Return the expression of bytes one after the other."""
        return "Buffer.concat([\n  " + ",\n  ".join(parts) + ",\n])"

    def latin1(self, octets: str) -> str:
        """Return an expression of text with one character for each byte of an expression."""
        return f"{octets}.toString('latin1')"

    def header(self, value: Text) -> str:
        """Return an expression of a header value, which is bytes to clients: UTF-8 has one character for each."""
        if is_ascii(value):
            return self.text(value)
        known = plain(value)
        octets = self.utf8_of(self.text(value)) if known is None else self.bytes_of(known.encode())
        return self.latin1(octets)

    def imports(self) -> list[str]:
        """Return the lines that import what the code uses."""
        return [
            f"import {{ {', '.join(names)} }} from {string(module)};" for module, names in self.used.items() if module
        ]

    def declarations(self) -> list[str]:
        """Return the lines that define what the code uses."""
        return []


class Page(JavaScript):
    """Writes JavaScript for a browser's page: it asks its reader for secrets, and takes files from a file input."""

    def variable(self, variable: Variable) -> str:
        """Return the name of a constant, for which the reader is asked."""
        return self.use(variable.name)

    def utf8_of(self, expression: str) -> str:
        """Return an expression of the bytes of a text's expression that every browser knows."""
        return f"new TextEncoder().encode({expression})"

    def base64(self, text: str) -> str:
        """Return an expression of the bytes of a base64 text."""
        return f"Uint8Array.from(atob('{text}'), (byte) => byte.charCodeAt(0))"

    def to_base64(self, expression: str) -> str:
        """Return the expression of a text's base64."""
        return f"btoa({self.latin1(self.utf8_of(expression))})"

    def read(self, name: str, *, encoding: str = "") -> str:
        """Return the file in the page's file input."""
        return f"files[{self.files.names.index(name)}]"

    def joined_bytes(self, parts: list[str]) -> str:
        """Return the expression of bytes one after the other."""
        return "new Blob([\n  " + ",\n  ".join(parts) + ",\n])"

    def latin1(self, octets: str) -> str:
        """Return an expression of text with one character for each byte of an expression."""
        return f"String.fromCharCode(...{octets})"

    def declarations(self) -> list[str]:
        """Return the lines that ask for secrets and find the file input."""
        lines = [f"const {name} = prompt({string(name)});" for name in self.used.get("", ())]
        if self.files.names:
            lines.append("const { files } = document.querySelector('input[type=\"file\"]');")
        return lines


def search_params(pairs: tuple[tuple[str, str], ...]) -> str:
    """Return `new URLSearchParams(...)` of fields."""
    names = [name for name, _ in pairs]
    if len(set(names)) == len(names) and not any(name.isdigit() for name in names):
        lines = [f"{key(name)}: {string(value)}" for name, value in pairs]
        opening, closing = "{", "}"
    else:
        lines = [f"[{string(name)}, {string(value)}]" for name, value in pairs]
        opening, closing = "[", "]"
    short = f"{opening} {lines[0]} {closing}"
    if len(lines) == 1 and len(short) < 40:
        return f"new URLSearchParams({short})"
    return f"new URLSearchParams({opening}\n" + "".join(f"  {line},\n" for line in lines) + f"{closing})"


def joined_fields(text: str) -> str:
    """Return a form's text as a list of its fields, joined."""
    lines = "".join(f"  {string(field)},\n" for field in text.split("&"))
    return f"[\n{lines}].join('&')"
