"""What is kept at hand: bounded, and never another generation's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from playground.forms.shape import shapes_of
from playground.store import open_store
from playground.store.cache import RecentlyUsed
from tests.store.catalogs import SHOP, numbered


def test_an_operation_asked_for_again_is_the_same_until_its_provider_is_replaced(tmp_path: Path) -> None:
    with open_store(tmp_path / "catalog.sqlite") as store:
        store.replace(SHOP, b"")
        entry = store.entry("shop", "ping")
        assert store.entry("shop", "ping") is entry
        shapes_of(entry)
        store.replace(SHOP, b"")
        assert store.entry("shop", "ping") is entry, "nothing differs"
        store.replace(replace(SHOP, provider=replace(SHOP.provider, title="Other")), b"")
        again = store.entry("shop", "ping")
        assert again is not entry
        assert again.operation == entry.operation
        assert len(again.cache) == 0
        store.replace(numbered(1), b"")
        assert store.entry("shop", "op1").definitions["d1"] == {"const": 1}


def test_what_was_not_used_for_longest_goes_first() -> None:
    kept = RecentlyUsed[str, int](limit=10)
    kept.put("a", 1, 4)
    kept.put("b", 2, 4)
    assert kept.get("a") == 1
    kept.put("c", 3, 4)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (1, None, 3)
    kept.put("large", 4, 11)
    assert (kept.get("large"), kept.get("a")) == (None, 1), "what is too large takes nobody's place"


def test_what_alone_takes_much_is_not_kept() -> None:
    kept = RecentlyUsed[str, str](limit=1000, largest=10)
    kept.put("large", "x", 11)
    kept.put("small", "x", 10)
    assert (kept.get("large"), kept.get("small")) == (None, "x")


def test_a_value_put_again_is_weighed_once() -> None:
    kept = RecentlyUsed[str, str](limit=1000)
    kept.put("other", "x", 10)
    for _ in range(500):
        kept.put("same", "x", 10)
    assert kept.get("other") == "x"
