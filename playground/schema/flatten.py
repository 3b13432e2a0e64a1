"""`allOf` merged into one schema, one level deep (JSON Schema core, 10.2.1.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from playground.catalog.model import Definitions, Schema
from playground.schema.keywords import COMPANIONS, KEYWORDS
from playground.schema.keywords.arrays import merged_positions
from playground.schema.keywords.keyword import NOT_MERGED
from playground.schema.keywords.logic import ALSO, only_demands
from playground.schema.keywords.metadata import NAMES
from playground.schema.mapping import as_mapping, as_schemas, schema_list, values_of

_DEPTH = 40
_COMBINED = frozenset({"allOf", "oneOf", "anyOf", "discriminator"})
_MERGED = _COMBINED | {"$ref"}


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
    return () if only_demands(branches) else branches


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
    members: list[Mapping[str, Any]] = []
    for member in schema_list(plain, "allOf"):
        if reference_key(member) in merged and reference_key(member) is not None:
            continue
        members.append(_flatten(member, definitions, merged, depth + 1))
    return _with_single_branch(dict(_combine_all([*members, own])), definitions, merged, depth)


def _without_way_back(own: dict[str, Any], merged: set[str]) -> dict[str, Any]:
    if not merged:
        return own
    kept = dict(own)
    back = {reference_to(key) for key in merged}
    for keyword in ("oneOf", "anyOf"):
        if keyword in own and not back.isdisjoint(_targets_of(_Same(own[keyword]))):
            del kept[keyword]
            kept.pop("discriminator", None)
    if "discriminator" in kept and not back.isdisjoint(_targets_of(_Same(kept["discriminator"]))):
        del kept["discriminator"]
    return kept


class _Same:
    """A value as the key of a cache: equal to itself alone."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.value is self.value


@lru_cache(maxsize=32)
def _targets_of(choice: _Same) -> frozenset[str]:
    """Return the references that a list of branches or a Discriminator Object names.

    Each subtype asks this of its base anew, and a base may name thousands of them.
    """
    value = choice.value
    if isinstance(value, Mapping):
        targets = [*as_mapping(value.get("mapping")).values(), *as_mapping(value.get(NAMES)).values()]
    else:
        targets = [as_mapping(branch).get("$ref") for branch in as_schemas(value)]
    return frozenset(target for target in targets if isinstance(target, str))


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


def combine(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Merge one level of two schemas that both hold, each keyword as the table of keywords says.

    Annotations (title, description, default, ...) of `second` win. What one keyword cannot say twice is kept beside it,
    in `ALSO`.
    """
    merged = dict(first)
    beside: list[Schema] = []
    for name, value in second.items():
        if name not in first or first[name] is value:
            merged[name] = value
            continue
        keyword = KEYWORDS.get(name)
        both = value if keyword is None else keyword.combine(first[name], value)
        if both is NOT_MERGED:
            both = value
            if first[name] != value:
                beside.append({part: first[part] for part in (name, *COMPANIONS.get(name, ())) if part in first})
        merged[name] = both
    _keep_together(merged, first, second)
    if "prefixItems" in merged:
        merged["prefixItems"] = merged_positions(first, second)
    if beside:
        merged[ALSO] = [*merged.get(ALSO, ()), *beside]
    return merged


def _combine_all(schemas: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Merge schemas that all hold, in halves: one by one, the first would be copied for each of the others."""
    if len(schemas) == 1:
        return schemas[0]
    middle = len(schemas) // 2
    return combine(_combine_all(schemas[:middle]), _combine_all(schemas[middle:]))


def _keep_together(merged: dict[str, Any], first: Mapping[str, Any], second: Mapping[str, Any]) -> None:
    """Give each keyword the companions of the schema its value is from (`maxContains` those of `contains`)."""
    for head, names in COMPANIONS.items():
        if head not in merged or merged.keys().isdisjoint(names):
            continue
        source = second if head in second else first
        for name in names:
            if name in source:
                merged[name] = source[name]
            else:
                merged.pop(name, None)
