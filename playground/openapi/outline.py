"""Content marks of a document's pieces, kept beside its catalogue to tell later which of them have changed.

Pieces are the path items, the component schemas and the files of a joined document; all else that operations depend on
is shared and has one mark.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import orjson

from playground.catalog.model import Schema
from playground.openapi.extensions import is_hidden
from playground.openapi.pointers import FILES, escape_token, fragment_tokens

_NAME_BYTES, _MARK_BYTES = 6, 10
_OF_FACTS = frozenset(("info", "externalDocs"))
"""Members of a document that no operation depends on."""
_OF_PIECES = frozenset(("paths", "webhooks", "x-webhooks", "components", FILES))
_LINK = re.compile(rb'"\$ref":"#/((?:[^"\\]|\\.)*)"')
Place = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pieces:
    """A document's pieces as JSON text, by name, and the text of what is shared and of its webhooks."""

    items: Mapping[str, bytes]
    schemas: Mapping[str, bytes]
    files: Mapping[str, bytes]
    shared: bytes
    webhooks: bytes

    def all(self) -> Iterator[bytes]:
        """Yield the text of every piece."""
        yield from self.items.values()
        yield from self.schemas.values()
        yield from self.files.values()
        yield self.webhooks

    @property
    def linked(self) -> bool:
        """Whether path items may depend on each other, or on files."""
        return bool(self.files) or any(b'"#/paths/' in text for text in self.all())


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The marks of a document's pieces; `items` are those of path and text together, others are found by their names.

    `places` are the places of definitions whose keys do not tell them, as JSON Pointers. `broken` says that a reference
    points at nothing, which a change elsewhere may put right; `whole` that only the whole document can be compiled.
    """

    family: str
    shared: bytes
    webhooks: bytes
    items: frozenset[bytes]
    schemas: Mapping[bytes, bytes]
    files: Mapping[bytes, bytes]
    places: Mapping[str, str] = field(default_factory=dict)
    broken: bool = False
    whole: bool = False

    def to_bytes(self) -> bytes:
        """Write the outline for the catalogue."""
        plain = {
            "family": self.family, "shared": self.shared.hex(), "webhooks": self.webhooks.hex(),
            "schemas": len(self.schemas), "files": len(self.files), "places": self.places, "broken": self.broken,
            "whole": self.whole,
        }  # fmt: skip
        head = orjson.dumps(plain)
        marks = b"".join((*map(b"".join, self.schemas.items()), *map(b"".join, self.files.items()), *self.items))
        return len(head).to_bytes(4, "big") + head + marks

    @classmethod
    def from_bytes(cls, data: bytes) -> Outline:
        """Read what `to_bytes` wrote."""
        size = int.from_bytes(data[:4], "big")
        plain, marks = orjson.loads(data[4 : 4 + size]), data[4 + size :]
        pair = _NAME_BYTES + _MARK_BYTES
        pairs = [marks[at : at + pair] for at in range(0, pair * (plain["schemas"] + plain["files"]), pair)]
        named = [(text[:_NAME_BYTES], text[_NAME_BYTES:]) for text in pairs]
        rest = marks[pair * len(pairs) :]
        return cls(
            family=plain["family"],
            shared=bytes.fromhex(plain["shared"]),
            webhooks=bytes.fromhex(plain["webhooks"]),
            items=frozenset(rest[at : at + _MARK_BYTES] for at in range(0, len(rest), _MARK_BYTES)),
            schemas=dict(named[: plain["schemas"]]),
            files=dict(named[plain["schemas"] :]),
            places=plain["places"],
            broken=plain["broken"],
            whole=plain["whole"],
        )


def pieces_of(document: Mapping[str, Any]) -> Pieces:
    """Return the pieces of a document. Raises `TypeError` for one that JSON cannot hold."""
    shared = {key: value for key, value in document.items() if key not in _OF_FACTS and key not in _OF_PIECES}
    components = document.get("components")
    if isinstance(components, dict):
        schemas = components.get("schemas")
        others: Any = {key: value for key, value in components.items() if key != "schemas"}
    else:
        schemas, others = shared.pop("definitions", None), components
    return Pieces(
        items=_texts(document.get("paths")),
        schemas=_texts(schemas),
        files=_texts(document.get(FILES)),
        shared=orjson.dumps([shared, others]),
        webhooks=orjson.dumps([document.get("webhooks"), document.get("x-webhooks")]),
    )


def _texts(members: Any) -> dict[str, bytes]:
    return {name: orjson.dumps(value) for name, value in members.items()} if isinstance(members, dict) else {}


def outline_of(pieces: Pieces, family: str, options: bytes) -> Outline:
    """Return the marks of a document's pieces; `options` are those of the compilation."""
    return Outline(
        family=family,
        shared=_mark(pieces.shared, options),
        webhooks=_mark(pieces.webhooks),
        items=frozenset(item_mark(path, text) for path, text in pieces.items.items()),
        schemas={name_mark(name): _mark(text) for name, text in pieces.schemas.items()},
        files={name_mark(name): _mark(text) for name, text in pieces.files.items()},
    )


def odd_places(places: Mapping[str, Place], family: str) -> dict[str, str]:
    """Return the places of definitions that their keys do not tell, as JSON Pointers."""
    return {
        key: "".join("/" + escape_token(token) for token in place)
        for key, place in places.items()
        if place_of(key, family) != place
    }


def item_mark(path: str, text: bytes) -> bytes:
    """Return the mark of a path item at its path."""
    return _mark(path.encode("utf-8", "surrogatepass"), b"\0", text)


def name_mark(name: str) -> bytes:
    """Return the mark of a name, shorter than that of a piece."""
    return hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=_NAME_BYTES).digest()


def _mark(*texts: bytes) -> bytes:
    digest = hashlib.blake2b(digest_size=_MARK_BYTES)
    for text in texts:
        digest.update(text)
    return digest.digest()


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
