"""Two schemas as one that both must hold: `allOf`, and keywords beside a `$ref` (JSON Schema core, 10.2.1.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.schema.reading import as_mapping, names_of, number_of, same, schema_list, schema_map, values_of

_LOWER_BOUNDS = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"})
_UPPER_BOUNDS = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"})


def combine(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Merge one level: properties and required are united in order, bounds tightened, types and enums intersected.

    Annotations (title, description, default, ...) of `second` win. Members both describe become an `allOf` of the two.
    """
    merged = dict(first)
    for keyword, value in second.items():
        merged[keyword] = _both(keyword, first, second) if keyword in first else value
    for keyword, spare in (("oneOf", "anyOf"), ("anyOf", "oneOf")):
        # Both halves may offer a choice; the first one's would be lost, so it moves to the keyword that is free.
        if keyword in first and keyword in second and spare not in merged and first[keyword] != second[keyword]:
            merged[spare] = first[keyword]
    return merged


def _both(keyword: str, first: Mapping[str, Any], second: Mapping[str, Any]) -> Any:
    one, other = first[keyword], second[keyword]
    if keyword == "type":
        return _types(one, other)
    if keyword in ("properties", "patternProperties"):
        return _properties(schema_map(first, keyword), schema_map(second, keyword))
    if keyword == "required":
        return list(dict.fromkeys((*names_of(first, keyword), *names_of(second, keyword))))
    if keyword == "enum":
        kept = [
            value for value in values_of(first, keyword) if any(same(value, its) for its in values_of(second, keyword))
        ]
        return kept or other
    if keyword == "allOf":
        return [*schema_list(first, keyword), *schema_list(second, keyword)]
    if keyword in ("items", "additionalProperties"):
        return _schemas(one, other)
    if keyword in _LOWER_BOUNDS or keyword in _UPPER_BOUNDS:
        bounds = [bound for bound in (number_of(first, keyword), number_of(second, keyword)) if bound is not None]
        if not bounds:
            return other
        return max(bounds) if keyword in _LOWER_BOUNDS else min(bounds)
    return other


def _types(one: Any, other: Any) -> Any:
    first = [one] if isinstance(one, str) else list(one) if isinstance(one, list | tuple) else []
    second = [other] if isinstance(other, str) else list(other) if isinstance(other, list | tuple) else []
    kept = [kind for kind in first if kind in second]
    if "integer" in first + second and "integer" not in kept and "number" in first + second:
        kept = ["integer" if kind == "number" else kind for kind in kept] or ["integer"]
    if not kept:
        return other if second else one
    return kept[0] if len(kept) == 1 else kept


def _properties(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    united = dict(first)
    for name, schema in second.items():
        united[name] = _schemas(first[name], schema) if name in first else schema
    return united


def _schemas(one: Any, other: Any) -> Any:
    if one is False or other is False:
        return False
    if one == other or not as_mapping(other):
        return one
    if not as_mapping(one):
        return other
    return {"allOf": [one, other]}
