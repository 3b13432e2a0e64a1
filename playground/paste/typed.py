"""Text from the wire as the value a schema describes: `"5"` is 5 where it says integer, and stays text elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from playground import jsontext
from playground.catalog.model import Definitions, Schema
from playground.request.model import Value
from playground.schema.flatten import flatten
from playground.schema.mapping import is_json, schema_list, schema_map, values_of
from playground.schema.types import alternatives, nullable, types_of

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_DEPTH = 40


def typed(text: str, schema: Schema, definitions: Definitions, *, depth: int = _DEPTH) -> Value:
    """Return the value whose text this is. What does not fit the schema stays text, so that it is sent as it came."""
    plain = flatten(schema, definitions)
    listed: list[Value] = [*values_of(plain, "enum"), *([plain["const"]] if "const" in plain else [])]
    for value in listed:
        if value is not None and is_json(value) and _text(value) == text:
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
    for one in choice:
        value = typed(text, one, definitions, depth=depth - 1)
        if not isinstance(value, str) or value in values_of(flatten(one, definitions), "enum"):
            return value
    return text


def _text(value: Any) -> str:
    return value if isinstance(value, str) else jsontext.dumps(value)


def property_of(schema: Schema, name: str, definitions: Definitions) -> Schema:
    """Return the schema of one property, also where only an alternative of a choice declares it; `True` if unknown."""
    plain = flatten(schema, definitions)
    found = schema_map(plain, "properties").get(name)
    if found is not None:
        return found
    for alternative in alternatives(plain, definitions)[:20]:
        found = schema_map(flatten(alternative, definitions), "properties").get(name)
        if found is not None:
            return found
    extra = plain.get("additionalProperties")
    return extra if isinstance(extra, Mapping) else True


def item_of(schema: Schema, position: int, definitions: Definitions) -> Schema:
    """Return the schema of an array's item."""
    plain = array_of(schema, definitions)
    first = schema_list(plain, "prefixItems")
    if position < len(first):
        return first[position]
    items = plain.get("items", True)
    return items if isinstance(items, Mapping | bool) else True


def array_of(schema: Schema, definitions: Definitions) -> Mapping[str, Any]:
    """Return the flat array schema behind a schema: itself, or the alternative that is one; empty if none is."""
    plain = flatten(schema, definitions)
    choice = alternatives(plain, definitions)
    if not choice:
        return plain if "array" in types_of(plain) else {}
    flat = [flatten(one, definitions) for one in choice[:20]]
    return next((one for one in flat if "array" in types_of(one)), {})


def is_array(schema: Schema, definitions: Definitions) -> bool:
    """Say whether the schema describes, or may describe, an array."""
    return bool(array_of(schema, definitions))


def is_object(schema: Schema, definitions: Definitions) -> bool:
    """Say whether the schema describes, or may describe, an object."""
    plain = flatten(schema, definitions)
    choice = alternatives(plain, definitions)
    if not choice:
        return "object" in types_of(plain)
    return any("object" in types_of(flatten(one, definitions)) for one in choice[:20])
