from __future__ import annotations

import json

import pytest

from playground.answers.find import MOST_COUNTED, find
from tests.support.views import body

ANSWER = body(
    json.dumps({"data": [{"id": "cus_1"}, {"id": "CUS_2", "note": "see cus_1"}]}).encode(), "application/json"
)


@pytest.mark.parametrize(
    ("number", "pointer"), [(1, "/data/0/id"), (2, "/data/1/id"), (3, "/data/1/note"), (4, "/data/0/id")]
)
def test_places_are_counted_and_go_round(number: int, pointer: str) -> None:
    match = find(ANSWER, "cus_", number=number)
    assert (match.count, match.pointer) == (3, pointer)


def test_a_text_says_its_line() -> None:
    match = find(body(b"one\ntwo\nthree two\n", "text/plain"), "TWO", number=2)
    assert (match.count, match.number, match.line, match.text) == (2, 2, 3, "two")


@pytest.mark.parametrize("query", ["", "nope", "\0"])
def test_what_is_not_there_is_not_found(query: str) -> None:
    assert find(ANSWER, query).count == 0


@pytest.mark.parametrize(("number", "offset"), [(1, 0), (1_000, 1_998), (1_001, 2_000), (2_500, 4_998), (2_501, 0)])
def test_each_of_many_places_is_found(number: int, offset: int) -> None:
    match = find(body(b"a " * 2_500, "text/plain"), "a", number=number)
    assert (match.count, match.offset) == (2_500, offset)


def test_more_places_than_are_counted_are_said_to_be_more() -> None:
    text = body(b"ab" * (MOST_COUNTED + 5), "text/plain")
    match = find(text, "a", number=MOST_COUNTED + 2)
    assert (match.count, match.more, match.number, match.offset) == (MOST_COUNTED, True, 2, 2)
    assert not find(body(b"ab" * MOST_COUNTED, "text/plain"), "a").more


def test_text_with_bytes_of_another_charset_is_found_in_as_it_is_shown() -> None:
    match = find(body("{'größe': 1} größe".encode("latin-1"), "application/json"), "e': 1")
    assert (match.count, match.line) == (1, 1)


def test_what_is_no_text_is_not_searched() -> None:
    with pytest.raises(ValueError, match="no text"):
        find(body(b"\x00\x01\x02" * 40, "application/octet-stream"), "a")
