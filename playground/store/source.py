"""The source document in compressed parts, so that an edit costs the parts that it touches.

A document says what its operations and definitions say, whose blocks lie beside it: with them as the compressor's
dictionary its parts take half of the room.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import orjson
import zstandard

from playground.store.blocks import decompress

_PART_BYTES = 524_288
_LEVEL, _LEVEL_BESIDE, _LEVEL_OF_EDITS = 6, 5, 3
"""Of the compressor: an edit is waited for, and takes a third of the time for a sixth more bytes of its part."""
_MORE_BLOCKS = 1
"""How many blocks before and after those that a part seems to be in are its dictionary too."""
_DIGEST_BYTES = 16
_MOST_SHORT = 2
"""Edits leave parts shorter than a usual one; with more than so many times as many parts, all are made again."""


@dataclass(frozen=True, slots=True)
class SourcePart:
    """Some of a document's bytes: their number, their digest, and they themselves compressed.

    The dictionary are the contents of the `blocks` from one number on and before another, of those packed with it.
    """

    length: int
    digest: bytes
    content: bytes
    blocks: tuple[int, int] | None = None


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


def squeeze_beside(source: bytes, blocks: Sequence[bytes]) -> tuple[SourcePart, ...]:
    """Return a document in parts, each with blocks of what was made of it as the dictionary; they come unpacked."""
    if not blocks:
        return squeeze(source).parts
    starts, parts = range(0, len(source), _PART_BYTES), []
    for number, start in enumerate(starts):
        part = source[start : start + _PART_BYTES]
        # What is in the middle of the document is in the middle of the blocks too.
        low = max(0, len(blocks) * number // len(starts) - _MORE_BLOCKS)
        high = min(len(blocks), -(-len(blocks) * (number + 1) // len(starts)) + _MORE_BLOCKS)
        compressor = zstandard.ZstdCompressor(level=_LEVEL_BESIDE, dict_data=_dictionary(blocks[low:high]))
        parts.append(SourcePart(len(part), _digest(part), compressor.compress(part), (low, high)))
    return tuple(parts)


def unsqueezed(parts: Iterable[SourcePart], blocks: Sequence[bytes]) -> bytes:
    """Return the document that was squeezed beside these blocks, which come as they are stored."""
    return b"".join(
        _unpacked(part.content, map(decompress, blocks[slice(*part.blocks)]))
        if part.blocks
        else decompress(part.content)
        for part in parts
    )


def _dictionary(blocks: Iterable[bytes]) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(b"".join(blocks), dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def _unpacked(content: bytes, blocks: Iterable[bytes]) -> bytes:
    return zstandard.ZstdDecompressor(dict_data=_dictionary(blocks)).decompress(content)


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
    read: list[bytes] = []
    blocks: dict[int, bytes] = {}
    for part in stored_parts(connection, provider):
        low, high, content = connection.execute(
            "SELECT low, high, content FROM part WHERE id = ?", (part.number,)
        ).fetchone()
        if low is None:
            read.append(decompress(content))
            continue
        # Parts that follow one another have some blocks in common.
        blocks = {number: blocks.get(number) or _read_block(connection, number) for number in range(low, high + 1)}
        read.append(_unpacked(content, blocks.values()))
    return b"".join(read)


def _read_block(connection: sqlite3.Connection, number: int) -> bytes:
    (content,) = connection.execute("SELECT content FROM block WHERE id = ?", (number,)).fetchone()
    return decompress(content)


def write_source(
    connection: sqlite3.Connection,
    provider: int,
    parts: Sequence[AnyPart],
    blocks: Sequence[bytes] = (),
    rows: Mapping[int, int] | None = None,
) -> bool:
    """Write a provider's source in the place of what it had; return whether it differs.

    The `blocks` beside which it was squeezed are in these `rows`, and nothing that it had is taken over; without, they
    are not in the catalogue, and new parts do without a dictionary.
    """
    before = _listed_parts(connection, provider)
    known = {(part.length, part.digest): part for part in before or () if rows is None}
    after: list[StoredPart] = []
    for part in parts:
        stored = known.get((part.length, part.digest))
        if stored is None and isinstance(part, SourcePart):
            low = high = None
            if part.blocks is not None and rows is not None:
                low, high = rows[part.blocks[0]], rows[part.blocks[1] - 1]
            elif part.blocks is not None:
                (part,) = squeeze(unsqueezed((part,), blocks)).parts
            number = connection.execute(
                "INSERT INTO part (provider, low, high, content) VALUES (?, ?, ?, ?)",
                (provider, low, high, part.content),
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
