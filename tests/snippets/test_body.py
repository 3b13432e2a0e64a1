"""The content of a message as clients take it."""

from __future__ import annotations

import pytest

from playground.messages import BinaryContent, Content, FormContent, MultipartContent, NoContent, Part, TextContent
from playground.snippets.body import (
    BytesBody,
    FileBody,
    PairsBody,
    PartsBody,
    PiecesBody,
    TextBody,
    body_of,
    exact_body,
    form_parts,
    is_plain_type,
    readable_text,
)
from playground.snippets.files import FileNames, LocalFile
from playground.snippets.message import Message

FORM = FormContent(pairs=(("a", "1"), ("b", "2")), text="a=1&b=2")
PARTS = MultipartContent(parts=(Part(name="f", data=b"x", filename="a b.txt"),), boundary="b")


def message(content: Content, content_type: str = "multipart/form-data; boundary=b") -> Message:
    return Message(
        method="POST", url=("https://x.test/",), headers=(("Content-Type", (content_type,)),), content=content
    )


@pytest.mark.parametrize(
    ("content", "body"),
    [
        (NoContent(), None),
        (TextContent(text=""), None),
        (TextContent(text="é"), TextBody(("é",))),
        (BinaryContent(data=b"\xff\x00"), BytesBody(b"\xff\x00")),
        (BinaryContent(data=b"x", filename="../a b"), FileBody("a_b")),
        (FORM, TextBody(("a=1&b=2",))),
        (FormContent(pairs=(), text=f"a={'x' * 80}&b"), TextBody((f"a={'x' * 80}&b",), (f"a={'x' * 80}", "b"))),
    ],
)
def test_content_is_given_as_it_is(content: Content, body: object) -> None:
    assert exact_body(message(content), FileNames()) == body


def test_fields_and_parts_are_the_clients_where_it_writes_them_the_same() -> None:
    files = FileNames()
    assert body_of(message(FORM), files, same_form=lambda _: True) == PairsBody(FORM.pairs)
    assert body_of(message(FORM), files) == TextBody(("a=1&b=2",))
    assert body_of(message(PARTS), files, same_part=lambda _: True) == PartsBody(PARTS.parts)
    assert files.names == ["a_b.txt"]
    exact = body_of(message(PARTS), FileNames())
    assert isinstance(exact, PiecesBody)
    assert exact.pieces[1] == LocalFile(name="a_b.txt", data=b"x")


def test_parts_of_another_multipart_type_are_never_the_clients() -> None:
    assert form_parts(message(PARTS), lambda _: True) == PARTS.parts
    assert form_parts(message(PARTS, "multipart/mixed; boundary=b"), lambda _: True) == ()


def test_text_is_readable_while_most_of_it_is_visible() -> None:
    assert readable_text("é\n".encode()) == "é\n"
    assert readable_text(b"\x00\x01\x02\x03") is None
    assert readable_text(b"\xff") is None


def test_a_plain_type_has_no_parameters() -> None:
    assert is_plain_type("image/svg+xml")
    assert not is_plain_type("text/plain; charset=utf-8")
    assert not is_plain_type(None)
