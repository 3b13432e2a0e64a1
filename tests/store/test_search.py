"""Search finds by any word of an operation, the likeliest first, and never minds what is typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.store import Store, open_store
from tests.store.catalogs import SHOP, numbered


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("search") / "catalog.sqlite") as opened:
        opened.replace(SHOP, b"")
        opened.replace(numbered(3, 300, name="other/shop"), b"")
        yield opened


def _names(store: Store, text: str) -> list[str]:
    return [one.name for one in store.search(text).operations]


@pytest.mark.parametrize(
    "text",
    [
        "postcheckoutsessionssession", "PostCheckout", "checkout sessi", "Update a session", "v1/checkout",
        "line_items", "line items", "customer pay", "shop checkout", "POST sessions", "chèckout",
    ],
)  # fmt: skip
def test_an_operation_is_found_by_beginnings_of_its_words(store: Store, text: str) -> None:
    assert _names(store, text)[0] == "postcheckoutsessionssession"


def test_accents_do_not_matter(store: Store) -> None:
    assert _names(store, "uberprufung") == ["ping"]


def test_an_exact_name_comes_first(store: Store) -> None:
    assert _names(store, "op7")[0] == "op7"
    assert _names(store, "Op12")[0] == "op12"
    assert _names(store, "getorder")[0] == "getorder"


def test_providers_come_with_it(store: Store) -> None:
    assert [one.name for one in store.search("shop").providers] == ["shop", "other/shop"]
    assert [one.name for one in store.search("other/shop").providers] == ["other/shop"]


def test_no_more_than_asked_for(store: Store) -> None:
    assert len(store.search("op", limit=7).operations) == 7
    assert store.search("op", limit=7).operations == store.search("op", limit=20).operations[:7]


@pytest.mark.parametrize(
    "text",
    [
        "", " ", '"', "'", "*", "a*", "^a", "name:a", "{name} : a", "a AND", "NEAR(a b)",
        "NOT", "OR OR", "(", "-a", "a-b",
        "\0", "a\0b", "\ud800", "ª", "ß", "İ", "𐐀", "🎉", "ꟊ", "a" * 100_000, "a " * 5000,
        "%", "_", ";", "--", "ﬀ", "\u0301",
    ],
)  # fmt: skip
def test_odd_texts_never_raise(store: Store, text: str) -> None:
    store.search(text)
    store.operations("shop", query=text)
    store.providers(text)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=30) | st.text(st.characters(categories=["L", "N", "M", "Cs"]), max_size=10))
def test_any_text_is_a_query(store: Store, text: str) -> None:
    store.search(text)
    store.operations("shop", query=text)
    store.providers(text)
