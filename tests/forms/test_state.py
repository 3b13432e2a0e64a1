"""Form states and input names."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from playground.forms.names import child, element_id, escape, split_control, unescape
from playground.forms.state import FormState


@given(st.text(), st.text())
def test_different_names_have_different_ids(one: str, other: str) -> None:
    assert (element_id(one) == element_id(other)) is (one == other)
    assert element_id(one).replace("-", "").replace("_", "").isalnum()


@given(st.text())
def test_tokens_come_back_and_hold_no_control(text: str) -> None:
    assert unescape(escape(text)) == text
    assert split_control(escape(text)) == (escape(text), "")
    assert "/" not in escape(text)


def test_children_and_touched_see_controls_and_depth() -> None:
    state = FormState.of([("body/a~value/0/b", "1"), (child("body", "x/y"), "2"), ("query.q~as", "null")])
    assert state.children("body") == ("a", "x~1y")
    assert state.children("body/a~value") == ("0",)
    assert state.touched("body/a")
    assert state.touched("query.q")
    assert not state.touched("body/b")


def test_below_and_without_below_part_the_inputs() -> None:
    state = FormState.of([("body/a", "1"), ("body/a/b", "2"), ("body/a~as", ""), ("body/ab", "3")])
    assert state.below("body/a").names() == ("body/a", "body/a/b", "body/a~as")
    assert state.without_below("body/a").names() == ("body/ab",)


def test_a_browsers_line_breaks_are_read_as_typed() -> None:
    assert FormState.submitted([("body", "a\r\nb")]).get("body") == "a\nb"


def test_five_thousand_inputs_and_a_hostile_name_are_no_trouble() -> None:
    started = time.perf_counter()
    state = FormState.of([(f"body/rows/{n}/a/b/c", "x") for n in range(5000)] + [("body" + "/a" * 100_000, "x")])
    assert len(state.children("body/rows")) == 5000
    assert time.perf_counter() - started < 2
