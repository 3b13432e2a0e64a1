"""Schemas that are named instead of pointed at: `$id`, `$anchor`, `$dynamicAnchor` and a document's `$self`.

JSON Schema 2020-12 (core, sections 8.2 and 9.1), OpenAPI 3.2 section 4.1.2. Names are looked for inside the document
only, and no sooner than a reference needs one: most documents never pay for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import quote, unquote, urljoin

from playground.openapi.pointers import FILES, Where, pointer_fragment, tokens_of

Scope: TypeAlias = tuple[tuple[str, str], ...]
"""What `$dynamicRef`s mean where a schema is reached by way of others: names, and pointers in the document."""

_ANCHORS = ("$anchor", "$dynamicAnchor")
_VALUES = frozenset(("example", "examples", "default", "const", "enum", "value"))
"""Keywords whose values are data, whatever it looks like."""
_NAMED = frozenset(
    (
        *("properties", "patternProperties", "dependentSchemas", "$defs", "definitions", "schemas", "responses"),
        *("parameters", "headers", "requestBodies", "callbacks", "links", "pathItems", "paths", "webhooks"),
        *("content", "mediaTypes", "encoding", FILES),
    )
)
"""Keywords whose members have names of the author's choice: none of those is a keyword."""


@dataclass(slots=True)
class _Resource:
    """What has an address of its own: the document, a file of it, a schema with `$id`.

    `dynamic` are the names of its `$dynamicAnchor`s; `open` says that a `$dynamicRef` stands in it.
    """

    place: Where
    address: str
    anchors: dict[str, Where] = field(default_factory=dict)
    dynamic: list[str] = field(default_factory=list)
    open: bool = False


class Anchors:
    """Finds what references by name lead to in one document."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        own = document.get("$self")
        self._root = _Resource(None, own if isinstance(own, str) else "")
        self._document = document
        self._places: dict[tuple[str, ...], _Resource] = {}
        self._addresses: dict[str, _Resource] = {}
        self._anchors: dict[str, list[Where]] = {}
        self._dynamic = False

    @property
    def dynamic(self) -> bool:
        """Whether a `$dynamicRef` stands in a schema with `$id`: only there can it mean one thing now, another then."""
        self._read()
        return self._dynamic

    def entered(self, scope: Scope, where: Where) -> Scope:
        """Return the scope of what stands at a place that was reached with a scope: the outermost anchor counts."""
        resource = self._around(tokens_of(where))
        known = {name for name, _ in scope}
        own = [
            (name, pointer_fragment(tokens_of(resource.anchors[name])))
            for name in resource.dynamic
            if name not in known
        ]
        return (*scope, *own) if resource.place is not None else scope

    def is_open(self, tokens: tuple[str, ...]) -> bool:
        """Say whether what stands there means another thing in another scope."""
        resource = self._around(tokens)
        return resource.open and resource.place is not None

    def pointer(self, reference: str, where: Where) -> str | None:
        """Return the reference, standing at a place, as one by JSON Pointer from the document's top, or `None`."""
        self._read()
        resource = self._around(tokens_of(where))
        location, _, fragment = reference.partition("#")
        if location:
            found = self._addresses.get(_joined(resource.address, location)) or self._addresses.get(location)
            if found is None:
                return None
            resource = found
        if fragment and not fragment.startswith("/"):
            return self._anchored(resource, unquote(fragment))
        if resource.place is None and not location:
            return None
        return f"{pointer_fragment(tokens_of(resource.place))}{fragment}"

    def _anchored(self, resource: _Resource, name: str) -> str | None:
        place = resource.anchors.get(name)
        if place is not None:
            return pointer_fragment(tokens_of(place))
        # Anchors belong to what has the nearest address; one that only one schema has is meant all the same.
        others = self._anchors.get(name, ())
        return pointer_fragment(tokens_of(others[0])) if len(others) == 1 else None

    def _around(self, tokens: tuple[str, ...]) -> _Resource:
        lengths = range(len(tokens), -1, -1)
        return next(self._places[tokens[:length]] for length in lengths if tokens[:length] in self._places)

    def _read(self) -> None:
        if self._places:
            return
        self._add(self._root)
        # Not by recursion: nothing has looked yet at how deep the document is.
        rest: list[tuple[Any, Where, _Resource, bool]] = [(self._document, None, self._root, False)]
        while rest:
            value, place, resource, named = rest.pop()
            if isinstance(value, list):
                rest += [(one, (place, index), resource, False) for index, one in enumerate(value)]
            elif isinstance(value, dict):
                resource = resource if named else self._note(value, place, resource)
                rest += [
                    (one, (place, key), resource, not named and key in _NAMED)
                    for key, one in value.items()
                    if isinstance(one, dict | list)
                    and (named or not (key in _VALUES or (key.startswith("x-") and key != FILES)))
                ]

    def _note(self, value: dict[str, Any], place: Where, resource: _Resource) -> _Resource:
        identity = value.get("$id")
        if place is not None and place[0] == (None, FILES):
            resource = self._add(_Resource(place, quote(str(place[1]))))
        if isinstance(identity, str) and place is not None:
            resource = self._add(_Resource(place, _joined(resource.address, identity)))
        for key in _ANCHORS:
            name = value.get(key)
            if isinstance(name, str):
                resource.anchors.setdefault(name, place)
                self._anchors.setdefault(name, []).append(place)
                if key == "$dynamicAnchor":
                    resource.dynamic.append(name)
        if "$dynamicRef" in value:
            resource.open = True
            self._dynamic = self._dynamic or resource.place is not None
        return resource

    def _add(self, resource: _Resource) -> _Resource:
        self._places[tokens_of(resource.place)] = resource
        self._addresses.setdefault(resource.address, resource)
        return resource


def _joined(base: str, reference: str) -> str:
    try:
        return urljoin(base, reference).partition("#")[0]
    except ValueError:
        return reference
