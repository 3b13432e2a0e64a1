"""A document's bytes read into plain values: JSON by orjson, everything else as YAML (RFC 8259, YAML 1.2)."""

from __future__ import annotations

import codecs
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeAlias

import orjson

from playground.openapi.problems import DEFAULT_LIMITS, MAX_PROBLEMS, DocumentError, LimitError, Limits, kind_of
from playground.text.wording import say

JSON_START = re.compile(rb'\s*(?:\{\s*["}]|\[)')
"""How a document in JSON begins; any other is read as YAML."""
_MARKUP_START = re.compile(rb"\s*<(?:[!?a-zA-Z])")
_WRITTEN_DEPTH = 254
"""Values nested deeper orjson does not write (https://github.com/ijl/orjson#dumps)."""
_UTF8_MARK = codecs.BOM_UTF8
_WIDE_MARKS = (
    # UTF-32's little-endian mark begins with UTF-16's.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_REASONS = {
    "unexpected character, expected a JSON value": say("a value is missing, or is none of JSON"),
    "unexpected character, expected a string key": say("a key in double quotes is missing"),
    "unexpected character, expected ':' after key": say("a colon is missing after a key"),
    "unexpected character, expected ',' or '}'": say('a "," or "}" is missing'),
    "unexpected character, expected ',' or ']'": say('a "," or "]" is missing'),
    "trailing comma is not allowed": say("no comma may stand after the last item"),
    "unexpected end of data": say("it ends too early"),
    "unexpected content after document": say("something stands after its end"),
    "unexpected control character in string": say("a text holds a line break or another control character"),
    "invalid escaped sequence in string": say("a text holds a backslash that begins no escape of JSON"),
    "number with leading zero is not allowed": say("a number begins with 0"),
}
"""What orjson says is wrong, in words of our own; anything else is said as it is."""


Tokens: TypeAlias = tuple[str, ...]
"""The reference tokens of a place (pointers.py)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A document as plain values; `repeated` are the places of JSON keys that one object has twice."""

    document: dict[str, Any]
    repeated: tuple[Tokens, ...] = ()


def parse_document(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> dict[str, Any]:
    """Read a JSON or YAML document whose top is an object, as `read_text` does."""
    return read_text(data, limits=limits).document


def read_text(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> Parsed:
    """Read a JSON or YAML document whose top is an object.

    Raises `DocumentError` (syntax, with line and column) or its kind `LimitError` (which limit).
    """
    if len(data) > limits.size:
        raise LimitError(
            "size",
            say("The document has %(size)s bytes; the limit is %(limit)s bytes.", size=len(data), limit=limits.size),
        )
    data = _utf8(data)
    if not data.strip():
        raise DocumentError(say("The document is empty; give an OpenAPI document in JSON or YAML."))
    if _MARKUP_START.match(data):
        raise DocumentError(say("This is an HTML or XML page, not an OpenAPI document in JSON or YAML."))
    repeated: tuple[Tokens, ...] = ()
    if JSON_START.match(data):
        document, repeated = _read_json(data, limits)
    else:
        from playground.openapi.yaml import read_yaml  # most descriptions are JSON

        document = read_yaml(data, limits)
    if not isinstance(document, dict):
        raise DocumentError(
            say(
                "The document is %(document)s; an OpenAPI document is an object with `openapi` or `swagger`.",
                document=kind_of(document),
            )
        )
    return Parsed(document=document, repeated=repeated)


def _utf8(data: bytes) -> bytes:
    if data.startswith(_UTF8_MARK):
        return data[len(_UTF8_MARK) :]
    for mark, encoding in _WIDE_MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding).encode()
            except UnicodeError:
                raise DocumentError(
                    say("The document is not valid %(encoding)s text; save it as UTF-8.", encoding=encoding.upper())
                ) from None
    return data


def _read_json(data: bytes, limits: Limits) -> tuple[Any, tuple[Tokens, ...]]:
    try:
        document = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        if "depth limit" in error.msg or "recursion limit" in error.msg.lower():
            raise _too_deep(limits) from None
        raise DocumentError(
            say(
                "This is not valid JSON: %(reason)s (line %(line)s, column %(column)s).",
                reason=_REASONS.get(error.msg, error.msg),
                line=str(error.lineno),
                column=str(error.colno),
            )
        ) from None
    # A value takes two bytes at least.
    small = len(data) <= min(2 * limits.nodes, limits.string)
    if not small:
        _check_tree(document, limits, long_strings=True)
    written = _write_again(document, limits)
    if written is None and small:
        _check_tree(document, limits, long_strings=False)
    if written is not None and _has_every_text(data, written):
        return document, ()
    return document, _repeated_keys(data)


def is_within_limits(data: bytes, value: Any, limits: Limits) -> bool:
    """Tell whether a value that was read from JSON is surely not nested too deep and has no key twice in an object."""
    written = _write_again(value, limits)
    return written is not None and _has_every_text(data, written)


def _write_again(document: Any, limits: Limits) -> bytes | None:
    """Return the document as JSON; `None` if it is nested deeper than the limit, or may be.

    This takes a tenth of the time that looking at every value does.
    """
    around = max(_WRITTEN_DEPTH - limits.depth, 0)
    for _ in range(around):
        document = [document]
    try:
        written = orjson.dumps(document)
    except TypeError:
        return None
    return written[around : len(written) - around]


def _check_tree(document: Any, limits: Limits, *, long_strings: bool) -> None:
    """Refuse what is beyond the limits, level by level: recursion cannot take a hostile tree."""
    level = [document]
    depth = nodes = 0
    while level:
        depth += 1
        if depth > limits.depth and any(isinstance(value, dict | list) for value in level):
            raise _too_deep(limits)
        inner: list[Any] = []
        for value in level:
            if value.__class__ is dict:
                children: Any = value.values()
                if long_strings:
                    _check_strings(value, limits)
            elif value.__class__ is list:
                children = value
            else:
                continue
            nodes += len(value)
            for child in children:
                kind = child.__class__
                if kind is dict or kind is list:
                    inner.append(child)
            if long_strings:
                _check_strings(children, limits)
        if nodes > limits.nodes:
            raise LimitError(
                "nodes", say("The JSON holds more values than the limit of %(nodes)s.", nodes=limits.nodes)
            )
        level = inner


def _check_strings(values: Any, limits: Limits) -> None:
    for value in values:
        if value.__class__ is str and len(value) > limits.string:
            raise LimitError(
                "string",
                say(
                    "A text of %(length)s characters in the JSON is beyond the limit of %(limit)s.",
                    length=len(value),
                    limit=limits.string,
                ),
            )


def _too_deep(limits: Limits) -> LimitError:
    return LimitError("depth", say("The JSON is nested deeper than the limit of %(depth)s levels.", depth=limits.depth))


_ESCAPED_QUOTE = b"\\u0022"


def _has_every_text(data: bytes, written: bytes) -> bool:
    """Tell whether what a parser kept of JSON surely has all its keys; `written` is that as JSON again."""
    if data == written:
        return True
    # A member that was dropped had two quotation marks at least. All others are there again, unless data spells some
    # in another way.
    return data.count(b'"') == written.count(b'"') and _ESCAPED_QUOTE not in data


def _repeated_keys(data: bytes) -> tuple[Tokens, ...]:
    """Return the places of keys that an object has twice, at most as many as are listed as problems.

    Parsers keep the last of them without a word (RFC 8259 section 4). `data` is valid JSON in UTF-8 within the limits;
    it is parsed again, which costs twice the first parse.
    """
    marked = json.loads(data, object_pairs_hook=_mark_repeated, parse_int=ignore_number, parse_float=ignore_number)
    return tuple(islice(_repeated_below(marked), MAX_PROBLEMS))


class _Repeating(dict[str, Any]):
    """An object of which `repeated` names the keys that it has twice."""

    repeated: tuple[str, ...] = ()


def _mark_repeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    repeating = _Repeating(members)
    counts = Counter(key for key, _ in pairs)
    repeating.repeated = tuple(key for key, count in counts.items() if count > 1)
    return repeating


def ignore_number(_: str) -> None:
    """Read no number: one of 5,000 digits is legal JSON and no int for CPython."""


def _repeated_below(document: Any) -> Iterator[Tokens]:
    rest: list[tuple[Tokens, Any]] = [((), document)]
    while rest:
        place, value = rest.pop()
        if isinstance(value, _Repeating):
            yield from ((*place, key) for key in value.repeated)
        children: Iterable[tuple[object, Any]] = ()
        if isinstance(value, dict):
            children = value.items()
        elif isinstance(value, list):
            children = enumerate(value)
        inner = [((*place, str(token)), child) for token, child in children if isinstance(child, dict | list)]
        rest += reversed(inner)
