"""Secrets struck out of pieces: what comes out does not depend on where the pieces end."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from playground.secrets.redact import Redactor

MASK = "•••".encode()
letters = st.text("abc", max_size=40)


@given(letters, st.lists(st.text("abc", min_size=1, max_size=6), max_size=3), st.lists(st.integers(0, 40), max_size=6))
@example("abcabcab", ["abcab", "abc"], [3, 4])
@example("aab", ["ab"], [1, 2])
def test_pieces_and_the_whole_come_to_the_same(text: str, secrets: list[str], cuts: list[int]) -> None:
    data = text.encode()
    places = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    pieces = [data[start:end] for start, end in pairwise(places)]
    whole = Redactor(secrets).whole(data)
    assert b"".join(Redactor(secrets).over(pieces)) == whole
    for secret in secrets:
        assert secret.encode() not in whole.replace(MASK, b"\n")


def test_what_cannot_be_a_secret_is_not_held_back() -> None:
    redactor = Redactor(["sk_secret"])
    assert redactor.feed(b"data: one\n\n") == b"data: one\n\n"
    assert redactor.feed(b"data: sk_se") == b"data: "
    assert redactor.feed(b"e you") == b"sk_see you"
    assert redactor.feed(b"sk_") == b""
    assert redactor.end() == b"sk_"


def test_a_secret_is_found_as_json_spells_it_across_pieces() -> None:
    redactor = Redactor(['a"b/c'])
    assert b"".join(redactor.over([b'"a\\', b'"b\\/', b'c" a\\"b/c'])) == b'"' + MASK + b'" ' + MASK
