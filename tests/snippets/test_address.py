"""Which addresses clients send as they are written, and how one is taken apart."""

from __future__ import annotations

import pytest

from playground.messages import NoContent
from playground.snippets.address import (
    PATH,
    AddressRules,
    encoded_address,
    has_dot_segments,
    has_odd_escapes,
    rewrites,
    split_address,
    target_of,
)
from playground.snippets.message import Message
from playground.snippets.text import Text, Variable


def message(*url: str | Variable) -> Message:
    return Message(method="GET", url=url, headers=(), content=NoContent())


@pytest.mark.parametrize(
    ("address", "plain", "encoded"),
    [
        ("https://x.test/a/../b", True, True),
        ("https://x.test/a/%2e%2E/b", False, True),
        ("https://x.test/a/..b?to=/../", False, False),
        ("https://x.test/{name}/.", True, True),
    ],
)
def test_dot_segments_are_of_the_path_alone(address: str, plain: bool, encoded: bool) -> None:
    assert has_dot_segments(message(address), encoded=False) == plain
    assert has_dot_segments(message(address)) == encoded


@pytest.mark.parametrize(("escape", "odd"), [("%2F", False), ("%2f", True), ("%41", True), ("%7E", True)])
def test_needless_and_lower_case_escapes_are_odd(escape: str, odd: bool) -> None:
    assert has_odd_escapes(message(f"https://x.test/{escape}")) == odd


def test_rules_tell_what_a_client_rewrites() -> None:
    strict = AddressRules(sentence=rewrites("Client"), escapes=True)
    lenient = AddressRules(sentence="", path=PATH + "|", dots="")
    for address in ("https://x.test/a|b", "https://x.test/%2f", "https://x.test/./a", "https://x.test/?q=é"):
        assert strict.notes(message(address)) == (rewrites("Client"),)
    assert strict.notes(message("https://x.test/a%2Fb?q=1")) == ()
    assert lenient.keep(message("https://x.test/./a|b"))
    assert not lenient.keep(message("https://x.test/?q=|"))


def test_placeholders_and_variables_are_not_judged() -> None:
    assert target_of(message("https://x.test/{a b}/", Variable("KEY"), "?q=1")) == "/x/?q=1"


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        (("https://x.test:8/a?b",), ("https", "x.test:8", "/a?b")),
        (("HTTP://x.test",), ("http", "x.test", "/")),
        ((Variable("GATEWAY_URL"), "/tools"), ("", "", "")),
    ],
)
def test_an_address_is_scheme_authority_and_the_rest(url: Text, parts: tuple[str, str, str]) -> None:
    assert split_address(message(*url)) == parts


def test_odd_characters_are_encoded_but_for_placeholders() -> None:
    url = ("https://x.test/{a b}/é|?q=é&key=", Variable("KEY"), "&z=|")
    assert encoded_address(message(*url)) == (
        "https://x.test/{a b}/%C3%A9%7C?q=%C3%A9&key=", Variable("KEY"), "&z=%7C",
    )  # fmt: skip
    assert encoded_address(message(Variable("GATEWAY_URL"), "/é")) == (Variable("GATEWAY_URL"), "/é")
