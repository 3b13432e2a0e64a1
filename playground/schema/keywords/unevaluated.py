"""`unevaluatedProperties` and `unevaluatedItems`: what no keyword of the whole schema has looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from playground.catalog.model import Schema
from playground.schema.keywords.arrays import both
from playground.schema.keywords.keyword import Keyword, Level, Violation
from playground.schema.keywords.logic import ALSO
from playground.schema.keywords.objects import is_judged, patterned, undescribed
from playground.schema.mapping import as_mapping, as_schema, schema_list, schema_map
from playground.text.wording import say

_DEPTH = 20

Own: TypeAlias = Callable[[Any, Mapping[str, Any], Level, bool], set[Any]]


def _names(value: Any, schema: Mapping[str, Any], level: Level, inner: bool) -> set[Any]:
    if "additionalProperties" in schema or not is_judged(schema) or (inner and "unevaluatedProperties" in schema):
        return set(value)
    declared = schema_map(schema, "properties")
    return {name for name in value if name in declared or patterned(name, schema)}


def _positions(value: Any, schema: Mapping[str, Any], level: Level, inner: bool) -> set[Any]:
    if "items" in schema or (inner and "unevaluatedItems" in schema):
        return set(range(len(value)))
    positions: set[Any] = set(range(len(schema_list(schema, "prefixItems"))))
    if "contains" in schema:
        wanted = as_schema(schema["contains"])
        positions |= {position for position, item in enumerate(value) if level.fits(item, wanted)}
    return positions


def _evaluated(
    value: Any, schema: Mapping[str, Any], level: Level, own: Own, *, inner: bool = False, depth: int = _DEPTH
) -> set[Any]:
    """Return the names or positions that a schema, and what it applies to the same value, looks at."""
    evaluated = own(value, schema, level, inner)
    if depth > 0:
        for branch in _applied(value, schema, level):
            evaluated |= _evaluated(value, as_mapping(branch), level, own, inner=True, depth=depth - 1)
    return evaluated


def _applied(value: Any, schema: Mapping[str, Any], level: Level) -> Iterator[Schema]:
    """Yield the schemas beside one that hold for the value."""
    if "$ref" in schema:
        yield level.target(schema)
    yield from schema_list(schema, "allOf")
    yield from schema_list(schema, ALSO)
    for keyword in ("anyOf", "oneOf"):
        yield from (branch for branch in schema_list(schema, keyword) if level.fits(value, branch))
    if "if" in schema:
        holds = level.fits(value, as_schema(schema["if"]))
        if holds:
            yield as_schema(schema["if"])
        yield as_schema(schema.get("then" if holds else "else", True))
    if isinstance(value, Mapping):
        yield from (branch for name, branch in schema_map(schema, "dependentSchemas").items() if name in value)


def _check_properties(value: Any, limit: Any, level: Level) -> Iterator[Violation]:
    if limit is True:
        return
    evaluated = _evaluated(value, level.schema, level, _names)
    for name, member in value.items():
        if name in evaluated:
            continue
        if limit is False:
            yield undescribed(level, name)
        else:
            yield from level.violations(member, as_schema(limit), name)


def _check_items(value: Any, limit: Any, level: Level) -> Iterator[Violation]:
    if limit is True:
        return
    evaluated = _evaluated(value, level.schema, level, _positions)
    for position, item in enumerate(value):
        if position in evaluated:
            continue
        if limit is False:
            yield level.violation(say("The description allows no item at this place."), position)
        else:
            yield from level.violations(item, as_schema(limit), position)


def _combine(first: Any, second: Any) -> Any:
    """Merge two members of an `allOf`: what one of them allows is looked at, as far as the other one can know."""
    return True if first is True or second is True else both(first, second)


KEYWORDS = (
    Keyword(
        name="unevaluatedProperties", shape="schema", constrains=("object",), implies="object", combine=_combine,
        check=_check_properties,
    ),
    Keyword(
        name="unevaluatedItems", shape="schema", constrains=("array",), implies="array", combine=_combine,
        check=_check_items,
    ),
)  # fmt: skip
