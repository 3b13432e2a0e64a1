"""Names lie many in a row, and are found as one sorted list has them."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.store.cache import RecentlyUsed
from playground.store.names import Names, Rows, change_names, write_names

TEXTS = st.text(st.characters(codec="utf-8"), max_size=4)


@pytest.fixture(scope="module")
def connection() -> Iterator[sqlite3.Connection]:
    with sqlite3.connect(":memory:") as opened:
        opened.execute("CREATE TABLE alias (id INTEGER PRIMARY KEY AUTOINCREMENT, provider, first, content)")
        yield opened


@settings(deadline=None, max_examples=60)
@given(st.sets(TEXTS, max_size=30), st.lists(TEXTS, max_size=20), st.integers(1, 9))
def test_each_is_found_and_nothing_else(
    connection: sqlite3.Connection, known: set[str], asked: list[str], together: int
) -> None:
    ordered = sorted(known)
    pairs = [(name, number) for number, name in enumerate(ordered)]
    write_names(connection, "alias", 1, dict(pairs), together)
    write_names(connection, "alias", 2, {"another": 7})
    names = Names[int](connection, "alias", 1)
    for name in [*asked, *ordered, *(name + "\x00" for name in ordered)]:
        at = bisect_left(ordered, name)
        assert names.get(name) == (at if name in known else None)
        assert list(names.following(name)) == pairs[at:]
        assert list(names.preceding(name)) == pairs[:at][::-1]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.dictionaries(TEXTS, st.integers(0, 9)), st.sets(TEXTS)), max_size=6), st.integers(1, 5))
def test_some_are_changed_and_dropped_as_in_one_mapping(
    connection: sqlite3.Connection, steps: list[tuple[dict[str, int], set[str]]], together: int
) -> None:
    known: dict[str, int] = {}
    write_names(connection, "alias", 4, known)
    for changed, dropped in steps:
        gone = dropped - changed.keys()
        change_names(connection, "alias", 4, changed, gone, together)
        known = {name: value for name, value in (known | changed).items() if name not in gone}
        assert list(Names[int](connection, "alias", 4).following("")) == sorted(known.items())


def test_a_change_leaves_the_other_rows_as_they_are(connection: sqlite3.Connection) -> None:
    write_names(connection, "alias", 5, {f"name{at:04}": at for at in range(1000)}, 100)
    select = "SELECT id FROM alias WHERE provider = 5"
    before = set(connection.execute(select))
    change_names(connection, "alias", 5, {"name0500": -1})
    assert len(before & set(connection.execute(select))) == len(before) - 1
    assert Names[int](connection, "alias", 5).get("name0500") == -1


def test_alike_names_take_a_few_bytes_each(connection: sqlite3.Connection) -> None:
    write_names(connection, "alias", 3, {f"GET /v1/accounts/{{account}}/things/{at}": at for at in range(1000)})
    (size,) = connection.execute("SELECT sum(length(content)) FROM alias WHERE provider = 3").fetchone()
    assert size < 8000
    write_names(connection, "alias", 3, {})
    assert list(Names[int](connection, "alias", 3).following("")) == []


def test_rows_that_stay_unpacked_are_those_of_their_table_and_generation(connection: sqlite3.Connection) -> None:
    rows: Rows = RecentlyUsed(100)
    connection.execute("CREATE TABLE defined (id INTEGER PRIMARY KEY AUTOINCREMENT, provider, first, content)")
    for table in ("alias", "defined"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608
        connection.execute("DELETE FROM sqlite_sequence")
    write_names(connection, "alias", 1, {"a": 1})
    write_names(connection, "defined", 1, {"a": [2]})
    for _ in range(2):
        assert Names[int](connection, "alias", 1, rows, "generation").get("a") == 1
        assert Names[list[int]](connection, "defined", 1, rows, "generation").get("a") == [2]
    connection.execute("DELETE FROM sqlite_sequence")
    write_names(connection, "alias", 1, {"a": 3})
    assert Names[int](connection, "alias", 1, rows, "another").get("a") == 3
