"""Names lie many in a row, and are found as one sorted list has them."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.store.names import Names, write_names

TEXTS = st.text(st.characters(codec="utf-8"), max_size=4)


@pytest.fixture(scope="module")
def connection() -> Iterator[sqlite3.Connection]:
    with sqlite3.connect(":memory:") as opened:
        opened.execute("CREATE TABLE alias (id INTEGER PRIMARY KEY, provider, first, content)")
        yield opened


@settings(deadline=None, max_examples=60)
@given(st.sets(TEXTS, max_size=30), st.lists(TEXTS, max_size=20), st.integers(1, 9))
def test_each_is_found_and_nothing_else(
    connection: sqlite3.Connection, known: set[str], asked: list[str], together: int
) -> None:
    ordered = sorted(known)
    pairs = [(name, number) for number, name in enumerate(ordered)]
    write_names(connection, 1, dict(pairs), together)
    write_names(connection, 2, {"another": 7})
    names = Names(connection, 1)
    for name in [*asked, *ordered, *(name + "\x00" for name in ordered)]:
        at = bisect_left(ordered, name)
        assert names.operation(name) == (at if name in known else None)
        assert list(names.following(name)) == pairs[at:]
        assert list(names.preceding(name)) == pairs[:at][::-1]


def test_alike_names_take_a_few_bytes_each(connection: sqlite3.Connection) -> None:
    write_names(connection, 3, {f"GET /v1/accounts/{{account}}/things/{at}": at for at in range(1000)})
    (size,) = connection.execute("SELECT sum(length(content)) FROM alias WHERE provider = 3").fetchone()
    assert size < 8000
    write_names(connection, 3, {})
    assert list(Names(connection, 3).following("")) == []
