"""JavaScript literals: strings, templates, numbers, members, objects, bytes (ECMAScript 2025, section 12.9)."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from playground import jsontext
from playground.invisible import is_hidden
from playground.jsontext import NumberText
from playground.snippets.text import Text, Variable

WIDTH = 72
SAFE_INTEGER = 2**53 - 1
_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_INDEX = re.compile(r"0|[1-9][0-9]{0,9}")
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


def template(text: Text, *, encode: bool = False) -> str:
    """Return a literal for text with variables: a template that reads `process.env`, or the bare variable.

    `encode` percent-encodes the variables' values, for a URL.
    """
    if len(text) == 1 and isinstance(text[0], Variable) and not encode:
        return variable(text[0])
    if not any(isinstance(piece, Variable) for piece in text):
        return string("".join(map(str, text)))
    pieces = [
        f"${{{f'encodeURIComponent({variable(piece)})' if encode else variable(piece)}}}"
        if isinstance(piece, Variable)
        else _escaped(piece, quote="`").replace("${", "\\${")
        for piece in text
    ]
    return "`" + "".join(pieces) + "`"


def variable(name: Variable) -> str:
    """Return the expression that reads an environment variable in Node.js."""
    return f"process.env.{name.name}"


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


def number(value: float) -> str:
    """Return a number literal, spelled as it was given (an int beyond 2^53 loses digits when it is read)."""
    if isinstance(value, NumberText):
        return value.text
    return jsontext.dumps(value)


def number_as_written(value: float) -> str:
    """Return how `JSON.stringify` writes the number: the shortest digits of the double nearest to it."""
    double = float(value) if not isinstance(value, int) or abs(value) < 2**1023 else math.copysign(math.inf, value)
    if math.isinf(double) or math.isnan(double):
        return "null"
    if double == 0:
        return "0"
    sign, digit_tuple, exponent = Decimal(repr(double)).normalize().as_tuple()
    digits, minus = "".join(map(str, digit_tuple)), "-" if sign else ""
    point = len(digits) + int(exponent)  # ECMAScript's n: the value is 0.digits times 10^n
    if len(digits) <= point <= 21:
        return minus + digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{minus}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{minus}0.{'0' * -point}{digits}"
    mantissa = digits[0] + (f".{digits[1:]}" if len(digits) > 1 else "")
    return f"{minus}{mantissa}e{'+' if point > 0 else '-'}{abs(point - 1)}"


def changed_numbers(value: Any) -> tuple[str, ...]:
    """Return the numbers in a JSON value that JavaScript would write otherwise: `1.0`, `1E5`, integers beyond 2^53."""
    found: list[str] = []
    if isinstance(value, Mapping):
        for part in value.values():
            found.extend(changed_numbers(part))
    elif isinstance(value, list | tuple):
        for part in value:
            found.extend(changed_numbers(part))
    elif isinstance(value, int | float) and not isinstance(value, bool) and number_as_written(value) != number(value):
        found.append(number(value))
    return tuple(dict.fromkeys(found))


def number_notes(value: Any) -> tuple[str, ...]:
    """Return a sentence naming the numbers in a JSON value that JavaScript writes otherwise, if there are any."""
    changed = changed_numbers(value)
    if not changed:
        return ()
    shown = ", ".join(number if len(number) <= 40 else f"{number[:37]}..." for number in changed[:5])
    return (f"JavaScript does not keep this spelling of a number: {shown}",)


def stringify(value: Any, *, indent: int | None = None) -> str:
    """Return what `JSON.stringify` gives for the literal of this value: its numbers, and its order of keys."""
    return jsontext.dumps(_as_read(value), indent=indent)


def _as_read(value: Any) -> Any:
    if isinstance(value, Mapping):
        indexes = sorted((name for name in value if _is_index(name)), key=int)
        names = [*indexes, *(name for name in value if not _is_index(name))]
        return {name: _as_read(value[name]) for name in names}
    if isinstance(value, list | tuple):
        return [_as_read(part) for part in value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        written = number_as_written(value)
        return None if written == "null" else NumberText(written)
    return value


def _is_index(name: str) -> bool:
    return _INDEX.fullmatch(name) is not None and int(name) < 2**32 - 1


def literal(value: Any, *, indent: int = 0, used: int = 0) -> str:
    """Return a literal of a JSON value with `Variable` leaves, laid out like hand-written code.

    An object or list that fits in `WIDTH` columns stands on one line; `indent` is the column of the line it begins on,
    `used` how many columns of that line are taken.
    """
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, Code):
        return value.text
    if isinstance(value, Variable):
        return variable(value)
    if isinstance(value, str):
        return string(value)
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, Mapping):
        parts = [(f"{key(name)}: ", part) for name, part in value.items()]
        return _members(parts, ("{ ", " }"), indent, used)
    if isinstance(value, list | tuple):
        return _members([("", part) for part in value], ("[", "]"), indent, used)
    raise TypeError(f"{type(value).__name__} has no JavaScript literal")


def _members(parts: list[tuple[str, Any]], brackets: tuple[str, str], indent: int, used: int) -> str:
    opening, closing = brackets
    if not parts:
        return opening.strip() + closing.strip()
    inner = indent + 2
    lines = [prefix + literal(part, indent=inner, used=inner + len(prefix) + 1) for prefix, part in parts]
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
