"""A source document kept in parts: an edit costs the parts it touches, and the bytes are always the same."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from playground.store import Retention, Store, open_store, pack, squeeze
from playground.store.blocks import compress
from playground.store.source import SourcePart, StoredPart, squeeze_beside, squeeze_changes, unsqueezed
from tests.store.catalogs import SHOP, numbered

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


def test_a_document_takes_less_room_beside_what_was_made_of_it() -> None:
    document = _bytes(5 * PART + 17)
    blocks = [document[start : start + 300_000] for start in range(0, len(document), 300_000)]
    parts = squeeze_beside(document, blocks)
    assert sum(len(part.content) for part in parts) < len(document) // 50
    assert unsqueezed(parts, [compress(block) for block in blocks]) == document


@pytest.mark.parametrize("changed", [1, 200, 400])
def test_what_a_document_is_squeezed_beside_stays_while_it_is_needed(
    store: Store, changed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("playground.store.versions.GRACE_SECONDS", -1.0)
    catalog, document = numbered(1, 400), _bytes(2 * PART)
    with store:
        store._retention = Retention(versions=1)
        store.write(pack(catalog, document))
        for number in range(2, 5):
            operations = [
                replace(operation, description=f"{number} {_bytes(2000, at).hex()}") if at < changed else operation
                for at, operation in enumerate(catalog.operations)
            ]
            store.write(pack(replace(catalog, operations=tuple(operations)), document))
            assert store.source("shop") == document
        with store._connections.reading() as connection:
            needed, there = connection.execute(
                "SELECT count(DISTINCT block), (SELECT count(*) FROM block) FROM detail"
            ).fetchone()
    # Beside the blocks that operations are in, only those of the first write.
    assert there <= needed + 1
