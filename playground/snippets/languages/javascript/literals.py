"""JavaScript literals: strings, templates, numbers, members, objects, bytes (ECMAScript 2025, section 12.9)."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from playground.snippets.languages.javascript.stringify import number
from playground.snippets.text import Text, Variable
from playground.text.visible import is_hidden

WIDTH = 72
_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_SIMPLE = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
# What would end or change an inline script, should the code be pasted into a page.
_MARKUP = re.compile(r"<(?=/script|!--|script)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Code:
    """An expression to stand in a literal as it is; never made of a stranger's text."""

    text: str


def string(text: str) -> str:
    """Return a single-quoted literal of exactly these UTF-16 code units."""
    return f"'{_escaped(text, quote=chr(39))}'"


def variable(name: Variable) -> str:
    """Return the expression that reads an environment variable in Node.js."""
    return f"process.env.{name.name}"


def template(text: Text, *, encode: bool = False, spell: Callable[[Variable], str] = variable) -> str:
    """Return a literal for text with variables: a template that reads them by `spell`, or the bare variable.

    `encode` percent-encodes the variables' values, for a URL; not of a leading one, which is the URL's beginning.
    """
    if len(text) == 1 and isinstance(text[0], Variable):
        return spell(text[0])
    if not any(isinstance(piece, Variable) for piece in text):
        return string("".join(map(str, text)))
    pieces = [  # TypeScript needs no "!" inside a template
        f"${{{f'encodeURIComponent({spell(piece)})' if encode and at else spell(piece).removesuffix('!')}}}"
        if isinstance(piece, Variable)
        else _escaped(piece, quote="`").replace("${", "\\${")
        for at, piece in enumerate(text)
    ]
    return "`" + "".join(pieces) + "`"


def _escaped(text: str, *, quote: str) -> str:
    pieces: list[str] = []
    for character in text:
        if character == quote:
            pieces.append("\\" + character)
        elif character in _SIMPLE:
            pieces.append(_SIMPLE[character])
        elif is_hidden(character):
            pieces.append(_unicode_escape(ord(character)))
        else:
            pieces.append(character)
    return _MARKUP.sub("\\\\x3C", "".join(pieces))


def _unicode_escape(code: int) -> str:
    if code < 0x100:
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code < 0x10000 else f"\\u{{{code:X}}}"


def member(name: str) -> str:
    """Return an access to a member: `.name`, or `['na-me']` where that is no identifier."""
    return f".{name}" if _IDENTIFIER.fullmatch(name) else f"[{string(name)}]"


def key(name: str) -> str:
    """Return a property name for an object literal; `__proto__` must be computed, or it would set the prototype."""
    if name == "__proto__":
        return "['__proto__']"
    return name if _IDENTIFIER.fullmatch(name) else string(name)


def bytes_of(data: bytes) -> str:
    """Return a Node.js expression for exactly these bytes: readable where they are text."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if not data or (text and sum(map(is_hidden, text)) * 8 <= len(text)):
        return f"Buffer.from({string(text)})"
    return f"Buffer.from('{base64.b64encode(data).decode('ascii')}', 'base64')"


def page_bytes(data: bytes) -> str:
    """Return an expression for exactly these bytes that every browser knows."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if not data or (text and sum(map(is_hidden, text)) * 8 <= len(text)):
        return f"new TextEncoder().encode({string(text)})"
    encoded = base64.b64encode(data).decode("ascii")
    return f"Uint8Array.from(atob('{encoded}'), (byte) => byte.charCodeAt(0))"


def literal(value: Any, *, indent: int = 0, used: int = 0, spell: Callable[[Variable], str] = variable) -> str:
    """Return a literal of a JSON value with `Variable` leaves, laid out like hand-written code.

    An object or list that fits in `WIDTH` columns stands on one line; `indent` is the column of the line it begins on,
    `used` how many columns of that line are taken.
    """
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, Code):
        return value.text
    if isinstance(value, Variable):
        return spell(value)
    if isinstance(value, str):
        return string(value)
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, Mapping):
        parts = [(f"{key(name)}: ", part) for name, part in value.items()]
        return _members(parts, ("{ ", " }"), indent, used, spell)
    if isinstance(value, list | tuple):
        return _members([("", part) for part in value], ("[", "]"), indent, used, spell)
    raise TypeError(f"{type(value).__name__} has no JavaScript literal")


def _members(
    parts: list[tuple[str, Any]], brackets: tuple[str, str], indent: int, used: int, spell: Callable[[Variable], str]
) -> str:
    opening, closing = brackets
    if not parts:
        return opening.strip() + closing.strip()
    inner = indent + 2
    lines = [prefix + literal(part, indent=inner, used=inner + len(prefix) + 1, spell=spell) for prefix, part in parts]
    short = opening + ", ".join(lines) + closing
    if "\n" not in short and max(used, indent) + len(short) <= WIDTH:
        return short
    margin = " " * inner
    body = "".join(f"{margin}{line},\n" for line in lines)
    return f"{opening.strip()}\n{body}{' ' * indent}{closing.strip()}"


RESERVED = frozenset({
    "arguments", "await", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete",
    "do", "else", "enum", "eval", "export", "extends", "false", "finally", "for", "function", "if", "implements",
    "import", "in", "instanceof", "interface", "let", "new", "null", "package", "private", "protected", "public",
    "return", "static", "super", "switch", "this", "throw", "true", "try", "typeof", "var", "void", "while", "with",
    "yield", "undefined", "NaN", "Infinity",
})  # fmt: skip


def identifier(name: str) -> str:
    """Return a variable name made of a name: odd characters become `_`, a digit or reserved word gets one in front."""
    safe = re.sub(r"[^A-Za-z0-9_$]", "_", name) or "_"
    return f"_{safe}" if safe[0].isdigit() or safe in RESERVED else safe
