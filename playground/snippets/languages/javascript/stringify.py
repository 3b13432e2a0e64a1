"""What `JSON.stringify` writes for a value that is in the code as a literal (ECMAScript 2025, 25.5.2).

Where that is not the text to be sent, a snippet must carry the text itself.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from playground import jsontext
from playground.snippets import notes

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
