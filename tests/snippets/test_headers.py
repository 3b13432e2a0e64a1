"""Header fields as clients take them."""

from __future__ import annotations

from playground.messages import NoContent
from playground.snippets.headers import (
    after_name,
    ascii_headers,
    content_type,
    grouped_headers,
    has_header,
    is_ascii,
    is_bearer,
    joined_headers,
    repeated,
    usable_headers,
    without_header,
)
from playground.snippets.message import Message
from playground.snippets.text import Text, Variable

KEY = Variable("KEY")
MANY: tuple[tuple[str, Text], ...] = (("X-A", ("1",)), ("Content-Type", ("text/plain",)), ("x-a", ("2", KEY)))
MESSAGE = Message(method="GET", url=("https://x.test/",), headers=MANY, content=NoContent())


def test_names_compare_without_case() -> None:
    assert has_header(MESSAGE, "CONTENT-TYPE") and content_type(MESSAGE) == "text/plain"
    assert repeated(MESSAGE)
    assert without_header(MANY, "X-A") == (MANY[1],)


def test_repeats_are_joined_with_a_note_or_grouped() -> None:
    fields, notes = joined_headers(MESSAGE, "Client")
    assert fields == (("X-A", ("1, 2", KEY)), MANY[1])
    assert notes == ("Client cannot repeat a header field: x-a is joined into one.",)
    assert grouped_headers(MESSAGE) == (("X-A", (("1",), ("2", KEY))), ("Content-Type", (("text/plain",),)))


def test_what_a_client_sets_itself_is_left_out_with_a_note() -> None:
    usable, notes = usable_headers(MANY, frozenset({"x-a"}), "Client")
    assert usable == (MANY[1],)
    assert notes == tuple(f"Client sets {name} itself; it is left out here." for name in ("X-A", "x-a"))


def test_text_beside_a_secret_counts_where_fields_must_be_ascii() -> None:
    fields: tuple[tuple[str, Text], ...] = (("A", ("é",)), ("B", ("é", KEY)), ("C", (KEY,)))
    sendable, notes = ascii_headers(fields, "Client")
    assert sendable == (fields[2],)
    assert [note.split(";")[1].split()[0] for note in notes] == ["A", "B"]
    assert is_ascii((KEY, "x")) and not is_ascii((KEY, "é"))


def test_a_field_is_its_name_and_its_value() -> None:
    assert after_name("X", ("v", KEY)) == ("X: v", KEY)
    assert after_name("X", (KEY,), ":") == ("X:", KEY)
    assert is_bearer("authorization", ("Bearer ", KEY)) and not is_bearer("Authorization", (KEY,))
