"""An example value that fits a schema: the description's own examples first, else one made up and amended.

What is made up by type alone is then made to obey by the keywords of the schema (`Keyword.amend`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Any

from playground.catalog.model import Definitions, Schema
from playground.schema.flatten import flatten, reference_key
from playground.schema.keywords import AMENDMENTS
from playground.schema.keywords.arrays import MOST_MADE
from playground.schema.keywords.logic import ALSO, rules_out_everything
from playground.schema.keywords.objects import entry_schema
from playground.schema.mapping import (
    as_mapping,
    as_schema,
    count_of,
    is_json_value,
    names_of,
    schema_list,
    schema_map,
    values_of,
)
from playground.schema.types import alternatives, is_hidden, names_null, nullable, types_of
from playground.schema.validate import fits

_DEPTH = 8
"""Levels of optional members; required ones are made for as many more."""
_NODES = 600
"""Members, before only required ones are made; as many again, and not even those."""
_AMENDED = frozenset((ALSO, *(name for _, names in AMENDMENTS for name in names)))
_MOST_COMPARED = 8
"""Alternatives of a `oneOf` that a sample is compared with."""
_NOTHING: Any = object()


@dataclass(slots=True)
class _Sampler:
    """What one sample is made under; `nodes` counts down over the whole of it."""

    definitions: Definitions
    writing: bool
    required_only: bool
    nodes: int = _NODES


@dataclass(frozen=True, slots=True)
class _Maker:
    """What a keyword asks when it amends a sample (`keyword.Maker`)."""

    sampler: _Sampler
    schema: Mapping[str, Any]
    path: tuple[str, ...]
    depth: int

    @property
    def has_room(self) -> bool:
        """Whether more members may be added to the sample."""
        return self.depth > 0

    @property
    def is_exhausted(self) -> bool:
        """Whether the sample is so large that not even required members are added."""
        return self.depth <= -_DEPTH or self.sampler.nodes <= -_NODES

    @property
    def required_only(self) -> bool:
        """Whether optional members are left out."""
        return self.sampler.required_only

    def flat(self, schema: Schema) -> Mapping[str, Any]:
        """Return a schema with references followed and `allOf` merged."""
        return flatten(schema, self.sampler.definitions)

    def make(self, schema: Schema) -> Any:
        """Return a sample of a schema one level deeper."""
        return _sample(schema, self.sampler, self.path, self.depth - 1)

    def fits(self, value: Any, schema: Schema) -> bool:
        """Say whether a schema allows a value."""
        return fits(value, schema, self.sampler.definitions)

    def is_hidden(self, name: str) -> bool:
        """Say whether a property plays no part in the direction the sample goes."""
        declared = as_mapping(self.schema.get("properties"))
        return is_hidden(self.flat(declared.get(name, True)), writing=self.sampler.writing)


def sample(schema: Schema, definitions: Definitions, *, writing: bool, required_only: bool = False) -> Any:
    """Return an example JSON value for the schema; the same one each time.

    `writing` leaves out `readOnly` properties (else `writeOnly` ones); `required_only` leaves out optional ones.
    Depth and breadth are bounded, so a recursive schema ends; a schema nothing fits gives a value of about its kind.
    """
    return _sample(schema, _Sampler(definitions, writing, required_only), (), _DEPTH)


def _sample(schema: Schema, sampler: _Sampler, path: tuple[str, ...], depth: int) -> Any:
    sampler.nodes -= 1
    plain = flatten(schema, sampler.definitions)
    key = reference_key(schema)
    below = (*path, key) if key is not None else path
    given = _given(plain, sampler)
    if given is not _NOTHING:
        return given
    choice = alternatives(plain, sampler.definitions)
    if choice and depth > -_DEPTH:
        return _chosen(plain, choice, sampler, below, depth)
    types = types_of(plain)
    value = _plain(types[0] if types else "", plain, sampler, below, depth)
    if plain.keys().isdisjoint(_AMENDED):
        return value
    value = _amended(value, _Maker(sampler, plain, below, depth))
    for other in schema_list(plain, ALSO):
        amended = _amended(value, _Maker(sampler, {**plain, **flatten(other, sampler.definitions)}, below, depth))
        value = amended if fits(amended, plain, sampler.definitions) else value
    return value


def _chosen(
    plain: Mapping[str, Any], choice: tuple[Schema, ...], sampler: _Sampler, path: tuple[str, ...], depth: int
) -> Any:
    """Return a sample of an alternative, of `oneOf` one that is no sample of another one as well, if one is near."""
    usable = [branch for branch in choice if reference_key(branch) not in path] or [choice[0]]
    first = _sample(usable[0], sampler, path, depth - 1)
    if "oneOf" not in plain or len(choice) > _MOST_COMPARED or _is_exclusive(first, choice, sampler):
        return first
    others = (_sample(branch, sampler, path, depth - 1) for branch in usable[1:])
    return next((value for value in others if _is_exclusive(value, choice, sampler)), first)


def _is_exclusive(value: Any, choice: tuple[Schema, ...], sampler: _Sampler) -> bool:
    fitting = (branch for branch in choice if fits(value, branch, sampler.definitions))
    return len(list(islice(fitting, 2))) < 2


def _amended(value: Any, maker: _Maker) -> Any:
    for amend, names in AMENDMENTS:
        if not names.isdisjoint(maker.schema):
            value = amend(value, maker)
    return value


def _plain(kind: str, plain: Mapping[str, Any], sampler: _Sampler, path: tuple[str, ...], depth: int) -> Any:
    """Return a value of a type, its members made, its own limits not looked at."""
    if kind == "object":
        return _object(plain, sampler, path, depth)
    if kind == "array":
        return _array(plain, sampler, path, depth)
    if kind == "number":
        return 1.5
    if kind in ("integer", "boolean"):
        return 1 if kind == "integer" else True
    if kind == "string":
        return "string"
    return None if nullable(plain, sampler.definitions) else "string"


def _given(plain: Mapping[str, Any], sampler: _Sampler) -> Any:
    """Return the first value the description itself gives that fits, or `_NOTHING`."""
    if "const" in plain and is_json_value(plain["const"]):
        return plain["const"]
    candidates = [plain["example"]] if "example" in plain else []
    candidates += values_of(plain, "examples")[:3]
    if "default" in plain:
        candidates.append(plain["default"])
    listed = [value for value in values_of(plain, "enum")[:20] if value is not None and is_json_value(value)]
    candidates += listed
    for candidate in candidates:
        # An empty default says nothing worth showing; a null one would hide what the field is for.
        if candidate is not None and is_json_value(candidate) and fits(candidate, plain, sampler.definitions):
            shown = _shown(candidate, plain, sampler, 20)
            if not (shown in ({}, [], "") and "enum" not in plain):
                return shown
    # An enum whose values are not of the schema's own type is common; the list is what its author meant.
    return listed[0] if listed else _NOTHING


def _shown(value: Any, schema: Schema, sampler: _Sampler, depth: int) -> Any:
    """Drop from a written example the properties that play no part in this direction."""
    if depth <= 0 or not isinstance(value, dict | list):
        return value
    plain = flatten(schema, sampler.definitions)
    if isinstance(value, list):
        items = as_mapping(plain.get("items", True))
        return [_shown(member, items, sampler, depth - 1) for member in value]
    declared = schema_map(plain, "properties")
    shown = {}
    for name, member in value.items():
        property_schema = flatten(declared.get(name, True), sampler.definitions)
        if not is_hidden(property_schema, writing=sampler.writing):
            shown[name] = _shown(member, property_schema, sampler, depth - 1)
    return shown


def _object(plain: Mapping[str, Any], sampler: _Sampler, path: tuple[str, ...], depth: int) -> dict[str, Any]:
    required = frozenset(names_of(plain, "required"))
    patterns = "patternProperties" in plain
    made: dict[str, Any] = {}
    for name, declared in schema_map(plain, "properties").items():
        member = entry_schema(name, plain) if patterns else declared
        if name not in required and (
            sampler.required_only or sampler.nodes <= 0 or depth <= 1 or _repeats(member, path)
        ):
            continue
        if depth <= -_DEPTH or sampler.nodes <= -_NODES:
            break
        flat = flatten(member, sampler.definitions)
        if is_hidden(flat, writing=sampler.writing) or (rules_out_everything(flat) and name not in required):
            continue
        if _repeats(member, path) and depth < _DEPTH - 2:
            # It would lead round once more, unless something else may be there as well.
            branches = (*schema_list(flat, "anyOf"), *schema_list(flat, "oneOf"))
            if names_null(flat, sampler.definitions):
                made[name] = None
            elif branch := next((branch for branch in branches if not _repeats(branch, path)), None):
                made[name] = _sample(branch, sampler, path, depth - 1)
            elif types_of(flat) == ("array",):
                made[name] = []
            elif types_of(flat) == ("object",) and not schema_map(flat, "properties"):
                made[name] = {}
            continue
        made[name] = _sample(member, sampler, path, depth - 1)
    return made


def _repeats(schema: Schema, path: tuple[str, ...]) -> bool:
    """Say whether a member leads straight back into a schema this sample is already inside."""
    plain = as_mapping(schema)
    inner: list[Schema] = [plain, as_mapping(plain.get("items", True)), as_mapping(plain.get("additionalProperties"))]
    for keyword in ("allOf", "oneOf", "anyOf"):
        inner += schema_list(plain, keyword)
    return any(key in path for key in map(reference_key, inner) if key is not None)


def _array(plain: Mapping[str, Any], sampler: _Sampler, path: tuple[str, ...], depth: int) -> list[Any]:
    least, most = count_of(plain, "minItems") or 0, count_of(plain, "maxItems")
    described = schema_list(plain, "prefixItems")
    first = tuple(takewhile(lambda schema: schema is not False, described))
    rest = plain.get("items", plain.get("unevaluatedItems", True))
    items = False if len(first) < len(described) else as_schema(rest)
    wanted = max(least, len(first) or (0 if items is False or _repeats(items, path) else 1))
    if depth <= 1 or sampler.nodes <= 0:
        wanted = min(least, wanted) if depth > -_DEPTH else 0
    if most is not None and wanted > most:
        wanted = most
    made = (first[position] if position < len(first) else items for position in range(min(wanted, MOST_MADE)))
    return [_sample(schema, sampler, path, depth - 1) for schema in made]
