from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.contentviews.registry import fitting
from playground.contentviews.view import MAX_HIGHLIGHTED, MAX_SHOWN, Parts, Text
from playground.text.visible import is_hidden
from tests.support.views import body, shown, text_of

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
def test_everything_can_be_shown(data: bytes, media_type: str, truncated: bool) -> None:
    view = shown(data, media_type, truncated=truncated)
    assert view.name
    assert (view.name == "empty") is (not data)


def test_an_answer_of_which_nothing_could_be_read_is_not_said_to_be_empty() -> None:
    assert shown(b"", "application/json").notes == ()
    assert "is cut off" in shown(b"", "application/json", truncated=True).notes[0]


def test_a_part_is_called_by_its_name_else_by_its_number() -> None:
    heads = ['form-data; name="meta"', 'attachment; filename="a.txt"', "inline"]
    parts = "".join(f"--x\r\nContent-Disposition: {head}\r\n\r\nt\r\n" for head in heads)
    content = shown(f"{parts}--x--\r\n".encode(), "multipart/mixed; boundary=x").content
    assert isinstance(content, Parts)
    assert [part.title for part in content.parts] == ["meta", "a.txt", "part 3"]


@given(st.text())
def test_no_bidi_or_zero_width_character_reaches_the_eye(text: str) -> None:
    eye = text_of(("a" + text + "\u202e\u200b").encode("utf-8", "replace"), "text/plain")
    dangerous = set("\u200b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\x00\x1b\x7f\ufeff")
    assert not dangerous & set(eye)


@pytest.mark.parametrize(
    ("data", "media_type", "name"),
    [
        (b'{"a":1}', "application/json", "tree"),
        (b'{"a":1}', "application/vnd.api+json; charset=utf-8", "tree"),
        (b'{"a":1}', "text/plain", "tree"),
        (b"{not json", "application/json", "text"),
        (b'{"a":1} trailing', "application/json", "text"),
        (b"<html><script>alert(1)</script>", "text/html", "text"),
        (b"<html>", "text/html;\x0b", "text"),
        (b"<svg onload='x'/>", "image/svg+xml", "text"),
        (b"<?xml version='1.0'?><a/>", "", "text"),
        (b"plain", "", "text"),
        (b"plain", "application/pdf", "text"),
        (b"\0\1\2", "text/html", "hex"),
        (b"\0\1\2", "application/json", "hex"),
        (PNG, "text/html", "preview"),
        (b"not an image", "image/png", "text"),
        ("é".encode("latin-1"), "text/plain; charset=iso-8859-1", "text"),
        ("é".encode("utf-16"), "text/plain", "text"),
        (b"", "application/json", "empty"),
        (b"a,b\n1,2\n", "text/csv", "table"),
        (b'{"a":1}\n{"b":2}\n', "application/x-ndjson", "rows"),
        (b"data: 1\n\n", "text/event-stream", "rows"),
        (b"--b\r\n\r\nx\r\n--b--\r\n", "multipart/mixed; boundary=b", "parts"),
    ],
)  # fmt: skip
def test_the_best_view_that_works_is_taken(data: bytes, media_type: str, name: str) -> None:
    assert shown(data, media_type).name == name


@pytest.mark.parametrize(
    ("data", "media_type", "titles"),
    [
        (b'[{"a":1}]', "application/json", ["Tree", "Table", "Text", "Raw", "Hex"]),
        (b'{"a":1}', "application/json", ["Tree", "Text", "Raw", "Hex"]),
        (b"<p>", "text/html", ["Text", "Preview", "Raw", "Hex"]),
        (b"\0\1", "application/octet-stream", ["Hex"]),
    ],
)
def test_the_views_that_fit_are_offered(data: bytes, media_type: str, titles: list[str]) -> None:
    assert [view.title for view in fitting(body(data, media_type))] == titles


def test_a_problem_document_is_a_sentence() -> None:
    problem = b'{"title":"Out of credit","detail":"Your balance is 30.","instance":"/account/12345"}'
    assert (
        shown(problem, "application/problem+json").lead == "Out of credit: Your balance is 30. (about /account/12345)"
    )


def test_charset_is_honoured_and_wrong_bytes_are_said() -> None:
    assert text_of("é".encode("latin-1"), "text/plain; charset=ISO-8859-1") == "é"
    assert text_of("日本".encode("shift_jis"), "text/plain; charset=Shift_JIS") == "日本"
    assert text_of("é".encode("utf-16"), "text/plain") == "é"
    wrong = shown(b"caf\xe9", "text/plain")
    assert text_of(b"caf\xe9", "text/plain") == "caf\ufffd"
    assert "not text" in wrong.notes[0]


def test_charsets_that_run_over_the_text_are_ignored() -> None:
    assert text_of(rb"\x41", "text/plain; charset=unicode_escape") == r"\x41"
    assert text_of(b"+ADw-script+AD4-", "text/html; charset=utf-7") == "+ADw-script+AD4-"


def test_long_text_is_plain_and_longer_text_is_cut_with_a_note() -> None:
    content = shown(b"[" + b"1," * MAX_HIGHLIGHTED + b"1]", "application/json", "text").content
    assert isinstance(content, Text)
    assert content.lexer == ""
    long = shown(b"x" * (MAX_SHOWN + 1), "text/plain")
    assert len(text_of(b"x" * (MAX_SHOWN + 1), "text/plain")) == MAX_SHOWN
    assert long.notes == ("The first 512 KB are shown.",)


def test_truncated_json_is_indented_as_far_as_it_goes() -> None:
    view = shown(b'{"a":[1,{"b":"c' + "é".encode()[:1], "application/json", truncated=True)
    assert view.name == "text"
    assert isinstance(view.content, Text)
    assert view.content.text == '{\n  "a": [\n    1,\n    {\n      "b": "c'
    assert any("cut off" in note for note in view.notes)


def test_hidden_characters_are_named_and_noted() -> None:
    hidden = "a\u202eb\u200bc\x1b[2J".encode()
    assert text_of(hidden, "text/plain") == "a⟨U+202E⟩b⟨U+200B⟩c⟨U+001B⟩[2J"
    assert len(shown(hidden, "text/plain").notes) == 1


def test_emoji_and_line_ends_stay_as_they_are() -> None:
    assert text_of("❤️ 👨‍👩‍👧\r\n\ttab\u00a0x".encode(), "text/plain") == "❤️ 👨‍👩‍👧\n\ttab\u00a0x"


@pytest.mark.parametrize("data", [b"[" * 2_000_000, b'{"a":' * 400_000, b'"' + b"\\" * 3_000_000, b"<" * 3_000_000])
@pytest.mark.parametrize("media_type", ["application/json", "text/html", "application/xml", "text/plain"])
def test_hostile_bodies_end(data: bytes, media_type: str) -> None:
    for truncated in (False, True):
        content = shown(data, media_type, truncated=truncated).content
        assert not isinstance(content, Text) or len(content.text) <= MAX_SHOWN


def test_unassigned_is_hidden_and_letters_are_not() -> None:
    assert is_hidden("\u202e")
    assert not is_hidden("é")
