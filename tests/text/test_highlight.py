from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.snippets.registry import TARGETS
from playground.text.highlight import LONGEST, longest, tokens
from tests.support.rows import crossed

NESTED = ["[" * LONGEST, '"' + "\\" * (LONGEST - 1), "<" * LONGEST, "$(" * (LONGEST // 2)]
LEXERS = ["json", "xml", "html", "yaml", *sorted({target.lexer for target in TARGETS} - {"text"})]


@given(st.text(), st.sampled_from(LEXERS))
def test_pieces_joined_are_the_text(text: str, lexer: str) -> None:
    assert "".join(part for _, part in tokens(text, lexer)) == text


def test_json_keys_strings_and_numbers_have_classes() -> None:
    pieces = tokens('{"id": 1, "a": "b"}', "json")
    assert ("nt", '"id"') in pieces
    assert ("mi", "1") in pieces
    assert ("s2", '"b"') in pieces


@pytest.mark.parametrize("lexer", LEXERS)
def test_every_lexer_that_is_used_exists(lexer: str) -> None:
    assert any(name for name, _ in tokens("'a' \"b\" 1 <c>", lexer))


def test_unknown_lexer_and_long_text_stay_plain() -> None:
    assert tokens("{}", "no-such") == (("", "{}"),)
    long = "[" + "1," * LONGEST
    assert tokens(long, "json") == (("", long),)


def test_classes_are_plain_words() -> None:
    for lexer in LEXERS:
        for name, _ in tokens("<a b='c'>&amp; {\"k\": 1.0, x: `y ${z}`} # c\n", lexer):
            assert name == "" or name.isalnum()


@pytest.mark.parametrize(("lexer", "text"), crossed(LEXERS, NESTED))
def test_no_text_takes_long(text: str, lexer: str) -> None:
    start = time.thread_time()  # the machine may have other work
    tokens(text[: longest(lexer)], lexer)
    assert time.thread_time() - start < 5
