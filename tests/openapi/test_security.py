from __future__ import annotations

from typing import Any

import pytest

from playground.catalog.model import SchemeUse, SecurityScheme
from tests.openapi.documents import compiled, document, messages, operation, swagger

KEY = {"type": "apiKey", "in": "header", "name": "X-Key"}


def scheme(described: Any) -> SecurityScheme:
    (only,) = compiled(document(components={"securitySchemes": {"x-s": described}})).catalog.provider.security_schemes
    return only


def security(own: Any, common: Any = None) -> Any:
    schemes = {"a": KEY, "b": {"type": "http", "scheme": "bearer"}}
    more = {} if common is None else {"security": common}
    described = {} if own is None else {"security": own}
    return operation(document({"/a": {"get": described}}, components={"securitySchemes": schemes}, **more)).security


@pytest.mark.parametrize(
    ("described", "read"),
    [
        (KEY, {"type": "apiKey", "location": "header", "parameter": "X-Key"}),
        (
            {"type": "apiKey", "in": "cookie", "name": "sid", "description": "d"},
            {"type": "apiKey", "location": "cookie", "parameter": "sid", "description": "d"},
        ),
        ({"type": "http", "scheme": "Basic"}, {"type": "http", "scheme": "basic"}),
        (
            {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
            {"type": "http", "scheme": "bearer", "bearer_format": "JWT"},
        ),
        (
            {"type": "openIdConnect", "openIdConnectUrl": "https://id.example.com/x"},
            {"type": "openIdConnect", "openid_url": "https://id.example.com/x"},
        ),
        ({"type": "openIdConnect", "openIdConnectUrl": "javascript:1"}, {"type": "openIdConnect"}),
        ({"type": "mutualTLS"}, {"type": "mutualTLS"}),
        (
            {
                "type": "oauth2",
                "flows": {
                    "x-e": 1,
                    "implicit": {"authorizationUrl": "https://a", "scopes": {"s": "d", "t": None}},
                    "password": 7,
                },
            },
            {"type": "oauth2", "flows": {"implicit": {"authorizationUrl": "https://a", "scopes": {"s": "d", "t": ""}}}},
        ),
        ({"type": "oauth2"}, {"type": "oauth2"}),
    ],
)
def test_schemes_of_every_type(described: Any, read: dict[str, Any]) -> None:
    assert scheme(described) == SecurityScheme(name="x-s", **read)


@pytest.mark.parametrize(
    "described",
    [7, {}, {"type": "magic"}, {"type": []}, {"type": "apiKey"}, {**KEY, "in": "body"}, {**KEY, "name": ""}],
)
def test_a_scheme_that_cannot_be_used_is_a_problem(described: Any) -> None:
    value = document(components={"securitySchemes": {"bad": described, "good": KEY}})
    assert [security_scheme.name for security_scheme in compiled(value).catalog.provider.security_schemes] == ["good"]
    (message,) = messages(value)
    assert message.startswith("error /components/securitySchemes/bad")


def test_a_scheme_by_reference_has_its_own_name() -> None:
    schemes = {"a": {"$ref": "#/components/securitySchemes/b"}, "b": KEY}
    found = compiled(document(components={"securitySchemes": schemes})).catalog.provider.security_schemes
    assert [one.name for one in found] == ["a", "b"]


A, B = SchemeUse(scheme="a"), SchemeUse(scheme="b")


@pytest.mark.parametrize(
    ("own", "common", "read"),
    [
        (None, None, None),
        ([], None, ()),
        ([], [{"a": []}], ()),
        (None, [{"a": []}], ((A,),)),
        (None, [], ()),
        ([{"b": []}], [{"a": []}], ((B,),)),
        ([{"a": []}, {"b": []}], None, ((A,), (B,))),
        ([{"a": [], "b": []}], None, ((A, B),)),
        ([{}, {"a": []}], None, ((), (A,))),
        ([{"a": ["r", "w", "r"]}], None, ((SchemeUse(scheme="a", scopes=("r", "w")),),)),
        ([{"a": []}, {"a": []}], None, ((A,),)),
        ([{"nobody": []}], None, None),
        ([{"nobody": []}, {"a": []}], None, ((A,),)),
        ([{"nobody": [], "a": []}], None, ((A,),)),
        ([7, {"a": None}], None, ((A,),)),
        ({"a": []}, None, None),
    ],
)
def test_requirements_are_alternatives_of_schemes(own: Any, common: Any, read: Any) -> None:
    assert security(own, common) == read


def test_an_undeclared_scheme_is_a_warning() -> None:
    assert messages(document({"/a": {"get": {"security": [{"nobody": []}]}}})) == [
        "warning /paths/~1a/get/security/0/nobody "
        'The security scheme "nobody" is not declared; it is ignored: declare it as a scheme.'
    ]


@pytest.mark.parametrize(
    ("described", "read"),
    [
        ({"type": "basic"}, {"type": "http", "scheme": "basic"}),
        (KEY, {"type": "apiKey", "location": "header", "parameter": "X-Key"}),
        (
            {
                "type": "oauth2",
                "flow": "accessCode",
                "authorizationUrl": "https://a",
                "tokenUrl": "https://t",
                "scopes": {"s": "d"},
            },
            {
                "type": "oauth2",
                "flows": {
                    "authorizationCode": {
                        "authorizationUrl": "https://a",
                        "tokenUrl": "https://t",
                        "scopes": {"s": "d"},
                    }
                },
            },
        ),
        ({"type": "oauth2", "flow": "application"}, {"type": "oauth2", "flows": {"clientCredentials": {"scopes": {}}}}),
        ({"type": "oauth2", "flow": "what"}, {"type": "oauth2"}),
    ],
)
def test_schemes_of_version_2(described: Any, read: dict[str, Any]) -> None:
    value = swagger({"/a": {"get": {"security": [{"s": []}]}}}, securityDefinitions={"s": described})
    assert compiled(value).catalog.provider.security_schemes == (SecurityScheme(name="s", **read),)
    assert operation(value).security == ((SchemeUse(scheme="s"),),)


def test_an_aws_signature_is_told_from_a_key() -> None:
    described = {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "x-amazon-apigateway-authtype": "awsSigv4",
    }
    assert scheme(described).scheme == "aws-sigv4"
    assert scheme(KEY).scheme == ""


def test_metadata_of_3_2_is_an_address_or_nothing() -> None:
    url = "https://id.example.com/.well-known/oauth-authorization-server"
    assert scheme({"type": "oauth2", "oauth2MetadataUrl": url, "flows": {}}).metadata_url == url
    assert scheme({"type": "oauth2", "oauth2MetadataUrl": "javascript:1", "flows": {}}).metadata_url == ""


def test_a_flows_extensions_are_read_but_never_a_secret() -> None:
    flow = {
        "authorizationUrl": "https://a.example",
        "tokenUrl": "https://a.example/t",
        "scopes": {},
        "x-client-id": "docs",
        "x-client-secret": "canary",
        "x-scalar-client-secret": "canary",
        "x-default-scopes": ["read", 5],
        "x-usePkce": "SHA-256",
        "x-tokenName": "id_token",
        "x-receive-token-in": "request-body",
        "x-scalar-security-query": {"audience": "x", "redirect_uri": "https://evil.example", "state": "1"},
        "x-scalar-security-body": {"resource": "r", "client_secret": "canary", "grant_type": "password"},
    }
    read = scheme({"type": "oauth2", "flows": {"authorizationCode": flow}})
    assert read.flows["authorizationCode"]["settings"] == {
        "client_id": "docs",
        "token_name": "id_token",
        "credentials": "body",
        "scopes": ["read", "5"],
        "pkce": True,
        "query": {"audience": "x"},
        "body": {"resource": "r"},
    }
    assert "canary" not in repr(read)
