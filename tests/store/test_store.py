"""What the store gives back of what it was given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from playground.catalog.model import Catalog, Provider
from playground.store import OperationNotFound, ProviderNotFound, Retention, Store, StoreError, TagCount, open_store
from playground.store.index import all_words, matching
from playground.store.packing import pack
from playground.store.source import squeeze
from tests.store.catalogs import SHOP, numbered, operation


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "new folder" / "catalog.sqlite") as opened:
        opened.replace(SHOP, b"{}")
        yield opened


def test_a_new_catalogue_is_empty(tmp_path: Path) -> None:
    with open_store(tmp_path / "catalog.sqlite") as store:
        assert store.providers() == ()
        assert store.search("a").operations == ()


def test_it_gives_back_what_was_put_in(store: Store) -> None:
    assert store.provider("shop") == SHOP.provider
    for one in SHOP.operations:
        entry = store.entry("shop", one.name)
        assert entry.operation == one
        assert entry.provider == SHOP.provider
        assert dict(entry.definitions) == SHOP.definitions
    assert len(store.entry("shop", "ping").definitions) == 3
    assert "nothing" not in store.entry("shop", "ping").definitions


def test_it_survives_being_opened_again(store: Store) -> None:
    with open_store(store.path) as again:
        assert again.entry("shop", "getorder").operation == SHOP.operations[2]
        assert again.generation("shop") == store.generation("shop")


def test_numbers_in_schemas_are_exact(store: Store) -> None:
    schema = store.entry("shop", "ping").definitions["item"]
    assert isinstance(schema, dict)
    assert schema["properties"]["n"]["maximum"] == 2**70


def test_the_source_comes_back_byte_for_byte(store: Store) -> None:
    document = '{"é": 1}\n'.encode() * 1000
    store.replace(SHOP, document)
    assert store.source("shop") == document


@pytest.mark.parametrize(
    "name",
    [
        "postcheckoutsessionssession",
        "postCheckoutSessionsSession",
        "PostCheckoutSessionsSession",
        "POST /v1/checkout/sessions/{session}",
        "post /v1/checkout/sessions/{session}",
    ],
)
def test_every_accepted_name_finds_the_operation(store: Store, name: str) -> None:
    assert store.entry("shop", name).operation == SHOP.operations[0]


def test_a_canonical_name_wins_over_another_operations_client_name(tmp_path: Path) -> None:
    first, second = operation("GetIt", path="/1"), operation("x", path="/2")
    second = replace(second, name="getIt")  # what the first one's client name is as well
    with open_store(tmp_path / "c.sqlite") as store:
        store.replace(Catalog(provider=Provider(name="p", title="P"), operations=(first, second), definitions={}), b"")
        assert store.entry("p", "getIt").operation == second
        assert store.entry("p", "getit").operation == first


def test_unknown_names_say_so_and_what_looks_like_them(store: Store) -> None:
    with pytest.raises(ProviderNotFound, match=r'^There is no provider "sho": did you mean "shop"\.$'):
        store.provider("sho")
    with pytest.raises(ProviderNotFound, match="look its name up in the list of providers"):
        store.generation("nosuch")
    with pytest.raises(OperationNotFound, match='no operation "nosuch": look its name up') as caught:
        store.entry("shop", "nosuch")
    assert caught.value.suggestions == ()
    with pytest.raises(OperationNotFound) as caught:
        store.entry("shop", "postCheckoutSession")
    assert caught.value.suggestions == ("postcheckoutsessionssession",)


@pytest.mark.parametrize("name", ["\ud800", "\0", "x" * 100_000, "a\nb", "'; DROP TABLE provider; --", "", "/", "%"])
def test_hostile_names_are_only_unknown(store: Store, name: str) -> None:
    for ask in (store.provider, store.generation, store.source, store.tags, store.locate, store.remove):
        with pytest.raises(ProviderNotFound) as caught:
            ask(name)
        assert str(caught.value).isprintable() and len(str(caught.value)) < 300
    with pytest.raises(OperationNotFound):
        store.entry("shop", name)
    assert store.operations("shop", tag=name) == (() if name else store.operations("shop", tag=""))


def test_operations_are_listed_in_order_by_tag_and_in_parts(store: Store) -> None:
    names = [one.name for one in store.operations("shop")]
    assert names == [one.name for one in SHOP.operations]
    assert [one.name for one in store.operations("shop", tag="orders")] == ["orders.listForUser", "getorder"]
    assert [one.name for one in store.operations("shop", tag="users")] == ["orders.listForUser"]
    assert [one.name for one in store.operations("shop", tag="")] == ["ping"]
    assert [one.name for one in store.operations("shop", limit=2, offset=1)] == names[1:3]
    shown = store.operations("shop", tag="orders")[1]
    assert (shown.provider_title, shown.method, shown.path, shown.tag, shown.deprecated) == (
        "Shop API", "GET", "/v1/orders/{id}", "orders", True,
    )  # fmt: skip


def test_operations_are_filtered_by_words(store: Store) -> None:
    def names(query: str, tag: str | None = None) -> list[str]:
        return [one.name for one in store.operations("shop", query=query, tag=tag)]

    assert names("ord") == ["orders.listForUser", "getorder"]
    assert names("line_items") == ["postcheckoutsessionssession"]
    assert names("list", tag="checkout") == []
    assert names("%") == []


def test_what_a_filter_finds_in_what_is_shown_stands_above_what_is_only_told(tmp_path: Path) -> None:
    long = "Reads what is written down. " * 4 + "In a calendar."
    told = tuple(operation(f"Told{number}", path=f"/{number}", description=long) for number in range(3))
    named = operation("Calendars", path="/calendars"), operation("Last", path="/last", summary="Reads a Calendar")
    with open_store(tmp_path / "catalog.sqlite") as store:
        store.replace(Catalog(provider=Provider(name="p", title="P"), operations=(*told, *named), definitions={}), b"")
        found = [one.name for one in store.operations("p", query="calendar")]
        assert found == ["calendars", "last", "told0", "told1", "told2"]
        assert [one.name for one in store.operations("p", query="calendar", limit=2, offset=1)] == ["last", "told0"]


def test_tags_count_their_operations(store: Store) -> None:
    assert store.tags("shop") == (
        TagCount(name="orders", title="Orders and returns", count=2),
        TagCount(name="checkout", title="", count=1),
        TagCount(name="users", title="", count=1),
        TagCount(name="", title="", count=1),
    )


def test_providers_are_listed_and_filtered(store: Store) -> None:
    store.replace(numbered(7, name="google/books"), b"")
    assert [(provider.name, provider.operations) for provider in store.providers()] == [
        ("google/books", 40),
        ("shop", 4),
    ]
    assert [provider.name for provider in store.filter_providers("SHOP").providers] == ["shop", "google/books"]
    assert [provider.name for provider in store.filter_providers("sells").providers] == ["shop"]
    assert store.filter_providers("sells nothing").providers == ()


def test_locate_takes_the_longest_provider_that_has_the_operation(store: Store) -> None:
    store.replace(numbered(1, name="google"), b"")
    store.replace(numbered(1, name="google/books"), b"")
    assert store.locate("google/books/op1") == ("google/books", "op1")
    assert store.locate("google/books") == ("google/books", "")
    assert store.locate("/google/books/") == ("google/books", "")
    assert store.locate("google/op1") == ("google", "op1")
    assert store.locate("google/nosuch/op1") == ("google", "nosuch/op1")
    assert store.locate("shop/orders/list-for-user") == ("shop", "orders/list-for-user")
    assert store.locate("shop/GET /v1/orders") == ("shop", "GET /v1/orders")
    store.replace(numbered(1, name="shop/orders"), b"")
    assert store.locate("shop/orders/list-for-user") == ("shop", "orders/list-for-user")
    with pytest.raises(ProviderNotFound):
        store.locate("nosuch/op")


def test_replacing_leaves_nothing_of_the_old_state(store: Store) -> None:
    before = store.generation("shop"), store.revision()
    store.replace(numbered(5), b"new")
    assert store.generation("shop") != before[0]
    assert store.revision() != before[1]
    assert [provider.name for provider in store.providers()] == ["shop"]
    assert len(store.operations("shop")) == 40
    assert store.search("checkout").operations == ()
    assert store.source("shop") == b"new"
    with pytest.raises(OperationNotFound):
        store.entry("shop", "ping")


def test_nothing_of_the_old_state_stays_in_the_index(store: Store) -> None:
    store.replace(numbered(5), b"")
    with store._connections.reading() as connection:
        for word in ("checkout", "session", "line", "customer", "uberprufung", "orders", "sells"):
            assert matching(connection, all_words((word,))) == [], word
        assert len(matching(connection, all_words(("number",)))) == 40


def test_an_entry_keeps_its_own_definitions_when_its_provider_is_replaced(store: Store) -> None:
    entry = store.entry("shop", "ping")
    store.replace(numbered(5), b"")
    assert dict(entry.definitions) == SHOP.definitions
    assert store.entry("shop", "op1").definitions["d1"] == {"const": 5}


def test_old_definitions_go_in_the_end(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = store.entry("shop", "ping")
    store.replace(numbered(5), b"")
    monkeypatch.setattr("playground.store.versions.GRACE_SECONDS", -1.0)
    with open_store(store.path, retention=Retention(1)) as other:
        other.replace(numbered(6), b"")
    assert len(entry.definitions) == 0


def test_a_removed_provider_is_gone(store: Store) -> None:
    store.remove("shop")
    assert store.providers() == ()
    assert store.search("checkout").operations == ()
    with pytest.raises(ProviderNotFound):
        store.entry("shop", "ping")
    with pytest.raises(ProviderNotFound):
        store.remove("shop")


def test_a_bundled_description_is_refreshed_only_while_it_is_ours(store: Store) -> None:
    assert store.outdated({"tour": "1", "shop": "1"}) == ("tour",)
    store.write_bundled(pack(numbered(1, name="tour"), b""), "1")
    assert store.outdated({"tour": "1"}) == ()
    assert store.outdated({"tour": "2"}) == ("tour",)
    store.replace(numbered(9, name="tour"), b"")
    assert store.outdated({"tour": "2"}) == ()
    store.write_bundled(pack(numbered(2, name="tour"), b""), "2")
    assert store.provider("tour").version == "9"


def test_a_removed_bundled_description_stays_away(store: Store) -> None:
    store.write_bundled(pack(numbered(1, name="tour"), b""), "1")
    store.remove("tour")
    assert store.outdated({"tour": "2"}) == ()


def test_a_snapshot_sees_one_state(store: Store) -> None:
    with store.snapshot():
        generation = store.generation("shop")
        with open_store(store.path) as other:
            other.replace(numbered(5), b"")
        assert store.generation("shop") == generation
        assert store.entry("shop", "ping").operation == SHOP.operations[3]
    assert store.generation("shop") != generation


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    with pytest.raises(StoreError):
        store.providers()


def test_a_lone_surrogate_in_a_description_does_not_stop_it(store: Store) -> None:
    odd = operation("odd", summary="a \ud800 b", description="\udfff", tags=("\ud801",))
    store.replace(
        Catalog(provider=Provider(name="odd", title="\ud800"), operations=(odd,), definitions={"\ud800": {}}), b""
    )
    assert store.entry("odd", "odd").operation == odd
    assert store.operations("odd")[0].summary == "a ? b"
    assert store.entry("odd", "odd").definitions["\ud800"] == {}


def test_a_source_may_be_given_squeezed(store: Store) -> None:
    document = b'{"a": 1}' * 100
    store.write(pack(SHOP, squeeze(document)))
    assert store.source("shop") == document
    given, squeezed = pack(SHOP, document), pack(SHOP, squeeze(document))
    assert replace(given, source=()) == replace(squeezed, source=())
    store.write(given)
    assert store.source("shop") == document
