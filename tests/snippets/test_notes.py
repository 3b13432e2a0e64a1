"""Sentences for the reader: what clients of several languages do to a request."""

from __future__ import annotations

from dataclasses import replace

import pytest

from playground.jsontext import NumberText
from playground.messages import JSONContent
from playground.request.model import ABSENT
from playground.snippets.message import Message
from playground.snippets.notes import (
    address_notes,
    changed_numbers,
    content_notes,
    joined_notes,
    number_notes,
    secret_notes,
    type_notes,
)
from playground.snippets.registry import find_target
from playground.snippets.text import Variable
from tests.support.snippets.case import Case


@pytest.mark.parametrize("escape", ["%21", "%27", "%28", "%29", "%2A", "%3A"])
def test_escapes_that_mono_resolves_beside_others_are_told(escape: str) -> None:
    for target, rewritten in ((f"/p?q=%C3%A9{escape}", True), ("/p?q=%C3%A9", False), ("/p?q=%3A", False)):
        case = Case(name="beside", method="GET", target=target)
        text = find_target("csharp_http_client").render(case.request_for("direct")).text
        assert ("System.Uri rewrites" in text) == rewritten, target


def test_numbers_that_a_language_spells_otherwise_are_named() -> None:
    value = {"a": 2**53 + 1, "b": NumberText("1.0"), "c": [NumberText("1E5"), 5, 0.5, NumberText("1.0"), True]}
    rounded = str(int(float(2**53 + 1)))
    assert changed_numbers(value, lambda number: rounded if number == 2**53 + 1 else f"{number:g}") == (
        "9007199254740993", "1.0", "1E5",
    )  # fmt: skip
    assert number_notes({"a": NumberText("1.0")}, "Example", lambda number: "1") == (
        "Example does not keep this spelling of a number: 1.0",
    )
    assert number_notes(ABSENT, "Example", str) == ()


def test_a_secret_inside_json_or_an_address_has_its_note() -> None:
    secret = Message(
        method="POST", url=("https://x.test/", Variable("KEY")), headers=(), content=JSONContent(text=""),
        json={"key": Variable("KEY")},
    )  # fmt: skip
    assert "escaped as in JSON" in secret_notes(secret)[0]
    assert "percent-encoded" in address_notes(secret)[0]
    plain = replace(secret, url=("https://x.test/",), json={})
    assert secret_notes(plain) == address_notes(plain) == ()


def test_content_and_types_have_their_notes() -> None:
    message = Message(method="GET", url=("https://x.test/",), headers=(), content=JSONContent(text="{}"))
    assert content_notes(message, "Client", sends=False) == (
        "Client cannot send content with GET; it is left out here.",
    )
    assert content_notes(message, "Client", sends=True) == ()
    assert type_notes(message, "Client", "text/x", sends=True) == ("Client adds a Content-Type of its own: text/x.",)
    assert joined_notes(message, "Client") == ()
