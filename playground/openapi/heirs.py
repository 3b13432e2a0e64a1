"""Inheritance: schemas whose `allOf` names another one are its kinds, where that one has a discriminator.

OpenAPI 3.1 section 4.8.25, Discriminator Object ("models using the allOf construct"); Swagger 2.0, "polymorphism".
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote

from playground.openapi.extensions import discriminator_value
from playground.openapi.pointers import FILES, escape_token, fragment_tokens

SAYING = frozenset(("properties", "required", "allOf", "additionalProperties", "patternProperties"))
"""Keywords beside a reference by which a schema is another one."""
_OF_ONE_SCHEMA = frozenset(("type", "properties", "allOf", "oneOf", "anyOf", "$ref", "openapi", "swagger", "paths"))
_DEEPEST_PARENT = 4
_MOST_MEMBERS = 50


class Between(NamedTuple):
    """A schema with a base and heirs: the base's place, the own name, the discriminator's property and mapping."""

    base: tuple[str, ...]
    name: str
    property_name: str
    mapping: Mapping[str, Any]


class Heirs:
    """The named schemas of a document by the schemas that they name; looked through when a discriminator asks."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._children: dict[tuple[str, ...], dict[str, str]] = {}
        self._ancestors: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        self._values: dict[tuple[str, ...], tuple[str, Any]] = {}
        self._bases: dict[tuple[str, ...], tuple[str, ...] | None] = {}
        self._is_read = False

    def of(self, tokens: tuple[str, ...]) -> dict[str, str]:
        """Return the named schemas that name the one at a place, or one that does: references by name."""
        self._read()
        heirs: dict[str, str] = {}
        waiting = [tokens]
        while waiting:
            for name, reference in self._children.get(waiting.pop(), {}).items():
                if name not in heirs:
                    heirs[name] = reference
                    waiting.append(_tokens_in(reference))
        return heirs

    def between(self, tokens: tuple[str, ...]) -> Between | None:
        """Return what a schema with heirs inherits of a discriminator.

        `None` for one without heirs, with a discriminator of its own or none at all.
        """
        self._read()
        if tokens not in self._children or tokens not in self._values:
            return None
        base = self._base_of(tokens)
        if base is None or base == tokens:
            return None
        written = _discriminator_of(self._values[base][1])
        return Between(base, self._values[tokens][0], *written) if written is not None else None

    def _base_of(self, tokens: tuple[str, ...]) -> tuple[str, ...] | None:
        """Return the nearest place upwards that has a discriminator without a choice."""
        way: list[tuple[str, ...]] = []
        place: tuple[str, ...] | None = tokens
        found: tuple[str, ...] | None = None
        while place is not None and place in self._values and place not in way[-1:]:
            if place in self._bases:
                found = self._bases[place]
                break
            way.append(place)
            self._bases[place] = None  # whoever comes back here is in a circle
            if _discriminator_of(self._values[place][1]) is not None:
                found = place
                break
            place = next(iter(self._ancestors.get(place, ())), None)
        for step in way:
            self._bases[step] = found
        return found

    def _read(self) -> None:
        if self._is_read:
            return
        self._is_read = True
        for name, reference, schema in self._named_schemas():
            tokens = _tokens_in(reference)
            value = discriminator_value(schema) if isinstance(schema, dict) else ""
            self._values[tokens] = value or name, schema
            for parent in _parents(schema):
                above = _tokens_in(parent)
                self._ancestors.setdefault(tokens, []).append(above)
                children = self._children.setdefault(above, {})
                children[value if value and value not in children else name] = reference

    def _named_schemas(self) -> Iterator[tuple[str, str, Any]]:
        """Yield every schema that has a name, with that name and a reference; joined files count as schemas too."""
        files = self._document.get(FILES)
        for file, content in files.items() if isinstance(files, dict) else ():
            place = f"#/{FILES}/{escape_token(str(file))}"
            yield posixpath.splitext(posixpath.basename(str(file)))[0], place, content
            if isinstance(content, dict):
                yield from _named_in(content, place)
                yield from _members_of(content, place)
        yield from _named_in(self._document, "#")


def _discriminator_of(schema: Any) -> tuple[str, Mapping[str, Any]] | None:
    """Return property and mapping of a schema's discriminator that lists no kinds; one in its `allOf` is its own."""
    waiting = [schema]
    for _ in range(_MOST_MEMBERS):
        holder = waiting.pop() if waiting else None
        if isinstance(holder, dict):
            written = holder.get("discriminator")
            written = {"propertyName": written} if isinstance(written, str) else written
            if isinstance(written, dict) and holder.keys().isdisjoint(("oneOf", "anyOf")):
                name, mapping = written.get("propertyName"), written.get("mapping")
                return (name, mapping if isinstance(mapping, dict) else {}) if isinstance(name, str) else None
            members = holder.get("allOf")
            waiting += members if isinstance(members, list) else []
    return None


def schemas_meant(reference: str) -> Iterator[tuple[str, str]]:
    """Yield the references that a discriminator's mapping may mean, and the name for one that it does not write.

    It is a reference or a schema's name; one that leads out of the document means a schema of the name it ends with.
    """
    yield reference, ""
    if reference.startswith("./#"):
        yield reference[2:], ""
    last = unquote(posixpath.splitext(reference.rstrip("/").rpartition("/")[2].rpartition("#")[2])[0])
    for name, told in ((reference, ""), (last, last)):
        for place in ("components/schemas", "definitions"):
            yield f"#/{place}/{escape_token(name)}", told


def _named_in(document: Mapping[str, Any], place: str) -> Iterator[tuple[str, str, Any]]:
    components = document.get("components")
    named = {
        "components/schemas": components.get("schemas") if isinstance(components, dict) else None,
        "definitions": document.get("definitions"),
    }
    for steps, schemas in named.items():
        for name, schema in schemas.items() if isinstance(schemas, dict) else ():
            yield str(name), f"{place}/{steps}/{escape_token(str(name))}", schema


def _members_of(file: Mapping[str, Any], place: str) -> Iterator[tuple[str, str, Any]]:
    """Yield the schemas of a file that is neither a schema nor a description: its members, or those of `schemas`."""
    if file.keys().isdisjoint(_OF_ONE_SCHEMA):
        named = {"": file, "/schemas": file.get("schemas")}
        for steps, schemas in named.items():
            for name, schema in schemas.items() if isinstance(schemas, dict) else ():
                if isinstance(schema, dict):
                    yield str(name), f"{place}{steps}/{escape_token(str(name))}", schema


def _parents(schema: Any) -> Iterator[str]:
    """Yield the references to what a schema is made of: those of `allOf`, at any depth, and one with keywords beside.

    A reference alone is another name. Before 3.1 nothing beside one counts, but authors mean the same by it.
    """
    waiting = [(schema, 0)]
    while waiting:
        holder, depth = waiting.pop()
        if not isinstance(holder, dict) or depth > _DEEPEST_PARENT:
            continue
        reference = holder.get("$ref")
        if isinstance(reference, str) and reference.startswith("#/") and (depth or not SAYING.isdisjoint(holder)):
            yield reference
        members = holder.get("allOf")
        waiting += [(member, depth + 1) for member in reversed(members)] if isinstance(members, list) else []


def _tokens_in(reference: str) -> tuple[str, ...]:
    return fragment_tokens(unquote(reference[1:]))
