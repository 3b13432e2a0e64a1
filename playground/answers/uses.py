"""What a value of an answer can be used for: inputs of other operations that it fits by name, type and format.

A value has a *stem*: the words of its name without those that only say "identifier" (`customer_id` and `customer` are
both `customer`). A name that says nothing else (`id`) takes the stem of what it identifies: the object around it, what
the object calls itself, or the path it came from. An input has a stem in the same way: `{id}` after `/customers/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playground.catalog.model import Entry, Parameter, Schema
from playground.request.arguments import to_arguments
from playground.request.errors import RequestError
from playground.request.model import RequestModel
from playground.schema.flatten import flatten
from playground.schema.mapping import as_mapping
from playground.schema.types import is_hidden, types_of
from playground.schema.validate import form_violations
from playground.secrets.detect import is_secret, is_secret_name

MOST_USES = 12
_MOST_PROPERTIES = 400
_WORD = re.compile(r"I[Dd]s?(?![a-z])|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_IDENTIFIERS = frozenset(
    ("id", "ids", "identifier", "uuid", "guid", "sid", "key", "slug", "ref", "reference", "name", "number", "no")
)
_WHOLE = frozenset(("id", "ids", "identifier", "uuid", "guid", "sid"))
"""Words that say nothing else even where they stand alone."""
_GENERIC = frozenset(("data", "item", "result", "value", "list", "record", "entry", "object", "content", "node", "row"))
_KINDS = ("object", "kind", "type", "_type", "@type", "__typename", "resourceType", "resource_type")
_LOCATIONS = {"path": 0, "query": 1, "body": 2, "header": 3}

Stem = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """An input that takes a value: `location` is `path`, `query`, `header` or `body`; `arguments` fill the form."""

    entry: Entry
    location: str
    name: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Input:
    name: str
    location: str
    stems: tuple[Stem, ...]
    schema: Schema


def words(name: str) -> Stem:
    """Return the words of a name in lower case, each in the singular."""
    return tuple(_singular(word.lower()) for word in _WORD.findall(name))


def stems_of(names: Sequence[str | int], siblings: Mapping[str, Any], path: str) -> tuple[Stem, ...]:
    """Return the stems of a value, the surest first.

    `names` lead to it from the root, `siblings` are the members beside it, `path` is the path template of the operation
    that it came from.
    """
    named = [name for name in names if isinstance(name, str)]
    own = words(named[-1]) if named else ()
    stem = _stem(own)
    if stem and stem != own:
        return _unique((stem, own, stem[-1:]))
    if stem and (own[-1:] or ("",))[0] not in _WHOLE:
        return _unique((stem, stem[-1:]))
    found: list[Stem] = []
    around = [words(name) for name in named[:-1]]
    if around and not _GENERIC.intersection(around[-1]):
        found.append(around[-1])
    called = [siblings[kind] for kind in _KINDS if isinstance(siblings.get(kind), str)]
    found += [words(text.rpartition(".")[2]) for text in called if len(text) <= 60]
    found.append(_last_segment(path))
    return _unique([*found, *(stem[-1:] for stem in found)])


def uses_of(value: Any, stems: Sequence[Stem], entries: Iterable[Entry], *, here: Entry | None = None) -> list[Use]:
    """Return the inputs that a value fits, the likeliest first."""
    found: list[tuple[tuple[int, ...], Use]] = []
    for entry in entries:
        best = _best(value, stems, entry)
        if best is None:
            continue
        rank, chosen, fitted = best
        arguments = _arguments(entry, chosen, fitted)
        if arguments is not None:
            operation = entry.operation
            needed = sum(parameter.required for parameter in operation.parameters)
            is_here = here is not None and operation.name == here.operation.name
            order = (is_here, *rank, operation.deprecated, operation.method != "GET", needed, operation.path.count("/"))
            use = Use(entry=entry, location=chosen.location, name=chosen.name, arguments=arguments)
            found.append((order, use))
    found.sort(key=lambda pair: pair[0])
    return [use for _, use in found[:MOST_USES]]


def query_words(stems: Sequence[Stem]) -> tuple[str, ...]:
    """Return what operations are looked for by, one query for each stem."""
    return tuple(dict.fromkeys(" ".join(stem) for stem in stems))


def _best(value: Any, stems: Sequence[Stem], entry: Entry) -> tuple[tuple[int, ...], _Input, Any] | None:
    best: tuple[tuple[int, ...], _Input, Any] | None = None
    for taken in _inputs(entry):
        place = min((stems.index(stem) for stem in taken.stems if stem in stems), default=None)
        if place is None:
            continue
        fitted = _fitted(value, taken.schema, entry)
        if fitted is None:
            continue
        rank = (place, _LOCATIONS[taken.location])
        if best is None or rank < best[0]:
            best = rank, taken, fitted
    return best


def _inputs(entry: Entry) -> Iterator[_Input]:
    operation = entry.operation
    for parameter in operation.parameters:
        if parameter.location in _LOCATIONS and not is_secret(entry, parameter):
            yield _Input(
                parameter.name, parameter.location, _stems_of_input(operation.path, parameter), parameter.schema
            )
    body = operation.request_body
    described = body.media_types[0].schema if body and body.media_types else None
    properties = as_mapping(flatten(described, entry.definitions).get("properties")) if described is not None else {}
    for name, schema in list(properties.items())[:_MOST_PROPERTIES]:
        plain = flatten(schema, entry.definitions)
        stem = _stem(words(name))
        if stem and not is_secret_name(name) and not is_hidden(plain, writing=True):
            yield _Input(name, "body", (stem,), schema)


def _stems_of_input(path: str, parameter: Parameter) -> tuple[Stem, ...]:
    """Return what a parameter is called, by its name and by the segment before it: `/payment_intents/{intent}`."""
    own = words(parameter.name)
    stem, before = _stem(own), _segment_before(path, parameter.name)
    if not stem or stem[-1] in _WHOLE:
        return (before,)
    is_part = parameter.location == "path" and before[-len(stem) :] == stem
    return (stem, before) if is_part or own in (("name",), ("slug",), ("key",)) else (stem,)


def _fitted(value: Any, schema: Schema, entry: Entry) -> Any:
    """Return the value as the input takes it, `None` where it takes none like it."""
    types = types_of(flatten(schema, entry.definitions))
    tries: list[Any] = [value]
    if isinstance(value, int | float) and not isinstance(value, bool) and "string" in types:
        tries.append(str(value))
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,18}", value) and "integer" in types:
        tries.append(int(value))
    if "array" in types:
        tries.append([value])
    for attempt in tries:
        if next(form_violations(attempt, schema, entry.definitions), None) is None:
            return attempt
    return None


def _arguments(entry: Entry, taken: _Input, value: Any) -> Mapping[str, Any] | None:
    if taken.location == "body":
        model = RequestModel(body={taken.name: value})
    else:
        model = RequestModel(parameters={taken.location: {taken.name: value}})  # type: ignore[dict-item]
    try:
        return to_arguments(entry, model)
    except RequestError:
        return None


def _stem(own: Stem) -> Stem:
    """Return the words without one at the end that only says "identifier"."""
    return own[:-1] if len(own) > 1 and own[-1] in _IDENTIFIERS else own


def _segment_before(path: str, name: str) -> Stem:
    """Return the segment before a variable in a path template, else its last fixed segment."""
    segments = path.split("/")
    place = next((at for at, segment in enumerate(segments) if f"{{{name}}}" in segment), len(segments))
    return _last_segment("/".join(segments[:place]))


def _last_segment(path: str) -> Stem:
    fixed = [segment for segment in path.split("/") if segment and "{" not in segment]
    return words(fixed[-1]) if fixed else ()


def _unique(stems: Iterable[Stem]) -> tuple[Stem, ...]:
    return tuple(dict.fromkeys(stem for stem in stems if stem))


def _singular(word: str) -> str:
    if word == "ids":
        return "id"
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
