"""Fields of forms and queries, and which encoding gives their text."""

from __future__ import annotations

import pytest

from playground.messages import FormContent, NoContent
from playground.snippets.message import Message
from playground.snippets.text import Variable
from playground.snippets.urlencoded import (
    is_plain,
    is_unique,
    readable_query,
    same_percent_encoded,
    same_plus_encoded,
    same_search_params,
    sorted_by_name,
)


def message(*url: str | Variable) -> Message:
    return Message(method="GET", url=url, headers=(), content=NoContent())


@pytest.mark.parametrize(
    ("text", "plus", "percent", "search"),
    [
        ("a+b", True, False, True),
        ("a%20b", False, True, False),
        ("~", True, True, False),
        ("%7E", False, False, True),
        ("*", False, False, True),
        ("%2A", True, True, False),
    ],
)
def test_encodings_differ_in_blank_tilde_and_star(text: str, plus: bool, percent: bool, search: bool) -> None:
    values = {"a+b": "a b", "a%20b": "a b", "~": "~", "%7E": "~", "*": "*", "%2A": "*"}
    form = FormContent(pairs=(("n", values[text]),), text=f"n={text}")
    assert (same_plus_encoded(form), same_percent_encoded(form), same_search_params(form)) == (plus, percent, search)


def test_a_query_reads_better_in_fields_where_it_is_sent_the_same() -> None:
    query = readable_query(message("https://x.test/a?q=a%20b&z=1"), lambda _: True)
    assert query is not None
    assert (query.address, query.form.pairs) == ("https://x.test/a", (("q", "a b"), ("z", "1")))
    assert readable_query(message("https://x.test/a?q=a%20b&z=1"), lambda _: False) is None


@pytest.mark.parametrize(
    "url",
    [
        ("https://x.test/a",),
        ("https://x.test/a?q=1",),
        ("https://x.test/a?bare&q=1",),
        ("https://x.test/a?q=%ff&z=1",),
        ("https://x.test/a?key=", Variable("KEY")),
    ],
)
def test_a_query_stays_in_the_address_otherwise(url: tuple[str | Variable, ...]) -> None:
    assert readable_query(message(*url), lambda _: True) is None


def test_fields_are_plain_unique_and_sorted() -> None:
    form = FormContent(pairs=(("b", "1"), ("a", "2"), ("b", "3")), text="")
    assert is_plain(form) and not is_plain(FormContent(pairs=(("a", " "),), text=""))
    assert not is_unique(form)
    assert sorted_by_name(form).pairs == (("a", "2"), ("b", "1"), ("b", "3"))
