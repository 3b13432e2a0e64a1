"""The alternatives of two versions of a schema that belong together, and what in a schema limits anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from playground.catalog.model import Definitions, Schema
from playground.schema.flatten import reference_key
from playground.schema.mapping import same, schema_list
from playground.schema.types import branches_of

SUBSCHEMAS = (
    ("items", "/0"), ("additionalProperties", "/*"), ("contains", "/0"), ("propertyNames", ""), ("contentSchema", ""),
    ("unevaluatedItems", "/0"), ("unevaluatedProperties", "/*"),
)  # fmt: skip
"""Keywords whose schema holds for what is below a value, or for the value itself, with what its place adds."""


def branches(schema: Mapping[str, Any], definitions: Definitions) -> tuple[Schema, ...]:
    """Return the alternatives; what a discriminator says beside a written choice is a hint and decides nothing."""
    if "oneOf" in schema or "anyOf" in schema:
        schema = {keyword: value for keyword, value in schema.items() if keyword != "discriminator"}
    return branches_of(schema, definitions)


def is_limited(schema: Any) -> bool:
    """Tell whether a schema says anything at all."""
    return schema is False or (isinstance(schema, Mapping) and bool(schema))


def equal(before: Schema, after: Schema) -> bool:
    """Tell whether two schemas are written alike."""
    return before is after or same(before, after)


def paired(before: tuple[Schema, ...], after: tuple[Schema, ...]) -> Iterator[tuple[Schema | None, Schema | None]]:
    """Yield alternatives that belong together: those of one name, then those alike, then by position."""
    rest = list(after)
    single: list[Schema] = []
    for old in before:
        match = next((other for other in rest if name_of(other) == name_of(old) != ""), None)
        if match is None:
            match = next((other for other in rest if equal(old, other)), None)
        if match is None:
            single.append(old)
            continue
        rest.remove(match)
        yield old, match
    for old in single:
        unnamed = next((other for other in rest if name_of(other) == "" and name_of(old) == ""), None)
        if unnamed is not None:
            rest.remove(unnamed)
        yield old, unnamed
    for other in rest:
        yield None, other


def name_of(schema: Schema) -> str:
    """Return what an alternative is called: the definition it is, with or without something beside it, or its title."""
    if not isinstance(schema, Mapping):
        return ""
    keys = [reference_key(part) for part in (schema, *schema_list(schema, "allOf"))]
    return next((key for key in keys if key), "") or str(schema.get("title", ""))
