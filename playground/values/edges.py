"""Values at the edges of what a schema's parts allow, for those that fit one part and not another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from playground.catalog.model import Schema
from playground.schema.mapping import as_mapping, count_of, number_of, schema_list, values_of
from playground.values.shapes import Shape

_PARTS = ("oneOf", "anyOf", "allOf")
_DEPTH = 3
_MOST_PARTS = 20
_LONGEST = 200


def edges(shape: Shape) -> Iterator[Any]:
    """Yield scalars at and just beyond the limits that the schema and its parts name, and the values they list."""
    parts = list(_parts(shape, shape.schema, _DEPTH))[:_MOST_PARTS]
    for plain in parts:
        yield from (value for value in values_of(plain, "enum")[:_MOST_PARTS])
        if "const" in plain:
            yield plain["const"]
    for plain in parts:
        for keyword in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"):
            bound = number_of(plain, keyword)
            if bound is not None and abs(bound) < 2**53:
                yield from (int(bound), int(bound) - 1, int(bound) + 1, bound, bound - 0.5, bound + 0.5)
        for keyword in ("minLength", "maxLength"):
            length = count_of(plain, keyword)
            if length is not None and length < _LONGEST:
                yield from ("a" * length, "a" * (length + 1), "a" * max(length - 1, 0))
    yield from (None, True, False, 0, "", [], {})


def _parts(shape: Shape, schema: Schema, depth: int) -> Iterator[Mapping[str, Any]]:
    plain = shape.shapes.of(schema).plain
    yield plain
    if depth > 0:
        for keyword in _PARTS:
            for part in schema_list(plain, keyword)[:_MOST_PARTS]:
                yield from _parts(shape, part, depth - 1)
        if "not" in plain:
            yield as_mapping(plain["not"])
