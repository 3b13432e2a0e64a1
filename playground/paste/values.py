"""Texts from the wire as values: by a schema (`"5"` is 5 for an integer), and bracketed keys nested (`a[b][0]=1`)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from playground import jsontext
from playground.catalog.model import Definitions, Schema
from playground.request.model import Brackets, Value
from playground.schema.flatten import flatten
from playground.schema.mapping import is_json_value, schema_list, schema_map, values_of
from playground.schema.types import alternatives, nullable, types_of

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_DEEPEST = 40
_KEY = re.compile(r"\[([^\]]*)\]")


def typed(text: str, schema: Schema, definitions: Definitions, *, depth: int = _DEEPEST) -> Value:
    """Return the value whose text this is. What does not fit the schema stays text, so that it is sent as it came."""
    plain = flatten(schema, definitions)
    listed: list[Value] = [*values_of(plain, "enum"), *([plain["const"]] if "const" in plain else [])]
    for value in listed:
        if value is not None and is_json_value(value) and _text(value) == text:
            return value
    choice = alternatives(plain, definitions)
    if choice and depth > 0:
        return _of_choice(text, choice, definitions, depth)
    if text == "null" and nullable(plain, definitions):
        return None
    types = types_of(plain)
    if "string" in types or listed:
        return text
    if ("integer" in types or "number" in types) and _NUMBER.fullmatch(text):
        number: Value = jsontext.loads(text)
        return number
    if "boolean" in types and text in ("true", "false"):
        return text == "true"
    if types and not {"object", "array"} & set(types):
        return text
    return _loose(text, structured=bool(types))


def _loose(text: str, *, structured: bool) -> Value:
    """Return what may be JSON: an object or a list that was written into one text."""
    if structured or text[:1] in ("{", "["):
        try:
            value = jsontext.loads(text)
        except jsontext.JSONTextError:
            return text
        return value if isinstance(value, dict | list) else text
    return text


def _of_choice(text: str, choice: tuple[Schema, ...], definitions: Definitions, depth: int) -> Value:
    """Return the value for the first alternative that reads the text as more than text, else the text."""
    for alternative in choice:
        value = typed(text, alternative, definitions, depth=depth - 1)
        if not isinstance(value, str) or value in values_of(flatten(alternative, definitions), "enum"):
            return value
    return text


def _text(value: Any) -> str:
    return value if isinstance(value, str) else jsontext.dumps(value)


def property_of(schema: Schema, name: str, definitions: Definitions) -> Schema:
    """Return the schema of one property, also where only an alternative of a choice declares it; `True` if unknown."""
    plain = flatten(schema, definitions)
    described = schema_map(plain, "properties").get(name)
    if described is not None:
        return described
    for alternative in alternatives(plain, definitions)[:20]:
        described = schema_map(flatten(alternative, definitions), "properties").get(name)
        if described is not None:
            return described
    extra = plain.get("additionalProperties")
    return extra if isinstance(extra, Mapping) else True


def property_names(schema: Schema, definitions: Definitions) -> frozenset[str]:
    """Return the names of an object's properties, those of its alternatives included."""
    plain = flatten(schema, definitions)
    flat = [plain, *(flatten(alternative, definitions) for alternative in alternatives(plain, definitions)[:20])]
    return frozenset(name for schema_ in flat for name in schema_map(schema_, "properties"))


def item_of(schema: Schema, position: int, definitions: Definitions) -> Schema:
    """Return the schema of an array's item."""
    plain = _array_of(schema, definitions)
    first = schema_list(plain, "prefixItems")
    if position < len(first):
        return first[position]
    items = plain.get("items", True)
    return items if isinstance(items, Mapping | bool) else True


def _array_of(schema: Schema, definitions: Definitions) -> Mapping[str, Any]:
    """Return the flat array schema behind a schema: itself, or the alternative that is one; empty if none is."""
    plain = flatten(schema, definitions)
    choice = alternatives(plain, definitions)
    if not choice:
        return plain if "array" in types_of(plain) else {}
    flat = [flatten(alternative, definitions) for alternative in choice[:20]]
    return next((alternative for alternative in flat if "array" in types_of(alternative)), {})


def is_array(schema: Schema, definitions: Definitions) -> bool:
    """Say whether the schema describes, or may describe, an array."""
    return bool(_array_of(schema, definitions))


def is_object(schema: Schema, definitions: Definitions) -> bool:
    """Say whether the schema describes, or may describe, an object."""
    plain = flatten(schema, definitions)
    choice = alternatives(plain, definitions)
    if not choice:
        return "object" in types_of(plain)
    return any("object" in types_of(flatten(alternative, definitions)) for alternative in choice[:20])


@dataclass(slots=True)
class _Node:
    """The texts of one key, and the keys below it."""

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


def split_declared(key: str, declared: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """Split a key at its brackets, but for those that belong to the name of a declared property (`ids[]`)."""
    if key in declared:
        return key, ()
    name, steps = split_key(key)
    for count in range(len(steps), 0, -1):
        longer = name + "".join(f"[{step}]" for step in steps[:count])
        if longer in declared:
            return longer, steps[count:]
    return name, steps


def lists_of(written: Iterable[tuple[tuple[str, ...], str]]) -> Brackets:
    """Return how the lists inside the brackets of pasted keys are written; `index` where there are none."""
    counts: dict[str, int] = {}
    for steps, key in written:
        if "" in steps:
            return "empty"
        counts[key] = counts.get(key, 0) + bool(steps)
    return "repeat" if any(count > 1 for count in counts.values()) else "index"


def nested(pairs: Iterable[tuple[tuple[str, ...], str]], schema: Schema, definitions: Definitions) -> Value:
    """Return the value that texts at key steps make: `((("b", "0"), "1"),)` is `{"b": ["1"]}`."""
    root = _Node()
    for steps, text in pairs:
        node = root
        for step in steps:
            # Each "a[]" adds an item.
            key = str(len(node.below)) if step == "" else step
            node = node.below.setdefault(key, _Node())
        node.texts.append(text)
    return _value(root, schema, definitions)


def _value(node: _Node, schema: Schema, definitions: Definitions) -> Value:
    if not node.below:
        if len(node.texts) == 1 and _is_listed(node.texts[0], schema, definitions):
            return node.texts[0]  # `tags=`, where nothing at all may stand in the place of a list
        if len(node.texts) > 1 or is_array(schema, definitions):
            return [typed(text, item_of(schema, at, definitions), definitions) for at, text in enumerate(node.texts)]
        return typed(node.texts[0], schema, definitions) if node.texts else ""
    if _is_list(node, schema, definitions):
        keys = sorted(node.below, key=int)
        return [_value(node.below[key], item_of(schema, at, definitions), definitions) for at, key in enumerate(keys)]
    return {key: _value(below, property_of(schema, key, definitions), definitions) for key, below in node.below.items()}


def _is_listed(text: str, schema: Schema, definitions: Definitions) -> bool:
    """Say whether an alternative of a choice is this text."""
    choice = alternatives(flatten(schema, definitions), definitions)[:20]
    return any(text in values_of(flatten(alternative, definitions), "enum") for alternative in choice)


def _is_list(node: _Node, schema: Schema, definitions: Definitions) -> bool:
    if not all(key.isascii() and key.isdecimal() and len(key) < 6 for key in node.below):
        return False
    if is_array(schema, definitions):
        return True
    # Nothing is described: keys that count from 0 are a list's.
    return schema is True and set(node.below) == {str(at) for at in range(len(node.below))}


def json_items(texts: Sequence[str], schema: Schema, definitions: Definitions) -> Value:
    """Return the value of a property that is JSON, item by item where it is a list."""
    read: list[Value] = []
    for text in texts:
        try:
            read.append(jsontext.loads(text))
        except jsontext.JSONTextError:
            read.append(text)
    is_whole = len(read) == 1 and (not is_array(schema, definitions) or list_in_one_text(read, schema, definitions))
    return read[0] if is_whole else read


def list_in_one_text(value: Value, schema: Schema, definitions: Definitions) -> Value:
    """Return a list that was read from one text as the only item of another; `None` where the items are lists."""
    if not isinstance(value, list) or len(value) != 1 or not isinstance(value[0], list):
        return None
    return None if is_array(item_of(schema, 0, definitions), definitions) else value[0]
