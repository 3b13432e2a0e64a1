from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.snippets.languages.c import literals as c
from playground.snippets.languages.csharp import literals as csharp
from playground.snippets.languages.jvm import java, kotlin
from playground.snippets.languages.rust import literals as rust
from playground.snippets.literals import braced, chunks, comment, reads_better_raw, utf16


@pytest.mark.parametrize(
    ("note", "shown"),
    [
        ("fine", "fine"),
        ("\\u000a System.exit(1);", "\\ u000a System.exit(1);"),
        ("\\\\u000a x", "\\\\ u000a x"),
        ("ends in \\", "ends in \\ ."),
        ("ends in ??/", "ends in ??/ ."),
        ("two\nlines\u2028here", "two lines here"),
    ],
)
def test_a_note_cannot_end_its_comment_in_java_nor_eat_a_line_of_c(note: str, shown: str) -> None:
    assert comment(note) == shown


@given(st.text())
def test_chunks_joined_are_the_text(text: str) -> None:
    pieces = list(chunks(text, 12))
    assert "".join(pieces) == text
    assert all(len(piece.encode("utf-8", "surrogatepass")) <= 12 for piece in pieces)


def test_characters_beyond_the_basic_plane() -> None:
    assert utf16("\U000e0001") == "\\uDB40\\uDC01"
    assert braced("\U000e0001") == "\\u{E0001}"


def test_raw_is_for_much_to_escape_and_nothing_hidden() -> None:
    assert reads_better_raw('{"a":1}')
    assert not reads_better_raw("plain")
    assert not reads_better_raw('"\u202e"')


def test_a_line_end_in_java_is_never_a_unicode_escape() -> None:
    assert java.string('\n\r"\\u0022') == '"\\n\\r\\"\\\\u0022"'


def test_dollars_are_no_templates_in_kotlin() -> None:
    assert kotlin.string("$a ${b}") == '"\\$a \\${b}"'


def test_trigraphs_are_broken_in_c() -> None:
    assert c.string("??/??") == '"\\??/\\??"'


def test_raw_strings_of_rust_have_enough_hashes() -> None:
    assert rust.literal('a"#b') == 'r##"a"#b"##'


def test_quotes_are_doubled_in_verbatim_csharp() -> None:
    assert csharp.literal('\\"') == '@"\\"""'
