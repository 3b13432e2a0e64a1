"""Names, values, fields and methods that are or are not a visitor's to choose."""

from __future__ import annotations

import pytest

from playground.httpsyntax import REFUSED_METHODS, is_reserved, is_sendable, is_token


@pytest.mark.parametrize(
    "name",
    ["Host", "content-length", " TE ", "Proxy-Connection", "X-Forwarded-For", "HTTP2-Settings"],
)
def test_fields_that_frame_or_route_are_reserved(name: str) -> None:
    assert is_reserved(name)


@pytest.mark.parametrize("name", ["Accept", "Content-Type", "X-Forwarded", "Hosts", "Cookie"])
def test_other_fields_are_a_visitors(name: str) -> None:
    assert not is_reserved(name)


def test_tokens() -> None:
    assert is_token("X-Api_Key.1!")
    assert not any(map(is_token, ("", "a b", "a:b", "é", "a\n", "a(b)")))


def test_values_hold_no_control_characters() -> None:
    assert is_sendable("a\tb é")
    assert not any(map(is_sendable, ("a\nb", "\x00", "\x7f", "\x85", "\ud800")))


def test_methods_that_are_never_sent() -> None:
    assert sorted(REFUSED_METHODS) == ["CONNECT", "TRACE", "TRACK"]
