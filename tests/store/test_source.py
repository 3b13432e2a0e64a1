"""A source document kept in parts: an edit costs the parts it touches, and the bytes are always the same."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from playground.store import Store, open_store, pack, squeeze
from playground.store.source import SourcePart, StoredPart, squeeze_changes
from tests.store.catalogs import SHOP

PART = 524_288


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "catalog.sqlite")


def _bytes(count: int, seed: int = 1) -> bytes:
    return random.Random(seed).randbytes(count)


@pytest.mark.parametrize("count", [0, 1, PART, PART + 1, 5 * PART + 17])
def test_a_document_of_any_length_comes_back(store: Store, count: int) -> None:
    with store:
        store.replace(SHOP, _bytes(count))
        assert store.source("shop") == _bytes(count)
        store.write(pack(SHOP, squeeze(_bytes(count, 2))))
        assert store.source("shop") == _bytes(count, 2)


@pytest.mark.parametrize("at", [0, 10, PART, 3 * PART + 5, 5 * PART])
@pytest.mark.parametrize("inserted", [b"", b"x", b"y" * 300_000])
def test_an_edit_keeps_the_parts_before_and_after_it(store: Store, at: int, inserted: bytes) -> None:
    before = _bytes(6 * PART)
    after = before[:at] + inserted + before[at + 3 :]
    with store:
        store.replace(SHOP, before)
        stored = store.state("shop").source
        parts = squeeze_changes(after, stored)
        told = squeeze_changes(after, stored, (at, max(len(before) - at - 3, 0)))
    assert [(type(part), part.length, part.digest) for part in told] == [
        (type(part), part.length, part.digest) for part in parts
    ]
    new = [part for part in parts if isinstance(part, SourcePart)]
    assert sum(part.length for part in parts) == len(after)
    assert sum(part.length for part in new) <= 2 * PART + len(inserted)


def test_many_small_edits_do_not_leave_many_small_parts(store: Store) -> None:
    choose, data = random.Random(3), _bytes(4 * PART)
    stored: tuple[StoredPart, ...] = ()
    for _ in range(60):
        at = choose.randrange(len(data))
        data = data[:at] + b"edit" + data[at:]
        parts = squeeze_changes(data, stored)
        assert len(parts) <= 2 * (len(data) // PART + 2)
        stored = tuple(StoredPart(number, part.length, part.digest) for number, part in enumerate(parts))
