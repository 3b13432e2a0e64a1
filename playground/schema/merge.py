"""`allOf` merged into one schema, one level deep (JSON Schema core, 10.2.1.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.catalog.model import Definitions, Schema
from playground.schema.combine import combine
from playground.schema.reading import as_mapping, schema_list, values_of
from playground.schema.resolve import reference_key, reference_to, resolve

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
