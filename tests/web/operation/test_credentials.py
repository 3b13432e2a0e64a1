"""The credentials panel: the inputs that security schemes ask for, and what is read from them before a Send."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from playground.catalog.model import (
    Entry,
    Operation,
    Provider,
    SchemeUse,
    SecurityScheme,
    Server,
    ServerVariable,
)
from playground.forms.state import FormState
from playground.request.errors import RequestError
from playground.secrets.credentials import Bearer, Credentials
from playground.web.operation.credentials import CredentialsPanel, build_panel, credentials_of, saved_of
from tests.support.work import lines_run

BEARER = SecurityScheme(name="token", type="http", scheme="Bearer", description="From *your* page.")
BASIC = SecurityScheme(name="login", type="http", scheme="basic")
DIGEST = SecurityScheme(name="digest", type="http", scheme="digest")
NEGOTIATE = SecurityScheme(name="spnego", type="http", scheme="negotiate")
KEY = SecurityScheme(name="key", type="apiKey", location="query", parameter="api_key")
OAUTH = SecurityScheme(name="oauth", type="oauth2")
OPENID = SecurityScheme(name="openid", type="openIdConnect")
TLS = SecurityScheme(name="tls", type="mutualTLS")


def panel(*schemes: SecurityScheme, security: Any = None) -> CredentialsPanel:
    alternatives = (
        None if security is None else tuple(tuple(SchemeUse(scheme=name) for name in one) for one in security)
    )
    return build_panel(
        Entry(
            provider=Provider(name="p", title="P", security_schemes=schemes),
            operation=Operation(name="o", method="GET", path="/", security=alternatives),
            definitions={},
        )
    )


def choices(made: CredentialsPanel) -> list[tuple[str, tuple[str, ...], bool]]:
    return [(choice.title, choice.schemes, choice.selected) for choice in made.choices]


def test_ten_times_the_schemes_are_ten_times_the_work_at_most() -> None:
    def work(count: int) -> int:
        names = [f"key{number}" for number in range(count)]
        schemes = [SecurityScheme(name=name, type="apiKey", location="header", parameter=name) for name in names]
        return lines_run(lambda: panel(*schemes, security=[[name] for name in names]))

    assert work(1_000) <= 11 * work(100)


def test_each_alternative_is_a_choice_and_none_is_the_last() -> None:
    made = panel(BEARER, BASIC, KEY, security=[["token"], ["login", "key"]])
    assert choices(made) == [
        ("Bearer token", ("token",), True),
        ("Basic and API key (query api_key)", ("login", "key"), False),
        ("No auth", (), False),
    ]
    assert made.choices[1].value == '["login", "key"]'
    assert [scheme.scheme for scheme in made.schemes] == ["token", "login", "key"]


@pytest.mark.parametrize(
    ("scheme", "kind", "title"),
    [
        (BEARER, "bearer", "Bearer token"),
        (BASIC, "basic", "Basic"),
        (DIGEST, "digest", "Digest"),
        (KEY, "api_key", "API key (query api_key)"),
        (OAUTH, "oauth2", "OAuth 2.0 access token"),
        (OPENID, "oauth2", "OpenID Connect access token"),
    ],
)
def test_each_kind_of_scheme_has_its_inputs(scheme: SecurityScheme, kind: str, title: str) -> None:
    (one,) = panel(scheme).schemes
    assert (one.scheme, one.kind, one.title) == (scheme.name, kind, title)


def test_a_key_brings_its_name_and_place() -> None:
    (one,) = panel(KEY).schemes
    assert (one.name, one.location) == ("api_key", "query")
    (other,) = panel(NEGOTIATE).schemes
    assert (other.kind, other.title) == ("api_key", "Authorization value (negotiate)")
    assert (other.name, other.location) == ("Authorization", "header")


def test_a_scheme_of_the_same_kind_is_told_apart_by_name() -> None:
    second = SecurityScheme(name="other", type="http", scheme="bearer")
    assert [scheme.title for scheme in panel(BEARER, second).schemes] == [
        "Bearer token (token)",
        "Bearer token (other)",
    ]


def test_what_a_page_cannot_ask_for_is_not_offered() -> None:
    made = panel(TLS, BEARER, security=[["tls"], ["token", "tls"], ["token"]])
    assert [choice.schemes for choice in made.choices] == [("token",), ()]


def test_an_operation_that_takes_none_says_so() -> None:
    made = panel(BEARER, security=[])
    assert made.not_needed
    assert [choice.schemes for choice in made.choices if choice.selected] == [()]


def test_an_optional_credential_can_be_left_out() -> None:
    made = panel(BEARER, security=[[], ["token"]])
    assert not made.not_needed
    assert [choice.schemes for choice in made.choices] == [("token",), ()]
    assert sum(choice.selected for choice in made.choices) == 1


def test_an_operation_that_says_nothing_offers_every_scheme() -> None:
    assert [choice.schemes for choice in panel(BEARER, BASIC).choices] == [("token",), ("login",), ()]


def test_a_description_without_schemes_offers_the_usual_ones() -> None:
    made = panel()
    assert [scheme.kind for scheme in made.schemes] == ["bearer", "basic", "api_key"]
    assert made.schemes[2].name == ""


def test_an_alternative_is_offered_once() -> None:
    assert [choice.schemes for choice in panel(BEARER, security=[["token"], ["token"]]).choices] == [("token",), ()]


def test_exactly_one_choice_is_selected_whatever_is_described() -> None:
    tried: list[Any] = [[["nosuch"]], [["tls"]], [["token", "nosuch"]], [[]], [["login"], ["token"]], None, []]
    for security in tried:
        made = panel(BEARER, BASIC, TLS, security=security)
        assert sum(choice.selected for choice in made.choices) == 1, security


def test_a_client_certificate_is_explained_and_never_asked_for() -> None:
    made = panel(TLS, BEARER, security=[["tls", "token"], ["tls"]])
    assert made.mutual_tls
    assert choices(made) == [("Bearer token and client certificate", ("token",), True), ("No auth", (), False)]
    assert not panel(BEARER).mutual_tls
    either = panel(TLS, BEARER, BASIC, security=[["tls", "token"], ["token"], ["tls", "login"], ["login"]])
    assert [choice.title for choice in either.choices] == ["Bearer token", "Basic", "No auth"]


def test_an_aws_signature_is_prefilled_from_the_host() -> None:
    scheme = SecurityScheme(
        name="hmac", type="apiKey", location="header", parameter="Authorization", scheme="aws-sigv4"
    )
    server = Server(
        url="https://ec2.{region}.amazonaws.com", variables=(ServerVariable(name="region", default="eu-west-1"),)
    )
    provider = Provider(name="p", title="P", security_schemes=(scheme,), servers=(server,))
    operation = Operation(name="o", method="GET", path="/")
    (one,) = build_panel(Entry(provider=provider, operation=operation, definitions={})).schemes
    assert (one.kind, one.region, one.service) == ("aws_sigv4", "eu-west-1", "ec2")
    assert one.parts == ("accessKeyId", "secretAccessKey", "sessionToken", "region", "service")
    # Described as a plain key called Authorization, an Amazon host says what it is.
    plain = replace(provider, security_schemes=(replace(scheme, scheme=""),))
    assert build_panel(Entry(provider=plain, operation=operation, definitions={})).schemes[0].kind == "aws_sigv4"
    elsewhere = replace(plain, servers=(Server(url="https://api.example.com"),))
    assert build_panel(Entry(provider=elsewhere, operation=operation, definitions={})).schemes[0].kind == "api_key"


def test_a_sign_in_offers_flows_safest_first_and_ticks_the_scopes_needed() -> None:
    flows = {
        "implicit": {"authorizationUrl": "https://a.example/", "scopes": {"read": "Read *all*", "write": "Write"}},
        "authorizationCode": {
            "authorizationUrl": "https://a.example/",
            "tokenUrl": "https://a.example/t",
            "scopes": {"read": "Read *all*", "write": "Write"},
            "settings": {"client_id": "docs", "query": {"audience": "x"}, "scopes": ["profile"]},
        },
    }
    scheme = SecurityScheme(name="oauth", type="oauth2", flows=flows)
    provider = Provider(name="p", title="P", security_schemes=(scheme,))
    security = ((SchemeUse(scheme="oauth", scopes=("read", "undeclared")),),)
    operation = Operation(name="o", method="GET", path="/", security=security)
    made = build_panel(Entry(provider=provider, operation=operation, definitions={}))
    (one,) = made.schemes
    assert made.has_oauth
    assert [(flow.name, flow.client_id) for flow in one.flows] == [("authorizationCode", "docs"), ("implicit", "")]
    assert [(scope.name, scope.needed) for scope in one.scopes] == [
        ("read", True), ("undeclared", True), ("profile", True), ("write", False),
    ]  # fmt: skip
    assert one.query == '{"audience": "x"}'
    assert not panel(BEARER).has_oauth


def test_openid_connect_offers_what_discovery_finds() -> None:
    (one,) = panel(OPENID, security=[["openid"]]).schemes
    assert [flow.name for flow in one.flows] == [
        "authorizationCode", "deviceAuthorization", "clientCredentials", "password",
    ]  # fmt: skip
    assert [(scope.name, scope.needed) for scope in one.scopes] == [("openid", True)]


SCHEMES = tuple(SecurityScheme(name=name, type="http", scheme="bearer") for name in ("one", "two", "__proto__"))


def entry(*names: str, declared: bool = True) -> Entry:
    security = (tuple(SchemeUse(scheme=name) for name in names),) if names else () if declared else None
    return Entry(
        provider=Provider(name="p", title="P", security_schemes=SCHEMES),
        operation=Operation(name="o", method="GET", path="/", security=security),
        definitions={},
    )


def handed(value: object) -> FormState:
    return FormState.of([("credential", json.dumps(value))])


def several(*names: str) -> dict[str, object]:
    schemes = {name: {"type": "bearer", "token": f"canary-{name}"} for name in names}
    return {"provider": "p", "credential": {"type": "schemes", "schemes": schemes}}


def test_only_schemes_that_the_operation_takes_are_read() -> None:
    saved = handed(several("one", "two", "__proto__", "gone"))
    assert credentials_of(entry("two"), saved) == Credentials(schemes={"two": Bearer(token="canary-two")})
    assert set(credentials_of(entry("two", "__proto__"), saved).schemes) == {"two", "__proto__"}
    assert set(credentials_of(entry(declared=False), saved).schemes) == {"one", "two", "__proto__"}
    assert not credentials_of(entry(), saved), "an operation that takes none gets none"


def test_another_providers_are_not_read() -> None:
    assert not credentials_of(entry("one"), handed({**several("one"), "provider": "other"}))


@pytest.mark.parametrize("text", ["rubbish", "[]", "5", '"canary"'])
def test_what_no_script_of_ours_writes_is_one_sentence(text: str) -> None:
    with pytest.raises(RequestError, match="save them again") as caught:
        saved_of(FormState.of([("credential", text)]))
    assert "canary" not in str(caught.value)
