"""Search finds by any word of an operation, the likeliest first, and never minds what is typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.catalog.model import Catalog, Operation, Provider
from playground.store import Store, open_store
from tests.store.catalogs import SHOP, numbered, operation


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
    assert [provider.name for provider in store.search("shop").providers] == ["shop", "other/shop"]
    assert [provider.name for provider in store.search("other/shop").providers] == ["other/shop"]


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
    store.filter_providers(text)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text(max_size=30) | st.text(st.characters(categories=["L", "N", "M", "Cs"]), max_size=10))
def test_any_text_is_a_query(store: Store, text: str) -> None:
    store.search(text)
    store.operations("shop", query=text)
    store.filter_providers(text)


def test_a_whole_word_stands_above_its_longer_relatives(tmp_path: Path) -> None:
    with open_store(tmp_path / "catalog.sqlite") as store:
        store.replace(numbered(1, 300, name="first"), b"")
        many = tuple(operation(f"ListUsersOf{number}", path=f"/{number}") for number in range(300))
        store.replace(_catalog("many", many), b"")
        store.replace(_catalog("wanted", (operation("ListUsers", path="/users"),)), b"")
        assert store.search("listusers").operations[0].provider == "wanted"


def test_words_that_make_a_name_find_it_among_many_that_hold_them(tmp_path: Path) -> None:
    with open_store(tmp_path / "catalog.sqlite") as store:
        many = tuple(operation(f"Create_Customer_Invoice{number}", path=f"/{number}") for number in range(300))
        store.replace(_catalog("many", many), b"")
        old = replace(operation("Make", path="/make"), summary="Create customer", deprecated=True)
        store.replace(_catalog("wanted", (old, operation("CreateCustomer", path="/customers"))), b"")
        for typed in ("create customer", "Create a customer", "create the Customer"):
            assert store.search(typed).operations[0].name == "createcustomer"
        assert [one.name for one in store.search("wanted create customer").operations] == ["createcustomer", "make"]


def test_what_only_a_description_says_comes_after_names(tmp_path: Path) -> None:
    with open_store(tmp_path / "catalog.sqlite") as store:
        said = tuple(operation(f"Op{n}", path=f"/{n}", description="about parcels") for n in range(300))
        store.replace(_catalog("said", said), b"")
        store.replace(_catalog("named", (operation("TrackParcel", path="/parcels", summary="Track"),)), b"")
        found = store.search("parcel").operations
        assert found[0].name == "trackparcel"
        assert len(found) == 20


def test_providers_are_found_by_words_inside_a_name_and_by_what_they_say(tmp_path: Path) -> None:
    with open_store(tmp_path / "catalog.sqlite") as store:
        for name, title, told in (("github.com", "GitHub", "Code"), ("pay.example", "Pay", "Moves money")):
            provider = Provider(name=name, title=title, description=told)
            store.replace(Catalog(provider=provider, operations=(), definitions={}), b"")
        assert [one.name for one in store.search("hub").providers] == ["github.com"]
        assert [one.name for one in store.search("money").providers] == ["pay.example"]
        assert [one.name for one in store.search("ithub").providers] == ["github.com"]


def test_so_many_providers_as_asked_for(store: Store) -> None:
    assert [provider.name for provider in store.search("shop", 5, 1).providers] == ["shop"]
    assert len(store.search("op", 5, 1).operations) == 5


def test_the_filter_of_providers_forgives_a_slip(store: Store) -> None:
    found = store.filter_providers("shpo sells")
    assert [provider.name for provider in found.providers] == ["shop"]
    assert found.instead == "shop sells"
    assert store.filter_providers("zzzzzz").providers == ()
    assert store.filter_providers("zzzzzz").instead == ""


def test_tidying_changes_nothing_that_is_found(tmp_path: Path) -> None:
    with open_store(tmp_path / "catalog.sqlite") as store:
        for number in range(12):
            store.replace(numbered(number, 5, name=f"p{number}"), b"")
        store.remove("p3")
        before = store.search("op1"), store.search("shop"), store.search("number")
        store.tidy()
        assert (store.search("op1"), store.search("shop"), store.search("number")) == before
        store.replace(SHOP, b"")
        assert _names(store, "checkout") == ["postcheckoutsessionssession"]


def _catalog(name: str, operations: tuple[Operation, ...]) -> Catalog:
    return Catalog(provider=Provider(name=name, title=name), operations=operations, definitions={})
