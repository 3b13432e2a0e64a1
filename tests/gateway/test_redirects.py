"""A redirect that is followed: which method, URL, fields and content the next message has (RFC 9110, 15.4)."""

from __future__ import annotations

import pytest

from playground.gateway.errors import GatewayError
from playground.gateway.redirects import LONGEST, MOST_HOPS, Hop, follow, next_hop, read_hops, stays_home, write_hops
from playground.messages import Headers, HTTPRequest, HTTPResponse, JSONContent, NoContent

BARE = HTTPRequest(
    method="POST",
    url="https://api.example/v1/a",
    headers=Headers.of([("Content-Type", "application/json"), ("Accept", "*/*"), ("X-Trace", "1")]),
    content=JSONContent(text="{}"),
)
FULL = HTTPRequest(
    method="POST",
    url="https://api.example/v1/a?key=canary",
    headers=Headers.of([("Authorization", "Bearer canary"), *BARE.headers]),
    content=BARE.content,
)


def test_hops_written_are_read_back() -> None:
    hops = (Hop(status=302, url="https://a.example/x?y=1"), Hop(status=307, url="http://b.example/"))
    assert read_hops([[hop.status, hop.url] for hop in hops]) == hops
    assert write_hops(hops) == '[[302,"https://a.example/x?y=1"],[307,"http://b.example/"]]'
    assert read_hops(None) == ()


@pytest.mark.parametrize(
    "value",
    [
        {},
        "x",
        [302, "https://a.example"],
        [[200, "https://a.example"]],
        [["302", "https://a.example"]],
        [[302, "https://a.example", 1]],
        [[302, "https://a.example/" + "a" * LONGEST]],
        [[302, "https://a.example"]] * (MOST_HOPS + 1),
    ],
)
def test_what_is_no_list_of_hops_is_refused(value: object) -> None:
    with pytest.raises(GatewayError, match=r"options\.follow"):
        read_hops(value)


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/b", "https://api.example/b"),
        ("c?d=1#top", "https://api.example/v1/c?d=1"),
        ("//other.example/x", "https://other.example/x"),
        (" http://other.example ", "http://other.example"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("http://[bad/", None),
        ("https:///x", "https://api.example/x"),
        ("", None),
        ("/" + "a" * LONGEST, None),
    ],
)
def test_where_a_redirect_leads(location: str, url: str | None) -> None:
    response = HTTPResponse(status=302, headers=Headers((("Location", location),)))
    hop = next_hop(response, BARE.url)
    assert (hop.url if hop else None) == url
    assert next_hop(HTTPResponse(status=200, headers=response.headers), BARE.url) is None


@pytest.mark.parametrize(
    ("method", "status", "expected"),
    [
        ("POST", 301, "GET"), ("POST", 302, "GET"), ("POST", 303, "GET"), ("PUT", 303, "GET"), ("HEAD", 303, "HEAD"),
        ("POST", 307, "POST"), ("POST", 308, "POST"), ("PUT", 302, "PUT"), ("DELETE", 301, "DELETE"),
    ],
)  # fmt: skip
def test_the_method_after_each_status(method: str, status: int, expected: str) -> None:
    message = HTTPRequest(method=method, url=FULL.url, headers=FULL.headers, content=FULL.content)
    followed, _ = follow(message, BARE, (Hop(status=status, url="https://api.example/b"),))
    assert followed.method == expected
    kept = (expected == method and expected != "HEAD") or method == "HEAD"
    assert followed.content == (FULL.content if kept else NoContent())
    assert ("Content-Type" in followed.headers) is kept


def test_credentials_go_along_on_the_same_origin_only() -> None:
    home = (Hop(status=307, url="https://API.example:443/b"),)
    followed, dropped = follow(FULL, BARE, home)
    assert (followed.url, followed.headers, dropped) == (home[0].url, FULL.headers, ())
    away = (Hop(status=307, url="https://other.example/b"), Hop(status=307, url="https://api.example/c"))
    followed, dropped = follow(FULL, BARE, away)
    assert followed.headers.pairs == (("Content-Type", "application/json"), ("Accept", "*/*"))
    assert dropped == ("Authorization", "X-Trace")
    assert "canary" not in repr(followed)
    assert stays_home(FULL.url, home)
    assert not stays_home(FULL.url, away)
    assert not stays_home(FULL.url, (Hop(status=302, url="https://api.example@other.example/"),))


def test_without_hops_the_message_stays_what_it_is() -> None:
    assert follow(FULL, BARE, ()) == (FULL, ())
