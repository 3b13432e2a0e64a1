"""Words of the index are folded and say where they stand; what is looked for is folded alike."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.store.index import all_words, words_of
from playground.store.marked import ANYWHERE, NAME, OWNER, SHOWN, fold, folded_words, marked_query, marked_words


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Café", "cafe"),
        ("Überprüfung", "uberprufung"),
        ("İ", "i"),
        ("STRASSE", "strasse"),
        ("한국", "한국"),
        ("x²", "x²"),
    ],
)
def test_capitals_and_accents_do_not_matter(typed: str, kept: str) -> None:
    assert fold(typed) == kept
    assert fold(kept) == kept


def test_words_are_runs_of_letters_and_digits_each_once() -> None:
    assert list(folded_words("GET /v1/line_items?Line=1")) == ["get", "v1", "line", "items", "1"]
    assert list(folded_words("Cafe\u0301s – cafés_São")) == ["cafes", "sao"]
    assert list(folded_words("If you’re “new” – as a_user…")) == ["if", "you", "re", "new", "as", "a", "user"]


def test_a_word_is_kept_where_it_says_most() -> None:
    said = ("getOrder order", "shop order", "GET /order list", "order shop list late")
    marked = marked_words(*map(folded_words, said))
    assert marked == "ngetorder norder pshop porder sget slist olate"


def test_a_place_is_looked_in_alone() -> None:
    assert marked_query("Öl", NAME + SHOWN) == '"nol" * OR "sol" *'
    assert marked_query("Öl", OWNER, whole=True) == '"pol"'


@given(st.text(max_size=30), st.text(max_size=30))
def test_each_word_that_a_text_has_is_found(said: str, other: str) -> None:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE VIRTUAL TABLE search USING fts5 (words, detail = 'none', tokenize = 'ascii')")
        for at, content in enumerate((said, other)):
            content = content.encode("utf-8", "replace").decode()
            connection.execute(
                "INSERT INTO search (rowid, words) VALUES (?, ?)", (at, marked_words((), (), (), folded_words(content)))
            )
        for word in words_of(said):
            found = connection.execute("SELECT rowid FROM search WHERE search MATCH ?", (all_words((word,), ANYWHERE),))
            assert (0,) in found.fetchall()
