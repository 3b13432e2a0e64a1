"""References inside one document, by JSON Pointer or by name (OpenAPI 3.1 section 4.8.23, RFC 6901).

Names are `$id`, `$anchor`, `$dynamicAnchor` and a document's `$self` (JSON Schema 2020-12 core, sections 8.2 and 9.1;
OpenAPI 3.2 section 4.1.2). They are read when the first reference needs one: most documents never pay for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import quote, unquote, urljoin

from playground.openapi.pointers import (
    FILES,
    Where,
    decoded_fragments,
    escape_token,
    fragment_tokens,
    pointer_fragment,
    tokens_of,
    where_of,
)
from playground.openapi.problems import Problems, kind_of, quoted
from playground.schema.keywords import KEYWORDS
from playground.schema.keywords.keyword import Shape

Scope: TypeAlias = tuple[tuple[str, str], ...]
"""What `$dynamicRef`s mean where a schema is reached by way of others: names, and pointers in the document."""

_ANCHORS = ("$anchor", "$dynamicAnchor")
_OF_DOCUMENTS = ("#/components/", f"#/{FILES}/", "#/paths/", "#/webhooks/")
_SCHEMA_SHAPES: frozenset[Shape] = frozenset(("schema", "schemas", "named schemas", "items", "dependencies"))
_SCHEMAS_IN = frozenset(
    (*(name for name, keyword in KEYWORDS.items() if keyword.shape in _SCHEMA_SHAPES), "$defs", "definitions")
)
"""Keywords that hold schemas; a name below any other keyword of a schema is no name of a schema."""
_SCHEMA_PLACES = frozenset(("schema", "itemSchema", "schemas", "definitions", "$defs"))
"""Members of what is no schema that are one, or hold some by name."""
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
MAX_HOPS = 50
"""How many references the way of one pointer may lead through; a pointer through itself would never end."""


class BrokenReferenceError(ValueError):
    """A reference points at nothing; `str()` is a sentence."""


class References:
    """Finds the targets of one document's `$ref`s; `refused` gives the reasons of those not followed (join_files)."""

    def __init__(self, document: Mapping[str, Any], problems: Problems, refused: Mapping[str, str]) -> None:
        self._document = document
        self._problems = problems
        self._refused = refused
        self.broken = False
        """Whether a reference was reported that points at nothing."""

    def find(self, reference: str) -> tuple[tuple[str, ...], Any]:
        """Return the tokens and the value a reference names. Raises `BrokenReferenceError`.

        Only `#/…` is read: another file or address is never opened. A reference on the pointer's way is followed.
        """
        return self._find(reference, [MAX_HOPS])

    def _find(self, reference: str, hops: list[int]) -> tuple[tuple[str, ...], Any]:
        if not reference.startswith("#"):
            if reference in self._refused:
                raise BrokenReferenceError(self._refused[reference])
            raise BrokenReferenceError(
                f"The reference {quoted(reference)} points outside this document; put its target inside and use #/…."
            )
        if reference in ("#", "#/") or hops[0] < 0:
            raise BrokenReferenceError(f"The reference {quoted(reference)} points at itself or at the whole document.")
        if reference[1] != "/" and not reference.startswith("#%2F"):
            raise BrokenReferenceError(
                f"The reference {quoted(reference)} is not a JSON Pointer, and no schema has it as its $anchor: "
                "write it as #/…."
            )
        for fragment in decoded_fragments(reference[1:]):
            tokens = fragment_tokens(fragment)
            exists, value = self._walk(tokens, hops)
            if exists:
                return tokens, value
        raise BrokenReferenceError(
            f"The reference {quoted(reference)} points at nothing in this document: correct it, or add its target."
        )

    def _walk(self, tokens: tuple[str, ...], hops: list[int]) -> tuple[bool, Any]:
        value: Any = self._document
        for token in tokens:
            while not _has(value, token):
                link = value.get("$ref") if isinstance(value, dict) else None
                if not isinstance(link, str):
                    return False, None
                # One count for the whole search: pointers through pointers would otherwise double at each.
                hops[0] -= 1
                _, value = self._find(link, hops)
            value = value[int(token)] if isinstance(value, list) else value[token]
        return True, value

    def follow(self, value: Any, where: Where, what: str) -> tuple[dict[str, Any], Where] | None:
        """Return the object at the end of a chain of `$ref`s and its place, or `None` with a problem reported.

        `summary` and `description` beside a reference win over the target's.
        """
        beside: dict[str, Any] = {}
        start, seen = where, set[tuple[str, ...]]()
        while isinstance(value, dict) and "$ref" in value:
            link = value["$ref"]
            if not isinstance(link, str):
                self._problems.error(
                    start,
                    f"This {what} has a $ref that is {kind_of(link)}, not text; it is left out: write where it leads.",
                )
                return None
            beside = {key: value[key] for key in ("summary", "description") if key in value} | beside
            try:
                tokens, value = self.find(link)
            except BrokenReferenceError as error:
                self.broken = True
                self._problems.error(start, f"{error} The {what} is left out.")
                return None
            if tokens in seen:
                self._problems.error(
                    start, f"The reference {quoted(link)} leads in a circle; the {what} is left out: let it end at one."
                )
                return None
            seen.add(tokens)
            where = where_of(tokens)
        if not isinstance(value, dict):
            self._problems.error(
                start, f"This {what} is {kind_of(value)}, not an object; it is left out: write an object."
            )
            return None
        return (value | beside if beside else value), where


def _has(value: Any, token: str) -> bool:
    if isinstance(value, dict):
        return token in value
    if isinstance(value, list):
        # As RFC 6901 writes indexes: no sign, no leading zero; ten digits are beyond any list.
        return (
            token.isascii()
            and token.isdigit()
            and len(token) < 10
            and str(int(token)) == token
            and int(token) < len(value)
        )
    return False


@dataclass(slots=True)
class _Resource:
    """What has an address of its own: the document, a file of it, a schema with `$id`.

    `dynamic` are the names of its `$dynamicAnchor`s, `twice` those that several of its schemas have.
    """

    place: Where
    address: str
    anchors: dict[str, Where] = field(default_factory=dict)
    dynamic: list[str] = field(default_factory=list)
    twice: set[str] = field(default_factory=set)


class Anchors:
    """Finds what references by name lead to in one document."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        own = document.get("$self")
        self._root = _Resource(None, own if isinstance(own, str) else "")
        self._document = document
        self._places: dict[tuple[str, ...], _Resource] = {}
        self._addresses: dict[str, _Resource] = {}
        self._anchors: dict[str, list[Where]] = {}
        self._links: list[tuple[str, Where]] = []
        self._open_places: list[Where] = []
        self._open: set[tuple[str, ...]] = set()
        self._dynamic = False

    @property
    def dynamic(self) -> bool:
        """Whether a schema with `$id` holds a `$dynamicRef`: only there does its meaning depend on the way in."""
        self._read()
        return self._dynamic

    def entered(self, scope: Scope, where: Where) -> Scope:
        """Return the scope inside a place that was reached with a scope; the outermost anchor of a name counts.

        A name that a document has twice says nothing of which is meant: there the nearer schema with `$id` does.
        """
        resource = self._around(tokens_of(where))
        known = {name for name, _ in scope}
        own = [
            (name, pointer_fragment(tokens_of(resource.anchors[name])))
            for name in resource.dynamic
            if name not in known and name not in resource.twice
        ]
        return (*scope, *own)

    def is_open(self, tokens: tuple[str, ...]) -> bool:
        """Tell whether the schema at this place may have another meaning in another scope."""
        return tokens in self._open

    def _open_ways(self) -> None:
        """Find the schemas that hold a `$dynamicRef`, or a reference that leads to such a schema."""
        sources: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for reference, where in self._links:
            target = self._target(reference, where)
            if target is not None:
                sources.setdefault(target, []).append(tokens_of(where))
        waiting = [tokens_of(where) for where in self._open_places]
        while waiting:
            place = waiting.pop()
            for length in range(len(place), -1, -1):
                around = place[:length]
                if around in self._open:
                    break
                self._open.add(around)
                waiting += sources.pop(around, ())

    def _target(self, reference: str, where: Where) -> tuple[str, ...] | None:
        """Return the tokens that a reference of a place leads to; a pointer is the document's where it begins so."""
        if reference.startswith(_OF_DOCUMENTS):
            return fragment_tokens(unquote(reference[1:]))
        pointer = self.pointer(reference, where)
        return None if pointer is None else fragment_tokens(unquote(pointer[1:]))

    def dynamic_name(self, reference: str, where: Where) -> str | None:
        """Return the `$dynamicAnchor` that a `$dynamicRef` of a place leads to, `None` if it is a plain reference."""
        self._read()
        resource = self._around(tokens_of(where))
        location, _, fragment = reference.partition("#")
        if location:
            found = self._addresses.get(_joined(resource.address, location)) or self._addresses.get(location)
            resource = found if found is not None else resource
        return fragment if fragment in resource.dynamic else None

    def pointer(self, reference: str, where: Where) -> str | None:
        """Return a reference of a place as a JSON Pointer fragment, or `None` when nothing has its name."""
        self._read()
        resource = self._around(tokens_of(where))
        location, _, fragment = reference.partition("#")
        if location:
            target = self._addresses.get(_joined(resource.address, location)) or self._addresses.get(location)
            if target is None:
                return None
            resource = target
        if fragment and not fragment.startswith("/"):
            return self._anchored(resource, unquote(fragment))
        if resource.place is None and not location:
            return None
        return f"{pointer_fragment(tokens_of(resource.place))}{fragment}"

    def _anchored(self, resource: _Resource, name: str) -> str | None:
        place = resource.anchors.get(name)
        if place is not None:
            return pointer_fragment(tokens_of(place))
        # Anchors belong to the nearest address; an anchor that only one schema has is meant all the same.
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
        rest: list[tuple[Any, Where, _Resource, bool, bool]] = [(self._document, None, self._root, False, False)]
        while rest:
            value, place, resource, named, schema = rest.pop()
            if isinstance(value, list):
                rest += [(member, (place, index), resource, False, schema) for index, member in enumerate(value)]
            elif isinstance(value, dict):
                if not named:
                    schema = schema or "$id" in value or "$schema" in value
                    resource = self._note(value, place, resource)
                rest += [
                    (
                        member,
                        (place, key),
                        resource,
                        not named and key in _NAMED,
                        schema or (not named and key in _SCHEMA_PLACES),
                    )
                    for key, member in value.items()
                    if isinstance(member, dict | list)
                    and (named or (key in _SCHEMAS_IN if schema else _may_hold_schemas(key)))
                ]
        if self._dynamic:
            self._open_ways()

    def _note(self, value: dict[str, Any], place: Where, resource: _Resource) -> _Resource:
        identity = value.get("$id")
        if place is not None and place[0] == (None, FILES):
            resource = self._add(_Resource(place, quote(str(place[1]))))
        if isinstance(identity, str) and place is not None:
            resource = self._add(_Resource(place, _joined(resource.address, identity)))
        for key in _ANCHORS:
            name = value.get(key)
            if isinstance(name, str):
                if name in resource.anchors:
                    resource.twice.add(name)
                resource.anchors.setdefault(name, place)
                self._anchors.setdefault(name, []).append(place)
                if key == "$dynamicAnchor":
                    resource.dynamic.append(name)
        if "$dynamicRef" in value:
            self._open_places.append(place)
            self._dynamic = self._dynamic or resource.place is not None
        self._links += [(value[key], place) for key in ("$ref", "$dynamicRef") if isinstance(value.get(key), str)]
        return resource

    def _add(self, resource: _Resource) -> _Resource:
        self._places[tokens_of(resource.place)] = resource
        self._addresses.setdefault(resource.address, resource)
        return resource


def _may_hold_schemas(key: str) -> bool:
    return key == FILES or not (key in _VALUES or key.startswith("x-"))


def _joined(base: str, reference: str) -> str:
    try:
        return urljoin(base, reference).partition("#")[0]
    except ValueError:
        return reference


def bare_cycles(definitions: Mapping[str, Any]) -> Iterator[str]:
    """Yield the keys of definitions that are nothing but references in a circle, one of each."""
    if not any("$ref" in schema for schema in definitions.values() if schema.__class__ is dict):
        return
    harmless: set[str] = set()
    places = {escape_token(key): key for key in definitions}
    for start in tuple(definitions):
        chain: dict[str, None] = {}
        key: str | None = start
        while key is not None and key not in harmless and key not in chain:
            chain[key] = None
            schema = definitions[key]
            reference = schema.get("$ref") if isinstance(schema, Mapping) else None
            key = places.get(reference.removeprefix("#/$defs/")) if isinstance(reference, str) else None
        if key is not None and key in chain:
            yield key
        harmless |= chain.keys()
