from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from urllib3.util import parse_url

from playground.config import OpenedNetwork, Settings
from playground.transport.egress import (
    EgressPolicy,
    Verdict,
    api_policy,
    check_url,
    checked_origin,
    document_policy,
    gateway_policy,
    judge,
    same_origin,
)
from playground.transport.errors import InvalidTarget, OriginRefused

ANY = EgressPolicy(subject="API", any_origin=True)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.1/", "http://127.0.1/", "http://127.000.000.001/", "http://2130706433/", "http://0x7f000001/",
        "http://0x7f.1/", "http://0177.0.0.1/", "http://017700000001/", "http://0127.0.0.1/", "http://0/",
        "http://1.2.3/", "http://1.2.3.4.5/", "http://256.1.1.1/", "http://example.0x7f/", "http://example.1/",
        "http://127.0.0.1./", "http://localhost./",
        "http://127。0。0。1/", "http://①②⑦.⓪.⓪.①/", "http://１２７.0.0.1/", "http://%31%32%37.0.0.1/",
        "http://exam\u00adple.com/", "http://exam\u200bple.com/", "http://ⓔxample.com/",
        "http://exa%6dple.com/", "http://example.com%00/", "http://exa mple.com/", "http://ex_ample-.com/",
        "http://[fe80::1%25lo]/", "http://[fe80::1%lo]/", "http://[::1/", "http://::1/", "http://[[::1]]/",
        "http://[::1]x/", "http://api@127.0.0.1/", "http://api:80@127.0.0.1/", "http://a@b@c/", "http://@c/",
        "http://127.0.0.1\\@api/", "http://api\\@127.0.0.1/", "http://api.example.com\\.evil.example/",
        "http://api.example.com:0/", "http://api.example.com:65536/", "http://api.example.com:-1/",
        "http://api.example.com:007/", "http://api.example.com:/", "http://api.example.com:80:80/",
        "http://api.example.com:99999/", "http://api.example.com:8o/", "http://api.example.com:22/",
        "http://api.example.com:6379/", "http://[2606:4700::1]:/",
        "file:///etc/passwd", "gopher://x/", "ftp://x/", "dict://x/", "data:text/html,x", "javascript:alert(1)",
        "http:/x", "//x", "x", "", "http://", "https:///path", " http://x/", "ht\ttp://x/", "http://x/\n",
        "http://x/a b", "http://x/é", "http://x/\x00", "http://.example.com/", "http://a..b/", "http://-a.com/",
        "http://" + "a" * 64 + ".com/", "http://x/" + "a" * 70_000,
        "http://x/a/../b", "http://x/a/%2e%2e", "http://x/.%2E/b", "http://x/./",
    ],
)  # fmt: skip
def test_a_url_that_two_parsers_could_read_differently_is_refused(url: str) -> None:
    with pytest.raises(InvalidTarget) as caught:
        check_url(url, ANY)
    assert str(caught.value).endswith((".", ".."))
    assert str(caught.value).count("\n") == 0


@pytest.mark.parametrize(
    ("url", "origin", "target"),
    [
        ("https://api.example.com/v1/x", "https://api.example.com", "/v1/x"),
        ("HTTPS://API.Example.com:443", "https://api.example.com", "/"),
        ("http://api.example.com:8080?x=1", "http://api.example.com:8080", "/?x=1"),
        ("http://x/a%2Fb;c/[0]?q=%7B%7d&e=[]#frag", "http://x", "/a%2Fb;c/[0]?q=%7B%7d&e=[]"),
        ("http://x/..%2fadmin//%252e?", "http://x", "/..%2fadmin//%252e?"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000", "/"),
        ("http://127.0.0.1#@api.example.com/", "http://127.0.0.1", "/"),
        ("http://LOCALHOST/", "http://localhost", "/"),
        ("http://[::1]:8000/", "http://[::1]:8000", "/"),
        ("http://[2606:4700::1]/", "http://[2606:4700::1]", "/"),
        ("https://bücher.example/", "https://xn--bcher-kva.example", "/"),
        ("http://a_b.example.com/", "http://a_b.example.com", "/"),
        ("http://1password.com/", "http://1password.com", "/"),
        ("http://x/a?b=../c", "http://x", "/a?b=../c"),
    ],
)
def test_a_plain_url_keeps_its_target_byte_for_byte(url: str, origin: str, target: str) -> None:
    checked = check_url(url, ANY)
    assert (checked.origin, checked.target) == (origin, target)
    assert checked_origin(url) == origin


@given(
    st.sampled_from(["http://", "https://", "HTTP://"]),
    st.text("ab.01x9:@[]/\\?#%-_~ \t\n。１é", max_size=14),
    st.sampled_from(["", "/", "/x?y#z", ":80", ":8080/", "@evil.example/", "\\@evil.example", "#@evil.example/"]),
)
def test_what_is_accepted_every_parser_reads_alike(scheme: str, middle: str, end: str) -> None:
    url = scheme + middle + end
    try:
        checked = check_url(url, ANY)
    except InvalidTarget:
        return
    for host, port in (
        (urlsplit(url).hostname, urlsplit(url).port),
        (parse_url(url).hostname, parse_url(url).port),
    ):
        encoded = (host or "").strip("[]").encode("idna").decode() if not (host or "").isascii() else (host or "")
        assert encoded.strip("[]") == checked.host
        assert (port or checked.port) == checked.port
    assert checked.target.startswith("/")
    assert check_url(checked.origin + checked.target, ANY) == checked


def test_only_described_and_listed_origins_are_api_targets() -> None:
    settings = Settings(upstreams=("https://listed.example.com", "https://*.tenants.example.com"))
    policy = api_policy(settings, ["https://api.example.com"])
    for url in ("https://api.example.com/x", "https://listed.example.com", "https://acme.tenants.example.com/"):
        check_url(url, policy)
    for url in (
        "http://api.example.com/", "https://api.example.com:8443/", "https://evil.example.com/",
        "https://tenants.example.com/", "https://eviltenants.example.com/", "http://a.tenants.example.com/",
    ):  # fmt: skip
        with pytest.raises(OriginRefused, match="not allowed here"):
            check_url(url, policy)


def test_a_gateway_is_listed_or_public_by_star_or_the_visitors_own_loopback() -> None:
    listed = gateway_policy(Settings(gateways=("https://gw.example.com",)))
    assert judge(check_url("https://gw.example.com/", listed), "10.0.0.5", listed) is Verdict.NAMED
    assert judge(check_url("https://gw.example.com/", listed), "169.254.169.254", listed) is Verdict.METADATA
    with pytest.raises(OriginRefused, match="PLAYGROUND_GATEWAYS"):
        check_url("https://other.example.com/", listed)
    with pytest.raises(OriginRefused):
        check_url("http://localhost:4000/", listed)

    star = gateway_policy(Settings(gateways=("*",)))
    other = check_url("https://other.example.com/", star)
    assert judge(other, "8.8.8.8", star) is Verdict.PUBLIC
    assert judge(other, "127.0.0.1", star) is Verdict.LOOPBACK

    local = gateway_policy(Settings(), own_origin="http://127.0.0.1:8000", loopback=True)
    for url in ("http://localhost:4000", "http://127.0.0.2:4000/", "http://[::1]:4000/"):
        assert judge(check_url(url, local), "127.0.0.1", local) is Verdict.NAMED
    assert judge(check_url("http://localhost:4000", local), "10.0.0.1", local) is Verdict.NOT_LOOPBACK
    for url in ("http://127.0.0.1:8000/gateway", "http://localhost:8000/gateway", "http://[::1]:8000/"):
        with pytest.raises(OriginRefused, match="is this site itself: write its gateway's address as"):
            check_url(url, local)
    for url in ("http://localhost.evil.example/", "http://10.0.0.1:4000/"):
        with pytest.raises(OriginRefused):
            check_url(url, local)


def test_the_prefilled_gateway_is_allowed_and_private_networks_are_not_opened_for_gateways() -> None:
    settings = Settings(
        gateway_url="http://gw.internal:4000/base",
        private_networks=(OpenedNetwork(network=ipaddress.ip_network("10.0.0.0/8"), port=0),),
        gateways=("*",),
    )
    policy = gateway_policy(settings)
    assert judge(check_url("http://gw.internal:4000/base/tools/x/y", policy), "10.0.0.1", policy) is Verdict.NAMED
    assert judge(check_url("http://gw.public.example/", policy), "10.0.0.1", policy) is Verdict.PRIVATE


def test_own_addresses_are_refused_under_every_policy() -> None:
    own = [("127.0.0.1", 8000)]
    settings = Settings(private_networks=(OpenedNetwork(network=ipaddress.ip_network("127.0.0.0/8"), port=0),))
    policy = api_policy(settings, ["http://127.0.0.1:8000", "http://127.0.0.1:9000"], own)
    assert judge(check_url("http://127.0.0.1:8000", policy), "127.0.0.1", policy) is Verdict.OWN
    assert judge(check_url("http://127.0.0.1:9000", policy), "127.0.0.1", policy) is Verdict.OPENED
    gateways = gateway_policy(Settings(), None, True, own=own)
    assert judge(check_url("http://localhost:8000", gateways), "127.0.0.1", gateways) is Verdict.OWN


def test_a_document_may_be_private_where_it_was_typed_but_not_where_it_redirects() -> None:
    policy = document_policy("http://localhost:9000/openapi.json")
    assert judge(check_url("http://localhost:9000/openapi.json", policy), "127.0.0.1", policy) is Verdict.NAMED
    assert judge(check_url("http://localhost:9001/", policy), "127.0.0.1", policy) is Verdict.LOOPBACK
    assert judge(check_url("http://localhost:9000/", policy), "169.254.169.254", policy) is Verdict.METADATA


def test_a_visitors_timeout_shortens_the_operators_and_never_lengthens_it() -> None:
    settings = Settings(send_timeout=20)
    assert api_policy(settings, [], timeout=5).total_timeout == 5
    assert api_policy(settings, [], timeout=60).total_timeout == 20


def test_loopback_has_three_spellings_and_one_origin() -> None:
    assert same_origin("http://localhost:8000/gateway", "http://127.0.0.1:8000")
    assert same_origin("http://[::1]:8000", "http://LOCALHOST:8000/x")
    assert same_origin("https://a.example/x", "https://A.example:443")
    assert not same_origin("http://localhost:8000", "http://localhost:8001")
    assert not same_origin("https://localhost", "http://localhost")
    assert not same_origin("http://localhost.example", "http://localhost")
    assert not same_origin("nonsense", "nonsense")


def test_a_checked_url_shows_no_query() -> None:
    assert "canary" not in repr(check_url("https://api.example.com/x?key=canary", ANY))
