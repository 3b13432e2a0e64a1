"""A catalog as the rows the file keeps; pure, so that other processes can do this work before the one that writes."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Any, TypeAlias, cast

import orjson

from playground import jsontext
from playground.catalog.codec import encode, encode_all
from playground.catalog.model import Catalog, Definitions, Operation, Provider, Schema
from playground.catalog.names import client_name
from playground.schema.flatten import flatten
from playground.store.blocks import Blocks, Place, compress, decompress
from playground.store.marked import folded_words, marked_words
from playground.store.source import AnyPart, SourcePart, Squeezed, StoredPart, squeeze_beside, squeeze_changes

_PLAIN, _SQUEEZED, _EXACT, _EXACT_SQUEEZED = b"p", b"z", b"P", b"Z"
_SQUEEZED_AS = {_PLAIN: _SQUEEZED, _EXACT: _EXACT_SQUEEZED}
_WORTH_SQUEEZING = 400
_LONGEST_DESCRIPTION = 4000
_LONGEST_SUMMARY = 400
INDEXED_TOGETHER = 50
"""Of so many operations the texts of the index are packed together: small enough to exchange a part for one of them."""
_SPELLED = re.compile(r"[^\W\d_]{4,32}")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W_A-Za-z\d]+")


IndexRow: TypeAlias = list[Any]
"""An operation's words in the index, and the names of the definitions that they depend on."""


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
    content: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedCatalog:
    """A whole catalog, ready to be written; `index` packs what the full-text index knows of the operations, in parts.

    Operations and definitions lie in `blocks`.
    `indexed` are the texts by which a search finds the provider: name, title, summary. `webhooks` is empty when there
    are none. A hidden operation has no text in the index. `mark` is the digest of the description and all that was
    given with it, a blank, and the digest of the compiler; `origin` where it came from, `outline` the marks of its
    pieces.
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
    definitions: tuple[tuple[str, Place], ...]
    blocks: tuple[bytes, ...]
    source: tuple[SourcePart, ...]
    mark: str = ""
    origin: bytes = b""
    outline: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptOperation:
    """An operation that an update leaves as it is; the tags are those that it has now, by a grouping of paths."""

    name: str
    method: str
    path: str
    operation_id: str
    tags: tuple[str, ...]
    hidden: bool

    @property
    def names(self) -> tuple[str, ...]:
        """Its accepted names beside the canonical one, as in `PackedOperation`."""
        return names_of(self.operation_id, f"{self.method} {self.path}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedUpdate:
    """What differs of a provider from its state of that `generation`.

    All operations are named, in order; `texts` are those of the index that may differ, by position.
    `definitions` are those that are new or may be another; those that nothing leads to any more go by themselves.
    `webhooks` is `None` where they stay. With `same_names` no operation comes, goes or has other names or tags, and the
    kept ones do not tell theirs. Everything else is as in `PackedCatalog`.
    """

    name: str
    generation: str
    title: str
    version: str
    summary: str
    words: str
    indexed: tuple[str, str, str]
    tags: tuple[tuple[str, str], ...]
    content: bytes
    operations: tuple[PackedOperation | KeptOperation, ...]
    texts: Mapping[int, IndexRow]
    vocabulary: tuple[str, ...]
    webhooks: bytes | None
    definitions: tuple[tuple[str, Place], ...]
    blocks: tuple[bytes, ...]
    source: tuple[AnyPart, ...]
    mark: str = ""
    origin: bytes = b""
    outline: bytes = b""
    same_names: bool = False


def pack(
    catalog: Catalog, source: bytes | Squeezed, *, mark: str = "", origin: Mapping[str, Any] | None = None,
    outline: bytes = b"",
) -> PackedCatalog:  # fmt: skip
    """Return the rows of a catalog; `source` is the document's bytes, kept for `Store.source`.

    `mark`, `origin` and `outline` are kept with it, for the next time its description is read.
    """
    provider = catalog.provider
    words = _words_shown(provider)
    index = tuple(_pack_index(catalog, words))
    traits, blocks = _traits(provider), Blocks(keep=isinstance(source, bytes))
    encoded = encode_all(catalog.operations)
    operations = tuple(map(_pack_operation, catalog.operations, encoded, repeat(traits), repeat(blocks)))
    definitions = _pack_definitions(catalog.definitions, blocks)
    return PackedCatalog(
        **_pack_provider(provider),
        operations=operations,
        index=index,
        vocabulary=tuple(sorted(words)),
        webhooks=_pack_webhooks(catalog.webhooks),
        definitions=definitions,
        blocks=blocks.finish(),
        source=squeeze_beside(source, blocks.plain) if isinstance(source, bytes) else source.parts,
        mark=mark,
        origin=pack_value(origin) if origin else b"",
        outline=outline,
    )


def pack_update(
    provider: Provider,
    operations: Sequence[Operation | KeptOperation],
    definitions: Definitions,
    webhooks: Sequence[Operation] | None,
    source: bytes | Squeezed,
    *,
    generation: str,
    before: Definitions,
    stored: Sequence[StoredPart],
    same: tuple[int, int] | None = None,
    same_names: bool = False,
    reread: Mapping[int, Operation],
    mark: str = "",
    origin: Mapping[str, Any] | None = None,
    outline: bytes = b"",
) -> PackedUpdate:
    """Return the rows that may differ from a provider's state of that `generation`.

    That state's definitions are `before`, the parts of its source `stored`, of which so many bytes at both ends are the
    `same`. With `same_names` the names, ids and tags of all operations are as before, and kept ones need not tell them.
    `reread` are operations that are kept, by position, and to be found by other words than before.
    """
    traits, words, blocks = _traits(provider), _words_shown(provider), Blocks()
    # Only read, never written to.
    together: Definitions = ChainMap(dict(definitions), cast("dict[str, Any]", before))
    changed = {at: operation for at, operation in enumerate(operations) if isinstance(operation, Operation)}
    index = _Index(provider, together, words)
    texts = {at: index.row_of(operation) for at, operation in {**changed, **reread}.items()}
    return PackedUpdate(
        **_pack_provider(provider),
        generation=generation,
        operations=tuple(
            _pack_operation(operation, encode(operation), traits, blocks) if isinstance(operation, Operation)
            else _without_traits(operation, traits)
            for operation in operations
        ),
        texts=texts,
        vocabulary=tuple(sorted(words)),
        webhooks=None if webhooks is None else _pack_webhooks(webhooks),
        definitions=_pack_definitions(definitions, blocks),
        blocks=blocks.finish(),
        same_names=same_names,
        source=squeeze_changes(source, stored, same) if isinstance(source, bytes) else source.parts,
        mark=mark,
        origin=pack_value(origin) if origin else b"",
        outline=outline,
    )  # fmt: skip


def _without_traits(operation: KeptOperation, traits: frozenset[str]) -> KeptOperation:
    return replace(operation, tags=tuple(tag for tag in operation.tags if tag not in traits)) if traits else operation


def _pack_provider(provider: Provider) -> dict[str, Any]:
    """Return what a provider's own rows hold."""
    summary = provider.summary or provider.description[:_LONGEST_SUMMARY]
    return {
        "name": text(provider.name),
        "title": text(provider.title),
        "version": text(provider.version),
        "summary": text(summary),
        "words": text(_shown(provider)).casefold(),
        "indexed": (
            text(f"{provider.name} {_words(provider.name)}"),
            text(f"{provider.title} {_words(provider.title)}"),
            text(summary),
        ),
        "tags": tuple((text(tag.name), text(tag.title)) for tag in provider.tags),
        "content": pack_value(encode(provider)),
    }


def _shown(provider: Provider) -> str:
    return f"{provider.name} {provider.title} {provider.summary}"[:_LONGEST_DESCRIPTION]


def _words_shown(provider: Provider) -> set[str]:
    return set(_SPELLED.findall(text(_shown(provider)).casefold()))


def _traits(provider: Provider) -> frozenset[str]:
    return frozenset(tag.name for tag in provider.tags if tag.trait)


def _pack_webhooks(webhooks: Sequence[Operation]) -> bytes:
    return pack_value([encode(webhook) for webhook in webhooks]) if webhooks else b""


def _pack_definitions(definitions: Definitions, blocks: Blocks) -> tuple[tuple[str, Place], ...]:
    return tuple((text(name), blocks.add(plain_value(schema))) for name, schema in definitions.items())


def names_of(operation_id: str, key: str) -> tuple[str, ...]:
    """Return the names that are accepted for an operation beside the canonical one, the surest first."""
    names = (operation_id, key, client_name(operation_id) if operation_id else "")
    return tuple(dict.fromkeys(text(name) for name in names if name))


def _pack_operation(operation: Operation, encoded: Any, traits: frozenset[str], blocks: Blocks) -> PackedOperation:
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
        names=names_of(operation.operation_id, operation.key),
        content=blocks.add(plain_value(encoded)),
    )


def _pack_index(catalog: Catalog, words: set[str]) -> Iterator[bytes]:
    """Yield the texts of the index, some operations at a time: all at once they weigh as much as their document."""
    index = _Index(catalog.provider, catalog.definitions, words)
    for start in range(0, len(catalog.operations), INDEXED_TOGETHER):
        together = catalog.operations[start : start + INDEXED_TOGETHER]
        yield pack_value([index.row_of(operation) for operation in together])


class _Index:
    """Makes a provider's rows of the full-text index (schema.sql).

    The words that a search may correct a slip to, those of names, paths, tags and titles, are added to `words`.
    """

    def __init__(self, provider: Provider, definitions: Definitions, words: set[str]) -> None:
        self._owner = tuple(folded_words(text(f"{provider.name} {provider.title}")))
        self._definitions = definitions
        self._words = words
        self._seen: set[str] = set()

    def row_of(self, operation: Operation) -> IndexRow:
        if operation.hidden:
            return [""]
        noting = _Noting(self._definitions)
        name = text(f"{operation.name} {operation.operation_id} {_words(operation.operation_id)}")
        shown = text(
            f"{operation.method} {operation.path} {_words(operation.path)} {' '.join(operation.tags)} {operation.title}"
        )
        said = f"{' '.join(_input_names(operation, noting))} {operation.description[:_LONGEST_DESCRIPTION]}"
        named, beside = folded_words(name), folded_words(shown)
        self._note_spelled(name, named)
        self._note_spelled(shown, beside)
        words = marked_words(named, self._owner, beside, folded_words(text(said)))
        return [words, *sorted(map(text, noting.names))]

    def _note_spelled(self, said: str, folded: Mapping[str, None]) -> None:
        if said.isascii():
            # Operations say the same words again and again.
            new = folded.keys() - self._seen
            self._seen |= new
            said = " ".join(new)
        self._words.update(_SPELLED.findall(said.casefold()))


class _Noting(Mapping[str, Schema]):
    """Definitions that note which of them are read."""

    def __init__(self, definitions: Definitions) -> None:
        self.names: set[str] = set()
        self._definitions = definitions

    def __getitem__(self, name: str) -> Schema:
        self.names.add(name)
        return self._definitions[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._definitions)

    def __len__(self) -> int:
        return len(self._definitions)


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
    plain = plain_value(value)
    return plain if len(plain) <= _WORTH_SQUEEZING else _SQUEEZED_AS[plain[:1]] + compress(plain[1:])


def plain_value(value: Any) -> bytes:
    """Return a JSON value as bytes, as a block takes them; `unpack_value` reads them too."""
    try:
        return _PLAIN + orjson.dumps(value)
    except TypeError:
        # Integers beyond 64 bits, numbers that keep their spelling, lone surrogates: rare, and slower to write.
        return _EXACT + jsontext.dumps(value).encode()


def unpack_value(packed: bytes) -> Any:
    """Return the JSON value that `pack_value` packed."""
    data = unpacked_bytes(packed)
    return orjson.loads(data) if packed[:1] in (_PLAIN, _SQUEEZED) else jsontext.loads(data.decode())


def unpacked_bytes(packed: bytes) -> bytes:
    """Return the JSON text of the value that `pack_value` packed."""
    return decompress(packed[1:]) if packed[:1] in (_SQUEEZED, _EXACT_SQUEEZED) else packed[1:]


def text(value: str) -> str:
    """Return text that SQLite can hold: a lone surrogate becomes `?`."""
    if value.__class__ is str and value.isascii():
        return value
    return value.encode("utf-8", "replace").decode("utf-8")
