"""A search forgives one slip in a word, and says what it took it for."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from playground.store import Store, open_store
from tests.store.catalogs import SHOP, numbered, operation


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("finding") / "catalog.sqlite") as opened:
        opened.replace(SHOP, b"")
        opened.replace(numbered(3, 30, name="other"), b"")
        yield opened


@pytest.mark.parametrize(
    "typed",
    [
        "chekout",
        "checkuot",
        "chreckout",
        "checkoot",
        "xheckout",
        "sesions",
        "sesssions upd",
        "chekou",
        "UPDTE a sesion",
    ],
)
def test_one_slip_in_a_word_is_forgiven(store: Store, typed: str) -> None:
    found = store.search(typed)
    assert found.operations[0].name == "postcheckoutsessionssession"
    assert found.instead


def test_the_words_that_were_searched_for_instead_are_told(store: Store) -> None:
    assert store.search("chekout sessions").instead == "checkout sessions"
    assert store.search("checkout sessions").instead == ""


def test_a_provider_is_found_in_spite_of_a_slip(store: Store) -> None:
    assert [provider.name for provider in store.search("Shopp").providers] == ["shop", "other"]


@pytest.mark.parametrize("typed", ["zzzzqqqq", "chk", "chexkuot", "9999999", "checkout zzzzqqqq", "ßßßßß", "\ud800bcd"])
def test_what_is_like_nothing_finds_nothing(store: Store, typed: str) -> None:
    found = store.search(typed)
    assert (found.operations, found.instead) == ((), "")


def test_words_go_with_the_last_provider_that_uses_them(store: Store) -> None:
    rare = operation("Rhubarb", path="/rhubarb")
    for name in ("one", "two"):
        catalog = numbered(1, 2, name=name)
        store.replace(type(catalog)(provider=catalog.provider, operations=(rare,), definitions={}), b"")
    for name, left in (("one", 1), ("two", 0)):
        assert len(store.search("rhubrab").operations) == left + 1
        store.remove(name)
    assert store.search("rhubrab").operations == ()


def test_the_words_are_counted_without_loss(store: Store) -> None:
    for _ in range(3):
        store.replace(SHOP, b"")
    with sqlite3.connect(store.path) as connection:
        counts = dict(connection.execute("SELECT word, providers FROM word"))
    assert counts["checkout"] == 1
    assert counts["shop"] == 2
    assert min(counts.values()) == 1
