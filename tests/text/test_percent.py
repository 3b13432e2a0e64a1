"""Percent-encoded text is decoded as the standard library does it, piece by piece."""

from __future__ import annotations

import tracemalloc
from urllib.parse import unquote, unquote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.text import percent
from playground.text.percent import form_decoded, percent_decoded

ESCAPED = st.lists(
    st.sampled_from(
        ["a", "+", "%", "%4", "%41", "%c3", "%C3%BC", "%E2%82%AC", "%f0%9f%98%80", "%FF", "ü", "€", "%%", "\ud800"]
    ),
    max_size=12,
).map("".join)


@pytest.mark.parametrize("size", range(3, 9))
@given(text=ESCAPED)
def test_pieces_make_no_difference(size: int, text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(percent, "_MANY", -1)
        patch.setattr(percent, "_PIECE", size)
        assert percent_decoded(text) == unquote(text)
        assert form_decoded(text) == unquote_plus(text)


def test_millions_of_escapes_take_a_few_times_their_bytes() -> None:
    text = "%41" * 1_000_000
    tracemalloc.start()
    decoded = percent_decoded(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert decoded == "A" * 1_000_000
    assert peak < 6 * len(text)
