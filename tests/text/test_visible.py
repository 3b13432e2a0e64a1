from __future__ import annotations

import pytest

from playground.text.visible import has_hidden, is_hidden, one_line


@pytest.mark.parametrize(
    "character", "\u202e\u200b\u2066\ufeff\u00ad\x00\x1b\n\u2028\u00a0\u3000\u3164\ufe0f\U000e0041\ud800\ue000"
)
def test_what_draws_nothing_is_hidden(character: str) -> None:
    assert is_hidden(character)


@pytest.mark.parametrize("character", " aé漢🎉\u0301€")
def test_what_is_drawn_is_not(character: str) -> None:
    assert not is_hidden(character)


def test_allowed_characters_do_not_count() -> None:
    assert has_hidden("a\nb")
    assert not has_hidden("a\nb", allow="\n")
    assert has_hidden("a\nb\u200b", allow="\n")


def test_a_comment_stays_on_its_line() -> None:
    assert one_line("a\r\nb\u2028c\t*/ \u202e d") == "a b c */ d"
