"""Providers above and below each other, tags in groups, webhooks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from playground.catalog.model import Catalog, NavigationGroup, Provider, Tag
from playground.store import ProviderNotFound, Store, TagGroup, open_store
from tests.store.catalogs import SHOP, numbered, operation


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "catalog.sqlite") as opened:
        yield opened


def _grouped(store: Store, tags: tuple[Tag, ...], *groups: NavigationGroup) -> list[tuple[str, list[str]]]:
    provider = Provider(name="p", title="P", tags=tags, groups=groups)
    operations = tuple(operation(f"op{name}", tags=(name,) if name else ()) for name in ("a", "b", "c", "d", ""))
    store.replace(Catalog(provider=provider, operations=operations, definitions={}), b"")
    return [(group.title, [tag.name for tag in group.tags]) for group in store.tag_groups("p")]


def test_providers_below_a_name_are_its_children(store: Store) -> None:
    for name in ("google", "google/books", "google/books/beta", "google-cloud", "google0", "goo"):
        store.replace(numbered(1, 1, name=name), b"")
    assert [child.name for child in store.children("google")] == ["google/books", "google/books/beta"]
    assert [child.name for child in store.children("google/books")] == ["google/books/beta"]
    assert store.children("goo") == ()
    assert store.children("nothing/\ud800") == ()


def test_the_parent_is_the_nearest_provider_above(store: Store) -> None:
    for name in ("google", "google/books/beta", "azure/compute/vm"):
        store.replace(numbered(1, 1, name=name), b"")
    above = store.parent("google/books/beta")
    assert above is not None
    assert above.name == "google"
    assert store.parent("azure/compute/vm") is None
    assert store.parent("google") is None


def test_tags_without_groups_make_none(store: Store) -> None:
    assert _grouped(store, (Tag(name="a"), Tag(name="b", parent="unknown"))) == []


def test_groups_of_the_document_hold_their_tags_and_the_rest_comes_last(store: Store) -> None:
    groups = (
        NavigationGroup(title="One", tags=("b", "a", "b", "unused")),
        NavigationGroup(title="Two", tags=("a", "c")),
        NavigationGroup(title="Empty", tags=("nothing",)),
    )
    assert _grouped(store, (), *groups) == [("One", ["b", "a"]), ("Two", ["c"]), ("", ["d", ""])]


def test_tags_stand_under_their_parents(store: Store) -> None:
    tags = (Tag(name="top", title="Top"), Tag(name="a", parent="top"), Tag(name="b", parent="a"), Tag(name="c"))
    assert _grouped(store, tags) == [("Top", ["a", "b"]), ("", ["c", "d", ""])]


def test_parents_in_a_circle_end(store: Store) -> None:
    tags = (Tag(name="a", parent="b"), Tag(name="b", parent="a"), Tag(name="c", parent="c"))
    assert sorted(name for _, names in _grouped(store, tags) for name in names) == ["", "a", "b", "c", "d"]


def test_the_groups_hold_the_counts(store: Store) -> None:
    provider = replace(SHOP.provider, groups=(NavigationGroup(title="Buying", tags=("checkout",)),))
    store.replace(replace(SHOP, provider=provider), b"")
    tags = {tag.name: tag for tag in store.tags("shop")}
    assert store.tag_groups("shop")[0] == TagGroup(title="Buying", tags=(tags["checkout"],))


def test_webhooks_come_back_and_go_with_their_provider(store: Store) -> None:
    sent = (operation("orderPaid", "POST", "order.paid", summary="An order was paid"),)
    store.replace(replace(SHOP, webhooks=sent), b"")
    assert store.webhooks("shop")[0] == sent
    assert store.operations("shop", query="paid") == ()
    store.replace(SHOP, b"")
    assert store.webhooks("shop")[0] == ()
    with pytest.raises(ProviderNotFound):
        store.webhooks("nothing")


def test_a_hidden_operation_has_its_page_and_is_in_no_list(store: Store) -> None:
    hidden = operation("secretThing", "GET", "/secret", tags=("secret",), hidden=True)
    store.replace(replace(SHOP, operations=(*SHOP.operations, hidden)), b"")
    assert store.entry("shop", "secretthing").operation == hidden
    assert store.locate("shop/secretthing") == ("shop", "secretthing")
    assert "secretthing" not in [one.name for one in store.operations("shop")]
    assert "secret" not in [tag.name for tag in store.tags("shop")]
    assert store.search("secretthing").operations == ()
    assert next(provider.operations for provider in store.providers() if provider.name == "shop") == len(
        SHOP.operations
    )
    store.remove("shop")
    assert store.search("checkout").operations == ()
