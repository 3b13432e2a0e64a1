"""Patterns: simple ones are run, hostile ones never; a text that matches one."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.schema.regex import matches, pattern_problem, text_for


@pytest.mark.parametrize(
    ("pattern", "fitting", "wrong"),
    [
        (r"^[A-Z]{3}$", "EUR", "eur"),
        (r"^\d{4}-\d{2}$", "2024-05", "2024-5"),
        (r"^[\w-]+$", "a_b-c", "a b"),
        (r"^[a-z0-9][a-z0-9_-]{0,62}$", "a-b", "-a"),
        (r"^acct_[A-Za-z0-9]+", "acct_1", "acct"),
        (r"[0-9]", "a1", "a"),
        (r"^https?:\/\/.+$", "https://a", "ftp://a"),
        (r"^[^/]*$", "a", "a/b"),
        (r"^$", "", "a"),
        (r"^a\.b$", "a.b", "axb"),
        (r"^\d+$", "1", "1\n"),
        (r"^\s$", "\u2003", "\u200b"),
        (r"^\cC$", "\x03", r"\cC"),
        (r"^\p{digit}+$", "\u09ea2", "-%#"),
        (r"^\p{Uppercase_Letter}$", "A", "a"),
        (r"^\S$", "\u200b", "\u00a0"),
    ],
)
def test_a_simple_pattern_is_checked(pattern: str, fitting: str, wrong: str) -> None:
    assert pattern_problem(pattern, fitting) == ""
    assert pattern_problem(pattern, wrong) == f"This does not match the pattern {pattern}."


@pytest.mark.parametrize(
    "pattern",
    [
        r"(.)\1",
        r"\p{L}+",
        "[a-z&&[aeiou]]",
        "[",
        "a{1",
        "^(" * 90,
        "",
    ],
)
def test_what_is_not_known_is_never_wrong(pattern: str) -> None:
    assert pattern_problem(pattern, "a" * 500 + "!") == ""


@pytest.mark.cpu(20)
@pytest.mark.parametrize("pattern", ["(a+)+$", "a*a*a*a*b", "(?=x)", "x|y", "a{9999}"])
def test_what_could_take_long_is_checked_without_going_back(pattern: str) -> None:
    assert pattern_problem(pattern, "a" * 500 + "!") != ""


@given(st.text("ab.*+?{}[]()^$\\d-1,|&~", max_size=20), st.text("ab1-", max_size=300))
def test_no_pattern_breaks_or_takes_long(pattern: str, text: str) -> None:
    started = time.process_time()
    pattern_problem(pattern, text)
    assert time.process_time() - started < 1


def test_a_pattern_that_cannot_be_read_is_neither_found_nor_missing() -> None:
    assert matches("^a", "ab") is True
    assert matches("^a", "ba") is False
    assert matches("", "x") is True
    assert matches("(a+)+$", "a" * 30 + "!") is False
    assert matches("^a", "b" * 2000) is False
    assert matches("(a)\\1", "aa") is None


@pytest.mark.parametrize("pattern", ["^(?=a)b$", "(a)\\1", "\\p{L}+", "[", "(", "a{99999}", "x" * 300, "*"])
def test_patterns_that_are_not_simple_give_nothing(pattern: str) -> None:
    assert text_for(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("^cus_[a-z0-9]{4}$", "cus_aaaa"),
        ("a|b", "a"),
        ("^(GET|POST)$", "GET"),
        ("\\d+(\\.\\d{2})?", "7.77"),
        ("[^/]+", "a"),
    ],
)
def test_simple_patterns_give_a_text(pattern: str, text: str) -> None:
    assert text_for(pattern) == text
    assert re.search(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "least", "length"),
    [
        ("^[0-9a-f]+$", 40, 40),
        ("^(ab)+c$", 10, 11),
        ("^id_\\w{4,}$", 12, 12),
        ("^x{2,30}$", 9, 9),
        ("^[A-Z]{3}$", 9, 3),
    ],
)
def test_a_text_is_as_long_as_its_pattern_allows(pattern: str, least: int, length: int) -> None:
    text = text_for(pattern, least)
    assert text is not None
    assert len(text) == length
    assert re.search(pattern, text)
