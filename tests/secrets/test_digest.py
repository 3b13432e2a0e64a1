"""HTTP Digest: the vectors of RFC 7616 and RFC 2617, and challenges that no one can or should answer."""

from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.messages import Headers, HTTPRequest, TextContent
from playground.secrets.credentials import Digest
from playground.secrets.digest import Challenge, answer_challenge, read_challenges

MUFASA = Digest(username="Mufasa", password="Circle of Life")
REQUEST = HTTPRequest(
    method="GET", url="http://www.example.org/dir/index.html", headers=Headers((("Accept", "text/html"),))
)
CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
RFC_7616 = (
    'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm={}, '
    'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"'
)


def field(request: HTTPRequest | None, name: str) -> str | None:
    assert request is not None
    match = re.search(rf'\b{name}="?([^",]*)', request.headers.get("authorization") or "")
    return match and match[1]


@pytest.mark.parametrize(
    ("algorithm", "response"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_the_example_of_rfc_7616(algorithm: str, response: str) -> None:
    answered = answer_challenge(REQUEST, [RFC_7616.format(algorithm)], MUFASA, nonce=CNONCE)
    assert field(answered, "response") == response
    assert field(answered, "nc") == "00000001"
    assert field(answered, "uri") == "/dir/index.html"
    assert answered is not None
    assert answered.headers.get("accept") == "text/html"


def test_the_stronger_of_two_challenges_is_answered() -> None:
    both = [RFC_7616.format("MD5"), RFC_7616.format("SHA-256")]
    assert field(answer_challenge(REQUEST, both, MUFASA, nonce=CNONCE), "algorithm") == "SHA-256"


def test_the_example_of_rfc_2617() -> None:
    challenge = (
        'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", '
        'opaque="5ccc069c403ebaf9f0171e9517f40e41"'
    )
    mufasa = Digest(username="Mufasa", password="Circle Of Life")
    answered = answer_challenge(REQUEST, [challenge], mufasa, nonce="0a4f113b")
    assert field(answered, "response") == "6629fae49393a05397450978507c4ef1"
    assert field(answered, "algorithm") is None


def test_the_example_with_a_hidden_user_name() -> None:
    # RFC 7616 section 3.9.2; its response is computed with SHA-512/256 of an early draft, so only the name is compared.
    challenge = (
        'Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, '
        'nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", '
        'opaque="HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS", charset=UTF-8, userhash=true'
    )
    jason = Digest(username="J\u00e4s\u00f8n Doe", password="Secret, or not?")
    answered = answer_challenge(REQUEST, [challenge], jason, nonce="n")
    expected = hashlib.new("sha512_256", "J\u00e4s\u00f8n Doe:api@example.org".encode()).hexdigest()
    assert field(answered, "username") == expected
    assert field(answered, "userhash") == "true"


def test_a_user_name_beyond_ascii_is_written_as_rfc_8187_does() -> None:
    jason = Digest(username="J\u00e4s\u00f8n Doe", password="p")
    answered = answer_challenge(REQUEST, [RFC_7616.format("MD5")], jason)
    assert answered is not None
    assert "username*=UTF-8''J%C3%A4s%C3%B8n%20Doe," in (answered.headers.get("authorization") or "")


def test_without_qop_as_rfc_2069_has_it_and_with_the_whole_target() -> None:
    request = HTTPRequest(
        method="POST", url="https://api.example.com/a%20b?x=1&y=%2F#part", content=TextContent(text="b")
    )
    answered = answer_challenge(request, ['Digest realm="r", nonce="n"'], Digest(username="u", password="p"))
    first = hashlib.md5(b"u:r:p", usedforsecurity=False).hexdigest()
    second = hashlib.md5(b"POST:/a%20b?x=1&y=%2F", usedforsecurity=False).hexdigest()
    assert field(answered, "response") == hashlib.md5(f"{first}:n:{second}".encode(), usedforsecurity=False).hexdigest()
    assert field(answered, "uri") == "/a%20b?x=1&y=%2F"
    assert field(answered, "cnonce") is None


def test_auth_int_covers_the_content_where_nothing_else_is_offered() -> None:
    request = HTTPRequest(method="PUT", url="https://api.example.com/", content=TextContent(text="body"))
    challenge = 'Digest realm="r", nonce="n", qop="auth-int", algorithm=SHA-256-sess'
    answered = answer_challenge(request, [challenge], Digest(username="u", password="p"), nonce="c")

    def h(text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()

    expected = h(f"{h(h('u:r:p') + ':n:c')}:n:00000001:c:auth-int:{h('PUT:/:' + h('body'))}")
    assert field(answered, "response") == expected


def test_each_answer_has_a_nonce_of_its_own() -> None:
    answers = {field(answer_challenge(REQUEST, [RFC_7616.format("MD5")], MUFASA), "cnonce") for _ in range(5)}
    assert len(answers) == 5


@pytest.mark.parametrize(
    "challenge",
    [
        'Basic realm="x"',
        'Digest realm="x"',
        'Digest realm="x", nonce="n", algorithm=ROT13',
        'Digest realm="x", nonce="n", qop="auth-later"',
        'Digest realm="x", nonce="n\r\nX-Injected: 1"',
        "",
    ],
)
def test_a_challenge_that_cannot_be_met_is_not_answered(challenge: str) -> None:
    assert answer_challenge(REQUEST, [challenge], MUFASA) is None


def test_the_standards_own_example_of_two_challenges() -> None:
    # RFC 9110 section 11.6.1
    text = 'Basic realm="simple", Newauth realm="apps", type=1, title="Login to \\"apps\\""'
    assert read_challenges([text]) == (
        Challenge(scheme="basic", parameters={"realm": "simple"}),
        Challenge(scheme="newauth", parameters={"realm": "apps", "type": "1", "title": 'Login to "apps"'}),
    )


def test_fields_of_their_own_and_names_in_any_case() -> None:
    found = read_challenges(['BEARER Error="insufficient_scope" , SCOPE = "a b"', "Negotiate YII=="])
    assert found == (
        Challenge(scheme="bearer", parameters={"error": "insufficient_scope", "scope": "a b"}),
        Challenge(scheme="negotiate", parameters={"": "YII=="}),
    )


def test_what_cannot_be_read_ends_the_field_and_no_more() -> None:
    assert read_challenges(['Basic realm="x", "?', "Bearer"]) == (
        Challenge(scheme="basic", parameters={"realm": "x"}),
        Challenge(scheme="bearer"),
    )
    assert read_challenges(["", ",,", '"', "=x"]) == ()


@given(st.lists(st.text(max_size=60), max_size=3))
def test_nothing_a_server_writes_is_an_error(values: list[str]) -> None:
    for challenge in read_challenges(values):
        assert challenge.scheme == challenge.scheme.lower() != ""


def test_a_long_field_takes_no_long_time() -> None:
    assert len(read_challenges(['a="' + "\\" * 1_000_000])) <= 1
    assert len(read_challenges(["a " * 1_000_000])) > 100
