"""Keys that stand twice in one JSON object: a parser reads the last of them and says nothing (RFC 8259 section 4).

Whether there are any is told by counting, which costs a fifth of a parse; only where there are is the text read again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeAlias

import orjson

from playground.openapi.problems import MAX_PROBLEMS

Tokens: TypeAlias = tuple[str, ...]

_PART = re.compile(rb'("(?:[^"\\]++|\\.)*+")([ \t\r\n]*+:)?|([{}\[\],])')
_TEXT = re.compile(rb'"(?:[^"\\]++|\\.)*+"')
_APART = re.compile(rb'"[ \t\r\n]+:')


@dataclass(slots=True)
class _Open:
    """An object (`step` is a key) or a list (an index) that is being read, at the member that `step` names."""

    step: str | int
    seen: set[str] = field(default_factory=set)


def repeated_keys(data: bytes, members: int) -> tuple[Tokens, ...]:
    """Return the places, in the text's order, of keys that stand twice, not more than are listed as problems.

    `data` is valid JSON in UTF-8 and no deeper than the limits; `members` is what a parser found in all objects.
    """
    # Every key's end is counted here, now and then a text's beginning too: never fewer than there are.
    if data.count(b'":') == members and _APART.search(data) is None:
        return ()
    if _TEXT.sub(b"", data).count(b":") == members:
        return ()
    return tuple(islice(dict.fromkeys(_read_again(data)), MAX_PROBLEMS))


def _read_again(data: bytes) -> Iterator[Tokens]:
    around: list[_Open] = []
    for match in _PART.finditer(data):
        text, is_key, mark = match.groups()
        if is_key:
            top, key = around[-1], orjson.loads(text)
            top.step = key
            if key in top.seen:
                yield tuple(str(one.step) for one in around)
            top.seen.add(key)
        elif mark == b"{":
            around.append(_Open(""))
        elif mark == b"[":
            around.append(_Open(0))
        elif mark == b"," and isinstance(around[-1].step, int):
            around[-1].step += 1
        elif mark in (b"}", b"]"):
            around.pop()
