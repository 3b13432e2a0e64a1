"""A catalogue as a reader sees it: every method knows what is hidden, and no words differ from those of nothing."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from playground.catalog.model import Catalog
from playground.store import OperationNotFound, ProviderNotFound, ReaderStore, Store, StoreError, open_store, pack
from tests.store.catalogs import SHOP, numbered


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "catalog.sqlite") as store:
        store.replace(SHOP, b"")
        for name in ("payroll", "shop/hidden", "shop/seen", "zebra"):
            store.replace(numbered(3, name=name), b"canary")
        yield store


@pytest.fixture
def seen(whole: Store) -> ReaderStore:
    return ReaderStore(whole, lambda name: name in ("shop", "shop/seen"), "key")


def test_every_public_method_is_of_the_part_or_asks_whose_provider_it_is() -> None:
    plain = {"snapshot", "replace"}
    for name, method in inspect.getmembers(Store, inspect.isfunction):
        if name.startswith("_") or name in plain or name in vars(ReaderStore):
            continue
        assert "self._identify(" in inspect.getsource(method), name


def test_lists_and_searches_have_what_may_be_seen(seen: ReaderStore, whole: Store) -> None:
    assert [one.name for one in seen.providers()] == ["shop", "shop/seen"]
    assert [one.name for one in seen.children("shop")] == ["shop/seen"]
    assert seen.parent("shop/hidden/deep") is not None
    assert seen.parent("payroll/deep") is None
    assert {one.provider for one in seen.search("op").operations} <= {"shop", "shop/seen"}
    for query in ("payroll", "zebra", "payrol", "zebre"):
        found = seen.search(query)
        assert (found.operations, found.providers, found.instead, found.total) == ((), (), "", 0)
        assert seen.filter_providers(query).providers == ()
        assert seen.filter_providers(query).instead == ""
    assert whole.search("zebra").providers
    assert set(seen.marks()) == {"shop", "shop/seen"}


@pytest.mark.parametrize("path", ["payroll", "payroll/op1", "payrol", "nothing", "zebra", "shop/hidden/op1"])
def test_what_is_hidden_is_refused_as_what_does_not_exist(seen: ReaderStore, path: str) -> None:
    try:
        name, rest = seen.locate(path)
    except ProviderNotFound as error:
        assert "did you mean" not in str(error)
        assert str(error) == str(ProviderNotFound(path))
        return
    assert name == "shop"
    with pytest.raises(OperationNotFound):
        seen.entry(name, rest)


@pytest.mark.parametrize(
    "call",
    ["provider", "tags", "tag_groups", "webhooks", "definitions", "operations", "operation_ids", "source", "origin",
     "state", "versions", "catalog", "generation"],
)  # fmt: skip
def test_no_method_gives_what_is_hidden(seen: ReaderStore, call: str) -> None:
    with pytest.raises(ProviderNotFound) as hidden:
        getattr(seen, call)("payroll")
    with pytest.raises(ProviderNotFound) as nothing:
        getattr(seen, call)("nosuch1")
    assert str(hidden.value).replace("payroll", "nosuch1") == str(nothing.value)
    getattr(seen, call)("shop")


def test_states_differ_from_those_of_other_parts(seen: ReaderStore, whole: Store) -> None:
    other = ReaderStore(whole, lambda name: True, "other")
    assert len({store.revision() for store in (seen, whole, other)}) == 3
    assert len({store.generation("shop") for store in (seen, whole, other)}) == 3
    assert [one.name for one in other.providers()] == [one.name for one in whole.providers()]
    assert other.search("op").operations


def test_a_reader_writes_nothing_and_closes_nothing(seen: ReaderStore, whole: Store) -> None:
    catalog: Catalog = numbered(1, name="shop")
    packed = pack(catalog, b"")
    writes: tuple[Callable[[], object], ...] = (
        lambda: seen.replace(catalog, b""),
        lambda: seen.write(packed),
        lambda: seen.write_bundled(packed, ""),
        lambda: seen.remove("shop"),
        lambda: seen.note_changes("shop", 1, {}),
        seen.tidy,
    )
    for write in writes:
        with pytest.raises(StoreError, match="change nothing"):
            write()
    seen.close()
    assert whole.provider("shop").name == "shop"
