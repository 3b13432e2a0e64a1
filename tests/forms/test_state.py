"""The submitted inputs of a form."""

from __future__ import annotations

from playground.forms.names import child
from playground.forms.state import FormState, is_count, item_tokens, row_tokens


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
    state = FormState.of([(f"body/rows/{n}/a/b/c", "x") for n in range(5000)] + [("body" + "/a" * 100_000, "x")])
    assert len(state.children("body/rows")) == 5000


def test_rows_come_in_submitted_order_then_the_others_by_number() -> None:
    state = FormState.of([("body/a/10", "x"), ("body/a/2", "y"), ("body/a~item", "10"), ("body/a~item", "x")])
    assert item_tokens(state, "body/a") == ("10", "2")
    state = FormState.of([("body/m~value/4", "v"), ("body/m~key/3", "k"), ("body/m~row", "4"), ("body/m~row", "4")])
    assert row_tokens(state, "body/m") == ("4", "3")


def test_a_count_is_a_short_number_of_ascii_digits() -> None:
    assert [is_count(token) for token in ("0", "12", "", "-1", "1.5", "٣", "1234567890")] == [True, True, *[False] * 5]
