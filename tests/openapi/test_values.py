"""Scalars are read as text, flags and addresses, whatever type they have."""

from __future__ import annotations

from typing import Any

import pytest

from playground.openapi.values import flag, link_text, scalar_text, text, without_user
from playground.origins import origin_of


@pytest.mark.parametrize(
    ("value", "expected"), [("a", "a"), (1, "1"), (1.5, "1.5"), (True, "true"), (None, ""), ([], ""), ({"a": 1}, "")]
)
def test_scalars_are_text_and_nothing_else_is(value: Any, expected: str) -> None:
    assert text(value) == expected


def test_a_scalar_is_written_as_json_writes_it() -> None:
    assert [scalar_text(value) for value in (False, 7, "7")] == ["false", "7", "7"]


@pytest.mark.parametrize(
    ("value", "expected"), [(True, True), ("true", True), ("yes", False), (1, False), (None, False)]
)
def test_a_flag_may_be_written_as_text(value: Any, expected: bool) -> None:
    assert flag(value) is expected


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://u:p@Example.com:8443/a", "https://example.com:8443"),
        ("HTTP://example.com", "http://example.com"),
        ("ftp://example.com", ""),
        ("https://{host}/a", ""),
        ("/a", ""),
        ("http://[::1", ""),
    ],
)
def test_an_origin_is_that_of_an_http_address(url: str, origin: str) -> None:
    assert origin_of(url) == origin
    assert link_text(f" {url} ") == (url if origin else "")


def test_user_and_password_are_cut_from_an_address() -> None:
    assert without_user("https://u:p@example.com/a?b#c") == "https://example.com/a?b#c"
