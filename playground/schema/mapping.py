"""Keywords of a schema read safely: a value of the wrong kind counts as absent (strangers write descriptions)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from playground.catalog.model import Schema
from playground.jsontext import dumps


def as_mapping(schema: Any) -> Mapping[str, Any]:
    """Return the schema as a mapping: `True` and rubbish are `{}`, `False` is `{"not": {}}`."""
    if type(schema) is dict or isinstance(schema, Mapping):  # asked for so often that the quicker question comes first
        return schema
    return {"not": {}} if schema is False else {}


def is_schema(value: Any) -> bool:
    """Say whether a value can be read as a schema at all."""
    return type(value) is dict or isinstance(value, Mapping | bool)


def schema_map(schema: Mapping[str, Any], keyword: str) -> dict[str, Schema]:
    """Return a keyword that maps names to schemas (`properties`), in order; other members are dropped."""
    value = schema.get(keyword)
    if not isinstance(value, Mapping):
        return {}
    return {str(name): member for name, member in value.items() if is_schema(member)}


def schema_list(schema: Mapping[str, Any], keyword: str) -> tuple[Schema, ...]:
    """Return a keyword that lists schemas (`oneOf`); other members are dropped."""
    value = schema.get(keyword)
    if not value or not isinstance(value, list | tuple):
        return ()
    return tuple(member for member in value if is_schema(member))


def values_of(schema: Mapping[str, Any], keyword: str) -> tuple[Any, ...]:
    """Return a keyword that lists values (`enum`, `examples`)."""
    value = schema.get(keyword)
    return tuple(value) if isinstance(value, list | tuple) else ()


def names_of(schema: Mapping[str, Any], keyword: str) -> tuple[str, ...]:
    """Return a keyword that lists names (`required`), each once."""
    return tuple(dict.fromkeys(name for name in values_of(schema, keyword) if isinstance(name, str)))


def text_of(schema: Mapping[str, Any], keyword: str) -> str:
    """Return a keyword that is text (`title`), or an empty string."""
    value = schema.get(keyword)
    return value if isinstance(value, str) else ""


def number_of(schema: Mapping[str, Any], keyword: str) -> int | float | None:
    """Return a keyword that is a finite number (`minimum`), or `None`."""
    value = schema.get(keyword)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if isinstance(value, int) or math.isfinite(value) else None


def count_of(schema: Mapping[str, Any], keyword: str) -> int | None:
    """Return a keyword that is a count (`maxLength`), or `None`."""
    value = number_of(schema, keyword)
    return int(value) if value is not None and value >= 0 and value == int(value) else None


def is_json(value: Any) -> bool:
    """Say whether a value can be written as JSON (a YAML document may hold dates, `.nan` and `.inf`)."""
    try:
        dumps(value)
    except (TypeError, ValueError, RecursionError):
        return False
    return True


def same(one: Any, other: Any) -> bool:
    """Compare two JSON values as JSON Schema does: `1` is `1.0`, but neither is `true`."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return float.__eq__(one, other) is True if isinstance(one, float) and isinstance(other, float) else one == other
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(member, other[name]) for name, member in one.items())
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(same(*pair) for pair in zip(one, other, strict=True))
    return type(one) is type(other) and bool(one == other)
