"""Lines of code, indented; notes that stay comments."""

from __future__ import annotations

from playground.snippets.writer import Writer


def test_blocks_are_indented_and_literals_are_not() -> None:
    code = Writer(unit="  ")
    with code.indented("if (x) {", "}"):
        code.line("a(\nb)")
        code.verbatim("`c\nd`")
        code.lines("", "e")
    assert code.text == "if (x) {\n  a(\n  b)\n  `c\nd`\n\n  e\n}"


def test_a_note_is_one_comment_line() -> None:
    code = Writer(comment="#", note=lambda note: note.replace("?>", "? >"))
    code.comments(("two\nlines ?>\u202e",))
    assert code.text == "# two lines ? >"
