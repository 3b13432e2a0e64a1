"""Descriptions as plain words: nothing of their markup, nothing lost that only looks like a tag."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.text.markdown import (
    _PLAIN,
    _first_paragraph,
    _first_words,
    _parsed,
    first_sentence,
    plain_line,
    plain_text,
    render_markdown,
)


def test_plain_text_has_no_markup() -> None:
    assert plain_text("Use **it** <b>and</b> &amp; `x < y`") == "Use it and & x < y"
    assert plain_text("word " * 100, 20) == "word word word…"
    assert plain_text("Send <API_KEY> to <your host>") == "Send <API_KEY> to <your host>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("List  pets", "List pets"),
        ("**List** _all_ `pets` of [a shop](https://example.com)", "List all pets of a shop"),
        ("1. Create a thing", "1. Create a thing"),
        ("# Things", "# Things"),
        ("Get <b>one</b> of {id} &amp; more", "Get one of {id} & more"),
        ("get_user_by_id", "get_user_by_id"),
        ("Send a <token>", "Send a <token>"),
        ("<script>alert(1)</script>", ""),
        (" ", ""),
    ],
)
def test_a_line_has_no_markup(text: str, expected: str) -> None:
    assert plain_line(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("create a Pod", "create a Pod"),
        ("Approves a thing. It stays approved.", "Approves a thing"),
        ("<p>Retrieves the details of an account.</p><p>More of it.</p>", "Retrieves the details of an account"),
        ("<p>Retrieves a <code>ValueList</code> object.</p>", "Retrieves a ValueList object"),
        ("Lists pets\n\nNewest first.", "Lists pets"),
        ("Lists pets,\nnewest first. All of them.", "Lists pets, newest first"),
        ("## Overview\nLists pets.", "Lists pets"),
        ("```\nGET /pets\n```\nLists pets.", "Lists pets"),
        ("Lists pets, e.g. cats. Dogs too.", "Lists pets, e.g. cats"),
        ("Uses v1.2 of it. Not v2.", "Uses v1.2 of it"),
        ("Is it there? Says so.", "Is it there?"),
        ("Returns: the pet", "Returns: the pet"),
        ("Returns:", "Returns"),
        ("And so on ...", "And so on ..."),
        ("猫を返します。犬は返しません。", "猫を返します"),
        ("- first\n- second", "first"),
        ("x" * 81, ""),
        ("x" * 80 + ". Y", "x" * 80),
        ("", ""),
        ("<br>", ""),
        ("<important> <p>See the other one.</p> </important> <p>Lists pets.</p>", ""),
        ("Sends a <token>. Twice.", "Sends a <token>"),
        ("a **\ud800** b", "a ? b"),
    ],
)
def test_the_first_sentence_ends_where_it_ends(text: str, expected: str) -> None:
    assert first_sentence(text) == expected


@given(st.from_regex(_PLAIN, fullmatch=True) | st.text("aB1 -.:/('%?),;", max_size=20))
def test_plain_words_need_no_parser_to_come_out_the_same(text: str) -> None:
    assert not _PLAIN.fullmatch(text) or plain_line(text) == plain_text(text, 10_000)


_PIECES = [
    "<p>", "</p>", "<ol>", "<li>", "\n", "\n\n", "`", "`a_b`", "x`y`", "a", "b_c", "_", " ", "  ", "\t",
    "<note>", "</note>", "<any>", "<pre>", "</pre>", "<!--", "-->",
    "&", '"', "'", "-", "=", "1.", "*", "+", "#", "(", ")", "http://x.y/z_",
    "@", "é",
]  # fmt: skip


_INLINE = ["<code>", "</code>", '<a href="/x">', "</a>", "<b", "\n", "\n\n", " ", "a", "b.", "_", "&amp;"]


@given(
    st.sampled_from(["", "<p>", "<p>a</p>\n\n<ul>", "<p></p>\n\n<table>", "a ", "`b` "]),
    st.lists(st.sampled_from(_PIECES), max_size=9),
)
def test_what_needs_no_parser_is_what_the_parser_makes_of_it(start: str, pieces: list[str]) -> None:
    text = start + "".join(pieces)
    assert render_markdown(text) == _parsed(text)


@pytest.mark.parametrize(
    "text",
    [
        'The `mode` of "a_b", either `pay` or `set-up`.',
        "`true` if it is live",
        "<p>One <code>a</code>.</p>",
        "<p>One\ntwo <token>.</p>\n\n\n<p>Three</p>\n",
        "<p>One:</p>\n\n<ul>\n<li>a <code>b</code></li>\n</ul>\n\n<table><tr><td>c</td></tr></table>",
        "<p>One <remark></p>\n\n<p><remark><p>Two</p></remark></p>",
    ],
)
def test_what_most_descriptions_are_needs_no_parser(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed = _parsed(text)
    monkeypatch.delattr("playground.text.markdown._parser")
    assert render_markdown(text) == parsed


@given(st.lists(st.sampled_from(_INLINE), min_size=1, max_size=5), st.lists(st.sampled_from(_PIECES), max_size=6))
def test_the_words_of_a_plain_paragraph_are_what_a_parser_finds(inner: list[str], rest: list[str]) -> None:
    text = f"<p>{''.join(inner)}</p>{''.join(rest)}"
    words = _first_paragraph(text)
    assert not words or words == _first_words(text)


def test_a_paragraph_with_marked_words_needs_no_parser() -> None:
    text = '<p>Lists the <code>pet_shop</code>s\nof <a href="/a?b=c&d">a town</a>: all.</p>\n\n# More'
    assert _first_paragraph(text) == _first_words(text) == "Lists the pet_shops of a town: all."


@pytest.mark.parametrize("text", ["", " ", "List pets"])
def test_a_line_that_is_empty_or_plain_needs_no_parser(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("playground.text.markdown._parser")
    assert plain_line(text) == first_sentence(text) == text.strip()
