"""Values a schema rules in or out by its parts: the cases of `if`, lists of what is required, edges of limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from playground.catalog.model import Schema
from playground.schema.mapping import as_mapping, count_of, number_of, schema_list, schema_map, values_of
from playground.values.shapes import Shape


def conditional(shape: Shape, turn: int) -> Shape:
    """Return the shape with one of its two cases written into it; each turn tries the other."""
    plain = shape.plain
    rest = {keyword: value for keyword, value in plain.items() if keyword not in ("if", "then", "else")}
    if turn % 2 == 0:
        case: list[Any] = [as_mapping(plain["if"]), as_mapping(plain.get("then", True))]
    else:
        case = [as_mapping(plain.get("else", True))]
    return shape.variant(f"if{turn % 2}", {"allOf": [rest, *case]})


def demands(shape: Shape, turn: int) -> Shape:
    """Return the shape with one of its alternatives that are no form of their own: lists of what is required."""
    for keyword in ("oneOf", "anyOf"):
        branches = schema_list(shape.plain, keyword)
        if not branches:
            continue
        at = turn % len(branches)
        return shape.variant((keyword, at), _demanded(shape, branches, at, keyword))
    return shape


def _demanded(shape: Shape, branches: tuple[Schema, ...], at: int, keyword: str) -> Schema:
    of = shape.shapes.of
    rest = {name: value for name, value in shape.plain.items() if name != keyword}
    joined: dict[str, Any] = dict(of({"allOf": [rest, branches[at]]}).plain)
    others = {name for index, other in enumerate(branches) if index != at for name in of(other).required}
    others -= of(branches[at]).required | shape.required
    if keyword == "oneOf" and others and "properties" in joined:
        properties = schema_map(joined, "properties")
        joined["properties"] = {name: part for name, part in properties.items() if name not in others}
    return joined


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
