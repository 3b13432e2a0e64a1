"""JavaScript literals, read back by Node."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.snippets.languages.javascript import literals as js
from playground.snippets.text import Variable
from playground.text.visible import has_hidden
from tests.support.snippets.node import evaluate, in_batches, needs_node, texts, values


def _utf16(text: str) -> str:
    return text.encode("utf-16-be", "surrogatepass").decode("utf-16-be", "surrogatepass")


@needs_node
@given(st.lists(texts, min_size=1, max_size=40))
@in_batches
def test_string_is_the_text(given_texts: list[str]) -> None:
    assert evaluate([js.string(text) for text in given_texts]) == [_utf16(text) for text in given_texts]


@needs_node
@given(st.lists(texts, min_size=1, max_size=40))
@in_batches
def test_template_is_the_text_around_the_variable(given_texts: list[str]) -> None:
    secret = "`${process.exit(3)}'\\"
    written = [js.JavaScript().text((text, Variable("SECRET"), text)) for text in given_texts]
    expected = [_utf16(text) + secret + _utf16(text) for text in given_texts]
    assert evaluate(written, {"SECRET": secret, "PATH": "/usr/local/bin:/usr/bin:/bin"}) == expected


@needs_node
@given(st.lists(st.binary(), min_size=1, max_size=40))
@in_batches
def test_bytes_are_the_bytes(datas: list[bytes]) -> None:
    written = evaluate([f"{js.JavaScript().bytes_of(data)}.toString('hex')" for data in datas])
    assert written == [data.hex() for data in datas]


@given(values)
def test_literal_holds_no_hidden_character_and_no_markup(value: Any) -> None:
    text = js.JavaScript().value(value)
    assert not has_hidden(text, allow="\n")
    assert "</script" not in text.lower()
    assert "<!--" not in text


@given(values)
def test_lines_end_with_commas_inside_long_literals(value: Any) -> None:
    lines = js.JavaScript().value(value).split("\n")
    assert all(line[-1] in ",{[" for line in lines[:-1])


@pytest.mark.parametrize(
    ("name", "written"),
    [("listForUser", ".listForUser"), ("2nd", "['2nd']"), ("a-b", "['a-b']"), ("delete", ".delete")],
)
def test_member_is_a_dot_where_it_can_be(name: str, written: str) -> None:
    assert js.member(name) == written


@pytest.mark.parametrize(
    ("name", "variable"),
    [("stripe", "stripe"), ("google/books", "google_books"), ("1forge", "_1forge"), ("new", "_new"), ("é", "_")],
)
def test_identifier_is_one(name: str, variable: str) -> None:
    assert js.identifier(name) == variable


def test_short_objects_stay_on_one_line_and_long_ones_open() -> None:
    assert js.JavaScript().value({"a": 1, "b-c": ["x"], "e": {}}) == "{ a: 1, 'b-c': ['x'], e: {} }"
    assert js.JavaScript().value({"a": "x" * 40, "b": "y" * 40}) == f"{{\n  a: '{'x' * 40}',\n  b: '{'y' * 40}',\n}}"


def test_prototype_key_is_an_own_property() -> None:
    assert js.key("__proto__") == "['__proto__']"
