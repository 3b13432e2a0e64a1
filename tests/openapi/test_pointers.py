"""Places are written as JSON Pointers and read back."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.openapi.pointers import (
    FILES,
    decoded_fragments,
    fragment_tokens,
    pointer_fragment,
    pointer_text,
    tokens_of,
    where_of,
)

TOKENS = st.lists(st.text(st.sampled_from("a~/01% é#"), max_size=4), max_size=5).map(tuple)


@given(TOKENS)
def test_what_is_written_is_read_back(tokens: tuple[str, ...]) -> None:
    assert tokens_of(where_of(tokens)) == tokens
    assert fragment_tokens(pointer_text(where_of(tokens))) == tokens
    assert fragment_tokens(unquote(pointer_fragment(tokens)[1:])) == tokens


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ((), ""),
        (("paths", "/a/{b}", "get"), "/paths/~1a~1{b}/get"),
        (("m~n", "", "0"), "/m~0n//0"),
        ((FILES, "common/a.yaml", "x/y"), "common/a.yaml#/x~1y"),
        ((FILES, "common/a.yaml"), "common/a.yaml#"),
    ],
)
def test_a_place_in_another_file_names_the_file(tokens: tuple[str, ...], text: str) -> None:
    assert pointer_text(where_of(tokens)) == text


def test_a_fragment_may_be_percent_encoded_or_not() -> None:
    assert decoded_fragments("/a%20b") == ("/a b", "/a%20b")
    assert decoded_fragments("/a b") == ("/a b",)
