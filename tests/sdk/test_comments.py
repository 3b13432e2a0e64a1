"""Descriptions as comments that stay comments."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from playground.sdk.comments import comment


def test_a_short_text_is_one_line_and_a_long_one_is_broken() -> None:
    assert comment(["An id."], indent="  ") == "  /** An id. */\n"
    lines = comment(["word " * 100]).splitlines()
    assert lines[0] == "/**" and lines[-1] == " */" and all(len(line) < 125 for line in lines)


def test_nothing_to_say_is_no_comment() -> None:
    assert comment(["", "  \n"]) == ""
    assert comment([""], deprecated=True) == "/** @deprecated */\n"


@given(st.lists(st.one_of(st.text(), st.text("*/@ts-ignore \n\\<>", max_size=80)), max_size=3))
def test_a_text_never_ends_its_comment_or_orders_the_compiler(texts: list[str]) -> None:
    written = comment(texts)
    assert written.count("*/") == bool(written)
    assert not written or written.endswith("*/\n")
    assert not any(f" @{word}" in written for word in ("ts-ignore", "ts-expect-error", "ts-nocheck", "deprecated"))


def test_orders_to_the_compiler_are_only_text() -> None:
    assert comment(["@ts-ignore"]) == "/** \\@ts-ignore */\n"
    assert comment(["write to a@b.example"]) == "/** write to a@b.example */\n"


def test_a_long_text_is_cut_between_words() -> None:
    assert comment(["one two three"], longest=8) == "/** one two … */\n" or "…" in comment(["one two three"], longest=8)
