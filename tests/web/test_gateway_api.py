"""The gateway's addresses: both dialects, every accepted name, refusals in one sentence; on the site and alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from playground.app import create_gateway_app
from playground.config import RateLimit, Settings
from playground.store import Store
from tests.support.pages import document, opened, site_of
from tests.support.servers import RecordingServer, http_answer

OWN = {"Accept": "application/vnd.playground+json"}
PATHS: dict[str, Any] = {
    "/v1/checkout/sessions/{session}": {
        "post": {
            "operationId": "PostCheckoutSessionsSession",
            "parameters": [
                {"name": "session", "in": "path", "required": True, "schema": {"type": "string"}},
                {"name": "dry", "in": "query", "schema": {"type": "boolean"}},
            ],
            "requestBody": {"content": {"application/json": {"schema": {
                "type": "object", "additionalProperties": False,
                "properties": {"session": {"type": "string"}, "note": {"type": "string"}}}}}},
            "responses": {},
        },
    },
    "/repos": {"get": {"operationId": "repos/list-for-user", "responses": {}}},
    "/volumes": {"get": {"operationId": "volumes.list", "responses": {}}},
}  # fmt: skip
SESSION = "/gateway/tools/api/postcheckoutsessionssession"


@dataclass
class Scene:
    """The site's gateway and the gateway alone, in front of one recording API."""

    site: Flask
    alone: Flask
    api: RecordingServer


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with RecordingServer(http_answer({"id": 1})) as api:
        described = document(
            PATHS, server=api.url, schemes={"bearer": {"type": "http", "scheme": "bearer"}}, security=[{"bearer": []}]
        )
        settings: dict[str, Any] = {"private_networks": opened(api.port)}
        with site_of(tmp_path, {"api": described, "google/books": described}, **settings) as site:
            store: Store = site.extensions["playground"].store
            alone = create_gateway_app(Settings(catalog=store.path, **settings), store)
            yield Scene(site=site, alone=alone, api=api)


@pytest.fixture
def caller(scene: Scene) -> FlaskClient:
    """A program: it sends no header that a browser sends."""
    return scene.site.test_client()


def test_a_flat_call_is_answered_as_a_utdk_gateway_does(scene: Scene, caller: FlaskClient) -> None:
    answer = caller.post(
        SESSION, json={"session": "cs_1", "dry": True, "note": "n"}, headers={"Authorization": "Bearer t"}
    )
    assert answer.status_code == 200
    body = answer.get_json()
    assert body["data"] == {"id": 1}
    assert set(body) == {"data", "meta"}
    assert len(body["meta"]["requestId"]) == 36
    assert body["meta"]["durationMs"] >= 0
    assert body["meta"]["upstream"]["status"] == 200
    recorded = scene.api.request
    assert recorded.line == "POST /v1/checkout/sessions/cs_1?dry=true HTTP/1.1"
    assert recorded.header("Authorization") == "Bearer t"


def test_arguments_of_the_same_name_are_told_apart(scene: Scene, caller: FlaskClient) -> None:
    answer = caller.post(SESSION, json={"session": "in-path", "body": {"session": "in-body"}})
    assert answer.status_code == 200
    assert scene.api.request.target == "/v1/checkout/sessions/in-path"
    assert scene.api.request.body == b'{"session":"in-body"}'


def test_a_wrapped_call_carries_credential_and_options(scene: Scene, caller: FlaskClient) -> None:
    call = {
        "args": {"session": "cs_1", "note": "n"},
        "credential": {"type": "bearer_token", "token": "t"},
        "options": {"server": scene.api.url, "media_type": "application/json"},
    }
    answer = caller.post(SESSION, json=call, headers=OWN)
    upstream = answer.get_json()["meta"]["upstream"]
    assert upstream["method"] == "POST"
    assert upstream["url"] == f"{scene.api.url}/v1/checkout/sessions/cs_1"
    assert ["Content-Type", "application/json"] in upstream["headers"]
    assert upstream["truncated"] is False
    assert scene.api.request.header("Authorization") == "Bearer t"
    assert scene.api.request.body == b'{"note":"n"}'


def test_the_sandbox_is_a_server_to_choose(scene: Scene, caller: FlaskClient) -> None:
    answer = caller.post(SESSION, json={"args": {"session": "cs_1"}, "options": {"server": "sandbox"}}, headers=OWN)
    assert answer.status_code == 200
    assert answer.get_json()["meta"]["upstream"]["origin"] == "sandbox"
    assert scene.api.requests == []


@pytest.mark.parametrize("wrapped", [False, True])
def test_an_api_s_404_is_an_answer_to_ours_and_a_text_to_others(
    scene: Scene, caller: FlaskClient, wrapped: bool
) -> None:
    scene.api.answer = http_answer({"error": "no such session"}, "404 Not Found")
    call: dict[str, Any] = {"session": "cs_1"}
    sent = {"args": call} if wrapped else call
    ours = caller.post(SESSION, json=sent, headers=OWN)
    assert ours.status_code == 200
    assert ours.get_json()["data"] == {"error": "no such session"}
    assert ours.get_json()["meta"]["upstream"]["status"] == 404
    other = caller.post(SESSION, json=sent)
    assert other.status_code == 500
    assert other.get_json() == {"error": 'Request failed: 404 Not Found\n{"error": "no such session"}'}


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("postcheckoutsessionssession", "POST /v1/checkout/sessions/cs_1"),
        ("postCheckoutSessionsSession", "POST /v1/checkout/sessions/cs_1"),
        ("PostCheckoutSessionsSession", "POST /v1/checkout/sessions/cs_1"),
        ("POST%20%2Fv1%2Fcheckout%2Fsessions%2F%7Bsession%7D", "POST /v1/checkout/sessions/cs_1"),
        ("POST /v1/checkout/sessions/{session}", "POST /v1/checkout/sessions/cs_1"),
        ("repos.listForUser", "GET /repos"),
        ("repos/list-for-user", "GET /repos"),
        ("repos%2Flist-for-user", "GET /repos"),
        ("volumesList", "GET /volumes"),
        ("volumes.list", "GET /volumes"),
        ("volumes%2Elist", "GET /volumes"),
        ("volumes%252Elist", "GET /volumes"),
    ],
)
@pytest.mark.parametrize("provider", ["api", "google/books", "google%2Fbooks"])
def test_every_accepted_name_finds_its_operation(
    scene: Scene, caller: FlaskClient, provider: str, name: str, line: str
) -> None:
    arguments = {"session": "cs_1"} if line.startswith("POST") else {}
    answer = caller.post(f"/gateway/tools/{provider}/{name}", json=arguments)
    assert answer.status_code == 200, answer.text
    assert scene.api.request.line == f"{line} HTTP/1.1"


def test_no_body_is_no_arguments(scene: Scene, caller: FlaskClient) -> None:
    assert caller.post("/gateway/tools/api/volumesList").status_code == 200
    assert scene.api.request.line == "GET /volumes HTTP/1.1"


@pytest.mark.parametrize(
    ("path", "data", "kind", "status", "sentence"),
    [
        (SESSION, b"{", "application/json", 400, "not valid JSON"),
        (SESSION, b"[1]", "application/json", 400, "must be a JSON object"),
        (SESSION, b"\xff", "application/json", 400, "not UTF-8"),
        (SESSION, b"{}", "text/plain", 415, "application/json"),
        (SESSION, b"session=1", "application/x-www-form-urlencoded", 415, "application/json"),
        (SESSION, b"{}", "application/json", 400, "session"),
        (SESSION, b'{"session":".."}', "application/json", 400, "session"),
        (SESSION, b'{"session":"a","nope":1}', "application/json", 400, "nope"),
        (SESSION, b'{"args":{"session":"a"},"options":{"x":1}}', "application/json", 400, "options"),
        (SESSION, b'{"args":{"session":"a"},"credential":{"type":"x"}}', "application/json", 400, "type"),
        (SESSION, b'{"args":{"session":"a"},"options":{"server":"http://e.test"}}', "application/json", 403, "server"),
        (SESSION, b'{"args":{"session":"a"},"options":{"server":"e.example"}}', "application/json", 400, "server"),
        (SESSION, b"[" * 100_000, "application/json", 400, ""),
        ("/gateway/tools/api/nosuch", b"{}", "application/json", 404, 'no operation "nosuch"'),
        ("/gateway/tools/nosuch/list", b"{}", "application/json", 404, "no provider"),
        ("/gateway/tools/api", b"{}", "application/json", 400, "Missing provider or operation"),
        ("/gateway/tools/", b"{}", "application/json", 404, ""),
        ("/gateway/nothing", b"{}", "application/json", 404, ""),
    ],
)  # fmt: skip
def test_what_cannot_be_called_is_one_sentence_of_json(
    scene: Scene, caller: FlaskClient, path: str, data: bytes, kind: str, status: int, sentence: str
) -> None:
    answer = caller.post(path, data=data, content_type=kind)
    assert answer.status_code == status, answer.text
    assert answer.mimetype == "application/json"
    body = answer.get_json()
    assert set(body) == {"error"}
    assert sentence in body["error"]
    assert "\n" not in body["error"]
    assert "Traceback" not in body["error"]
    assert scene.api.requests == []


def test_a_wrong_method_is_told_so(caller: FlaskClient) -> None:
    answer = caller.get(SESSION)
    assert answer.status_code == 405
    assert set(answer.get_json()) == {"error"}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost.evil.example"},
    ],
)
@pytest.mark.parametrize("kind", ["text/plain", "application/json", "application/x-www-form-urlencoded"])
def test_another_site_s_page_calls_nothing(
    scene: Scene, caller: FlaskClient, headers: dict[str, str], kind: str
) -> None:
    answer = caller.post(SESSION, data=b'{"session":"cs_1"}', content_type=kind, headers=headers)
    assert answer.status_code == 403
    assert set(answer.get_json()) == {"error"}
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert scene.api.requests == []


def test_another_site_s_page_cannot_call_the_gateway_alone_either(scene: Scene) -> None:
    answer = scene.alone.test_client().post(
        "/tools/api/volumesList", data=b"{}", content_type="text/plain", headers={"Origin": "https://evil.example"}
    )
    assert answer.status_code == 403
    assert scene.api.requests == []


def test_an_api_that_is_not_there_is_a_502(scene: Scene, caller: FlaskClient) -> None:
    def hang_up(*_: object) -> None:
        return None

    scene.api.answer = hang_up
    answer = caller.post("/gateway/tools/api/volumesList", json={})
    assert answer.status_code == 502
    assert set(answer.get_json()) == {"error"}


def test_an_api_s_headers_never_become_ours(scene: Scene, caller: FlaskClient) -> None:
    scene.api.answer = http_answer(
        {"id": 1}, headers={"Set-Cookie": "a=b", "HX-Redirect": "/x", "Location": "/x", "Refresh": "0", "X-Theirs": "1"}
    )
    answer = caller.post("/gateway/tools/api/volumesList", json={}, headers=OWN)
    assert not {"Set-Cookie", "HX-Redirect", "Location", "Refresh", "X-Theirs"} & set(answer.headers.keys())
    assert ["X-Theirs", "1"] in answer.get_json()["meta"]["upstream"]["headers"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_callers_own_headers_stay_here(scene: Scene, caller: FlaskClient) -> None:
    stray = {
        "Cookie": "session=x",
        "Referer": "http://a",
        "X-Forwarded-For": "1.2.3.4",
        "Accept-Language": "de",
        "X-Any": "1",
    }
    caller.post("/gateway/tools/api/volumesList", json={}, headers=stray)
    assert not {name.lower() for name in stray} & {name.lower() for name in scene.api.request.names}


@pytest.mark.parametrize("alone", [False, True])
def test_it_says_what_it_is(scene: Scene, alone: bool) -> None:
    client, root = (scene.alone.test_client(), "") if alone else (scene.site.test_client(), "/gateway")
    assert client.get(f"{root}/health").get_json() == {"status": "ok", "service": "gateway"}
    config = client.get(f"{root}/config").get_json()
    assert config["features"]["playground"] == 1
    assert config["mode"] == "none"
    tools = client.get(f"{root}/tools").get_json()["tools"]
    assert {tool["operation"] for tool in tools if tool["provider"] == "api"} == {
        "postcheckoutsessionssession", "repos.listForUser", "volumesList",
    }  # fmt: skip
    assert all(tool["inputSchema"]["type"] == "object" for tool in tools)


def test_alone_its_routes_stand_at_the_top_and_nothing_else_does(scene: Scene) -> None:
    client = scene.alone.test_client()
    answer = client.post("/tools/google%2Fbooks/volumes.list", json={})
    assert answer.status_code == 200
    assert scene.api.request.line == "GET /volumes HTTP/1.1"
    for path in ("/", "/providers", "/providers/api", "/gateway/tools"):
        missing = client.get(path)
        assert missing.status_code == 404
        assert set(missing.get_json()) == {"error"}
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200


def test_the_rate_limit_answers_429_with_when_to_come_back(tmp_path: Path) -> None:
    described = document({"/x": {"get": {"operationId": "x", "responses": {}}}})
    with site_of(tmp_path, {"api": described}, rate_limit=RateLimit(count=1, seconds=60)) as app:
        call = {"args": {}, "options": {"server": "sandbox"}}
        answers = [app.test_client().post("/gateway/tools/api/x", json=call) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [200, 429]
        assert 1 <= int(answers[1].headers["Retry-After"]) <= 60
