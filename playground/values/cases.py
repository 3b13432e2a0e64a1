"""A schema's cases: `if` with `then` and `else`, and alternatives that only say what is required."""

from __future__ import annotations

from typing import Any

from playground.catalog.model import Schema
from playground.schema.mapping import as_mapping, schema_list, schema_map
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
