"""The source document in compressed parts, so that an edit costs the parts that it touches."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import orjson
import zstandard

from playground.store.blocks import decompress

_PART_BYTES = 524_288
_LEVEL, _LEVEL_OF_EDITS = 6, 3
"""Of the compressor: an edit is waited for, and takes a third of the time for a sixth more bytes of its part."""
_DIGEST_BYTES = 16
_MOST_SHORT = 2
"""Edits leave parts shorter than a usual one; with more than so many times as many parts, all are made again."""


@dataclass(frozen=True, slots=True)
class SourcePart:
    """Some of a document's bytes: their number, their digest, and they themselves compressed."""

    length: int
    digest: bytes
    content: bytes


@dataclass(frozen=True, slots=True)
class StoredPart:
    """A part that the catalogue has, by its row."""

    number: int
    length: int
    digest: bytes


AnyPart: TypeAlias = SourcePart | StoredPart


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A document's bytes in compressed parts."""

    parts: tuple[SourcePart, ...]


def squeeze(source: bytes) -> Squeezed:
    """Return a document's bytes compressed as `pack` takes them, so that the bytes can be dropped before."""
    return Squeezed(tuple(_cut(source)))


def squeeze_changes(
    source: bytes, stored: Sequence[StoredPart], same: tuple[int, int] | None = None
) -> tuple[AnyPart, ...]:
    """Return the document in parts: those that the catalogue has at its beginning and its end, new ones between.

    `same` tells, where it is known, how many bytes at both ends are as the catalogue has them.
    """
    start, end = 0, len(source)
    before: list[AnyPart] = []
    after: list[AnyPart] = []
    rest = list(stored)

    while rest and (middle := start + rest[0].length) <= end:
        if not (middle <= same[0] if same is not None else _digest(source[start:middle]) == rest[0].digest):
            break
        start = middle
        before.append(rest.pop(0))
    while rest and (middle := end - rest[-1].length) >= start:
        if not (
            middle >= len(source) - same[1] if same is not None else _digest(source[middle:end]) == rest[-1].digest
        ):
            break
        end = middle
        after.append(rest.pop())
    parts = (*before, *_cut(source[start:end], _LEVEL_OF_EDITS), *reversed(after))
    return parts if len(parts) <= _MOST_SHORT * (len(source) // _PART_BYTES + 2) else squeeze(source).parts


def _cut(source: bytes, level: int = _LEVEL) -> Iterable[SourcePart]:
    compressor = zstandard.ZstdCompressor(level=level)
    for start in range(0, len(source), _PART_BYTES):
        part = source[start : start + _PART_BYTES]
        yield SourcePart(len(part), _digest(part), compressor.compress(part))


def _digest(part: bytes) -> bytes:
    return hashlib.blake2b(part, digest_size=_DIGEST_BYTES).digest()


def stored_parts(connection: sqlite3.Connection, provider: int) -> tuple[StoredPart, ...]:
    """Return the parts of a provider's source, in order."""
    return _listed_parts(connection, provider) or ()


def _listed_parts(connection: sqlite3.Connection, provider: int) -> tuple[StoredPart, ...] | None:
    """Return the parts of a provider's source; `None` for one that has none yet, not even an empty one."""
    row = connection.execute("SELECT parts FROM source WHERE provider = ?", (provider,)).fetchone()
    if row is None:
        return None
    return tuple(StoredPart(number, length, bytes.fromhex(digest)) for number, length, digest in orjson.loads(row[0]))


def read_source(connection: sqlite3.Connection, provider: int) -> bytes:
    """Return a provider's source, byte for byte."""
    return b"".join(
        decompress(connection.execute("SELECT content FROM part WHERE id = ?", (part.number,)).fetchone()[0])
        for part in stored_parts(connection, provider)
    )


def write_source(connection: sqlite3.Connection, provider: int, parts: Sequence[AnyPart]) -> bool:
    """Write a provider's source in the place of what it had; return whether it differs."""
    before = _listed_parts(connection, provider)
    known = {(part.length, part.digest): part for part in before or ()}
    after: list[StoredPart] = []
    for part in parts:
        stored = known.get((part.length, part.digest))
        if stored is None and isinstance(part, SourcePart):
            number = connection.execute(
                "INSERT INTO part (provider, content) VALUES (?, ?)", (provider, part.content)
            ).lastrowid
            assert number is not None  # noqa: S101 - an INSERT has a row id
            stored = StoredPart(number, part.length, part.digest)
        assert stored is not None  # noqa: S101 - a stored part is one of those before
        after.append(stored)
    if tuple(after) == before:
        return False
    kept = {part.number for part in after}
    connection.executemany(
        "DELETE FROM part WHERE id = ?", ((part.number,) for part in before or () if part.number not in kept)
    )
    listed = [(part.number, part.length, part.digest.hex()) for part in after]
    connection.execute("INSERT OR REPLACE INTO source VALUES (?, ?)", (provider, orjson.dumps(listed)))
    return True
