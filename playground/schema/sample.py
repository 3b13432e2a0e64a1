"""An example value that fits a schema: the description's own examples first, else one made up from type and limits."""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from playground.catalog.model import Definitions, Schema
from playground.schema.fit import fits, number_fits
from playground.schema.flatten import flatten, reference_key
from playground.schema.mapping import (
    as_mapping,
    count_of,
    is_json,
    names_of,
    number_of,
    schema_list,
    schema_map,
    text_of,
    values_of,
)
from playground.schema.regex import text_for
from playground.schema.types import alternatives, nullable, types_of

_DEPTH = 8
"""Levels of optional members; what is required goes on for as many again."""
_NODES = 600
"""Members, before only required ones are made; as many again, and not even those."""
_LONGEST = 10_000
_MOST_ITEMS = 20
_FORMATS = {
    "date": "2024-05-17",
    "date-time": "2024-05-17T09:30:00Z",
    "datetime": "2024-05-17T09:30:00Z",
    "time": "09:30:00Z",
    "duration": "P1D",
    "email": "jane.doe@example.com",
    "idn-email": "jane.doe@example.com",
    "hostname": "api.example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "uri": "https://example.com/",
    "url": "https://example.com/",
    "iri": "https://example.com/",
    "uri-reference": "/path",
    "uuid": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
    "guid": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
    "byte": "c2FtcGxl",
    "decimal": "12.50",
    "password": "a-long-password",
    "int64": "1",
    "int32": "1",
}
_NOTHING: Any = object()


@dataclass(slots=True)
class _Sampler:
    """What one sample is made under; `nodes` counts down over the whole of it."""

    definitions: Definitions
    writing: bool
    required_only: bool
    nodes: int = _NODES


def sample(schema: Schema, definitions: Definitions, *, writing: bool, required_only: bool = False) -> Any:
    """Return an example JSON value for the schema; the same one each time.

    `writing` leaves out `readOnly` properties (else `writeOnly` ones); `required_only` leaves out optional ones.
    Depth and breadth are bounded, so a recursive schema ends; a schema nothing fits gives a value of about its kind.
    """
    return _sample(schema, _Sampler(definitions, writing, required_only), (), _DEPTH)


def is_hidden(schema: Mapping[str, Any], *, writing: bool) -> bool:
    """Say whether a flat property schema plays no part in this direction (`readOnly`, `writeOnly`)."""
    return schema.get("readOnly" if writing else "writeOnly") is True


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
        usable = [one for one in choice if reference_key(one) not in below] or list(choice)
        return _sample(usable[0], sampler, below, depth - 1)
    types = types_of(plain)
    kind = types[0] if types else ""
    if kind == "object":
        return _object(plain, sampler, below, depth)
    if kind == "array":
        return _array(plain, sampler, below, depth)
    if kind in ("integer", "number"):
        return _number(plain, whole=kind == "integer")
    if kind == "boolean":
        return True
    if kind == "string":
        return _string(plain)
    return None if nullable(plain, sampler.definitions) else {} if plain.get("type") == "object" else "string"


def _given(plain: Mapping[str, Any], sampler: _Sampler) -> Any:
    """Return the first value the description itself gives that fits, or `_NOTHING`."""
    if "const" in plain and is_json(plain["const"]):
        return plain["const"]
    candidates = [plain["example"]] if "example" in plain else []
    candidates += values_of(plain, "examples")[:3]
    if "default" in plain:
        candidates.append(plain["default"])
    listed = [value for value in values_of(plain, "enum")[:20] if value is not None and is_json(value)]
    candidates += listed
    for candidate in candidates:
        # An empty default says nothing worth showing; a null one would hide what the field is for.
        if candidate is not None and is_json(candidate) and fits(candidate, plain, sampler.definitions):
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
    required = names_of(plain, "required")
    made: dict[str, Any] = {}
    for name, member in schema_map(plain, "properties").items():
        if name not in required and (
            sampler.required_only or sampler.nodes <= 0 or depth <= 1 or _repeats(member, path)
        ):
            continue
        if depth <= -_DEPTH or sampler.nodes <= -_NODES:
            break
        if is_hidden(flatten(member, sampler.definitions), writing=sampler.writing):
            continue
        if _repeats(member, path) and depth < _DEPTH - 2:
            continue
        made[name] = _sample(member, sampler, path, depth - 1)
    extra = plain.get("additionalProperties")
    least = count_of(plain, "minProperties") or 0
    wanted = max(least - len(made), 1 if isinstance(extra, Mapping) and not made and not sampler.required_only else 0)
    if extra is not False and depth > 0:
        for number in range(1, min(wanted, _MOST_ITEMS) + 1):
            made["key" if wanted == 1 else f"key{number}"] = _sample(
                extra if isinstance(extra, Mapping) else {"type": "string"}, sampler, path, depth - 1
            )
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
    first = schema_list(plain, "prefixItems")
    items: Schema = plain["items"] if isinstance(plain.get("items"), bool) else as_mapping(plain.get("items", True))
    wanted = max(least, len(first) or (0 if items is False or _repeats(items, path) else 1))
    if depth <= 1 or sampler.nodes <= 0:
        wanted = min(least, wanted) if depth > -_DEPTH else 0
    if most is not None and wanted > most:
        wanted = most
    made: list[Any] = []
    for index in range(min(wanted, _MOST_ITEMS)):
        member = first[index] if index < len(first) else items
        value = _sample(member, sampler, path, depth - 1)
        made.append(_varied(value, index, member, sampler) if plain.get("uniqueItems") is True and index else value)
    return made


def _varied(value: Any, index: int, schema: Schema, sampler: _Sampler) -> Any:
    """Return another fitting value for the next item of an array without repeats, where one is easily found."""
    plain = flatten(schema, sampler.definitions)
    choices = values_of(plain, "enum")
    if index < len(choices):
        return choices[index]
    other = value + index if isinstance(value, int) and not isinstance(value, bool) else f"{value}{index + 1}"
    return other if isinstance(value, int | str) and fits(other, plain, sampler.definitions) else value


def _number(plain: Mapping[str, Any], *, whole: bool) -> int | float:
    bounds = [number_of(plain, name) for name in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")]
    steps = [step for step in (number_of(plain, "multipleOf"),) if step is not None and step > 0]
    candidates: list[int | float] = [1 if whole else 1.5, 1, *steps, 0]
    for bound in (one for one in bounds if one is not None):
        candidates += [math.ceil(bound), math.floor(bound), math.ceil(bound) + 1, math.floor(bound) - 1]
        for step in steps:
            # Bounds and steps far apart have no ratio a float can hold; such a schema gets a plain number.
            with suppress(OverflowError):
                candidates += [math.ceil(bound / step) * step, math.floor(bound / step) * step]
        if not whole:
            with suppress(OverflowError):
                candidates += [bound, bound + 0.5, bound - 0.5]
    if bounds[0] is not None and bounds[1] is not None and not whole:
        with suppress(OverflowError):
            candidates.append((bounds[0] + bounds[1]) / 2)
    fitting = (
        candidate
        for candidate in candidates
        if number_fits(candidate, plain) and not (whole and isinstance(candidate, float))
    )
    return next(fitting, candidates[0])


def _string(plain: Mapping[str, Any]) -> str:
    least, most = count_of(plain, "minLength") or 0, count_of(plain, "maxLength")
    written = _FORMATS.get(text_of(plain, "format"))
    if written is None and text_of(plain, "pattern"):
        written = text_for(text_of(plain, "pattern"))
    if written is None:
        written = "string"
    if len(written) < least:
        written += "x" * (min(least, _LONGEST) - len(written))
    return written if most is None or len(written) <= most else written[:most]
