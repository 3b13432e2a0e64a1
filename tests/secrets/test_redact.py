"""Secrets struck out of content, wherever it is cut and however it spells them; of texts, responses and log lines."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from types import FrameType

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from playground.secrets.redact import RedactedStream, Redactor
from playground.text.wording import say
from tests.support.encodings import ENCODINGS, leaked

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
    redactor = RedactedStream(Redactor(["sk_secret"]))
    assert redactor.feed(b"data: one\n\n") == b"data: one\n\n"
    assert redactor.feed(b"data: sk_se") == b"data: "
    assert redactor.feed(b"e you") == b"sk_see you"
    assert redactor.feed(b"sk_") == b""
    assert redactor.end() == b"sk_"


def test_a_secret_is_found_as_json_spells_it_across_pieces() -> None:
    redactor = Redactor(['a"b/c'])
    assert b"".join(redactor.over([b'"a\\', b'"b\\/', b'c" a\\"b/c'])) == b'"' + MASK + b'" ' + MASK


keys = st.one_of(
    st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", min_size=6, max_size=60),
    st.text("ab/+=&%\"\\'<> é€.~", min_size=6, max_size=30),
    st.text("aB3", min_size=6, max_size=12).map(lambda text: f"eyJhbGciOiJIUzI1NiJ9.{text}/x"),
)


@settings(max_examples=80)
@given(keys, st.sampled_from(sorted(ENCODINGS)), st.integers(1, 40))
@example("sk_live_51H8xZ2eZvKYlo2C", "base64, one before", 7)
@example('p"a/s\\s wörd', "json in json", 3)
@example("%25x%25%", "url", 1)
def test_no_run_of_a_secret_is_left_wherever_content_is_cut(key: str, encoding: str, size: int) -> None:
    written = ENCODINGS[encoding](key)
    content = written if "utf-16" in encoding else b'<< {"x":"' + written + b'"} >>'
    around = content.replace(written, MASK)
    assume(not leaked(key, around))
    redactor = Redactor([key])
    for cut in range(len(content) + 1):
        clean = redactor.whole(content[:cut])
        assert not leaked(key, clean), (cut, clean)
        pieces = [content[start : min(start + size, cut)] for start in range(0, cut, size)]
        assert b"".join(redactor.over(pieces)) == clean
    if encoding in ("plain", "base64"):  # what a range of the content holds
        for cut in range(len(content)):
            assert not leaked(key, redactor.whole(content[cut:])), cut
            assert not leaked(key, redactor.whole(content[cut : cut + size])), cut


def test_two_secrets_that_overlap_are_both_gone() -> None:
    redactor = Redactor(["abcdef", "defxyz123456"])
    for cut in range(17):
        content = b"-abcdefxyz123456"[:cut]
        clean = redactor.whole(content)
        assert b"xyz123" not in clean
        assert b"".join(redactor.over([content[at : at + 1] for at in range(cut)])) == clean
    assert Redactor(["a" * 8]).whole(b"a" * 15) == MASK


def test_what_only_begins_like_a_secret_stays() -> None:
    redactor = Redactor(["sk_live_1234567890", "p@ss/word"])
    for text in ("sk_live_0987654321.", "p@ss", "a sk_li", '{"token": "sk_test_1234567890"}', "word", "67890"):
        assert redactor.text(text) == text


def test_a_sentence_without_a_secret_stays_itself() -> None:
    sentence = say("The path needs a value for %(name)s.", name="id")
    assert Redactor(["sk_live_1234567890"]).text(sentence) is sentence


@pytest.mark.parametrize(
    ("secret", "repeated"),
    [("a" * 31 + "b", b"a"), ("a" * 40 + "b", b"a"), ("a" * 8, b"a"), ("%25" * 20 + "!", b"%25"), ("&" * 40, b"&amp;"),
     ("x" * 4000, b"x"), ("ab" * 20 + "!", b"ab"), ("\\" * 30, b"\\")],
)  # fmt: skip
def test_hostile_content_costs_no_more_than_its_length(secret: str, repeated: bytes) -> None:
    redactor = Redactor([secret])
    small, large = (
        _steps(partial(redactor.whole, repeated * 20_000)),
        _steps(partial(redactor.whole, repeated * 60_000)),
    )
    assert large < 3.2 * small


def _steps(work: Callable[[], bytes]) -> int:
    """Count the calls that some work makes."""
    steps = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal steps
        steps += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return steps
