"""The cache of an entry: one value of each class, made once."""

from __future__ import annotations

from dataclasses import replace

from playground.catalog.model import Entry, Operation, Provider

ENTRY = Entry(
    provider=Provider(name="shop", title="Shop"),
    operation=Operation(name="ping", method="GET", path="/ping"),
    definitions={},
)


def test_a_derived_value_is_made_once_for_each_class() -> None:
    made: list[str] = []

    def make() -> list[str]:
        made.append("x")
        return made

    assert ENTRY.cache.get(list, make) is ENTRY.cache.get(list, make) is made
    assert made == ["x"]
    assert ENTRY.cache.get(dict, dict) == {}
    assert len(ENTRY.cache) == 2


def test_the_cache_is_no_part_of_the_value_and_is_not_copied() -> None:
    other = replace(ENTRY)
    assert other == ENTRY
    assert len(other.cache) == 0
