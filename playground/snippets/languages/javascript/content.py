"""Content in JavaScript code, and what `fetch` does to a request (Fetch and URL Standards, Node.js 18 and newer)."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from playground import jsontext
from playground.messages import FormContent, MultipartContent, Part
from playground.snippets import notes
from playground.snippets.address import AddressRules, rewrites
from playground.snippets.body import decoded, form_parts
from playground.snippets.files import pieces
from playground.snippets.headers import grouped_headers
from playground.snippets.languages.javascript.literals import JavaScript, joined_fields, key, string
from playground.snippets.message import Message

_INDEX = re.compile(r"0|[1-9][0-9]{0,9}")
_SURROGATE = re.compile("[\ud800-\udfff]")


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


def number_notes(value: Any) -> tuple[str, ...]:
    """Return a sentence naming the numbers in a JSON value that JavaScript writes otherwise, if there are any."""
    return notes.number_notes(value, "JavaScript", number_as_written)


def stringify(value: Any, *, indent: int | None = None) -> str:
    """Return what `JSON.stringify` gives for the literal of this value: its numbers, escapes and order of keys."""
    return _written(value, "\n" if indent else "", indent or 0)


def _written(value: Any, newline: str, indent: int) -> str:
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number_as_written(value)
    inner = newline + " " * indent
    if isinstance(value, Mapping):
        joint = ": " if newline else ":"
        parts = [f"{_string(name)}{joint}{_written(value[name], inner, indent)}" for name in _ordered(value)]
        brackets = "{}"
    elif isinstance(value, list | tuple):
        parts = [_written(part, inner, indent) for part in value]
        brackets = "[]"
    else:
        return jsontext.dumps(value)
    return f"{brackets[0]}{inner}{(',' + inner).join(parts)}{newline}{brackets[1]}" if parts else brackets


def _string(text: str) -> str:
    # Two surrogates side by side are one character to JavaScript; one alone is escaped, and nothing else is for it.
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(joined, ensure_ascii=False))


def _ordered(value: Mapping[str, Any]) -> list[str]:
    indexes = sorted((name for name in value if _is_index(name)), key=int)
    return [*indexes, *(name for name in value if not _is_index(name))]


def _is_index(name: str) -> bool:
    return _INDEX.fullmatch(name) is not None and int(name) < 2**32 - 1


PATH = r"!$%&'()*+,\-./0-9:;=@A-Z\[\\\]_a-z|~"
QUERY = r"!$%&()*+,\-./0-9:;=?@A-Z\[\\\]^_`a-z{|}~"
FETCH = AddressRules(sentence=rewrites("fetch"), path=PATH, query=QUERY)
"""What the URL Standard leaves as it is."""


def json_call(text: str, js: JavaScript) -> str:
    """Return the `JSON.stringify` call that gives back the same text, empty where there is none."""
    try:
        value = jsontext.loads(text)
        for indent in (None, 2):
            if stringify(value, indent=indent) == text:
                layout = "" if indent is None else f", null, {indent}"
                return f"JSON.stringify({js.value(value, used=24)}{layout})"
    except (jsontext.JSONTextError, RecursionError):
        pass
    return ""


def long_form(content: object, js: JavaScript) -> str:
    """Return the text of a form that is too long for a line, field by field; empty for any other content."""
    if isinstance(content, FormContent) and len(content.text) > js.grammar.width and "&" in content.text:
        return joined_fields(content.text)
    return ""


def exact(body: bytes, js: JavaScript) -> str:
    """Return an expression of content: a string where it is text, else bytes."""
    text = decoded(body)
    return js.bytes_of(body) if text is None else string(text)


def header_lines(message: Message, js: JavaScript, *, skip: str | None = None) -> list[str]:
    """Return the header fields as members of an object, a list where one is repeated."""
    lines = []
    for name, values in grouped_headers(message):
        if name.lower() != skip:
            shown = [js.header(value) for value in values]
            lines.append(f"{key(name)}: {shown[0] if len(shown) == 1 else '[' + ', '.join(shown) + ']'},")
    return lines


def multipart_bytes(content: MultipartContent, js: JavaScript) -> str:
    """Return an expression of the exact bytes of a multipart message."""
    parts = [js.piece(piece) for piece in pieces(content, js.files)]
    return parts[0] if len(parts) == 1 else js.joined_bytes(parts)


def form_data(message: Message, js: JavaScript) -> list[str]:
    """Return the lines that make a `FormData` of the same parts, none where it would send others."""
    parts = form_parts(message, _same_part)
    lines = ["const form = new FormData();"] if parts else []
    for part in parts:
        if part.filename is None:
            value = string(part.data.decode("utf-8"))
        else:
            read = js.read(js.files.local(part.filename, part.data).name)
            kind = f"{{ type: {string(part.content_type or '')} }}"
            value = f"new Blob([{read}], {kind}), {string(part.filename)}"
        lines.append(f"form.append({string(part.name)}, {value});")
    return lines


def _same_part(part: Part) -> bool:
    if part.headers or part.filename == "" or re.search(r"[\r\n]", part.name + (part.filename or "")):
        return False
    if part.filename is not None:
        # Blob keeps a type only in lower case and printable ASCII; without one fetch writes application/octet-stream.
        return part.content_type is not None and re.fullmatch(r"[\x20-\x40\x5b-\x7e]+", part.content_type) is not None
    text = decoded(part.data)
    return part.content_type is None and text is not None and re.search(r"[\r\n]", text) is None
