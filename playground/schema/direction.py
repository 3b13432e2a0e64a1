"""What of a value goes in one direction: members that are `readOnly` are not sent, `writeOnly` ones not answered.

OpenAPI 3.1 section 4.8.24; JSON Schema 2020-12 validation, section 9.4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from playground.catalog.model import Definitions, Schema
from playground.schema.flatten import flatten, reference_key
from playground.schema.keywords.arrays import item_schema
from playground.schema.keywords.metadata import NAMES
from playground.schema.keywords.objects import entry_schema
from playground.schema.mapping import as_mapping, as_schema, schema_list, schema_map
from playground.schema.types import is_hidden
from playground.schema.validate import fits

_DEPTH, _BRANCHES_DEEP = 40, 4
_MOST_BRANCHES = 16
_MOST_NODES = 50_000
_MOST_LOOKED_AT = 20_000
_MORE = frozenset(("oneOf", "anyOf", "if", "dependentSchemas", "discriminator"))
"""Keywords by which other schemas say something of a value as well."""


def hides(schema: Schema, definitions: Definitions, *, writing: bool) -> bool:
    """Say whether a value of a schema may have a part that plays no part in a direction; where it is not sure, it may.

    It costs as much as all that the schema reaches, so what it says is to be kept.
    """
    keyword = "readOnly" if writing else "writeOnly"
    waiting: list[Any] = [schema]
    followed: set[str] = set()
    left = _MOST_LOOKED_AT
    while waiting:
        part = waiting.pop()
        left -= 1
        if left < 0:
            return True
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, Mapping):
            if part.get(keyword) is True:
                return True
            discriminator = as_mapping(part.get("discriminator"))
            named = (*as_mapping(discriminator.get("mapping")).values(), *as_mapping(discriminator.get(NAMES)).values())
            for reference in (part, *({"$ref": target} for target in named)):
                key = reference_key(reference) if "$ref" in reference else None
                if key is not None and key not in followed:
                    followed.add(key)
                    waiting.append(definitions.get(key))
            waiting += [value for value in part.values() if isinstance(value, list | Mapping)]
    return False


def visible(value: Any, schema: Schema, definitions: Definitions, *, writing: bool) -> Any:
    """Return a value without the members, entries and items that play no part in a direction, however deep they are.

    Of alternatives those count that the value fits, all of them where it fits none. What is given is not changed.
    """
    if not isinstance(value, dict | list):
        return value
    return _Walk(definitions, writing).of(value, (schema,), _DEPTH)


@dataclass(slots=True)
class _Walk:
    definitions: Definitions
    writing: bool
    nodes: int = _MOST_NODES
    _flat: dict[int, tuple[Schema, Mapping[str, Any]]] = field(default_factory=dict)

    def of(self, value: Any, schemas: Iterable[Schema], depth: int) -> Any:
        """Return what is left of a value that all these schemas describe."""
        self.nodes -= 1
        if not isinstance(value, dict | list) or depth <= 0 or self.nodes < 0:
            return value
        described = [plain for schema in schemas for plain in self._applying(value, schema, _BRANCHES_DEEP)]
        if isinstance(value, list):
            members: Iterable[tuple[Any, Any, list[Schema]]] = (
                (at, item, [item_schema(plain, at) for plain in described]) for at, item in enumerate(value)
            )
            kept = [(at, item, own) for at, item, own in members if not self._hides(own)]
            return [self.of(item, own, depth - 1) for _, item, own in kept]
        entries = ((name, member, [entry_schema(name, plain) for plain in described]) for name, member in value.items())
        return {name: self.of(member, own, depth - 1) for name, member, own in entries if not self._hides(own)}

    def _hides(self, schemas: Iterable[Schema]) -> bool:
        return any(is_hidden(self._plain(schema), writing=self.writing) for schema in schemas)

    def _plain(self, schema: Schema) -> Mapping[str, Any]:
        if isinstance(schema, bool):
            return {}
        # The schema is kept beside, so that its identity stays its own.
        known = self._flat.get(id(schema))
        if known is None:
            known = self._flat[id(schema)] = (schema, flatten(schema, self.definitions))
        return known[1]

    def _applying(self, value: Any, schema: Schema, depth: int) -> Iterator[Mapping[str, Any]]:
        """Yield the flat schemas that say something of a value: one, and what it chooses or demands besides."""
        plain = self._plain(schema)
        yield plain
        if depth <= 0 or plain.keys().isdisjoint(_MORE):
            return
        further: list[Schema] = []
        for keyword in ("oneOf", "anyOf"):
            branches = schema_list(plain, keyword)[:_MOST_BRANCHES]
            fitting = [branch for branch in branches if len(branches) > 1 and fits(value, branch, self.definitions)]
            further += fitting or branches
        if "if" in plain:
            kept = fits(value, as_schema(plain["if"]), self.definitions)
            further.append(as_schema(plain.get("then" if kept else "else", True)))
        if isinstance(value, dict):
            further += [dependent for name, dependent in schema_map(plain, "dependentSchemas").items() if name in value]
        further += [{"$ref": target} for target in self._kinds(value, plain)]
        for branch in further:
            yield from self._applying(value, branch, depth - 1)

    def _kinds(self, value: Any, plain: Mapping[str, Any]) -> Iterator[str]:
        """Yield the schema that a discriminator names for a value."""
        discriminator = as_mapping(plain.get("discriminator"))
        named = value.get(discriminator.get("propertyName")) if isinstance(value, dict) else None
        for keyword in ("mapping", NAMES):
            target = as_mapping(discriminator.get(keyword)).get(named) if isinstance(named, str) else None
            if isinstance(target, str):
                yield target
