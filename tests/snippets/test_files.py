from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.messages import MultipartContent, Part
from playground.request.arguments import write_files
from playground.request.model import FileValue
from playground.snippets.files import FileNames, LocalFile, pieces, safe_name, with_files


@pytest.mark.parametrize(
    ("filename", "safe"),
    [
        ("photo.png", "photo.png"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a b.txt", "a_b.txt"),
        ("-rf", "rf"),
        (".bashrc", "bashrc"),
        ("$(touch x)", "_touch_x_"),
        ("", "file"),
        ("\u202etxt.exe", "_txt.exe"),
    ],
)
def test_local_name_is_harmless(filename: str, safe: str) -> None:
    assert safe_name(filename) == safe


@given(st.text())
def test_local_name_is_never_a_path_an_option_or_hidden(filename: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,79}", safe_name(filename))


@given(st.lists(st.builds(Part, name=st.text(), data=st.binary(), filename=st.none() | st.text())))
def test_pieces_joined_are_the_message(parts: list[Part]) -> None:
    content = MultipartContent(parts=tuple(parts), boundary="b")
    found = pieces(content, FileNames())
    assert b"".join(piece.data if isinstance(piece, LocalFile) else piece for piece in found) == content.body


def test_different_files_of_one_name_get_two() -> None:
    names = FileNames()
    assert [names.local("a.txt", data).name for data in (b"1", b"2", b"1")] == ["a.txt", "a_2.txt", "a.txt"]
    assert names.notes == ("Reads a.txt, a_2.txt from the folder it is run in.",)


def test_only_a_real_file_becomes_a_file_again() -> None:
    file = FileValue(filename="a", content=b"x", content_type="text/plain")
    alike = {"filename": "b", "content_type": "text/plain", "content": "eA=="}
    assert with_files({"f": [write_files(file)], "g": alike}, {"body": file}) == {"f": [file], "g": alike}
