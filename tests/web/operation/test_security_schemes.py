"""Every combination of schemes that real descriptions ask for, sent to a recording server: it, and nothing else.

The shapes are those of reference corpus.md, sections 4 and 9: cases 2, 3, 6, 45 to 50.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask

from playground.gateway.operator import load_operator_credentials
from tests.support.pages import HTMX, browser_of, document, opened, parsed, site_of, words
from tests.support.servers import Recorded, RecordingServer, http_answer

KEYS = ("api_key", "stream-auth-type", "X-Appwrite-Project", "X-Appwrite-Key", "X-Appwrite-JWT", "X-Appwrite-Locale")
SCHEMES: dict[str, Any] = {
    "api_key": {"type": "apiKey", "in": "query", "name": "api_key"},
    "stream-auth-type": {"type": "apiKey", "in": "header", "name": "Stream-Auth-Type"},
    "jwt": {"type": "apiKey", "in": "header", "name": "Authorization"},
    **{name: {"type": "apiKey", "in": "header", "name": name} for name in KEYS[2:]},
    "session": {"type": "apiKey", "in": "cookie", "name": "session_id"},
    "second": {"type": "apiKey", "in": "cookie", "name": "second_id"},
    "bearer": {"type": "http", "scheme": "bearer"},
    "basic": {"type": "http", "scheme": "basic"},
    "digest": {"type": "http", "scheme": "digest"},
    "mutual": {"type": "http", "scheme": "mutual"},
    "hmac": {"type": "http", "scheme": "payone-hmac-sha256"},
    "tls": {"type": "mutualTLS"},
    "oauth2": {"type": "oauth2", "flows": {"implicit": {"authorizationUrl": "https://a.example/", "scopes": {}}}},
    "oauth2c": {
        "type": "oauth2",
        "flows": {"clientCredentials": {"tokenUrl": "https://a.example/t", "scopes": {}}},
    },
    "aws": {
        "type": "apiKey", "in": "header", "name": "Authorization", "x-amazon-apigateway-authtype": "awsSigv4",
    },
    "spaced": {"type": "apiKey", "in": "header", "name": "X Rapid Key"},
}  # fmt: skip

VAULT: dict[str, Any] = {
    **{
        name: {"type": "api_key", "value": f"canary-{name}", "name": one["name"], "in": one["in"]}
        for name, one in SCHEMES.items()
        if one["type"] == "apiKey" and name not in ("aws", "spaced")
    },
    "bearer": {"type": "bearer", "token": "canary-bearer"},
    "basic": {"type": "basic", "username": "ada", "password": "canary-basic"},
    "digest": {"type": "digest", "username": "ada", "password": "canary-digest"},
    "mutual": {"type": "api_key", "value": "Mutual canary-mutual", "name": "Authorization", "in": "header"},
    "hmac": {"type": "api_key", "value": "payone canary-hmac", "name": "Authorization", "in": "header"},
    "oauth2": {"type": "oauth2", "accessToken": "canary-google"},
    "oauth2c": {"type": "oauth2", "accessToken": "canary-google"},
    "aws": {
        "type": "aws_sigv4", "accessKeyId": "AKIDCANARY", "secretAccessKey": "canary-aws",
        "sessionToken": "canary-session", "region": "eu-west-1", "service": "ec2",
    },
}  # fmt: skip
"""A credential for every scheme at once: what is not asked for must stay here."""

BASIC = "Basic " + base64.b64encode(b"ada:canary-basic").decode()


@dataclass(frozen=True)
class Case:
    """The alternatives of an operation, the one chosen (`None`: by default), and exactly what the API gets."""

    alternatives: list[list[str]]
    chosen: list[str] | None
    headers: dict[str, str]
    query: str = ""


CASES = {
    "three of three": Case(
        [["api_key", "jwt", "stream-auth-type"], ["api_key", "stream-auth-type"]],
        None,
        {"Authorization": "canary-jwt", "Stream-Auth-Type": "canary-stream-auth-type"},
        "api_key=canary-api_key",
    ),
    "two of three": Case(
        [["api_key", "jwt", "stream-auth-type"], ["api_key", "stream-auth-type"]],
        ["api_key", "stream-auth-type"],
        {"Stream-Auth-Type": "canary-stream-auth-type"},
        "api_key=canary-api_key",
    ),
    "two header keys out of four": Case(
        [["X-Appwrite-Project", "X-Appwrite-Key"]],
        None,
        {"X-Appwrite-Project": "canary-X-Appwrite-Project", "X-Appwrite-Key": "canary-X-Appwrite-Key"},
    ),
    "optional, and none chosen": Case([[], ["X-Appwrite-Key"]], [], {}),
    "optional, and the key chosen": Case(
        [[], ["X-Appwrite-Key"]], ["X-Appwrite-Key"], {"X-Appwrite-Key": "canary-X-Appwrite-Key"}
    ),
    "switched off": Case([], None, {}),
    "a key or a token": Case([["oauth2"], ["api_key"]], ["api_key"], {}, "api_key=canary-api_key"),
    "a session cookie among four": Case(
        [["bearer"], ["api_key"], ["session"], ["basic"]], ["session"], {"Cookie": "session_id=canary-session"}
    ),
    "two cookies": Case(
        [["session", "second"]], None, {"Cookie": "session_id=canary-session; second_id=canary-second"}
    ),
    "basic among four": Case([["bearer"], ["api_key"], ["session"], ["basic"]], ["basic"], {"Authorization": BASIC}),
    "another scheme as free text": Case([["mutual"], ["basic"]], ["mutual"], {"Authorization": "Mutual canary-mutual"}),
    "a scheme nobody knows": Case([["hmac"]], None, {"Authorization": "payone canary-hmac"}),
    "a client certificate beside a token": Case([["tls", "bearer"]], None, {"Authorization": "Bearer canary-bearer"}),
    "a client certificate alone": Case([["tls"]], None, {}),
    "one token for two views of it": Case([["oauth2", "oauth2c"]], None, {"Authorization": "Bearer canary-google"}),
    "everywhere at once": Case(
        [["bearer", "stream-auth-type", "api_key", "session"]],
        None,
        {
            "Authorization": "Bearer canary-bearer",
            "Stream-Auth-Type": "canary-stream-auth-type",
            "Cookie": "session_id=canary-session",
        },
        "api_key=canary-api_key",
    ),
}

CHALLENGE = 'Digest realm="tour", qop="auth", algorithm=SHA-256, nonce="server-nonce", opaque="o"'


def answer(_: object, request: Recorded) -> bytes:
    if request.target.startswith("/digest") and request.header("Authorization") is None:
        return http_answer({}, "401 Unauthorized", {"WWW-Authenticate": CHALLENGE})
    return http_answer({"sent": request.headers})


@dataclass
class Scene:
    app: Flask
    api: RecordingServer


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    asked: dict[str, list[list[str]]] = {f"c{at}": case.alternatives for at, case in enumerate(CASES.values())}
    asked |= {"digest": [["digest"]], "aws": [["aws"]], "spaced": [["spaced"]]}
    paths = {
        f"/{name}": {
            "post": {
                "operationId": name,
                "security": [{scheme: [] for scheme in alternative} for alternative in alternatives],
                "responses": {"200": {"description": "ok"}},
            }
        }
        for name, alternatives in asked.items()
    }
    with RecordingServer(answer) as api:
        described = document(paths, server=api.url, schemes=SCHEMES)
        with site_of(tmp_path, {"api": described}, private_networks=opened(api.port)) as app:
            yield Scene(app=app, api=api)


def send(scene: Scene, operation: str, credential: Any, chosen: list[str] | None = None) -> str:
    form: dict[str, str] = {"credential": json.dumps({"credential": credential, "provider": "api"})}
    if chosen is not None:
        form["security"] = ",".join(chosen) or "~none"
    page = browser_of(scene.app).post(f"/providers/api/{operation}/send", data=form, headers=HTMX)
    assert page.status_code == 200
    for secret in ("canary", base64.b64encode(b"ada:canary-basic").decode()):
        assert secret not in page.text
    return words(parsed(page.text))


@pytest.mark.parametrize("name", CASES)
def test_exactly_the_chosen_alternative_is_sent(scene: Scene, name: str) -> None:
    case = CASES[name]
    send(scene, f"c{list(CASES).index(name)}", {"type": "schemes", "schemes": VAULT}, case.chosen)
    (recorded,) = scene.api.requests
    secret = {
        key: value for key, value in recorded.headers if "canary" in value or key.lower() in ("authorization", "cookie")
    }
    assert secret == case.headers
    assert recorded.target.partition("?")[2] == case.query
    assert "canary" not in recorded.body.decode()


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.headers or case.query])
def test_an_alternative_that_lacks_a_scheme_is_not_half_sent(scene: Scene, name: str) -> None:
    case = CASES[name]
    wanted = case.chosen or [one for one in case.alternatives[0] if one != "tls"]
    lacking = {key: value for key, value in VAULT.items() if key != wanted[-1]}
    send(scene, f"c{list(CASES).index(name)}", {"type": "schemes", "schemes": lacking}, wanted)
    (recorded,) = scene.api.requests
    assert "canary" not in recorded.line + str(recorded.headers)


def test_digest_is_computed_from_the_challenge(scene: Scene) -> None:
    text = send(scene, "digest", {"type": "schemes", "schemes": VAULT})
    assert "200 OK" in text
    assert "Authorization: Digest •••" in text
    first, second = scene.api.requests
    assert first.header("Authorization") is None
    given = dict(re.findall(r'(\w+)="?([^",]+)', second.header("Authorization") or ""))

    def h(text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()

    expected = h(f"{h('ada:tour:canary-digest')}:server-nonce:{given['nc']}:{given['cnonce']}:auth:{h('POST:/digest')}")
    assert given["response"] == expected
    assert given["opaque"] == "o"


def test_an_amazon_request_is_signed_and_holds_no_secret_key(scene: Scene) -> None:
    text = send(scene, "aws", {"type": "schemes", "schemes": VAULT})
    assert "200 OK" in text
    (recorded,) = scene.api.requests
    authorization = recorded.header("Authorization") or ""
    assert authorization.startswith("AWS4-HMAC-SHA256 Credential=AKIDCANARY/")
    assert "/eu-west-1/ec2/aws4_request" in authorization
    assert recorded.header("X-Amz-Security-Token") == "canary-session"
    assert "canary-aws" not in recorded.line + str(recorded.headers)


def test_a_key_whose_name_no_header_can_have_is_one_sentence(scene: Scene) -> None:
    text = send(scene, "spaced", {"type": "api_key", "value": "canary-spaced", "name": "X Rapid Key", "in": "header"})
    assert "header name" in text
    assert not scene.api.requests


def test_without_a_script_every_kind_can_be_typed(scene: Scene) -> None:
    client = browser_of(scene.app)
    form = {
        "credential.aws.accessKeyId": "AKID", "credential.aws.secretAccessKey": "canary-aws",
        "credential.aws.region": "eu-west-1", "credential.aws.service": "ec2",
    }  # fmt: skip
    page = client.post("/providers/api/aws/send", data=form)
    assert "canary" not in page.text
    assert "AWS4-HMAC-SHA256" in (scene.api.requests[-1].header("Authorization") or "")
    page = client.post(
        "/providers/api/digest/send",
        data={"credential.digest.username": "ada", "credential.digest.password": "canary-digest"},
    )
    assert (scene.api.requests[-1].header("Authorization") or "").startswith("Digest ")
    assert "canary" not in page.text


def test_without_a_script_a_live_key_asks_and_the_yes_counts_for_that_request(scene: Scene) -> None:
    client = browser_of(scene.app)
    operation = f"c{list(CASES).index('a scheme nobody knows')}"
    form = {"credential.hmac.value": "sk_live_canary"}
    page = parsed(client.post(f"/providers/api/{operation}/send", data=form).text)
    dialog = page.select_one("#response dialog[open]")
    assert dialog is not None
    assert "would change a live system" in words(dialog)
    assert not scene.api.requests
    button = dialog.select_one("button[name='~agreed']")
    assert button is not None
    client.post(f"/providers/api/{operation}/send", data={**form, "~agreed": "yes"})
    assert not scene.api.requests
    client.post(f"/providers/api/{operation}/send", data={**form, "~agreed": str(button["value"])})
    assert len(scene.api.requests) == 1


def test_the_operators_key_comes_back_to_nobody(tmp_path: Path) -> None:
    lent = tmp_path / "lent.json"
    lent.write_text(json.dumps({"api": {"type": "schemes", "schemes": {"api_key": VAULT["api_key"]}}}))
    paths = {"/x": {"get": {"operationId": "x", "security": [{"api_key": []}], "responses": {}}}}
    with RecordingServer(lambda _, request: http_answer({"line": request.line})) as api:
        described = document(paths, server=api.url, schemes=SCHEMES)
        with site_of(tmp_path, {"api": described}, private_networks=opened(api.port), credentials=lent) as app:
            page = browser_of(app).get("/providers/api/x")
            assert "Using the demo key of this site" in page.text
            answered = browser_of(app).post("/providers/api/x/send", data={}, headers=HTMX)
            called = app.test_client().post("/gateway/tools/api/x", json={})
    assert dict(parse_qsl(urlsplit(api.requests[0].target).query)) == {"api_key": "canary-api_key"}
    assert "canary" not in page.text + answered.text + called.text
    assert "canary" not in repr(load_operator_credentials(lent))
