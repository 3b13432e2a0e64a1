"""Regular expressions match as another engine says, and none of them takes long; texts are written for them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.schema.expressions import matches, parsed
from playground.values.draw import Draw
from playground.values.patterns import pattern_text

PATTERNS = [
    r"^[a-z]{3}$", r"[0-9]+", r"^a|b$", r"^(a|b)*c?$", r"^\d{4}-\d{2}$", r"^[^a-z]+$", r"a{2,}b", r"^\w+(,-?\w+)*$",
    r"\bab\b", r"^(?!a)[a-c]+$", r"^(?=.*b)a.*$", r"^.{2,4}$", r"^[\w.-]+@[\w.-]+$", r"^(?:x|yy){2}$", r"^$", r"",
    r"^[-+]?[0-9]*\.?[0-9]+$", r"^\S+\s\S+$", r"[\]a]", r"^[a\-z]+$", r"\x41b", r"^A\.b\/c$", r"^(?:(?:a+)+b)+$",
    r"^[A-Z][a-z]*(?: [A-Z][a-z]*)*$", r"a.b", r"^\D+$", r"^[\d,]{1,5}$",
]  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS)
@settings(max_examples=120, deadline=None)
@given(text=st.text(alphabet="abcxyzABC0129 .,-_@/\n\tyy]", max_size=9))
def test_it_matches_as_another_engine(pattern: str, text: str) -> None:
    theirs = re.compile(re.sub(r"(?<!\\)\$", r"\\Z", pattern), re.ASCII).search(text) is not None
    assert matches(pattern, text) is theirs


@pytest.mark.parametrize("pattern", [one for one in PATTERNS if one])
def test_a_text_is_written_for_each(pattern: str) -> None:
    for seed in range(20):
        text = pattern_text(pattern, Draw(seed))
        assert text is not None
        assert re.search(pattern, text, re.ASCII), text


@pytest.mark.parametrize(
    ("pattern", "least", "most"),
    [("^[a-z]+$", 30, 30), ("^[A-Z0-9]{1,10}$", 10, 10), ("^a*$", 0, 0), ("x", 1, 1), (r"^\d{2,}$", 50, 60)],
)
def test_it_has_the_length_that_is_asked_for(pattern: str, least: int, most: int) -> None:
    text = pattern_text(pattern, Draw(1), least, most)
    assert text is not None
    assert least <= len(text) <= most


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        "a)",
        "[a",
        "a{2",
        "*",
        r"(?<=a)b",
        r"(a)\1",
        "a" * 30_000,
        "(" * 60 + ")" * 60,
        r"\q",
        "[z-a]",
        r"\u{110000}",
    ],
)
def test_what_cannot_be_read_is_not_judged(pattern: str) -> None:
    assert pattern == "a{2" or matches(pattern, "a") is None
    assert pattern == "a{2" or pattern_text(pattern, Draw(1)) is None


def test_what_another_script_writes_is_a_letter() -> None:
    assert matches(r"^\p{L}+$", "Zoë漢字") is True
    assert matches(r"^\p{L}+$", "a1") is False
    assert matches(r"^\u00e4$", "ä") is True


@pytest.mark.cpu(30)
@pytest.mark.parametrize("pattern", [r"^(a+)+$", r"^(a|a)*$", r"^(a*)*b$", r"(.*)*x", r"^(a|aa|aaa)+$", r"(\w+\s?)+$!"])
def test_no_expression_takes_long(pattern: str) -> None:
    for length in (30, 3000, 100_000):
        matches(pattern, "a" * length + "!")


@pytest.mark.cpu(30)
def test_writing_is_bounded() -> None:
    assert pattern_text("a{500000}", Draw(1)) is None
    assert pattern_text("((((a{99}){99}){99}){99})", Draw(1)) is None
    assert parsed("(a{99}){99}") is not None
