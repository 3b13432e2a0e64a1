"""A site whose readers sign in at a real OpenID provider, and what a browser does at both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from playground.app import create_app
from playground.web.signin.cookies import READER
from tests.support.identity import CLIENT, SECRET, OpenIDProvider, running_provider
from tests.support.pages import browser_of, document, opened, parsed, site_of, words

KEY = "a-secret-key-of-two-workers"
RULES = (
    '{"*": {"readers": ["@signed-in"]}, "open": {"readers": ["*"]}, "payroll": {"readers": ["hr"], "lend": ["ops"]}}'
)
DOCUMENTS = {
    name: {**document({"/items": {"get": {"operationId": "list", "responses": {"200": {"description": "ok"}}}}}),
           "info": {"title": f"{name} API", "version": "1"}}
    for name in ("open", "shop", "payroll")
}  # fmt: skip


def settings_for(provider: OpenIDProvider, folder: Path, **more: Any) -> dict[str, Any]:
    (folder / "rules.json").write_text(RULES)
    origin = f"http://127.0.0.1:{provider.port}"
    return {
        "rules": folder / "rules.json", "secret_key": KEY, "oidc_issuer": provider.url, "oidc_client_id": CLIENT,
        "oidc_client_secret": SECRET, "upstreams": (origin,), "private_networks": opened(provider.port), **more,
    }  # fmt: skip


@pytest.fixture(scope="module")
def running() -> Iterator[OpenIDProvider]:
    with running_provider() as provider:
        for origin in ("http://localhost", "https://localhost", "https://docs.example.com/apis"):
            provider.client.redirect_uris.append(f"{origin}/signin/callback")
        yield provider


@pytest.fixture
def provider(running: OpenIDProvider) -> OpenIDProvider:
    running.behave()
    running.asked.clear()
    return running


@pytest.fixture(scope="module")
def app(running: OpenIDProvider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("signin")
    with site_of(folder, DOCUMENTS, **settings_for(running, folder)) as app:
        yield app


@pytest.fixture
def newcomer(provider: OpenIDProvider, app: Flask) -> FlaskClient:
    """A browser on a site that has not met the provider yet."""
    site = app.extensions["playground"]
    return browser_of(create_app(site.settings, site.store))


@pytest.fixture
def client(app: Flask, provider: OpenIDProvider) -> FlaskClient:
    return browser_of(app)


def go_there(client: FlaskClient, to: str = "") -> str:
    """Begin a sign-in; return the address that the provider sends the browser back to."""
    begun = client.get("/signin/begin", query_string={"to": to} if to else {})
    assert begun.status_code == 303, begun.text
    there = requests.get(begun.headers["Location"], allow_redirects=False, timeout=20)
    assert there.status_code == 302, there.text
    return there.headers["Location"]


def come_back(client: FlaskClient, address: str) -> TestResponse:
    """Follow the provider's redirect, as a browser does that comes from another site."""
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}", headers={"Sec-Fetch-Site": "cross-site"})


def sign_in(client: FlaskClient, to: str = "") -> TestResponse:
    return come_back(client, go_there(client, to))


def seen(client: FlaskClient) -> set[str]:
    listed = parsed(client.get("/providers").text)
    return {name for name in DOCUMENTS if listed.select_one(f'a[href$="/providers/{name}"]') is not None}


def nobody_is(client: FlaskClient, answer: TestResponse) -> str:
    """Return the sentence of a refused sign-in; nobody is signed in by it."""
    assert answer.status_code == 400
    assert client.get_cookie(READER) is None and seen(client) == {"open"}
    return words(parsed(answer.text).select(".notice.bad")[0])
