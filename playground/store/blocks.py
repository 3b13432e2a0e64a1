"""Contents in compressed blocks: operations and definitions of one API say the same again and again.

Many contents lie in a block one after another, in the document's order, so that what is alike is compressed together
and a reader unpacks one block for one of them, in some 50 millionths of a second.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import orjson
import zstandard

from playground.store.cache import RecentlyUsed

BLOCK_BYTES = 262_144
"""A block ends with the content that makes it so long."""
_LEVEL = 6
_LONE_LEVEL = 9
_KEPT = 4
_local = threading.local()


class Place(NamedTuple):
    """Where a content lies: the number of its block, its first byte there, its length."""

    block: int
    start: int
    length: int


class Blocks:
    """Contents as they are packed; `finish` returns the blocks, numbered from 0.

    With `keep` they stay in `plain` as they were before.
    """

    def __init__(self, *, keep: bool = False) -> None:
        self.plain: list[bytes] = []
        self._keep = keep
        self._finished: list[bytes] = []
        self._contents: list[bytes] = []
        self._length = 0
        self._compressor = zstandard.ZstdCompressor(level=_LEVEL)

    def add(self, content: bytes) -> Place:
        """Add a content and return its place."""
        place = Place(len(self._finished), self._length, len(content))
        self._contents.append(content)
        self._length += len(content)
        if self._length >= BLOCK_BYTES:
            self._end()
        return place

    def finish(self) -> tuple[bytes, ...]:
        """Return the blocks, compressed."""
        if self._contents:
            self._end()
        return tuple(self._finished)

    def _end(self) -> None:
        block = b"".join(self._contents)
        self._finished.append(self._compressor.compress(block))
        if self._keep:
            self.plain.append(block)
        self._contents, self._length = [], 0


class BlockReader:
    """Reads contents by their places; the last blocks stay unpacked.

    `load` returns a block as it is stored. With a `cache` blocks stay longer and for other readers too; its keys
    begin with the `generation` of the provider.
    """

    def __init__(
        self,
        load: Callable[[int], bytes],
        cache: RecentlyUsed[tuple[str, int], bytes] | None = None,
        generation: str = "",
    ) -> None:
        self._load = load
        self._cache = cache
        self._generation = generation
        self._last: OrderedDict[int, bytes] = OrderedDict()

    def read(self, place: Place) -> bytes:
        """Return the content at a place."""
        block = self._last.get(place.block)
        if block is None:
            block = self._last[place.block] = self._unpacked(place.block)
            if len(self._last) > _KEPT:
                self._last.popitem(last=False)
        return block[place.start : place.start + place.length]

    def _unpacked(self, number: int) -> bytes:
        if self._cache is None:
            return decompress(self._load(number))
        key = (self._generation, number)
        block = self._cache.get(key)
        if block is None:
            block = decompress(self._load(number))
            self._cache.put(key, block, len(block))
        return block


def packed_blocks(blocks: Sequence[bytes]) -> BlockReader:
    """Return a reader of blocks that are not stored yet."""
    return BlockReader(blocks.__getitem__)


def stored_blocks(
    connection: sqlite3.Connection,
    cache: RecentlyUsed[tuple[str, int], bytes] | None = None,
    generation: str = "",
) -> BlockReader:
    """Return a reader of the blocks in the catalogue."""

    def load(number: int) -> bytes:
        content: bytes = connection.execute("SELECT content FROM block WHERE id = ?", (number,)).fetchone()[0]
        return content

    return BlockReader(load, cache, generation)


def write_blocks(connection: sqlite3.Connection, provider: int, blocks: Iterable[bytes]) -> Mapping[int, int]:
    """Write a provider's new blocks; return the row id of each by its number."""
    numbers: dict[int, int] = {}
    for number, block in enumerate(blocks):
        row = connection.execute("INSERT INTO block (provider, content) VALUES (?, ?)", (provider, block)).lastrowid
        assert row is not None  # noqa: S101 - an INSERT has a row id
        numbers[number] = row
    return numbers


def moved(places: Iterable[Place], numbers: Mapping[int, int]) -> Iterator[Place]:
    """Yield the places in blocks that were written, by their row ids."""
    return (place._replace(block=numbers[place.block]) for place in places)


def delete_unused(connection: sqlite3.Connection, provider: int, defined: Iterable[int]) -> None:
    """Delete a provider's blocks of which no version needs a content any more, nor a part of its source.

    Those that definitions of the current version are in come as `defined`.
    """
    connection.execute(
        "DELETE FROM block WHERE provider = ?1 AND id NOT IN (SELECT block FROM detail WHERE provider = ?1"
        " UNION SELECT block FROM definition WHERE provider = ?1 UNION SELECT value FROM json_each(?2))"
        " AND NOT EXISTS (SELECT 1 FROM part WHERE part.provider = ?1 AND block.id BETWEEN low AND high)",
        (provider, orjson.dumps(list(defined)).decode()),
    )


def compress(content: bytes) -> bytes:
    """Return a content of its own compressed."""
    compressor: zstandard.ZstdCompressor | None = getattr(_local, "compressor", None)
    if compressor is None:
        # One a thread: it takes longer to make than to use.
        compressor = _local.compressor = zstandard.ZstdCompressor(level=_LONE_LEVEL)
    return compressor.compress(content)


def decompress(content: bytes) -> bytes:
    """Return what was compressed, here or as a block."""
    decompressor: zstandard.ZstdDecompressor | None = getattr(_local, "decompressor", None)
    if decompressor is None:
        decompressor = _local.decompressor = zstandard.ZstdDecompressor()
    return decompressor.decompress(content)
