"""A catalog as the rows the file keeps; pure, so that other processes can do this work before the one that writes."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from playground import jsontext
from playground.catalog.codec import encode
from playground.catalog.model import Catalog, Definitions, Operation
from playground.catalog.names import client_name
from playground.schema.flatten import flatten

_PLAIN, _SQUEEZED, _EXACT, _EXACT_SQUEEZED = b"p", b"z", b"P", b"Z"
_WORTH_SQUEEZING = 400
_LONGEST_DESCRIPTION = 4000
_LONGEST_SUMMARY = 400
_COLUMNS = 7
_INDEXED_TOGETHER = 500
_SPELLED_COLUMNS = (0, 1, 2, 3)
"""The columns whose words a search may correct a slip to: name, path, tags, title."""
_SPELLED = re.compile(r"[^\W\d_]{4,32}")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W_A-Za-z\d]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedOperation:
    """One operation's row; `names` are its accepted names beside the canonical one, the surest first.

    `title` is empty where it is the summary.
    """

    name: str
    method: str
    path: str
    summary: str
    title: str
    tags: tuple[str, ...]
    deprecated: bool
    hidden: bool
    names: tuple[str, ...]
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedCatalog:
    """A whole catalog, ready to be written; `index` packs what the full-text index knows of the operations, in parts.

    `indexed` are the texts by which a search finds the provider: name, title, summary. `webhooks` is empty when there
    are none. A hidden operation has no text in the index.
    """

    name: str
    title: str
    version: str
    summary: str
    words: str
    indexed: tuple[str, str, str]
    tags: tuple[tuple[str, str], ...]
    content: bytes
    operations: tuple[PackedOperation, ...]
    index: tuple[bytes, ...]
    vocabulary: tuple[str, ...]
    webhooks: bytes
    definitions: tuple[tuple[str, bytes], ...]
    source: bytes


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A document's bytes, gzip'd."""

    content: bytes


def squeeze(source: bytes) -> Squeezed:
    """Return a document's bytes compressed as `pack` takes them, so that the bytes can be dropped before."""
    # No time stamp: the same document makes the same bytes.
    return Squeezed(gzip.compress(source, 5, mtime=0))


def pack(catalog: Catalog, source: bytes | Squeezed) -> PackedCatalog:
    """Return the rows of a catalog; `source` is the document's bytes, kept for `Store.source`."""
    provider = catalog.provider
    shown = f"{provider.name} {provider.title} {provider.summary}"[:_LONGEST_DESCRIPTION]
    words = set(_SPELLED.findall(text(shown).casefold()))
    index = tuple(_pack_index(catalog, words))
    traits = frozenset(tag.name for tag in provider.tags if tag.trait)
    return PackedCatalog(
        name=text(provider.name),
        title=text(provider.title),
        version=text(provider.version),
        summary=text(provider.summary or provider.description[:_LONGEST_SUMMARY]),
        words=text(shown).casefold(),
        indexed=(
            text(f"{provider.name} {_words(provider.name)}"),
            text(f"{provider.title} {_words(provider.title)}"),
            text(provider.summary or provider.description[:_LONGEST_SUMMARY]),
        ),
        tags=tuple((text(tag.name), text(tag.title)) for tag in provider.tags),
        content=pack_value(encode(provider)),
        operations=tuple(_pack_operation(operation, traits) for operation in catalog.operations),
        index=index,
        vocabulary=tuple(sorted(words)),
        webhooks=pack_value([encode(webhook) for webhook in catalog.webhooks]) if catalog.webhooks else b"",
        definitions=tuple((text(name), pack_value(schema)) for name, schema in catalog.definitions.items()),
        source=(squeeze(source) if isinstance(source, bytes) else source).content,
    )


def _pack_operation(operation: Operation, traits: frozenset[str]) -> PackedOperation:
    names = [operation.operation_id, operation.key]
    if operation.operation_id:
        names.append(client_name(operation.operation_id))
    return PackedOperation(
        name=text(operation.name),
        method=text(operation.method),
        path=text(operation.path),
        summary=text(operation.summary),
        title="" if operation.title == operation.summary else text(operation.title),
        # A trait is no place to look for operations.
        tags=tuple(dict.fromkeys(text(tag) for tag in operation.tags if tag not in traits)),
        deprecated=operation.deprecated,
        hidden=operation.hidden,
        names=tuple(dict.fromkeys(text(name) for name in names if name)),
        content=pack_value(encode(operation)),
    )


def _pack_index(catalog: Catalog, words: set[str]) -> Iterator[bytes]:
    """Yield the texts of the index, some operations at a time: all at once they weigh as much as their document."""
    for start in range(0, len(catalog.operations), _INDEXED_TOGETHER):
        rows = [_indexed(operation, catalog) for operation in catalog.operations[start : start + _INDEXED_TOGETHER]]
        for row in rows:
            for column in _SPELLED_COLUMNS:
                words.update(_SPELLED.findall(row[column].casefold()))
        yield pack_value(rows)


def _indexed(operation: Operation, catalog: Catalog) -> list[str]:
    """Return the texts of one row of the full-text index, column by column (schema.sql)."""
    if operation.hidden:
        return [""] * _COLUMNS
    return [
        text(f"{operation.name} {operation.operation_id} {_words(operation.operation_id)}"),
        text(f"{operation.method} {operation.path} {_words(operation.path)}"),
        text(" ".join(operation.tags)),
        text(operation.title),
        text(" ".join(_input_names(operation, catalog.definitions))),
        text(operation.description[:_LONGEST_DESCRIPTION]),
        text(f"{catalog.provider.name} {catalog.provider.title}"),
    ]


def _words(name: str) -> str:
    # The index knows words, and `postCheckoutSessions` is one word to it.
    return " ".join(_WORD.findall(name))


def _input_names(operation: Operation, definitions: Definitions) -> list[str]:
    names = [parameter.name for parameter in operation.parameters]
    for media_type in operation.request_body.media_types if operation.request_body else ():
        properties = flatten(media_type.schema, definitions).get("properties")
        if isinstance(properties, Mapping):
            names += properties
    return list(dict.fromkeys(word for name in names for word in (name, _words(name))))


def pack_value(value: Any) -> bytes:
    """Return a JSON value as bytes, compressed where that pays; `unpack_value` reads it back, numbers exact."""
    try:
        data, plain, squeezed = orjson.dumps(value), _PLAIN, _SQUEEZED
    except TypeError:
        # Integers beyond 64 bits, numbers that keep their spelling, lone surrogates: rare, and slower to write.
        data, plain, squeezed = jsontext.dumps(value).encode(), _EXACT, _EXACT_SQUEEZED
    return squeezed + zlib.compress(data, 5) if len(data) > _WORTH_SQUEEZING else plain + data


def unpack_value(packed: bytes) -> Any:
    """Return the JSON value that `pack_value` packed."""
    kind, data = packed[:1], packed[1:]
    if kind in (_SQUEEZED, _EXACT_SQUEEZED):
        data = zlib.decompress(data)
    return orjson.loads(data) if kind in (_PLAIN, _SQUEEZED) else jsontext.loads(data.decode())


def text(value: str) -> str:
    """Return text that SQLite can hold: a lone surrogate becomes `?`."""
    return value.encode("utf-8", "replace").decode("utf-8")
