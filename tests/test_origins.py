"""Origins in one spelling, whoever wrote the URL."""

from __future__ import annotations

import pytest

from playground.origins import origin_of, write_origin
from playground.transport.egress import checked_origin


@pytest.mark.parametrize(
    ("url", "origin"),
    [("https://A.example:443/x?y#z", "https://a.example"), ("http://a.example:80", "http://a.example"),
     ("http://a.example:443/", "http://a.example:443"), ("https://[::1]:8443/x", "https://[::1]:8443"),
     ("HTTPS://a.example", "https://a.example")],
)  # fmt: skip
def test_the_origin_of_a_url(url: str, origin: str) -> None:
    assert origin_of(url) == origin == checked_origin(url)


def test_a_user_is_no_part_of_an_origin() -> None:
    assert origin_of("https://user:pass@a.example/") == "https://a.example"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/x",
        "ftp://a.example",
        "https://",
        "https://{tenant}.example",
        "https://a.example:99999",
        "http://[::1",
        "x:y",
    ],
)
def test_what_has_no_origin(url: str) -> None:
    assert origin_of(url) == ""


def test_an_origin_is_written_from_its_parts() -> None:
    assert write_origin("https", "::1", 443) == "https://[::1]"
    assert write_origin("http", "a.example", 8080) == "http://a.example:8080"
    assert write_origin("http", "a.example", None) == "http://a.example"
