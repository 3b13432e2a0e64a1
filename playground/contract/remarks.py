"""Members of an answer that are no mistake but worth a note: not described, or described as only sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from playground.catalog.model import Definitions, Schema
from playground.contract.validator import Step
from playground.schema.flatten import flatten
from playground.schema.keywords.arrays import item_schema
from playground.schema.keywords.objects import is_judged, patterned
from playground.schema.mapping import as_mapping, as_schema, schema_list
from playground.schema.types import is_hidden
from playground.text.visible import reveal
from playground.text.wording import say

MOST_VISITED = 20_000
"""Members that are looked at."""

_DEEPEST = 60
_LONGEST_NAME = 200
_MOST_BRANCHES = 200
_OPEN = ("additionalProperties", "unevaluatedProperties")
"""Keywords that say of other members themselves what they are."""


def remarks(value: Any, schema: Schema, definitions: Definitions) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Yield the place of each member that is worth a note, and the note; what is not described is not looked into."""
    waiting: list[tuple[Any, list[Schema], tuple[Step, ...]]] = [(value, [schema], ())]
    known = _Known(definitions)
    visited = 0
    while waiting and visited < MOST_VISITED:
        node, schemas, at = waiting.pop()
        if not isinstance(node, dict | list) or len(at) > _DEEPEST:
            continue
        here = known.of(schemas)
        visited += len(node)
        below: list[tuple[Any, list[Schema], tuple[Step, ...]]] = []
        if isinstance(node, list):
            below = [
                (item, [item_schema(part, number) for part in here.plain], (*at, number))
                for number, item in enumerate(node)
                if isinstance(item, dict | list)
            ]
        else:
            for name, member in node.items():
                found, is_sent_only = here.member(name)
                if is_sent_only:
                    yield (*at, name), say("%(name)s is described as one that is only sent.", name=_shown(name))
                if found:
                    below.append((member, found, (*at, name)))
                elif here.is_listed:
                    yield (*at, name), say("The description does not mention %(name)s.", name=_shown(name))
        waiting.extend(reversed(below))


class _Known:
    """What has been read of schemas in this answer: the items of a list have one schema, however many they are."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._read: dict[tuple[int, ...], tuple[list[Schema], _Here]] = {}

    def of(self, schemas: list[Schema]) -> _Here:
        """Return what schemas say together."""
        key = tuple(map(id, schemas))
        found = self._read.get(key)
        if found is None:
            # The schemas stay with what was read of them: else another one could have the same id.
            found = self._read[key] = (schemas, _Here(_in_force(schemas, self._definitions), self._definitions))
        return found[1]


class _Here:
    """What flat schemas say of the members of an object."""

    def __init__(self, plain: list[Mapping[str, Any]], definitions: Definitions) -> None:
        self.plain = plain
        self.is_listed = _is_listed(plain)
        self._definitions = definitions
        self._members: dict[str, tuple[list[Schema], bool]] = {}

    def member(self, name: str) -> tuple[list[Schema], bool]:
        """Return the schemas of a member, and whether one of them says that it is only sent."""
        known = self._members.get(name)
        if known is None:
            found = [schema for described in self.plain for schema in _described(name, described)]
            is_sent_only = any(is_hidden(flatten(member, self._definitions), writing=False) for member in found)
            known = self._members[name] = (found, is_sent_only)
        return known


def _shown(name: str) -> str:
    return reveal(name[:_LONGEST_NAME])


def _in_force(schemas: list[Schema], definitions: Definitions) -> list[Mapping[str, Any]]:
    """Return flat schemas, those of each branch of a choice among them."""
    plain: list[Mapping[str, Any]] = []
    waiting = list(schemas)
    while waiting and len(plain) < _MOST_BRANCHES:
        flat = flatten(waiting.pop(), definitions)
        plain.append(flat)
        for keyword in ("oneOf", "anyOf", "allOf"):
            waiting += schema_list(flat, keyword)
        waiting += [as_schema(flat[keyword]) for keyword in ("then", "else") if keyword in flat]
        waiting += [as_schema(inner) for inner in as_mapping(flat.get("dependentSchemas")).values()]
        discriminator = as_mapping(flat.get("discriminator"))
        waiting += [
            {"$ref": target}
            for targets in (discriminator.get("mapping"), discriminator.get("x-playground-names"))
            for target in as_mapping(targets).values()
            if isinstance(target, str) and not schema_list(flat, "oneOf") and not schema_list(flat, "anyOf")
        ]
    return plain


def _described(name: str, plain: Mapping[str, Any]) -> list[Schema]:
    declared = as_mapping(plain.get("properties"))
    found = [as_schema(declared[name])] if name in declared else []
    found += patterned(name, plain)
    if not found:
        found = [as_schema(plain[keyword]) for keyword in _OPEN if keyword in plain]
    return found


def _is_listed(plain: list[Mapping[str, Any]]) -> bool:
    """Say whether schemas name members at all, so that another one is news."""
    return any(as_mapping(part.get("properties")) for part in plain) and all(is_judged(part) for part in plain)
