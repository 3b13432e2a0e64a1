"""Does a value fit a schema (JSON Schema validation, the keywords forms use)? Hostile patterns are never run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.catalog.model import Definitions, Schema
from playground.schema.flatten import flatten
from playground.schema.mapping import (
    as_mapping,
    count_of,
    names_of,
    number_of,
    same,
    schema_list,
    schema_map,
    values_of,
)
from playground.schema.types import alternatives, is_file, nullable, type_of_value, types_of

_DEPTH = 40
_COMPARED = 200
"""Longest array whose items are compared with each other; the comparison is quadratic."""


def fits(value: Any, schema: Schema, definitions: Definitions, *, closed: bool = False) -> bool:
    """Say whether the value fits. `closed` reads an object that says nothing of additional properties as closed.

    A value that is no JSON value (a file) fits binary strings only. Below 40 levels everything fits.
    """
    return _fits(value, schema, definitions, closed, _DEPTH)


def allows_more(schema: Mapping[str, Any], *, closed: bool) -> Schema:
    """Return the schema of an object's undeclared properties; `False` when there can be none."""
    extra = schema.get("additionalProperties")
    if isinstance(extra, Mapping | bool):
        return extra
    return not (closed and schema_map(schema, "properties"))


def _fits(value: Any, schema: Schema, definitions: Definitions, closed: bool, depth: int) -> bool:
    if depth <= 0:
        return True
    plain = flatten(schema, definitions)
    if plain.get("not") == {} or plain.get("not") is True:
        return False
    if value is None:
        return nullable(plain, definitions) or not (types_of(plain) or alternatives(plain, definitions))
    choice = alternatives(plain, definitions)
    if choice:
        return any(_fits(value, one, definitions, closed, depth - 1) for one in choice)
    if "const" in plain and not same(value, plain["const"]):
        return False
    if values_of(plain, "enum") and not any(same(value, one) for one in values_of(plain, "enum")):
        return False
    kind, types = type_of_value(value), types_of(plain)
    if kind == "file":
        return is_file(plain) or not (types or closed)
    if types and kind not in types and not (kind == "integer" and "number" in types):
        return False
    if kind == "object":
        return _object_fits(value, plain, definitions, closed, depth)
    if kind == "array":
        return _array_fits(value, plain, definitions, closed, depth)
    if kind == "string":
        return _within(len(value), plain, "minLength", "maxLength")
    return kind == "boolean" or number_fits(value, plain)


def _within(count: int, schema: Mapping[str, Any], least: str, most: str) -> bool:
    lower, upper = count_of(schema, least), count_of(schema, most)
    return (lower is None or count >= lower) and (upper is None or count <= upper)


def number_fits(value: int | float, schema: Mapping[str, Any]) -> bool:
    """Say whether a number is within a flat schema's bounds; `multipleOf` is checked for integers only."""
    least, most = number_of(schema, "minimum"), number_of(schema, "maximum")
    above, below = number_of(schema, "exclusiveMinimum"), number_of(schema, "exclusiveMaximum")
    if (least is not None and value < least) or (most is not None and value > most):
        return False
    if (above is not None and value <= above) or (below is not None and value >= below):
        return False
    if schema.get("exclusiveMinimum") is True and value == least:
        return False
    if schema.get("exclusiveMaximum") is True and value == most:
        return False
    step = number_of(schema, "multipleOf")
    return not (isinstance(step, int) and step > 0 and isinstance(value, int)) or value % step == 0


def _object_fits(
    value: Mapping[str, Any], plain: Mapping[str, Any], definitions: Definitions, closed: bool, depth: int
) -> bool:
    if not _within(len(value), plain, "minProperties", "maxProperties"):
        return False
    if any(name not in value for name in names_of(plain, "required")):
        return False
    declared, extra = schema_map(plain, "properties"), allows_more(plain, closed=closed)
    return all(
        _fits(member, declared.get(name, extra), definitions, closed, depth - 1) for name, member in value.items()
    )


def _array_fits(value: Any, plain: Mapping[str, Any], definitions: Definitions, closed: bool, depth: int) -> bool:
    if not _within(len(value), plain, "minItems", "maxItems"):
        return False
    if (
        plain.get("uniqueItems") is True
        and len(value) <= _COMPARED
        and any(same(one, other) for index, one in enumerate(value) for other in value[:index])
    ):
        return False
    first = schema_list(plain, "prefixItems")
    items = plain.get("items", True)
    rest = items if isinstance(items, bool) else as_mapping(items)
    return all(
        _fits(member, first[index] if index < len(first) else rest, definitions, closed, depth - 1)
        for index, member in enumerate(value)
    )
