"""Content marks of a document's pieces, kept beside its catalogue to tell later which of them have changed.

Pieces are the path items, the component schemas and the files of a joined document; all else that operations depend on
is shared and has one mark.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from urllib.parse import unquote

import orjson

from playground.catalog.model import Schema
from playground.openapi.extensions import is_hidden
from playground.openapi.pointers import FILES, escape_token, fragment_tokens

_NAME_BYTES, _MARK_BYTES = 6, 10
_PAIR_BYTES = _NAME_BYTES + _MARK_BYTES
_OF_FACTS = frozenset(("info", "externalDocs"))
"""Members of a document that no operation depends on."""
_OF_PIECES = frozenset(("paths", "webhooks", "x-webhooks", "components", FILES))
TO_PATHS = b'"#/paths/'
"""How a reference begins that leads from one piece into another, or into its own."""
_LINK = re.compile(rb'"\$ref":"#/((?:[^"\\]|\\.)*)"')
Place = tuple[str, ...]


class Pieces:
    """A document's pieces as JSON text: of each kind all together, or one by one by their names."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        """Take the document apart. Raises `TypeError` for one that JSON cannot hold."""
        shared = {key: value for key, value in document.items() if key not in _OF_FACTS and key not in _OF_PIECES}
        components = document.get("components")
        if isinstance(components, dict):
            schemas = components.get("schemas")
            others: Any = {key: value for key, value in components.items() if key != "schemas"}
        else:
            schemas, others = shared.pop("definitions", None), components
        self._schemas = _members(schemas)
        self.items = _texts(_members(document.get("paths")))
        self.files = _texts(_members(document.get(FILES)))
        self.all_schemas = orjson.dumps(self._schemas)
        self.shared = orjson.dumps([shared, others])
        self.webhooks = orjson.dumps([document.get("webhooks"), document.get("x-webhooks")])

    @cached_property
    def schemas(self) -> dict[str, bytes]:
        """The component schemas one by one."""
        return _texts(self._schemas)

    @cached_property
    def linked(self) -> bool:
        """Whether path items may depend on each other, or on files."""
        texts = (*self.items.values(), *self.files.values(), self.all_schemas, self.webhooks)
        return bool(self.files) or any(TO_PATHS in text for text in texts)


def _members(members: Any) -> dict[str, Any]:
    return members if isinstance(members, dict) else {}


def _texts(members: Mapping[str, Any]) -> dict[str, bytes]:
    return {name: orjson.dumps(value) for name, value in members.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The marks of a document's pieces, in order and joined: of items those of path and text together, of others pairs.

    A pair is the mark of a piece's name and that of its text; `all_schemas` is the mark of all schemas' text. `places`
    are the places of definitions whose keys do not tell them, as JSON Pointers. `broken` says that a reference points
    at nothing, which a change elsewhere may put right; `linked` that path items may depend on each other, or on files;
    `repeated` that a key stands twice in one object; `whole` that only the whole document can be compiled.
    """

    family: str
    shared: bytes
    webhooks: bytes
    all_schemas: bytes
    items: bytes
    schemas: bytes
    files: bytes
    places: Mapping[str, str] = field(default_factory=dict)
    broken: bool = False
    linked: bool = False
    repeated: bool = False
    whole: bool = False

    def to_bytes(self) -> bytes:
        """Write the outline for the catalogue."""
        head = orjson.dumps([self.family, self.places, self.broken, self.linked, self.repeated, self.whole])
        texts = (head, self.shared, self.webhooks, self.all_schemas, self.items, self.schemas, self.files)
        return b"".join(len(text).to_bytes(4, "big") + text for text in texts)

    @classmethod
    def from_bytes(cls, data: bytes) -> Outline:
        """Read what `to_bytes` wrote."""
        texts: list[bytes] = []
        at = 0
        while at < len(data):
            end = at + 4 + int.from_bytes(data[at : at + 4], "big")
            texts.append(data[at + 4 : end])
            at = end
        head, shared, webhooks, all_schemas, items, schemas, files = texts
        family, places, broken, linked, repeated, whole = orjson.loads(head)
        return cls(
            family=family, shared=shared, webhooks=webhooks, all_schemas=all_schemas, items=items, schemas=schemas,
            files=files, places=places, broken=broken, linked=linked, repeated=repeated, whole=whole,
        )  # fmt: skip


def outline_of(pieces: Pieces, family: str, options: bytes, before: Outline | None = None) -> Outline:
    """Return the marks of a document's pieces; `options` are those of the compilation.

    What is as in the outline `before` is taken from there.
    """
    all_schemas = _mark(pieces.all_schemas)
    same_schemas = before is not None and before.all_schemas == all_schemas
    return Outline(
        family=family,
        shared=_mark(pieces.shared, options),
        webhooks=_mark(pieces.webhooks),
        all_schemas=all_schemas,
        items=b"".join(item_mark(path, text) for path, text in pieces.items.items()),
        schemas=before.schemas if before is not None and same_schemas else _pairs(pieces.schemas),
        files=_pairs(pieces.files),
        linked=pieces.linked,
    )


def item_mark(path: str, text: bytes) -> bytes:
    """Return the mark of a path item."""
    return _mark(_bytes(path), text)


def with_mark(outline: Outline, before: bytes, now: bytes) -> Outline | None:
    """Return an outline with another mark of one path item, `None` if it has no such mark as `before`."""
    marks = list(_cut(outline.items, _MARK_BYTES))
    if before not in marks:
        return None
    marks[marks.index(before)] = now
    return replace(outline, items=b"".join(marks))


def _pairs(pieces: Mapping[str, bytes]) -> bytes:
    return b"".join(_name_mark(name) + _mark(text) for name, text in pieces.items())


def changed_items(pieces: Pieces, now: Outline, before: Outline) -> Iterator[str]:
    """Yield the paths whose items differ from those of an earlier outline, or are new."""
    known = frozenset(_cut(before.items, _MARK_BYTES))
    return (path for path, mark in zip(pieces.items, _cut(now.items, _MARK_BYTES), strict=True) if mark not in known)


def changed_names(pieces: Mapping[str, bytes], now: bytes, before: bytes) -> Iterator[str]:
    """Yield the names of pieces that differ from those of earlier pairs, or are new."""
    known = frozenset(_cut(before, _PAIR_BYTES))
    return (name for name, pair in zip(pieces, _cut(now, _PAIR_BYTES), strict=True) if pair not in known)


def lacks_names(now: bytes, before: bytes) -> bool:
    """Tell whether a name of earlier pairs is not among those of now."""
    names = {pair[:_NAME_BYTES] for pair in _cut(now, _PAIR_BYTES)}
    return any(pair[:_NAME_BYTES] not in names for pair in _cut(before, _PAIR_BYTES))


def _cut(marks: bytes, size: int) -> Iterator[bytes]:
    return (marks[at : at + size] for at in range(0, len(marks), size))


def odd_places(places: Mapping[str, Place], family: str) -> dict[str, str]:
    """Return the places of definitions that their keys do not tell, as JSON Pointers."""
    return {
        key: "".join("/" + escape_token(token) for token in place)
        for key, place in places.items()
        if place_of(key, family) != place
    }


def _name_mark(name: str) -> bytes:
    return hashlib.blake2b(_bytes(name), digest_size=_NAME_BYTES).digest()


def _mark(*texts: bytes) -> bytes:
    return hashlib.blake2b(b"\0".join(texts), digest_size=_MARK_BYTES).digest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def hides_schemes(document: Mapping[str, Any]) -> bool:
    """Tell whether a security scheme is hidden: which ones are shown then depends on all operations."""
    components = document.get("components")
    schemes = components.get("securitySchemes") if isinstance(components, dict) else None
    schemes = document.get("securityDefinitions", schemes)
    return isinstance(schemes, dict) and any(
        isinstance(scheme, dict) and is_hidden(scheme) for scheme in schemes.values()
    )


def place_of(key: str, family: str) -> Place:
    """Return the place that a definition's key tells of, if it is a usual one."""
    if "/" in key:
        return tuple(token.replace("~1", "/").replace("~0", "~") for token in key.split("/"))
    return ("definitions", key) if family == "2.0" else ("components", "schemas", key)


def links_of(text: bytes) -> Iterator[Place]:
    """Yield the places that the references of a piece lead to."""
    for link in set(_LINK.findall(text)):
        pointer: str = orjson.loads(b'"/' + link + b'"')
        yield fragment_tokens(unquote(pointer))


def is_bare(schema: Schema) -> bool:
    """Tell whether a definition is a reference and nothing else, which may be part of a circle of such."""
    return isinstance(schema, Mapping) and "$ref" in schema
