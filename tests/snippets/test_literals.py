"""The writer of literals that all languages share, and what it remembers of their needs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.snippets.literals import (
    BRACED,
    Code,
    Grammar,
    Literals,
    Quoting,
    backslashed,
    braced_or_octets,
    by_code,
    chunks,
    comment,
    octets,
    reads_better_raw,
    utf16,
)
from playground.snippets.text import Variable


class Example(Literals):
    grammar = Grammar(quoting=Quoting(), width=20, step=2)

    def variable(self, variable: Variable) -> str:
        return f'{self.use("env", "system")}("{variable.name}")'

    def encoded(self, expression: str, *, in_path: bool) -> str:
        return f"{self.use('encoded')}({expression})"

    def base64(self, text: str) -> str:
        return f'{self.use("base64", "codecs")}("{text}")'


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


def test_characters_are_spelled_as_languages_read_them() -> None:
    assert utf16("\U000e0001") == "\\uDB40\\uDC01"
    assert BRACED("\U000e0001") == "\\u{E0001}"
    assert by_code((0x80, "\\x%02x"), (0x110000, "\\u%04x"))("\u202e") == "\\u202e"
    assert octets("\\%03o")("é") == "\\303\\251"
    assert octets("\\%03o")("\udcff") == "\\377"
    assert (braced_or_octets("\x7f"), braced_or_octets("\u202e")) == ("\\x7F", "\\u{202E}")


def test_quoting_escapes_marks_hidden_characters_and_what_is_more_than_text() -> None:
    quoting = Quoting(quote="'", escapes=backslashed("'$"))
    assert quoting("it's $5\n\u202e") == "'it\\'s \\$5\\n\\u{202E}'"
    assert Quoting(verbatim="'")("a\\'\"") == "'a\\\\\\'\"'"
    assert Quoting(verbatim="'")("a\u202e") == '"a\\u{202E}"'


def test_raw_is_for_much_to_escape_and_nothing_hidden() -> None:
    assert reads_better_raw('{"a":1}')
    assert not reads_better_raw("plain")
    assert not reads_better_raw('"\u202e"')


def test_what_code_needs_is_remembered_by_what_writes_it() -> None:
    example = Example()
    assert example.text(("https://x/", Variable("KEY")), encode=True) == '"https://x/" + encoded(env("KEY"))'
    assert example.bytes_of(b"\xff" * 9) == 'base64("////////////")'
    assert example.used == {"system": {"env": None}, "": {"encoded": None}, "codecs": {"base64": None}}
    assert example.uses("encoded") and not Example().uses("encoded")


def test_a_leading_variable_is_an_address_itself() -> None:
    assert Example().text((Variable("URL"), "/x"), encode=True) == 'env("URL") + "/x"'


def test_values_are_broken_where_they_do_not_fit() -> None:
    assert Example().value({"a": [1, None, True]}) == '{"a": [1, null, true]}'.replace(
        '{"a": [1, null, true]}', '{\n  "a": [\n    1,\n    null,\n    true,\n  ],\n}'
    )
    assert Example().value([{}, [], Code("x()"), 1.5]) == "[{}, [], x(), 1.5]"
    with pytest.raises(TypeError):
        Example().value(object())
