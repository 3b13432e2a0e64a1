"""Keywords of a schema read safely: a value of the wrong kind counts as absent (strangers write descriptions)."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
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


def as_schema(value: Any) -> Schema:
    """Return a keyword's value as a schema; rubbish allows everything."""
    return value if type(value) is dict or isinstance(value, Mapping | bool) else True


def as_schema_map(value: Any) -> dict[str, Schema]:
    """Return a keyword's value that maps names to schemas, in order; other members are dropped."""
    if not isinstance(value, Mapping):
        return {}
    return {str(name): member for name, member in value.items() if is_schema(member)}


def as_schemas(value: Any) -> tuple[Schema, ...]:
    """Return a keyword's value that lists schemas; other members are dropped."""
    if not value or not isinstance(value, list | tuple):
        return ()
    return tuple(member for member in value if is_schema(member))


def as_values(value: Any) -> tuple[Any, ...]:
    """Return a keyword's value that lists values."""
    return tuple(value) if isinstance(value, list | tuple) else ()


def as_names(value: Any) -> tuple[str, ...]:
    """Return a keyword's value that lists names, each once."""
    return tuple(dict.fromkeys(name for name in as_values(value) if isinstance(name, str)))


def as_number(value: Any) -> int | float | None:
    """Return a keyword's value that is a finite number, or `None`."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if isinstance(value, int) or math.isfinite(value) else None


def as_count(value: Any) -> int | None:
    """Return a keyword's value that is a count, or `None`."""
    number = as_number(value)
    return int(number) if number is not None and number >= 0 and number == int(number) else None


def schema_map(schema: Mapping[str, Any], keyword: str) -> dict[str, Schema]:
    """Return a keyword that maps names to schemas (`properties`), in order; other members are dropped."""
    return as_schema_map(schema.get(keyword))


def schema_list(schema: Mapping[str, Any], keyword: str) -> tuple[Schema, ...]:
    """Return a keyword that lists schemas (`oneOf`); other members are dropped."""
    return as_schemas(schema.get(keyword))


def values_of(schema: Mapping[str, Any], keyword: str) -> tuple[Any, ...]:
    """Return a keyword that lists values (`enum`, `examples`)."""
    return as_values(schema.get(keyword))


def names_of(schema: Mapping[str, Any], keyword: str) -> tuple[str, ...]:
    """Return a keyword that lists names (`required`), each once."""
    return as_names(schema.get(keyword))


def text_of(schema: Mapping[str, Any], keyword: str) -> str:
    """Return a keyword that is text (`title`), or an empty string."""
    value = schema.get(keyword)
    return value if isinstance(value, str) else ""


def number_of(schema: Mapping[str, Any], keyword: str) -> int | float | None:
    """Return a keyword that is a finite number (`minimum`), or `None`."""
    return as_number(schema.get(keyword))


def count_of(schema: Mapping[str, Any], keyword: str) -> int | None:
    """Return a keyword that is a count (`maxLength`), or `None`."""
    return as_count(schema.get(keyword))


def is_json_value(value: Any) -> bool:
    """Say whether a value can be written as JSON (a YAML document may hold dates, `.nan` and `.inf`)."""
    try:
        dumps(value)
    except (TypeError, ValueError, RecursionError):
        return False
    return True


def same(first: Any, second: Any) -> bool:
    """Compare two JSON values as JSON Schema does: `1` is `1.0`, but neither is `true`."""
    if isinstance(first, bool) or isinstance(second, bool):
        return first is second
    if isinstance(first, int | float) and isinstance(second, int | float):
        if isinstance(first, float) and isinstance(second, float):
            return float.__eq__(first, second) is True
        return first == second
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        return first.keys() == second.keys() and all(same(member, second[name]) for name, member in first.items())
    if isinstance(first, list | tuple) and isinstance(second, list | tuple):
        return len(first) == len(second) and all(same(*pair) for pair in zip(first, second, strict=True))
    return type(first) is type(second) and bool(first == second)


def identity(value: Any, depth: int = 100) -> Hashable:
    """Return a key that two JSON values share if and only if they are the same (`same`), compared 100 levels deep.

    With it, finding a value among many takes one look instead of a comparison with each.
    """
    if isinstance(value, str) or value is None:
        return value
    if isinstance(value, bool):
        return (bool, value)
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return float(value)
    if depth > 0 and isinstance(value, Mapping):
        return (dict, frozenset((name, identity(member, depth - 1)) for name, member in value.items()))
    if depth > 0 and isinstance(value, list | tuple):
        return (list, tuple(identity(member, depth - 1) for member in value))
    return (type(value), id(value))
