"""Values of forms and queries, which are text, read as the type that a description wants where it is sure of one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from playground import jsontext
from playground.schema.keywords.values import type_of_value
from playground.schema.mapping import is_json
from playground.values.fit import fits
from playground.values.shapes import Shape

_DEPTH = 12
_MOST = 2000
_MOST_BRANCHES = 20


def spelled(value: Any, shape: Shape) -> Any:
    """Return a value with its texts read as what they stand for in the schema, where the value as it is does not fit.

    A list where one value is wanted is its first: properties of two objects may have the same name in a query.
    """
    if not is_json(value) or fits(value, shape.schema, shape.shapes.definitions, writing=True):
        return value
    return _spelled(value, shape, _DEPTH)


def _spelled(value: Any, shape: Shape, depth: int) -> Any:
    if depth <= 0:
        return value
    if shape.choice:
        definitions = shape.shapes.definitions
        branches = shape.choice[:_MOST_BRANCHES]
        made = (_spelled(value, branch, depth - 1) for branch in branches)
        pairs = zip(branches, made, strict=False)
        return next(
            (reading for branch, reading in pairs if fits(reading, branch.schema, definitions, writing=True)), value
        )
    if isinstance(value, Mapping) and "object" in shape.types:
        members = {member.name: member.shape for member in shape.members}
        extra = shape.plain.get("additionalProperties")
        other = shape.shapes.of(extra) if isinstance(extra, Mapping) else None
        made_: dict[str, Any] = {}
        for name, part in list(value.items())[:_MOST]:
            inner = members.get(name, other)
            made_[name] = part if inner is None else _spelled(part, inner, depth - 1)
        return made_ if len(made_) == len(value) else value
    if isinstance(value, list):
        if "array" in shape.types:
            return [_spelled(item, shape.items, depth - 1) for item in value[:_MOST]] + value[_MOST:]
        return _spelled(value[0], shape, depth - 1) if value and shape.types else value
    definitions = shape.shapes.definitions
    readings = list(_readings(value))
    fitting = next((reading for reading in readings if fits(reading, shape.schema, definitions, writing=True)), None)
    if fitting is not None:
        return fitting
    # What is of the right type and out of its limits is that, and no text.
    return value if shape.listed else next((reading for reading in readings if _is_of(reading, shape.types)), value)


def _is_of(value: Any, types: tuple[str, ...]) -> bool:
    kind = type_of_value(value)
    return kind in types or (kind == "integer" and "number" in types)


def _readings(value: Any) -> Iterator[Any]:
    """Yield a scalar, then the other values of its text."""
    yield value
    if isinstance(value, str):
        if re.fullmatch(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,17})?", value):
            yield jsontext.loads(value)
        elif value in ("true", "false"):
            yield value == "true"
    elif isinstance(value, bool | int | float):
        yield jsontext.dumps(value)
