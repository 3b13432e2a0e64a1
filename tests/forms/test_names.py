"""Input names: tokens, controls, ids, places in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.forms.names import child, control, element_id, escape, is_typable, place_text, split_control, unescape


@given(st.text(), st.text())
def test_different_names_have_different_ids(one: str, other: str) -> None:
    assert (element_id(one) == element_id(other)) is (one == other)
    assert element_id(one).replace("-", "").replace("_", "").isalnum()


@given(st.text())
def test_tokens_come_back_and_hold_no_control(text: str) -> None:
    assert unescape(escape(text)) == text
    assert split_control(escape(text)) == (escape(text), "")
    assert "/" not in escape(text)


def test_names_are_those_of_the_contract() -> None:
    assert child("body/a", "x/y~z") == "body/a/x~1y~0z"
    assert split_control("metadata~as") == ("metadata", "as")
    assert control("body/a", "kept") == "body/a~kept"
    assert is_typable("ünï")
    assert not is_typable("a\nb")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("body", "body"),
        ("body/line_items/0/price", "line_items / 0 / price"),
        ("body/metadata~value/3", "metadata / 3"),
        ("query.filter", "filter"),
        ("query.filter/a~1b", "filter / a/b"),
    ],
)
def test_a_place_is_said_in_words(name: str, text: str) -> None:
    assert place_text(name) == text
