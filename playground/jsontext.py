"""JSON text that survives a round trip: numbers keep their spelling, objects keep their order (RFC 8259).

`json` turns `1.0`, `1E5` and `0.10` into the same floats other numbers have, so a body read from a visitor and written
again would not be the visitor's bytes. `NumberText` keeps the text beside the value; `dumps` writes it back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from playground.text.wording import say

MAX_DIGITS = 4000
"""Longest integer read as a number; CPython refuses beyond 4300 digits."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONSTANTS = {None: "null", True: "true", False: "false"}
_as_it_is = json.encoder.encode_basestring


class NumberText(float):
    """A number that remembers how it was written: `NumberText("1.0").text == "1.0"`."""

    text: str

    def __new__(cls, text: str) -> NumberText:
        """Read a JSON number's text."""
        number = super().__new__(cls, text)
        number.text = text
        return number

    def __repr__(self) -> str:
        return f"NumberText({self.text!r})"

    def __eq__(self, other: object) -> bool:
        if isinstance(other, NumberText):
            return self.text == other.text
        return float.__eq__(self, other) is True

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = float.__hash__


class JSONTextError(ValueError):
    """The text is not JSON. `line` and `column` count from 1; `str()` is one sentence for a visitor."""

    def __init__(self, reason: str, line: int, column: int) -> None:
        super().__init__(
            say(
                "This is not valid JSON: %(reason)s (line %(line)s, column %(column)s).",
                reason=reason,
                line=str(line),
                column=str(column),
            )
        )
        self.line = line
        self.column = column


class TooDeepError(JSONTextError):
    """The text is nested too deeply to be read."""


def _integer(text: str) -> int | NumberText:
    # "-0" is not the integer 0 on the wire; a number of 5,000 digits is legal JSON and not an int for CPython.
    if text == "-0" or len(text) > MAX_DIGITS:
        return NumberText(text)
    return int(text)


def _constant(text: str) -> float:
    raise ValueError(f"{text} is not a JSON value")


def loads(text: str) -> Any:
    """Read JSON text; integers are exact, other numbers are `NumberText`. Raises `JSONTextError`."""
    try:
        return json.loads(text, parse_float=NumberText, parse_int=_integer, parse_constant=_constant)
    except json.JSONDecodeError as error:
        raise JSONTextError(error.msg, error.lineno, error.colno) from None
    except RecursionError:
        raise TooDeepError(say("it is nested too deeply"), 1, 1) from None
    except ValueError as error:
        raise JSONTextError(str(error), 1, 1) from None


def is_valid(text: str) -> bool:
    """Say whether a text is JSON, without keeping what it says: what `loads` would make takes many times its size."""
    try:
        json.loads(text, object_pairs_hook=_nothing, parse_float=_nothing, parse_int=_nothing, parse_constant=_constant)
    except (ValueError, RecursionError):
        return False
    return True


def _nothing(_: object) -> None:
    return None


def dumps(value: Any, *, indent: int | None = None) -> str:
    """Write JSON text, compact (`{"a":1}`) or indented; non-ASCII stays as it is, lone surrogates are escaped."""
    pieces: list[str] = []
    _write(value, pieces, "" if indent is None else "\n", indent)
    return "".join(pieces)


def encode(value: Any) -> bytes:
    """Write the indented JSON text of an answer in UTF-8, as `dumps` does and many times as fast.

    Only for what is known to be JSON: numbers that JSON lacks become null.
    """
    try:
        return orjson.dumps(value, default=_number, option=orjson.OPT_INDENT_2)
    except TypeError:  # lone surrogates, integers of more than 64 bits, names that are no texts, deep nesting
        return dumps(value, indent=2).encode("utf-8", "replace")


def _number(value: object) -> orjson.Fragment:
    if isinstance(value, NumberText):
        return orjson.Fragment(value.text)
    raise TypeError(f"{type(value).__name__} is left to `dumps`")


def _string(text: str) -> str:
    return json.dumps(text) if not text.isascii() and _SURROGATE.search(text) else _as_it_is(text)


def _write(value: Any, pieces: list[str], newline: str, indent: int | None) -> None:
    if isinstance(value, str):
        pieces.append(_string(value))
    elif value is None or value is True or value is False:
        pieces.append(_CONSTANTS[value])
    elif isinstance(value, int):
        pieces.append(int.__repr__(value))
    elif isinstance(value, float):
        pieces.append(value.text if isinstance(value, NumberText) else json.dumps(value, allow_nan=False))
    elif isinstance(value, dict | Mapping):
        _write_object(value, pieces, newline, indent)
    elif isinstance(value, list | Sequence):
        _write_array(value, pieces, newline, indent)
    else:
        raise TypeError(f"{type(value).__name__} is not a JSON value")


def _write_object(value: Mapping[Any, Any], pieces: list[str], newline: str, indent: int | None) -> None:
    if not value:
        pieces.append("{}")
        return
    inner = "" if indent is None else newline + " " * indent
    colon = ":" if indent is None else ": "
    before = "{" + inner
    for name, member in value.items():
        pieces.append(f"{before}{_string(str(name))}{colon}")
        _write(member, pieces, inner, indent)
        before = "," + inner
    pieces.append("}" if indent is None else newline + "}")


def _write_array(value: Sequence[Any], pieces: list[str], newline: str, indent: int | None) -> None:
    if not value:
        pieces.append("[]")
        return
    inner = "" if indent is None else newline + " " * indent
    before = "[" + inner
    for member in value:
        pieces.append(before)
        _write(member, pieces, inner, indent)
        before = "," + inner
    pieces.append("]" if indent is None else newline + "]")
