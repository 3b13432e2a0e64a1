"""A short text that changes when what an operation takes changes: a link carries it, so that an old one can say so."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from playground import jsontext
from playground.catalog.codec import encode
from playground.catalog.model import Entry
from playground.schema.flatten import reference_key

LENGTH = 8
_FRACTION = re.compile(rb"[\[:,]-?\d+[.eE]")
"""What may be a number with a fraction or an exponent, wherever it stands."""
_MOST_DEFINITIONS = 30
"""Definitions that are looked at, nearest first: an operation may reach thousands, and a page has to open at once."""
_CONTAINERS = frozenset({dict, list, tuple})
_WORDS = frozenset({"description", "summary", "title", "example", "examples", "externalDocs", "tags"})


def definition_digest(entry: Entry) -> str:
    """Return 8 hex digits over method, path, parameters, request body and the nearest definitions they refer to.

    Descriptions and examples do not count: a link stays good when only words have changed.
    """
    return entry.cache.get(_Digest, lambda: _Digest(_digest_of(entry))).text


@dataclass(frozen=True, slots=True)
class _Digest:
    text: str


def _digest_of(entry: Entry) -> str:
    try:
        return _digest(entry)
    except RecursionError:
        return hashlib.sha256(entry.operation.key.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]


def _digest(entry: Entry) -> str:
    operation = entry.operation
    asked: list[Any] = [
        operation.method,
        operation.path,
        [encode(parameter) for parameter in operation.parameters],
        encode(operation.request_body) if operation.request_body is not None else None,
    ]
    digest = hashlib.sha256(_text_of(asked))
    waiting = dict.fromkeys(_references(asked))
    for position, key in enumerate(_growing(waiting)):
        if position >= _MOST_DEFINITIONS:
            break
        schema = entry.definitions.get(key)
        digest.update(f"\n{key}\n".encode("utf-8", "surrogatepass") + _text_of(schema))
        waiting.update(dict.fromkeys(_references(schema) if type(schema) in _CONTAINERS else ()))
    return digest.hexdigest()[:LENGTH]


def _text_of(value: Any) -> bytes:
    """Return a value without words as `jsontext.dumps` writes it, many times as fast where no number has a fraction.

    Those are spelled otherwise there, and an old link has the digest of that spelling.
    """
    plain = _without_words(value) if type(value) in _CONTAINERS else value
    try:
        text = orjson.dumps(plain)
    except TypeError:
        text = b"[0.0]"
    return text if _FRACTION.search(text) is None else jsontext.dumps(plain).encode("utf-8", "surrogatepass")


def _growing(waiting: dict[str, None]) -> Iterator[str]:
    """Give each key once, also those that are added meanwhile."""
    done = 0
    while done < len(waiting):
        for key in list(waiting)[done:]:
            done += 1
            yield key


def _references(value: Any) -> list[str]:
    """Return the keys of the definitions that a value refers to, in its order."""
    keys: list[str] = []
    _collect_references(value, keys)
    return keys


def _collect_references(value: Any, keys: list[str]) -> None:
    if isinstance(value, dict):
        if (key := reference_key(value)) is not None:
            keys.append(key)
        value = value.values()
    for member in value:
        if type(member) in _CONTAINERS:
            _collect_references(member, keys)


def _without_words(value: Any) -> Any:
    """Return the value without what is only for people; a property that is called so is a mapping and stays."""
    if isinstance(value, dict):
        return {
            name: _without_words(member) if type(member) in _CONTAINERS else member
            for name, member in value.items()
            if name not in _WORDS or (isinstance(member, dict) and name not in ("externalDocs", "examples"))
        }
    return [_without_words(member) if type(member) in _CONTAINERS else member for member in value]
