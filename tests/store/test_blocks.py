"""Contents packed together come back each by its place, and a block goes with the last content that is needed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from playground.store import open_store
from playground.store.blocks import BLOCK_BYTES, BlockReader, Blocks, Place, compress, decompress, packed_blocks
from playground.store.cache import RecentlyUsed
from tests.store.catalogs import SHOP


@pytest.mark.parametrize("size", [0, 1, BLOCK_BYTES // 3, BLOCK_BYTES, 2 * BLOCK_BYTES + 1])
def test_contents_of_any_length_come_back(size: int) -> None:
    contents = [bytes([number]) * size for number in range(7)]
    blocks = Blocks()
    places = [blocks.add(content) for content in contents]
    reader = packed_blocks(blocks.finish())
    assert [reader.read(place) for place in places] == contents
    assert [reader.read(place) for place in reversed(places)] == contents[::-1]


def test_alike_contents_are_compressed_together() -> None:
    blocks = Blocks()
    for number in range(200):
        blocks.add(f'{{"name": "operation{number}", "description": "One that says what all others do."}}'.encode())
    assert sum(map(len, blocks.finish())) < 2000


def test_a_block_is_unpacked_once_for_all_its_readers() -> None:
    loaded: list[int] = []

    def load(number: int) -> bytes:
        loaded.append(number)
        return compress(b"0123456789")

    cache = RecentlyUsed[tuple[str, int], bytes](1000)
    for start in range(10):
        assert BlockReader(load, cache, "generation").read(Place(3, start, 1)) == b"%d" % start
    assert loaded == [3]
    BlockReader(load, cache, "another").read(Place(3, 0, 1))
    assert loaded == [3, 3]


def test_what_is_compressed_alone_comes_back() -> None:
    assert decompress(compress(b"")) == b""
    assert decompress(compress(b"text" * 100)) == b"text" * 100


def test_blocks_leave_the_catalogue_with_their_provider(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.store.write.GRACE_SECONDS", -1.0)
    with open_store(tmp_path / "catalog.sqlite") as store:
        store.replace(SHOP, b"{}")
        store.remove("shop")
        store.replace(SHOP, b"{}")
        with store._connections.reading() as connection:
            owners = connection.execute("SELECT count(DISTINCT provider), count(*) FROM block").fetchone()
    assert owners == (1, 1)


def test_pages_that_are_free_are_given_back(tmp_path: Path) -> None:
    with open_store(tmp_path / "catalog.sqlite") as store:
        store.replace(SHOP, random.Random(1).randbytes(2_000_000))
        store.replace(SHOP, b"{}")
        before = store.path.stat().st_size
        store.tidy()
        with store._connections.reading() as connection:
            assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)
        assert store.path.stat().st_size < before - 1_500_000
        assert store.source("shop") == b"{}"
