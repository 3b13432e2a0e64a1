"""Tokens of a real authorization server: every grant, and every way to lead the question elsewhere refused."""

from __future__ import annotations

import base64
import hashlib
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from flask import Flask

from playground.gateway.oauth import endpoints as oauth_endpoints
from tests.support.authorization import DEVICE, AuthorizationServer, authorization
from tests.support.pages import browser_of, document, opened, site_of

__all__ = ["authorization"]  # a fixture

CALLBACK = "http://localhost/oauth/callback"
VERIFIER = "canary-verifier-" + "x" * 40
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")


def schemes(url: str) -> dict[str, Any]:
    scopes = {"books.read": "See", "books.write": "Change"}
    return {
        "oauth": {
            "type": "oauth2",
            "flows": {
                "authorizationCode": {
                    "authorizationUrl": f"{url}/authorize", "tokenUrl": f"{url}/token", "scopes": scopes,
                },
                "clientCredentials": {"tokenUrl": f"{url}/token", "scopes": scopes},
                "password": {"tokenUrl": f"{url}/token", "scopes": scopes},
                "implicit": {"authorizationUrl": f"{url}/authorize", "scopes": scopes},
                "deviceAuthorization": {
                    "deviceAuthorizationUrl": f"{url}/device", "tokenUrl": f"{url}/token", "scopes": scopes,
                },
            },
        },
        "openid": {"type": "openIdConnect", "openIdConnectUrl": f"{url}/.well-known/openid-configuration"},
        "discovered": {
            "type": "oauth2", "flows": {}, "oauth2MetadataUrl": f"{url}/.well-known/oauth-authorization-server",
        },
        "moved": {"type": "openIdConnect", "openIdConnectUrl": f"{url}/elsewhere"},
        "plain": {"type": "oauth2", "flows": {"password": {"tokenUrl": "http://login.example.com/t", "scopes": {}}}},
        "script": {"type": "oauth2", "flows": {"implicit": {"authorizationUrl": "javascript:alert(1)", "scopes": {}}}},
        "metadata": {"type": "oauth2", "flows": {"password": {"tokenUrl": "https://169.254.169.254/t", "scopes": {}}}},
        "relative": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "/token", "scopes": {}}}},
        "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
    }  # fmt: skip


@pytest.fixture
def app(tmp_path: Path, authorization: AuthorizationServer) -> Iterator[Flask]:
    oauth_endpoints._remembered.clear()
    paths = {"/x": {"get": {"operationId": "x", "responses": {}}}}
    described = document(paths, server=authorization.url, schemes=schemes(authorization.url))
    authorization.accepts(CALLBACK)
    with site_of(tmp_path, {"api": described}, private_networks=opened(authorization.port), local=True) as app:
        yield app


def post(app: Flask, action: str, scheme: str = "oauth", flow: str = "", **fields: str) -> tuple[int, dict[str, Any]]:
    answer = browser_of(app).post(
        f"/oauth/{action}", json={"operation": "api/x", "scheme": scheme, "flow": flow, **fields}
    )
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.status_code == 200
    value: dict[str, Any] = answer.get_json()
    return 400 if "error" in value else 200, value


def code_of(server: AuthorizationServer, **more: str) -> str:
    """Authorize as a visitor does, and return the code the server sends back with."""
    query = {
        "response_type": "code", "client_id": "docs", "redirect_uri": CALLBACK, "scope": "books.read", "state": "s",
        "code_challenge": CHALLENGE, "code_challenge_method": "S256", **more,
    }  # fmt: skip
    answer = requests.get(f"{server.url}/authorize", params=query, allow_redirects=False, timeout=10)
    return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))["code"]


def test_a_code_becomes_a_token_once_and_only_with_its_verifier(app: Flask, authorization: AuthorizationServer) -> None:
    code = code_of(authorization)
    fields = {"grant_type": "authorization_code", "client_id": "docs", "code": code}
    status, wrong = post(app, "token", "oauth", "authorizationCode", **fields, code_verifier="y" * 50)
    assert status == 400
    assert wrong["error"].startswith("The authorization server refused (invalid_grant")
    status, token = post(app, "token", "oauth", "authorizationCode", **fields, code_verifier=VERIFIER)
    assert status == 200
    assert token["token_type"] == "Bearer"
    assert token["expires_in"] == 3600
    assert token["scope"] == "books.read"
    assert token["refresh_token"]
    status, again = post(app, "token", "oauth", "authorizationCode", **fields, code_verifier=VERIFIER)
    assert status == 400, "a code is good once"
    assert "canary" not in str(again)
    # How long the authorization server took is counted like every wait.
    counted = browser_of(app).get("/metrics").text
    assert 'playground_send_seconds_count{route="oauth.act",status="2xx"} 1.0' in counted
    assert 'playground_send_seconds_count{route="oauth.act",status="refused"} 2.0' in counted
    # The redirect address is ours, whatever a request says.
    assert {form["redirect_uri"] for form, _ in authorization.token_requests} == {CALLBACK}


def test_a_swapped_code_is_refused(app: Flask, authorization: AuthorizationServer) -> None:
    attackers = code_of(authorization, code_challenge="z" * 43)
    status, refused = post(
        app, "token", "oauth", "authorizationCode", grant_type="authorization_code", client_id="docs",
        code=attackers, code_verifier=VERIFIER,
    )  # fmt: skip
    assert status == 400
    assert "invalid_grant" in refused["error"]


def test_client_credentials_go_in_the_header_and_nowhere_else(app: Flask, authorization: AuthorizationServer) -> None:
    fields = {"grant_type": "client_credentials", "client_id": "service", "scope": "books.read"}
    status, token = post(app, "token", "oauth", "clientCredentials", **fields, client_secret="canary-client-secret")
    assert (status, token["scope"]) == (200, "books.read")
    ((form, headers),) = authorization.token_requests
    assert form == {"grant_type": "client_credentials", "scope": "books.read"}
    assert headers["Authorization"] == "Basic " + base64.b64encode(b"service:canary-client-secret").decode()
    status, refused = post(app, "token", "oauth", "clientCredentials", **fields, client_secret="canary-wrong")
    assert status == 400
    assert "invalid_client" in refused["error"]
    assert "canary" not in refused["error"]


def test_password_and_refresh(app: Flask) -> None:
    login = {"grant_type": "password", "client_id": "docs", "username": "ada", "scope": "books.read"}
    status, token = post(app, "token", "oauth", "password", **login, password="canary-password")
    assert status == 200
    refresh = {"grant_type": "refresh_token", "client_id": "docs", "refresh_token": token["refresh_token"]}
    status, fresh = post(app, "token", "oauth", "password", **refresh)
    assert status == 200
    assert fresh["access_token"] != token["access_token"]
    status, _ = post(app, "token", "oauth", "password", **refresh)
    assert status == 400, "an old refresh token is good once"
    status, refused = post(app, "token", "oauth", "password", **login, password="canary-wrong")
    assert status == 400
    assert "canary" not in str(refused)


def test_a_device_waits_for_its_user(app: Flask, authorization: AuthorizationServer) -> None:
    status, begun = post(app, "device", "oauth", "deviceAuthorization", client_id="docs", scope="books.read")
    assert status == 200
    assert begun["verification_uri"] == f"{authorization.url}/enter"
    poll = {"grant_type": DEVICE, "client_id": "docs", "device_code": begun["device_code"]}
    assert post(app, "token", "oauth", "deviceAuthorization", **poll) == (200, {"pending": 0})
    authorization.approved.add(begun["user_code"])
    status, token = post(app, "token", "oauth", "deviceAuthorization", **poll)
    assert (status, token["scope"]) == (200, "books.read")


@pytest.mark.parametrize("scheme", ["openid", "discovered"])
def test_discovery(app: Flask, authorization: AuthorizationServer, scheme: str) -> None:
    authorization.names_itself = True
    status, found = post(app, "endpoints", scheme, "authorizationCode")
    assert (status, found) == (
        200,
        {
            "authorization": f"{authorization.url}/authorize",
            "issuer": authorization.url,
            "issuer_required": True,
            "redirect_uri": CALLBACK,
        },
    )
    status, token = post(
        app, "token", scheme, "clientCredentials", grant_type="client_credentials", client_id="service",
        client_secret="canary-client-secret",
    )  # fmt: skip
    assert status == 200
    assert token["access_token"]


@pytest.mark.parametrize(
    ("metadata", "sentence"),
    [
        ({"issuer": "https://evil.example"}, "names another issuer (“https://evil.example”)"),
        ({"issuer": 5}, "names another issuer"),
        ({"token_endpoint": "https://evil.example/t"}, "a token address at https://evil.example, which is neither"),
        ({"token_endpoint": "http://127.0.0.1:1/t"}, "a token address at http://127.0.0.1:1, which is neither"),
        ({"token_endpoint": "http://evil.example/t"}, "at http://evil.example is not https"),
        ({"authorization_endpoint": "javascript:alert(1)"}, "is no address that can be used"),
        ({"authorization_endpoint": "https://evil.example/a"}, "a authorization address at https://evil.example"),
        ({"device_authorization_endpoint": "file:///etc/passwd"}, "is no address that can be used"),
        ({"token_endpoint": "https://login@evil.example/t"}, "is no address that can be used"),
    ],
)
def test_hostile_metadata_is_not_used(
    app: Flask, authorization: AuthorizationServer, metadata: dict[str, Any], sentence: str
) -> None:
    authorization.metadata = metadata
    fields = {"grant_type": "client_credentials", "client_id": "service", "client_secret": "canary-client-secret"}
    for action in ("endpoints", "token"):
        status, refused = post(app, action, "openid", "authorizationCode", **fields)
        assert status == 400
        assert sentence in refused["error"].replace("an authorization address", "a authorization address")
    assert not authorization.token_requests


@pytest.mark.parametrize(
    ("scheme", "flow", "sentence"),
    [
        ("moved", "authorizationCode", "it answered 302"),
        ("plain", "password", "http://login.example.com is not https"),
        ("metadata", "password", "could not be reached"),
        ("key", "password", "no such security scheme"),
        ("nothing", "password", "no such security scheme"),
        ("oauth", "hybrid", "no such flow"),
        ("oauth", "implicit", "no token address"),
    ],
)
def test_only_the_descriptions_own_addresses_are_asked(
    app: Flask, authorization: AuthorizationServer, scheme: str, flow: str, sentence: str
) -> None:
    status, refused = post(
        app, "token", scheme, flow, grant_type="password", client_id="docs", username="u", password="canary-p",
        tokenUrl=f"{authorization.url}/token", redirect_uri="https://evil.example/",
    )  # fmt: skip
    assert status == 400
    assert sentence in refused["error"]
    assert "canary" not in refused["error"]
    assert not authorization.token_requests


def test_an_authorization_address_that_is_a_script_is_none(app: Flask) -> None:
    status, found = post(app, "endpoints", "script", "implicit")
    assert status == 400 or not found["authorization"]


def test_a_relative_address_is_the_servers(app: Flask) -> None:
    status, token = post(
        app, "token", "relative", "clientCredentials", grant_type="client_credentials", client_id="service",
        client_secret="canary-client-secret",
    )  # fmt: skip
    assert status == 200
    assert token["access_token"]


@pytest.mark.parametrize(
    ("kept", "answered"),
    [
        ({"data": b"x", "content_type": "text/plain"}, "small JSON object"),
        ({"json": [1]}, "object of texts"),
        ({"json": {"operation": "api/x", "scheme": 5}}, "object of texts"),
        ({"data": b"{", "content_type": "application/json"}, "small JSON object"),
        ({"data": b'"' + b"x" * 70_000 + b'"', "content_type": "application/json"}, "small JSON object"),
        ({"json": {"operation": "api/x", "scheme": "oauth", "flow": "password", "grant_type": "x"}}, "no such grant"),
        (
            {"json": {"operation": "api/x", "scheme": "oauth", "flow": "password", "grant_type": "password"}},
            "lacks “username”",
        ),
    ],
)
def test_what_no_page_of_ours_sends_is_one_sentence(app: Flask, kept: dict[str, Any], answered: str) -> None:
    answer = browser_of(app).post("/oauth/token", **kept)
    assert answer.status_code == 200
    assert answered in answer.get_json()["error"]


def test_a_foreign_page_asks_for_nothing(app: Flask, authorization: AuthorizationServer) -> None:
    fields = {"operation": "api/x", "scheme": "oauth", "flow": "clientCredentials", "grant_type": "client_credentials"}
    for site in ("cross-site", "same-site", "none"):
        answer = app.test_client().post("/oauth/token", json=fields, headers={"Sec-Fetch-Site": site})
        assert answer.status_code == 403
    assert not authorization.token_requests


def test_the_way_back_keeps_its_address_to_itself(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = browser_of(app).get(
            "/oauth/callback?code=canary-code&state=canary-state&redirect=https://evil.example"
        )
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "Location" not in answer.headers
    assert "canary" not in answer.text
    assert "evil" not in answer.text
    assert "canary" not in caplog.text
