from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.contentviews.registry import view
from playground.contentviews.view import MAX_HIGHLIGHTED, MAX_SHOWN
from playground.text.visible import is_hidden

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
TYPES = [
    "", "application/json", "application/problem+json", "text/html", "text/plain; charset=utf-16", "application/xml",
    "image/svg+xml", "image/png", "text/html;\x0b", "nonsense", "text/plain; charset=unicode_escape",
    "text/plain; charset=\"utf-8\"", "text/plain; charset=idna", "application/octet-stream", "text/x-yaml",
]  # fmt: skip


@given(
    st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace")),
    st.sampled_from(TYPES),
    st.booleans(),
)
def test_everything_can_be_shown(body: bytes, media_type: str, truncated: bool) -> None:
    shown = view(body, media_type, truncated=truncated)
    assert shown.text or shown.image or not body or not body.strip(b"\xef\xbb\xbf\xfe\xff\r\n\t ")


@given(st.text())
def test_no_bidi_or_zero_width_character_reaches_the_eye(text: str) -> None:
    shown = view(("a" + text + "\u202e\u200b").encode("utf-8", "replace"), "text/plain").text
    dangerous = set("\u200b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\x00\x1b\x7f\ufeff")
    assert not dangerous & set(shown)


@pytest.mark.parametrize(
    ("body", "media_type", "kind"),
    [
        (b'{"a":1}', "application/json", "json"),
        (b'{"a":1}', "application/vnd.api+json; charset=utf-8", "json"),
        (b'{"a":1}', "text/plain", "json"),
        (b"{not json", "application/json", "text"),
        (b'{"a":1} trailing', "application/json", "text"),
        (b"<html><script>alert(1)</script>", "text/html", "html"),
        (b"<html>", "text/html;\x0b", "html"),
        (b"<svg onload='x'/>", "image/svg+xml", "xml"),
        (b"<?xml version='1.0'?><a/>", "", "xml"),
        (b"plain", "", "text"),
        (b"plain", "application/pdf", "text"),
        (b"\0\1\2", "text/html", "hex"),
        (b"\0\1\2", "application/json", "hex"),
        (PNG, "text/html", "image"),
        (b"not an image", "image/png", "text"),
        ("é".encode("latin-1"), "text/plain; charset=iso-8859-1", "text"),
        ("é".encode("utf-16"), "text/plain", "text"),
        (b"", "application/json", "empty"),
    ],
)  # fmt: skip
def test_the_best_view_that_works_is_taken(body: bytes, media_type: str, kind: str) -> None:
    assert view(body, media_type).kind == kind


def test_charset_is_honoured_and_wrong_bytes_are_said() -> None:
    assert view("é".encode("latin-1"), "text/plain; charset=ISO-8859-1").text == "é"
    assert view("日本".encode("shift_jis"), "text/plain; charset=Shift_JIS").text == "日本"
    assert view("é".encode("utf-16"), "text/plain").text == "é"
    wrong = view(b"caf\xe9", "text/plain")
    assert wrong.text == "caf\ufffd"
    assert "not text" in wrong.notes[0]


def test_charsets_that_run_over_the_text_are_ignored() -> None:
    assert view(rb"\x41", "text/plain; charset=unicode_escape").text == r"\x41"
    assert view(b"+ADw-script+AD4-", "text/html; charset=utf-7").text == "+ADw-script+AD4-"


def test_long_text_is_plain_and_longer_text_is_cut_with_a_note() -> None:
    assert view(b"[" + b"1," * MAX_HIGHLIGHTED + b"1]", "application/json").lexer == ""
    long = view(b"x" * (MAX_SHOWN + 1), "text/plain")
    assert len(long.text) == MAX_SHOWN
    assert long.notes == ("The first 512 KB are shown.",)


def test_truncated_json_is_indented_as_far_as_it_goes() -> None:
    shown = view(b'{"a":[1,{"b":"c' + "é".encode()[:1], "application/json", truncated=True)
    assert shown.kind == "json"
    assert shown.text == '{\n  "a": [\n    1,\n    {\n      "b": "c'
    assert any("cut off" in note for note in shown.notes)


def test_hidden_characters_are_named_and_noted() -> None:
    shown = view("a\u202eb\u200bc\x1b[2J".encode(), "text/plain")
    assert shown.text == "a⟨U+202E⟩b⟨U+200B⟩c⟨U+001B⟩[2J"
    assert len(shown.notes) == 1


def test_emoji_and_line_ends_stay_as_they_are() -> None:
    assert view("❤️ 👨‍👩‍👧\r\n\ttab\u00a0x".encode(), "text/plain").text == "❤️ 👨‍👩‍👧\n\ttab\u00a0x"


@pytest.mark.parametrize("body", [b"[" * 2_000_000, b'{"a":' * 400_000, b'"' + b"\\" * 3_000_000, b"<" * 3_000_000])
@pytest.mark.parametrize("media_type", ["application/json", "text/html", "application/xml", "text/plain"])
def test_no_body_takes_long(body: bytes, media_type: str) -> None:
    start = time.perf_counter()
    for truncated in (False, True):
        assert len(view(body, media_type, truncated=truncated).text) <= MAX_SHOWN
    assert time.perf_counter() - start < 3


def test_unassigned_is_hidden_and_letters_are_not() -> None:
    assert is_hidden("\u202e")
    assert not is_hidden("é")
