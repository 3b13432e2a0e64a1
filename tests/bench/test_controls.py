"""Successful controls by the HTML Standard: expected values are written from its text."""

from __future__ import annotations

import pytest

from bench.controls import submitted


def pairs(html: str) -> list[tuple[str, str]]:
    return submitted(f'<form id="request">{html}</form>')[0]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<input name="a" value="1"><input value="no name">', [("a", "1")]),
        ('<input name="a" disabled value="1"><fieldset disabled><input name="b" value="2"></fieldset>', []),
        ('<fieldset disabled><legend><input name="a" value="1"></legend></fieldset>', [("a", "1")]),
        ('<datalist><input name="a" value="1"></datalist>', []),
        ('<input type="radio" name="a" value="1"><input type="radio" name="a" value="2" checked>', [("a", "2")]),
        ('<input type="checkbox" name="a" checked><input type="checkbox" name="b">', [("a", "on")]),
        ('<button name="a" value="1">x</button><input type="submit" name="b" value="2">', []),
        ('<input name="a" value="1\n2"><input type="password" name="b" value=" x ">', [("a", "12"), ("b", " x ")]),
        ('<input type="email" name="a" value=" x@y ">', [("a", "x@y")]),
        ('<input type="date" name="a" value="2024-02-30"><input type="date" name="b" value="2024-02-29">',
         [("a", ""), ("b", "2024-02-29")]),
        ('<input type="number" name="a" value="1e3"><input type="number" name="b" value="+1">',
         [("a", "1e3"), ("b", "")]),
        ('<input type="hidden" name="a" value="1\n2">', [("a", "1\r\n2")]),
        ("<textarea name=a>\n\nx\ny</textarea>", [("a", "\r\nx\r\ny")]),
        ("<select name=a><option value=1>One<option value=2>Two</select>", [("a", "1")]),
        ("<select name=a><option disabled>0<option>  two \n words</select>", [("a", "two words")]),
        ("<select name=a><option value=1 selected>1<option value=2 selected>2</select>", [("a", "2")]),
        ("<select name=a multiple><option selected>1<option selected>2</select>", [("a", "1"), ("a", "2")]),
        ("<select name=a></select>", []),
    ],
)  # fmt: skip
def test_what_a_control_submits(html: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(html) == expected


def test_a_control_belongs_to_the_form_it_stands_in_or_names() -> None:
    html = '<form id="request"><input name="a" value="1"><input name="b" form="other" value="2"></form>'
    assert submitted(html + '<input name="c" form="request" value="3"><input name="d" value="4">')[0] == [
        ("a", "1"), ("c", "3"),
    ]  # fmt: skip


def test_files_are_those_that_were_chosen() -> None:
    html = '<input type="file" name="one"><input type="file" name="many" multiple><input type="file" name="none">'
    chosen = {"one": ["a", "b"], "many": ["c", "d"], "gone": ["e"]}
    assert submitted(html, chosen)[1] == [("one", "a"), ("many", "c"), ("many", "d")]
