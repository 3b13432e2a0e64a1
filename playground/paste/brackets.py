"""Bracketed keys read back into nested values: `a[b][0]=1`, `a[b][]=1`, `a[b]=1&a[b]=2` (the inverse of `brackets`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from playground.catalog.model import Definitions, Schema
from playground.paste.typed import is_array, item_of, property_of, typed
from playground.request.model import Value

_KEY = re.compile(r"\[([^\]]*)\]")
_DEEPEST = 40


@dataclass(slots=True)
class _Node:
    """What stands at one key: texts, and what lies below it."""

    texts: list[str] = field(default_factory=list)
    below: dict[str, _Node] = field(default_factory=dict)


def split_key(key: str) -> tuple[str, tuple[str, ...]]:
    """Split `a[b][0]` into `a` and (`b`, `0`); a key without brackets is itself."""
    start = key.find("[", 1)
    if start < 0 or not key.endswith("]"):
        return key, ()
    steps = tuple(_KEY.findall(key[start:]))
    whole = "".join(f"[{step}]" for step in steps) == key[start:]
    return (key[:start], steps) if whole and len(steps) <= _DEEPEST else (key, ())


def nested(pairs: Iterable[tuple[tuple[str, ...], str]], schema: Schema, definitions: Definitions) -> Value:
    """Return the value that texts at key steps make: `((("b", "0"), "1"),)` is `{"b": ["1"]}`."""
    root = _Node()
    for steps, text in pairs:
        node = root
        for step in steps:
            # "a[]" adds an item each time it is said.
            key = str(len(node.below)) if step == "" else step
            node = node.below.setdefault(key, _Node())
        node.texts.append(text)
    return _value(root, schema, definitions)


def _value(node: _Node, schema: Schema, definitions: Definitions) -> Value:
    if not node.below:
        if len(node.texts) > 1 or is_array(schema, definitions):
            return [typed(text, item_of(schema, at, definitions), definitions) for at, text in enumerate(node.texts)]
        return typed(node.texts[0], schema, definitions) if node.texts else ""
    if _is_list(node, schema, definitions):
        keys = sorted(node.below, key=int)
        return [_value(node.below[key], item_of(schema, at, definitions), definitions) for at, key in enumerate(keys)]
    return {key: _value(one, property_of(schema, key, definitions), definitions) for key, one in node.below.items()}


def _is_list(node: _Node, schema: Schema, definitions: Definitions) -> bool:
    if not all(key.isascii() and key.isdecimal() and len(key) < 6 for key in node.below):
        return False
    if is_array(schema, definitions):
        return True
    # Nothing is described: keys that count from 0 are a list's.
    return schema is True and set(node.below) == {str(at) for at in range(len(node.below))}
