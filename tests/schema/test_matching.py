"""Patterns as hints: simple ones are run, hostile ones never."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.schema.regex import pattern_problem


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
    ],
)
def test_a_simple_pattern_is_checked(pattern: str, fitting: str, wrong: str) -> None:
    assert pattern_problem(pattern, fitting) == ""
    assert pattern_problem(pattern, wrong) == f"This does not match the pattern {pattern}."


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "a*a*a*a*b",
        "(?=x)",
        r"(.)\1",
        r"\p{L}+",
        "[a-z&&[aeiou]]",
        "[",
        "a{1",
        "x|y",
        "a{9999}",
        "^(" * 90,
        "",
    ],
)
def test_what_could_take_long_or_is_not_known_is_never_wrong(pattern: str) -> None:
    assert pattern_problem(pattern, "a" * 500 + "!") == ""


@given(st.text("ab.*+?{}[]()^$\\d-1,|&~", max_size=20), st.text("ab1-", max_size=300))
def test_no_pattern_breaks_or_takes_long(pattern: str, text: str) -> None:
    started = time.process_time()
    pattern_problem(pattern, text)
    assert time.process_time() - started < 1
