from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground import jsontext
from playground.contentviews.text import indent
from playground.contentviews.view import Text
from tests.support.views import text_of

values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
)


@given(values)
def test_indented_text_means_the_same(value: Any) -> None:
    text = jsontext.dumps(value)
    assert (
        json.loads(text_of(text.encode("utf-8", "surrogatepass"), "application/json")) == value or max(text) >= "\ud800"
    )


@given(values)
def test_layout_is_that_of_two_spaces(value: Any) -> None:
    written = json.dumps(value, ensure_ascii=True)
    assert indent(written, limit=10**9) == json.dumps(value, ensure_ascii=True, indent=2)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('{"a":12345678901234567890,"b":1.0,"c":1E5}', '{\n  "a": 12345678901234567890,\n  "b": 1.0,\n  "c": 1E5\n}'),
        ('{"a":1,"a":2}', '{\n  "a": 1,\n  "a": 2\n}'),
        ('{"e":"\\u00e9\\/","x":{},"y":[ ]}', '{\n  "e": "\\u00e9\\/",\n  "x": {},\n  "y": []\n}'),
        (' "just text" ', '"just text"'),
        ('["a{b}[c],:"]', '[\n  "a{b}[c],:"\n]'),
    ],
)
def test_tokens_stay_as_they_came(text: str, shown: str) -> None:
    assert text_of(text.encode(), "application/json") == shown


def test_hidden_characters_become_escapes_that_mean_the_same() -> None:
    shown = text_of('{"a":"x\u202ey\U000e0041"}'.encode(), "application/json")
    assert '"x\\u202ey\\udb40\\udc41"' in shown
    assert json.loads(shown) == {"a": "x\u202ey\U000e0041"}


def test_a_long_text_is_in_pieces_of_whole_lines_and_none_is_lost() -> None:
    lines = "".join(f"line {number}\n" for number in range(10_000))
    pieces = [piece for piece, is_bit in Text(text=lines + "no line end").pieces if not is_bit]
    assert "".join(pieces) == lines + "no line end"
    assert all(piece.endswith("\n") for piece in pieces[:-1])
    assert max(piece.count("\n") for piece in pieces) == 400


@pytest.mark.parametrize("text", ["", "a\nb\n", "\n\n", "x" * 60_000])
def test_a_short_text_is_one_piece(text: str) -> None:
    assert Text(text=text).pieces == ((text, False),)


def test_a_long_text_is_drawn_in_pieces_of_lines_and_bits_of_a_long_line() -> None:
    text = "short\n" * 900 + "x" * 4_100 + "\n" + "short\n" + "y" * 70_000
    pieces = Text(text=text).pieces
    assert "".join(piece for piece, _ in pieces) == text
    bits = [piece for piece, is_bit in pieces if is_bit]
    assert "".join(bits) == "x" * 4_100 + "\n" + "y" * 70_000
    assert max(map(len, bits)) == 2_000
    assert [(piece.count("\n"), piece[-1]) for piece, is_bit in pieces if not is_bit] == [
        (400, "\n"), (400, "\n"), (100, "\n"), (1, "\n"),
    ]  # fmt: skip
