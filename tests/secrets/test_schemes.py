"""Credentials: read in every spelling, sent where the schemes say and nowhere else, never shown."""

from __future__ import annotations

import base64
import json
import traceback
from typing import Any

import pytest

from playground.catalog.model import Entry, SecurityScheme
from playground.messages import Headers, HTTPRequest
from playground.request.build import build_request
from playground.request.errors import CredentialError
from playground.request.model import RequestModel
from playground.secrets.credentials import (
    ApiKey,
    Basic,
    Bearer,
    Credentials,
    NoCredential,
    read_credentials,
    secrets_of,
)
from playground.secrets.mask import mask_request, mask_url
from playground.secrets.redact import redact_text
from playground.secrets.schemes import injections, requirement_of
from tests.request.entries import (
    APP_KEY,
    BASIC,
    BEARER,
    COOKIE_KEY,
    HEADER_KEY,
    OAUTH,
    QUERY_KEY,
    SCHEMES,
    at,
    make_entry,
    requirement,
    stripe_update,
)

CANARY = "sk_canary_4f1d9c"


def entry_with(*alternatives: tuple[str, ...], schemes: tuple[SecurityScheme, ...] = SCHEMES) -> Entry:
    return make_entry(security=tuple(requirement(*names) for names in alternatives), schemes=schemes)


def sent(entry: Entry, credential: Any, names: tuple[str, ...] | None = None) -> HTTPRequest:
    return build_request(entry, RequestModel(security=names), read_credentials(credential))


def header(entry: Entry, credential: Any, names: tuple[str, ...] | None = None) -> str | None:
    return sent(entry, credential, names).headers.get("authorization")


@pytest.mark.parametrize(
    ("value", "single"),
    [
        (None, None),
        ({"type": "bearer", "token": "t"}, Bearer(token="t")),
        ({"type": "bearer_token", "token": " Bearer t "}, Bearer(token="t")),
        ({"type": "basic", "username": "u", "password": "p"}, Basic(username="u", password="p")),
        ({"type": "basic", "username": "u"}, Basic(username="u", password="")),
        ({"type": "api_key", "value": "k", "name": "N", "in": "query"}, ApiKey(value="k", name="N", location="query")),
        (
            {"type": "api_key", "value": "k", "headerName": "DD-API-KEY", "headerPrefix": "opt "},
            ApiKey(value="k", name="DD-API-KEY", location="header", prefix="opt "),
        ),
        ({"type": "oauth2", "accessToken": "t", "tokenType": "bearer", "expiresAt": 0}, Bearer(token="t")),
        ({"type": "oauth2", "accessToken": "t", "tokenType": "MAC"}, Bearer(token="t", scheme="MAC")),
        ({"type": "none"}, NoCredential()),
        ({"type": "bearer", "token": ""}, None),
        ({"provider": "stripe", "credential": {"type": "bearer", "token": "t"}, "updatedAt": "x"}, Bearer(token="t")),
    ],
)
def test_every_spelling_is_read(value: Any, single: Any) -> None:
    assert read_credentials(value) == Credentials(single=single)


def test_several_schemes_and_custom_headers_are_read() -> None:
    value = {
        "credential": {"type": "schemes", "schemes": {"a": {"type": "bearer", "token": "t"}, "b": None}},
        "customHeaders": {"Stripe-Version": " 2 "},
    }
    assert read_credentials(value) == Credentials(schemes={"a": Bearer(token="t")}, headers={"Stripe-Version": "2"})
    assert read_credentials({"customHeaders": [{"name": "A", "value": "b"}, {"name": "", "value": ""}]}) == (
        Credentials(headers={"A": "b"})
    )


def test_a_credential_of_another_provider_is_dropped() -> None:
    entry = {"provider": "evil", "credential": {"type": "bearer", "token": "t"}, "customHeaders": {"A": "b"}}
    assert not read_credentials(entry, provider="stripe")
    assert read_credentials(entry, provider="evil").single == Bearer(token="t")


@pytest.mark.parametrize(
    "value",
    [
        CANARY, 3, [CANARY], {"type": CANARY}, {"token": CANARY}, {"type": "bearer"},
        {"type": "bearer", "token": [CANARY]},
        {"type": "bearer", "token": CANARY + "\r\nX-Evil: 1"}, {"type": "bearer", "token": CANARY + "\n"},
        {"type": "basic", "username": CANARY + ":x", "password": "p"},
        {"type": "basic", "username": "u", "password": CANARY + "\x00"},
        {"type": "api_key", "value": CANARY + "\x1b"}, {"type": "api_key", "value": CANARY, "in": CANARY},
        {"type": "api_key", "value": CANARY, "name": CANARY + " x", "in": "header"},
        {"type": "api_key", "value": CANARY, "name": "Host", "in": "header"},
        {"type": "oauth2", "accessToken": CANARY, "tokenType": CANARY + " x"}, {"type": "schemes", "schemes": CANARY},
        {"type": "schemes", "schemes": {"a": CANARY}}, {"credential": CANARY},
        {"credential": {"type": "none"}, "customHeaders": {"A": CANARY + "\r\n"}},
        {"credential": {"type": "none"}, "customHeaders": {CANARY + " x": "y"}},
        {"credential": {"type": "none"}, "customHeaders": {"Host": CANARY}},
        {"credential": {"type": "none"}, "customHeaders": {"Cookie": CANARY}},
        {"credential": {"type": "none"}, "customHeaders": CANARY},
        {"credential": {"type": "none"}, "customHeaders": {"A": [CANARY]}},
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_sentence_without_the_secret(value: Any) -> None:
    with pytest.raises(CredentialError) as caught:
        read_credentials(value)
    text = "".join(traceback.format_exception(caught.value, limit=0)) + str(caught.value) + repr(caught.value)
    assert CANARY not in text
    assert str(caught.value).endswith(".")
    assert caught.value.__cause__ is None


def test_no_repr_shows_a_secret() -> None:
    credentials = Credentials(
        single=Basic(username=CANARY, password=CANARY),
        schemes={"a": Bearer(token=CANARY), "b": ApiKey(value=CANARY)},
        headers={"X": CANARY},
    )
    assert CANARY not in repr(credentials)
    assert CANARY not in repr(sent(make_entry(), {"type": "bearer", "token": CANARY}))


def test_the_first_satisfied_alternative_is_sent_and_only_its_schemes() -> None:
    entry = entry_with(("basicAuth",), ("bearerAuth",))
    assert header(entry, {"type": "bearer", "token": "t"}) == "Bearer t"
    assert header(entry, {"type": "basic", "username": "é", "password": "a:b"}) == (
        "Basic " + base64.b64encode("é:a:b".encode()).decode()
    )
    schemes = {
        "bearerAuth": {"type": "bearer", "token": "t"},
        "basicAuth": {"type": "basic", "username": "u", "password": "p"},
    }
    both = {"type": "schemes", "schemes": schemes}
    assert header(entry, both) == "Basic dTpw"
    assert header(entry, both, ("bearerAuth",)) == "Bearer t"
    assert header(entry, {"type": "api_key", "value": "k"}) is None


def test_a_requirement_of_two_keys_needs_both() -> None:
    entry = entry_with(("apiKeyAuth", "appKeyAuth"))
    named = {"type": "api_key", "value": "k", "headerName": "DD-API-KEY"}
    assert sent(entry, named).headers.pairs == (("Accept", "*/*"),)
    assert sent(entry, {"type": "api_key", "value": "k"}).headers.pairs == (("Accept", "*/*"),)
    both = {"type": "schemes", "schemes": {"apiKeyAuth": {"type": "api_key", "value": "1"},
                                           "appKeyAuth": {"type": "api_key", "value": "2"}}}  # fmt: skip
    assert sent(entry, both).headers.pairs[:2] == (("DD-API-KEY", "1"), ("DD-APPLICATION-KEY", "2"))


def test_one_token_serves_two_views_of_one_oauth_scheme() -> None:
    other = SecurityScheme(name="oauth_c", type="oauth2")
    entry = entry_with(("oauth", "oauth_c"), schemes=(OAUTH, other))
    assert sent(entry, {"type": "oauth2", "accessToken": "t"}).headers.get_all("authorization") == ("Bearer t",)


def test_keys_go_to_header_query_or_cookie() -> None:
    key = {"type": "api_key", "value": "a b&c"}
    assert sent(entry_with(("apiKeyAuth",)), key).headers.get("dd-api-key") == "a b&c"
    assert sent(entry_with(("queryKey",)), key).url.endswith("/things?api%20key=a%20b%26c")
    assert sent(entry_with(("cookieKey",)), key).headers.get("cookie") == "sid=a%20b&c"
    assert sent(entry_with(("queryKey",)), {**key, "headerName": "Other"}).url.endswith("/things")


def test_a_key_called_authorization_may_be_saved_as_a_bearer() -> None:
    scheme = SecurityScheme(name="a", type="apiKey", location="header", parameter="Authorization")
    entry = entry_with(("a",), schemes=(scheme,))
    assert header(entry, {"type": "bearer", "token": "t"}) == "Bearer t"
    assert header(entry, {"type": "api_key", "value": "token t"}) == "token t"
    named = {"type": "api_key", "value": "t", "headerName": "Authorization", "headerPrefix": "Bearer "}
    assert header(entry_with(("bearerAuth",)), named) == "Bearer t"


def test_explicitly_no_security_sends_nothing_and_optional_security_sends_what_is_there() -> None:
    bearer = {"type": "bearer", "token": "t"}
    assert header(make_entry(security=(), schemes=SCHEMES), bearer) is None
    assert header(entry_with(("bearerAuth",)), bearer, ()) is None
    assert header(entry_with((), ("bearerAuth",)), bearer) == "Bearer t"
    assert header(entry_with((), ("bearerAuth",)), {"type": "none"}) is None


def test_an_operation_that_says_nothing_offers_the_providers_schemes() -> None:
    undeclared = make_entry(schemes=(HEADER_KEY, BEARER))
    assert header(undeclared, {"type": "bearer", "token": "t"}) == "Bearer t"
    assert sent(undeclared, {"type": "api_key", "value": "k"}).headers.get("dd-api-key") == "k"
    unknown = make_entry()
    assert header(unknown, {"type": "basic", "username": "u", "password": "p"}) == "Basic dTpw"
    assert sent(unknown, {"type": "api_key", "value": "k"}).headers.get("x-api-key") == "k"
    assert sent(unknown, {"type": "api_key", "value": "k", "name": "q", "in": "query"}).url.endswith("?q=k")
    assert header(unknown, {"type": "none"}) is None


def test_custom_headers_follow_the_credential_and_give_way_to_what_was_typed() -> None:
    entry = make_entry(parameters=(at("header", "X-A"),), security=(requirement("bearerAuth"),), schemes=SCHEMES)
    value = {"credential": {"type": "bearer", "token": "t"},
             "customHeaders": {"Authorization": "no", "X-A": "custom", "X-B": "b", "Content-Type": "no"}}  # fmt: skip
    typed = build_request(entry, RequestModel(parameters={"header": {"X-A": "typed"}}), read_credentials(value))
    assert typed.headers.pairs == (("Authorization", "Bearer t"), ("X-B", "b"), ("Accept", "*/*"), ("X-A", "typed"))
    assert sent(entry, value).headers.get("x-a") == "custom"


def test_credentials_made_by_hand_are_checked_when_sent() -> None:
    for bad in (Bearer(token=CANARY + "\r\nX: 1"), ApiKey(value=CANARY, name="a b"), ApiKey(value=CANARY, name="Host")):
        with pytest.raises(CredentialError) as caught:
            build_request(make_entry(), RequestModel(), Credentials(single=bad))
        assert CANARY not in str(caught.value)


def test_the_default_requirement_is_the_one_easiest_to_have() -> None:
    assert requirement_of(stripe_update()) == requirement("bearerAuth")
    assert requirement_of(stripe_update(), ("basicAuth",)) == requirement("basicAuth")
    assert requirement_of(stripe_update(), ("nosuch",)) == requirement("bearerAuth")
    assert requirement_of(stripe_update(), ()) == ()
    assert requirement_of(entry_with(("basicAuth",), ("oauth",), ("apiKeyAuth",))) == requirement("apiKeyAuth")
    assert requirement_of(entry_with(("basicAuth", "apiKeyAuth"), ("bearerAuth",))) == requirement(
        "basicAuth", "apiKeyAuth"
    )
    assert requirement_of(make_entry(schemes=SCHEMES)) == ()
    assert requirement_of(make_entry(schemes=SCHEMES), ("oauth",)) == requirement("oauth")


def test_injections_name_environment_variables() -> None:
    def variables(entry: Entry, names: tuple[str, ...] | None = None) -> list[Any]:
        return [
            (injection.kind, injection.location, injection.name, injection.prefix, injection.variables)
            for injection in injections(entry, names)
        ]

    bearer = ("bearer", "header", "Authorization", "Bearer ", ("STRIPE_API_KEY",))
    basic = ("basic", "header", "Authorization", "Basic ", ("STRIPE_USERNAME", "STRIPE_PASSWORD"))
    assert variables(stripe_update()) == [bearer]
    assert variables(stripe_update(), ("basicAuth",)) == [basic]
    assert variables(entry_with(("apiKeyAuth", "appKeyAuth"))) == [
        ("api_key", "header", "DD-API-KEY", "", ("ACME_API_KEY",)),
        ("api_key", "header", "DD-APPLICATION-KEY", "", ("ACME_APPKEYAUTH_API_KEY",)),
    ]
    nested = make_entry(provider="1forge/x-y", security=(requirement("oauth"),), schemes=SCHEMES)
    assert variables(nested) == [("bearer", "header", "Authorization", "Bearer ", ("_1FORGE_X_Y_ACCESS_TOKEN",))]
    assert variables(make_entry(schemes=SCHEMES)) == []


def test_a_masked_request_shows_no_secret() -> None:
    entry = make_entry(
        schemes=SCHEMES,
        security=(requirement("bearerAuth", "apiKeyAuth", "queryKey", "cookieKey"),),
        parameters=(at("query", "q"), at("cookie", "c")),
    )
    secrets = {
        "bearerAuth": {"type": "bearer", "token": CANARY + "1"},
        "apiKeyAuth": {"type": "api_key", "value": CANARY + "2"},
        "queryKey": {"type": "api_key", "value": CANARY + "3 &"},
        "cookieKey": {"type": "api_key", "value": CANARY + "4;"},
    }
    credentials = read_credentials(
        {"credential": {"type": "schemes", "schemes": secrets}, "customHeaders": {"X-Own": CANARY + "5"}}
    )
    model = RequestModel(parameters={"query": {"q": "1"}, "cookie": {"c": "2"}})
    request = build_request(entry, model, credentials)
    for masked in (
        mask_request(entry, request, credentials),
        mask_request(entry, build_request(entry, model, credentials), None),
    ):
        shown = json.dumps([masked.url, masked.headers.pairs], ensure_ascii=False)
        assert [number for number in "1234" if CANARY + number in shown] == []
        assert masked.url == "https://api.example.com/v1/things?q=1&api%20key=•••"
        assert masked.headers.get("authorization") == "Bearer •••"
        assert masked.headers.get("cookie") == "c=2; sid=•••"
    assert mask_request(entry, request, credentials).headers.get("x-own") == "•••"


def test_a_url_is_masked_by_the_providers_query_keys() -> None:
    entry = make_entry(schemes=(QUERY_KEY, COOKIE_KEY, APP_KEY, BASIC))
    assert mask_url(entry, "https://a/x?a=1&api+key=s&api%20key=t#f") == "https://a/x?a=1&api+key=•••&api%20key=•••#f"
    assert mask_url(entry, "https://a/x") == "https://a/x"
    assert mask_url(make_entry(), "https://a/x?api%20key=s") == "https://a/x?api%20key=s"


def test_secrets_are_listed_for_redaction_in_every_form() -> None:
    credentials = Credentials(
        single=Basic(username="sk_user_key", password=""),
        schemes={"b": ApiKey(value="a b&c"), "c": Bearer(token="t"), "d": Basic(username="user", password="passw")},
        headers={"X": "own-text"},
    )
    found = secrets_of(credentials)
    assert {"sk_user_key", "a b&c", "passw", "own-text"} <= set(found)
    assert redact_text("?key=a%20b%26c", found) == "?key=•••"
    assert base64.b64encode(b"sk_user_key:").decode() in found
    assert "t" not in found
    assert "user" not in found
    assert list(found) == sorted(found, key=lambda one: (-len(one), one))
    assert secrets_of(Credentials(single=NoCredential())) == ()


def test_applying_nothing_changes_nothing() -> None:
    plain = build_request(stripe_update(), RequestModel(parameters={"path": {"session": "x"}}))
    assert build_request(stripe_update(), RequestModel(parameters={"path": {"session": "x"}}), Credentials()) == plain
    assert plain.headers == Headers((("Accept", "application/json"),))


def test_other_http_schemes_take_a_token_after_their_own_word() -> None:
    scheme = SecurityScheme(name="o", type="http", scheme="OAuth")
    entry = entry_with(("o",), schemes=(scheme,))
    assert header(entry, {"type": "bearer", "token": "t"}) == "OAuth t"
    assert [(injection.kind, injection.prefix) for injection in injections(entry)] == [("other", "OAuth ")]


def test_mutual_tls_needs_nothing_from_us_and_an_unknown_scheme_cannot_be_met() -> None:
    tls = SecurityScheme(name="tls", type="mutualTLS")
    bearer = {"type": "bearer", "token": "t"}
    entry = entry_with(("tls", "bearerAuth"), schemes=(tls, BEARER))
    assert header(entry, bearer) == "Bearer t"
    assert [injection.scheme.name for injection in injections(entry)] == ["bearerAuth"]
    assert header(entry_with(("nosuch",), schemes=(BEARER,)), bearer) is None
    assert header(entry_with(("nosuch",), schemes=()), bearer) == "Bearer t"
    assert header(entry_with((), schemes=()), bearer) is None
