"""AWS signatures as Amazon documents them, and Digest, on the way through the embedded gateway."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterator

import pytest

from playground.catalog.model import Entry, Operation, Provider, SchemeUse, SecurityScheme, Server
from playground.gateway.errors import GatewayError
from playground.gateway.foreign.client import flat_credential
from playground.gateway.protocol import write_credentials
from playground.gateway.signing import aws_scope, meet_challenge, sign
from playground.messages import Headers, HTTPRequest, HTTPResponse, TextContent
from playground.request.built import BuiltRequest
from playground.request.errors import CredentialError
from playground.request.model import RequestModel
from playground.secrets.credentials import AwsKeys, Digest, read_credentials

KEYS = AwsKeys(access_key="AKIDEXAMPLE", secret_key="wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
"""The keys of Amazon's own examples."""


@pytest.fixture(autouse=True)
def documented_day(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    day = datetime.datetime(2015, 8, 30, 12, 36, tzinfo=datetime.UTC)
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda: day)
    yield


def test_the_example_of_the_documentation() -> None:
    # "Signature Version 4 signing process", Amazon's general reference: GET iam ListUsers.
    request = HTTPRequest(
        method="GET",
        url="https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08",
        headers=Headers((("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"), ("Accept", "*/*"))),
    )
    signed = sign(request, KEYS)
    assert signed.headers.get("Authorization") == (
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
        "SignedHeaders=content-type;host;x-amz-date, "
        "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
    )
    assert signed.headers.get("X-Amz-Date") == "20150830T123600Z"
    assert signed.headers.get("Accept") == "*/*"
    assert signed.url == request.url


def test_the_plain_post_of_the_test_suite() -> None:
    # Amazon's Signature Version 4 test suite, post-vanilla: service "service" in us-east-1, host example.amazonaws.com.
    keys = AwsKeys(access_key=KEYS.access_key, secret_key=KEYS.secret_key, region="us-east-1", service="service")
    signed = sign(HTTPRequest(method="POST", url="https://example.amazonaws.com/"), keys)
    assert (signed.headers.get("Authorization") or "").endswith(
        "Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"
    )


def test_s3_says_the_hash_of_the_content_and_a_session_token_goes_along() -> None:
    keys = AwsKeys(access_key="A", secret_key="s", session_token="session", region="eu-west-1")
    request = HTTPRequest(
        method="PUT",
        url="https://bucket.s3.eu-west-1.amazonaws.com/a%20b?x=1#part",
        headers=Headers((("X-Amz-Date", "typed"),)),
        content=TextContent(text="hello"),
    )
    signed = sign(request, keys)
    assert signed.headers.get("X-Amz-Security-Token") == "session"
    # SHA-256 of "hello"
    assert signed.headers.get("X-Amz-Content-SHA256") == (
        "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    )
    assert signed.headers.get_all("X-Amz-Date") == ("20150830T123600Z",)
    assert "/eu-west-1/s3/aws4_request" in (signed.headers.get("Authorization") or "")
    assert signed.content == request.content


@pytest.mark.parametrize(
    ("url", "scope"),
    [
        ("https://ec2.eu-central-1.amazonaws.com/", ("ec2", "eu-central-1")),
        ("https://bucket.s3.amazonaws.com/x", ("s3", "us-east-1")),
        ("https://abc.execute-api.us-west-2.amazonaws.com/prod", ("execute-api", "us-west-2")),
        ("https://s3.dualstack.us-gov-west-1.amazonaws.com/", ("s3", "us-gov-west-1")),
        ("https://email.eu-west-1.amazonaws.com.cn/", ("ses", "eu-west-1")),
        ("https://lambda.eu-west-1.api.aws/", ("lambda", "eu-west-1")),
        ("https://api.example.com/", ("", "")),
        ("https://amazonaws.com.example.org/", ("", "")),
    ],
)
def test_service_and_region_are_the_hosts(url: str, scope: tuple[str, str]) -> None:
    assert aws_scope(url) == scope


def test_without_a_region_nothing_is_sent() -> None:
    with pytest.raises(CredentialError, match="needs a region"):
        sign(HTTPRequest(method="GET", url="https://api.example.com/"), KEYS)


def test_the_signers_own_debug_lines_hold_no_session_token(caplog: pytest.LogCaptureFixture) -> None:
    keys = AwsKeys(access_key="A", secret_key="s", session_token="canary-session", region="eu-west-1", service="x")
    with caplog.at_level(logging.DEBUG):
        sign(HTTPRequest(method="GET", url="https://api.example.com/"), keys)
    assert "canary-session" not in caplog.text


def test_only_a_challenge_is_answered_and_only_with_digest() -> None:
    request = HTTPRequest(method="GET", url="https://api.example.com/")
    fields = Headers((("WWW-Authenticate", 'Digest realm="r", nonce="n", qop="auth"'),))
    refused = HTTPResponse(status=401, headers=fields)
    assert meet_challenge(request, refused, Digest(username="u", password="p")) is not None
    assert meet_challenge(request, HTTPResponse(status=403, headers=fields), Digest(username="u", password="p")) is None
    assert meet_challenge(request, refused, KEYS) is None
    assert meet_challenge(request, refused, None) is None
    assert sign(request, Digest(username="u", password="p")) is request


@pytest.mark.parametrize(
    "credential",
    [
        {"type": "digest", "username": "ada", "password": "canary"},
        {"type": "aws_sigv4", "accessKeyId": "A", "secretAccessKey": "canary", "region": "eu-west-1"},
        {"type": "aws_sigv4", "accessKeyId": "A", "secretAccessKey": "c", "sessionToken": "t", "service": "s3"},
    ],
)
def test_what_signs_is_written_as_it_is_read_and_shows_nothing(credential: dict[str, str]) -> None:
    read = read_credentials(credential)
    assert write_credentials(read) == credential
    assert "canary" not in repr(read)


def test_a_flat_gateway_that_cannot_sign_is_told_so() -> None:
    scheme = SecurityScheme(name="digest", type="http", scheme="digest")
    entry = Entry(
        provider=Provider(
            name="p", title="P", servers=(Server(url="https://api.example.com"),), security_schemes=(scheme,)
        ),
        operation=Operation(name="o", method="GET", path="/", security=((SchemeUse(scheme="digest"),),)),
        definitions={},
    )
    credentials = read_credentials({"type": "digest", "username": "u", "password": "p"})
    with pytest.raises(GatewayError, match="cannot sign requests"):
        flat_credential(BuiltRequest(entry=entry, model=RequestModel()), credentials)


@pytest.mark.parametrize(("name", "text"), [("region", "eu west"), ("service", "a/b"), ("region", "x" * 65)])
def test_what_goes_into_a_signature_s_scope_is_checked(name: str, text: str) -> None:
    with pytest.raises(CredentialError, match=f"“{name}” may only hold"):
        read_credentials({"type": "aws_sigv4", "accessKeyId": "A", "secretAccessKey": "s", name: text})
