"""Digest and AWS signatures in snippets: curl computes them, anything else says that it does not."""

from __future__ import annotations

import pytest

from playground.catalog.model import Entry, Operation, Provider, SchemeUse, SecurityScheme, Server
from playground.request.built import BuiltRequest
from playground.request.model import RequestModel
from playground.snippets.registry import TARGETS, make_snippet, marked_snippet

DIGEST = SecurityScheme(name="digest", type="http", scheme="digest")
AWS = SecurityScheme(name="aws", type="apiKey", location="header", parameter="Authorization", scheme="aws-sigv4")
BEARER = SecurityScheme(name="token", type="http", scheme="bearer")
BASIC = SecurityScheme(name="login", type="http", scheme="basic")
QUERY = SecurityScheme(name="key", type="apiKey", location="query", parameter="k")


def entry(*schemes: SecurityScheme) -> Entry:
    return Entry(
        provider=Provider(
            name="shop", title="Shop", servers=(Server(url="https://shop.example"),), security_schemes=schemes
        ),
        operation=Operation(
            name="o", method="GET", path="/o", security=(tuple(SchemeUse(scheme=scheme.name) for scheme in schemes),)
        ),
        definitions={},
    )


def test_curl_computes_both() -> None:
    digest = make_snippet(entry(DIGEST), RequestModel(), target="shell_curl", via="direct")
    assert '--user "$SHOP_USERNAME:$SHOP_PASSWORD"' in digest.text
    assert "--digest" in digest.text
    assert not digest.notes
    aws = make_snippet(entry(AWS), RequestModel(), target="shell_curl", via="direct")
    assert '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"' in aws.text
    assert "--aws-sigv4 'aws:amz'" in aws.text


@pytest.mark.parametrize("target", [one.id for one in TARGETS if "direct" in one.vias and one.id != "shell_curl"])
@pytest.mark.parametrize(("scheme", "what"), [(DIGEST, "HTTP Digest"), (AWS, "AWS Signature Version 4")])
def test_any_other_says_that_it_does_not(target: str, scheme: SecurityScheme, what: str) -> None:
    made = make_snippet(entry(scheme), RequestModel(), target=target, via="direct")
    assert any(what in note for note in made.notes)


def test_a_call_of_the_gateway_carries_the_variables() -> None:
    made = make_snippet(entry(AWS), RequestModel(), target="python_requests", via="gateway")
    assert '"type": "aws_sigv4"' in made.text
    assert 'os.environ["AWS_SECRET_ACCESS_KEY"]' in made.text


@pytest.mark.parametrize("target", [one.id for one in TARGETS if "direct" in one.vias])
def test_marked_code_has_one_marker_for_each_secret(target: str) -> None:
    for scheme in (BEARER, BASIC, QUERY):
        text, places = marked_snippet(BuiltRequest(entry=entry(scheme), model=RequestModel()), target=target)
        assert [(one.scheme.name, marker) for marker, one in places] == [(scheme.name, "PLAYGROUND__KEY__0__")]
        assert "PLAYGROUND__KEY__0__" in text
        assert not any(variable in text for variable in places[0][1].variables)
