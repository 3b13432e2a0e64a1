"""What is kept of an authorization server's answer, and what is said of its refusal: never a secret."""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import quote, quote_plus

import pytest

from playground.catalog.model import SecurityScheme
from playground.config import Settings
from playground.gateway.oauth.endpoints import Endpoints, OAuthContext, OAuthError
from playground.gateway.oauth.tokens import request_token
from playground.messages import HTTPResponse

SCHEME = SecurityScheme(name="login", type="oauth2", flows={"password": {}})
SECRETS = {"client_secret": "canary secret/+ü", "password": 'canary\\"password'}
GIVEN = {"grant_type": "password", "client_id": "c", "username": "ada", **SECRETS}


def asked(answer: dict[str, Any], status: int = 200) -> dict[str, Any]:
    context = OAuthContext(
        settings=Settings(), send=lambda _, __: HTTPResponse(status=status, body=json.dumps(answer).encode())
    )
    endpoints = Endpoints(token="https://login.example.com/token")
    return request_token(SCHEME, "password", endpoints, GIVEN, context, redirect_uri="")


def refusal(description: str) -> str:
    with pytest.raises(OAuthError) as caught:
        asked({"error": "invalid_grant", "error_description": description}, 400)
    return str(caught.value)


@pytest.mark.parametrize("secret", SECRETS.values())
def test_a_refusal_that_quotes_a_secret_shows_it_masked(secret: str) -> None:
    header = base64.b64encode(f"c:{quote(SECRETS['client_secret'], safe='')}".encode()).decode()
    for spelled in (secret, quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1], header):
        assert refusal(f"unknown: {spelled}!") == "The authorization server refused (invalid_grant: unknown: •••!)."


@pytest.mark.parametrize("before", range(170, 200, 3))
def test_no_half_of_a_secret_is_left_where_a_long_refusal_is_cut(before: int) -> None:
    assert "cana" not in refusal("x" * before + SECRETS["client_secret"] + "x" * 300)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Bearer", "Bearer"), ("bearer", "bearer"), ("MAC", "MAC"), (None, "Bearer"), ("", "Bearer"), (5, "Bearer"),
        ("Bearer token", "Bearer"), ("x\r\nX-Evil: 1", "Bearer"), ("é", "Bearer"), ("x" * 61, "Bearer"),
    ],
)  # fmt: skip
def test_a_token_type_that_no_header_can_hold_is_bearer(given: Any, kept: str) -> None:
    assert asked({"access_token": "t", "token_type": given})["token_type"] == kept
