"""`allOf` merged into one schema, one level deep (JSON Schema core, 10.2.1.1)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from typing import Any

from playground.catalog.model import Definitions, Schema
from playground.schema.keywords import COMPANIONS, KEYWORDS
from playground.schema.keywords.arrays import merged_positions
from playground.schema.keywords.keyword import NOT_MERGED
from playground.schema.keywords.logic import ALSO, only_demands
from playground.schema.keywords.metadata import NAMES
from playground.schema.mapping import as_mapping, as_schemas, names_of, schema_list, text_of, values_of

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
    return _flatten(schema, definitions, {}, 0)


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


def _flatten(schema: Schema, definitions: Definitions, merged: dict[str, None], depth: int) -> Mapping[str, Any]:
    # `merged` holds every reference merged so far, the outermost first: merging one twice changes nothing, so a cycle
    # ends and a hostile chain of doubled references costs no more than its length.
    key = reference_key(schema)
    if key is not None:
        merged[key] = None
    plain = resolve(schema, definitions)
    if depth > _DEPTH or plain.keys().isdisjoint(_COMBINED):
        return plain
    own = {keyword: value for keyword, value in plain.items() if keyword != "allOf"}
    own = _without_way_back(own, [reference_to(other) for other in merged if other != key])
    members: list[Mapping[str, Any]] = []
    for member in schema_list(plain, "allOf"):
        if reference_key(member) in merged and reference_key(member) is not None:
            continue
        members.append(_flatten(member, definitions, merged, depth + 1))
    return _with_single_branch(dict(_combine_all([*members, own])), definitions, merged, depth)


def _without_way_back(own: dict[str, Any], back: list[str]) -> dict[str, Any]:
    """Return a base without the choice that led here: it is one of its own kinds."""
    for keyword in ("oneOf", "anyOf"):
        if keyword in own and (target := _first(back, _targets_of(_Same(own[keyword])))):
            kept = {name: value for name, value in own.items() if name != keyword}
            return _as_kind(kept, target, kinds_of(own.get("discriminator")))
    if "discriminator" in own:
        kinds = kinds_of(own["discriminator"])
        if target := _first(back, kinds):
            return _as_kind(own, target, kinds)
    return own


def _first(references: list[str], among: Collection[str]) -> str | None:
    return next((reference for reference in references if reference in among), None)


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the kinds that a discriminator tells apart: the values of its property, mapped or the schema's name."""

    values: tuple[str, ...]
    is_mapped: bool


def _as_kind(base: Mapping[str, Any], target: str, kinds: Mapping[str, Kind]) -> dict[str, Any]:
    """Return a base of which the kind is known: without its discriminator, whose property has the kind as an example.

    An example and no constant: a kind may have kinds itself.
    """
    kept = {name: value for name, value in base.items() if name != "discriminator"}
    name = text_of(as_mapping(base.get("discriminator")), "propertyName")
    key = reference_key({"$ref": target}) or ""
    kind = kinds.get(target) or Kind((key,) if "/" not in key else (), is_mapped=False)
    properties = as_mapping(kept.get("properties"))
    declared = properties.get(name, {"type": "string"} if name in names_of(kept, "required") else None)
    if not name or not kind.values or not isinstance(declared, Mapping) or "const" in declared:
        return kept
    value = value_among(kind.values[0], values_of(declared, "enum"))
    if value is not None and (kind.is_mapped or declared.keys().isdisjoint(("example", "examples"))):
        kept["properties"] = {**properties, name: {**declared, "example": value}}
    return kept


def value_among(wanted: str, listed: Sequence[Any]) -> str | None:
    """Return a kind's value as a list of values spells it, `None` if it is in none; without a list, as it is.

    Where no mapping says so, it is the schema's name (OpenAPI 3.1 section 4.8.25), which lists may spell otherwise.
    """
    if not listed or wanted in listed:
        return wanted
    alike = [value for value in listed if isinstance(value, str) and _letters(value) == _letters(wanted)]
    return alike[0] if len(alike) == 1 else None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


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
    """Return the references in a list of branches: each subtype asks its base, which may have thousands."""
    targets = [as_mapping(branch).get("$ref") for branch in as_schemas(choice.value)]
    return frozenset(target for target in targets if isinstance(target, str))


def kinds_of(discriminator: Any) -> Mapping[str, Kind]:
    """Return the kinds that a Discriminator Object maps or names, by the references to their schemas."""
    return _kinds_of(_Same(discriminator)) if isinstance(discriminator, Mapping) else {}


@lru_cache(maxsize=32)
def _kinds_of(discriminator: _Same) -> Mapping[str, Kind]:
    kinds: dict[str, Kind] = {}
    for is_mapped, keyword in ((True, "mapping"), (False, NAMES)):
        values: dict[str, list[str]] = {}
        for value, target in as_mapping(discriminator.value.get(keyword)).items():
            if isinstance(target, str):
                values.setdefault(target, []).append(str(value))
        for target, names in values.items():
            kinds.setdefault(target, Kind(tuple(names), is_mapped))
    return kinds


def _with_single_branch(
    result: dict[str, Any], definitions: Definitions, merged: dict[str, None], depth: int
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
    if result.keys().isdisjoint(("oneOf", "anyOf")):
        kinds = kinds_of(result.get("discriminator"))
        key = reference_key({"$ref": next(iter(kinds))}) if len(kinds) == 1 else None
        if key is not None and key not in merged and key in definitions:
            base, only = _as_kind(result, reference_to(key), kinds), {"$ref": reference_to(key)}
            result = combine(base, _flatten(only, definitions, merged, depth + 1))
            result |= {name: base[name] for name in ("title", "description") if name in base}
    return result


_PREFIX = "#/$defs/"


def reference_key(schema: Schema) -> str | None:
    """Return the key of `definitions` a schema's `$ref` names, or `None` if it has no local reference."""
    target = as_mapping(schema).get("$ref")
    if not isinstance(target, str) or not target.startswith(_PREFIX):
        return None
    return target[len(_PREFIX) :].replace("~1", "/").replace("~0", "~")


def references_in(value: Any) -> Iterator[str]:
    """Yield the key of each definition that a schema, or an object of the catalogue, names; each once."""
    seen: set[str] = set()
    waiting: list[Any] = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Mapping):
            schema: Schema = value
            key = reference_key(schema)
            if key is not None and key not in seen:
                seen.add(key)
                yield key
            waiting.extend(value.values())
        elif isinstance(value, list | tuple):
            waiting.extend(value)
        elif is_dataclass(value):
            waiting.extend(getattr(value, field.name) for field in fields(value))


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
