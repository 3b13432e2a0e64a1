"""What is wrong with a value that was sent, each with its JSON Pointer and words that follow the name of the place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from playground import jsontext
from playground.catalog.model import Definitions, Schema
from playground.schema.flatten import flatten
from playground.schema.keywords.arrays import item_schema
from playground.schema.keywords.keyword import Violation
from playground.schema.keywords.logic import only_demands
from playground.schema.mapping import as_schema, is_json, same, schema_list, schema_map, values_of
from playground.schema.validate import violations

_CHOICES = ("anyOf", "oneOf")
_MOST_BRANCHES = 100
_MOST_OF_BRANCH = 20
_MOST_LISTED = 8
_DEPTH = 4
_KIND = ("type", "const", "enum")
"""Keywords that say of a value that it is of another kind altogether."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong at a place: a JSON Pointer, the keyword that is broken, and words that follow the place's name."""

    pointer: str
    keyword: str
    words: str


def findings(value: Any, schema: Schema, definitions: Definitions) -> Iterator[Finding]:
    """Yield what is wrong with a value that is sent, in the schema's order."""
    for violation in _precise(value, schema, definitions, _DEPTH):
        pointer = "".join(f"/{step(str(part))}" for part in violation.at)
        yield Finding(pointer, violation.keyword, _words(violation, schema, definitions))


def step(name: str) -> str:
    """Return a name as a part of a JSON Pointer (RFC 6901), cut where it is long."""
    return name[:200].replace("~", "~0").replace("/", "~1")


def _precise(value: Any, schema: Schema, definitions: Definitions, depth: int) -> Iterator[Violation]:
    """Yield violations; of a choice that nothing fits, those of the branch that comes nearest."""
    for violation in violations(value, schema, definitions, writing=True):
        if violation.keyword in ("format", "type") and _is_told(violation, value, schema, definitions):
            continue
        nearest: list[Violation] = []
        if violation.keyword in _CHOICES and depth > 0:
            plain, part = _at(schema, definitions, violation.at), _part(value, violation.at)
            branches = schema_list(plain, violation.keyword)[:_MOST_BRANCHES]
            nearest = _nearest(part, branches, definitions, depth)
            if not nearest and not only_demands(branches) and _fits_any(part, branches, definitions):
                continue  # it fits several: the description does not tell them apart, and no server could
        if nearest:
            yield from (Violation(inner.message, inner.keyword, (*violation.at, *inner.at)) for inner in nearest)
        else:
            yield violation


def _is_told(violation: Violation, value: Any, schema: Schema, definitions: Definitions) -> bool:
    """Say whether another keyword tells more precisely what is meant: `pattern` than `format`, `enum` than `type`."""
    plain = _at(schema, definitions, violation.at)
    if violation.keyword == "format":
        return "pattern" in plain
    part = _part(value, violation.at)
    return any(same(part, choice) for choice in values_of(plain, "enum"))


def _nearest(value: Any, branches: tuple[Schema, ...], definitions: Definitions, depth: int) -> list[Violation]:
    """Return the violations of the branch of the value's kind that has the fewest; nothing if there is none."""
    best: list[Violation] = []
    for branch in branches:
        found = list(islice(_precise(value, branch, definitions, depth - 1), _MOST_OF_BRANCH))
        if not found:
            return []  # the value fits: it fits too many
        if not any(violation.at == () and violation.keyword in _KIND for violation in found) and (
            not best or len(found) < len(best)
        ):
            best = found
    return best


def _fits_any(value: Any, branches: tuple[Schema, ...], definitions: Definitions) -> bool:
    return any(next(violations(value, branch, definitions, writing=True), None) is None for branch in branches)


def _at(schema: Schema, definitions: Definitions, at: tuple[str | int, ...]) -> Mapping[str, Any]:
    """Return the flat schema of the part of a value that a place leads to, as far as it is plain where that is."""
    plain = flatten(schema, definitions)
    for part in at:
        if isinstance(part, int):
            inner = item_schema(plain, part)
        else:
            inner = schema_map(plain, "properties").get(part, as_schema(plain.get("additionalProperties", True)))
        plain = flatten(inner, definitions)
    return plain


def _part(value: Any, at: tuple[str | int, ...]) -> Any:
    for part in at:
        value = value[part]
    return value


def _words(violation: Violation, schema: Schema, definitions: Definitions) -> str:
    """Return a violation's sentence about its place."""
    sentence = violation.message.removesuffix(".")
    name = f"{violation.at[-1]} " if violation.at else ""
    if name and sentence.startswith(f"{name}is required"):
        return sentence.removeprefix(name)
    if violation.keyword == "enum":
        listed = [
            jsontext.dumps(choice)
            for choice in values_of(_at(schema, definitions, violation.at), "enum")
            if is_json(choice)
        ]
        if listed:
            return f"must be one of {', '.join(listed[:_MOST_LISTED])}{', …' if len(listed) > _MOST_LISTED else ''}"
    if sentence.startswith("This "):
        return sentence.removeprefix("This ")
    return f"is refused: {sentence}"
