"""`allOf` merged into one schema, one level deep (JSON Schema core, 10.2.1.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.catalog.model import Definitions, Schema
from playground.schema.mapping import as_mapping, names_of, number_of, same, schema_list, schema_map, values_of

_DEPTH = 40
_COMBINED = frozenset({"allOf", "oneOf", "anyOf", "discriminator"})
_MERGED = _COMBINED | {"$ref"}
_ONLY_DEMANDS = frozenset({"required", "not", "title", "description"})


def flatten(schema: Schema, definitions: Definitions) -> Mapping[str, Any]:
    """Return the schema with its reference followed and `allOf` merged; members below stay as they are.

    A `oneOf`/`anyOf` with one real branch (beside null) is merged as well and makes the schema `nullable`. A base whose
    choice of subtypes leads back here (a subtype's `allOf` names its base) loses that choice. Never raises.
    """
    if type(schema) is dict and schema.keys().isdisjoint(_MERGED):  # most are
        return schema
    return _flatten(schema, definitions, set(), 0)


def is_null(schema: Schema, definitions: Definitions) -> bool:
    """Say whether a branch allows nothing but null."""
    plain = resolve(schema, definitions)
    if plain.get("type") == "null" or plain.get("type") == ["null"]:
        return True
    return ("const" in plain and plain["const"] is None) or list(values_of(plain, "enum")) == [None]


def real_branches(schema: Mapping[str, Any], keyword: str, definitions: Definitions) -> tuple[Schema, ...]:
    """Return the branches of `oneOf` or `anyOf` that are forms of their own: no null, not only `required` lists."""
    branches = tuple(branch for branch in schema_list(schema, keyword) if not is_null(branch, definitions))
    if all(as_mapping(branch).keys() <= _ONLY_DEMANDS for branch in branches):
        return ()
    return branches


def _flatten(schema: Schema, definitions: Definitions, merged: set[str], depth: int) -> Mapping[str, Any]:
    # `merged` holds every reference merged so far: merging one twice changes nothing, so a cycle ends and a hostile
    # chain of doubled references costs no more than its length.
    key = reference_key(schema)
    if key is not None:
        merged.add(key)
    plain = resolve(schema, definitions)
    if depth > _DEPTH or plain.keys().isdisjoint(_COMBINED):
        return plain
    own = {keyword: value for keyword, value in plain.items() if keyword != "allOf"}
    own = _without_way_back(own, merged - {key} if key is not None else merged)
    result: dict[str, Any] = {}
    for member in schema_list(plain, "allOf"):
        if reference_key(member) in merged and reference_key(member) is not None:
            continue
        result = combine(result, _flatten(member, definitions, merged, depth + 1))
    result = combine(result, own)
    return _with_single_branch(result, definitions, merged, depth)


def _without_way_back(own: dict[str, Any], merged: set[str]) -> dict[str, Any]:
    if not merged:
        return own
    kept = dict(own)
    # Some bases name 500 subtypes, and every property may be one: compare texts instead of reading each reference.
    back = {reference_to(key) for key in merged}
    for keyword in ("oneOf", "anyOf"):
        branches = (as_mapping(branch).get("$ref") for branch in schema_list(own, keyword))
        if any(isinstance(target, str) and target in back for target in branches):
            del kept[keyword]
            kept.pop("discriminator", None)
    targets = as_mapping(as_mapping(kept.get("discriminator")).get("mapping")).values()
    if any(isinstance(target, str) and target in back for target in targets):
        del kept["discriminator"]
    return kept


def _with_single_branch(
    result: dict[str, Any], definitions: Definitions, merged: set[str], depth: int
) -> Mapping[str, Any]:
    for keyword in ("oneOf", "anyOf"):
        branches = schema_list(result, keyword)
        real = tuple(branch for branch in branches if not is_null(branch, definitions))
        if len(real) != 1:
            continue
        rest = {name: value for name, value in result.items() if name != keyword}
        branch = real[0]
        inner = {} if reference_key(branch) in merged else _flatten(branch, definitions, merged, depth + 1)
        result = combine(inner, rest)
        if len(real) < len(branches):
            result["nullable"] = True
    return result


_PREFIX = "#/$defs/"


def reference_key(schema: Schema) -> str | None:
    """Return the key of `definitions` a schema's `$ref` names, or `None` if it has no local reference."""
    target = as_mapping(schema).get("$ref")
    if not isinstance(target, str) or not target.startswith(_PREFIX):
        return None
    return target[len(_PREFIX) :].replace("~1", "/").replace("~0", "~")


def reference_to(key: str) -> str:
    """Return the `$ref` text for a key of `definitions`."""
    return _PREFIX + key.replace("~", "~0").replace("/", "~1")


def resolve(schema: Schema, definitions: Definitions) -> Mapping[str, Any]:
    """Follow the schema's references to a mapping without `$ref`; keywords beside a reference apply as well and win.

    `True` is `{}`, `False` is `{"not": {}}`; an unknown or circular reference is `{}` plus its siblings. Never raises.
    """
    current = as_mapping(schema)
    if "$ref" not in current:
        return current
    beside: dict[str, Any] = {}
    followed: set[str] = set()
    while "$ref" in current:
        key = reference_key(current)
        beside = combine({name: value for name, value in current.items() if name != "$ref"}, beside)
        if key is None or key in followed:
            return beside
        followed.add(key)
        current = as_mapping(definitions.get(key, True))
    return combine(current, beside) if beside else current


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
