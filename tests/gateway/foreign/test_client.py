"""Calls through a gateway that is not ours, in each dialect."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import pytest

from playground.catalog.model import SANDBOX, MediaType, Operation, Parameter, RequestBody, Server
from playground.gateway.foreign import client, dialects
from playground.gateway.foreign.client import tool_url
from playground.request.model import FileValue, RequestModel
from playground.secrets.credentials import ApiKey, Basic, Bearer, Credentials
from playground.transport.egress import EgressPolicy
from tests.gateway.calls import through
from tests.gateway.entries import BASIC, BEARER, COOKIE_KEY, HEADER_KEY, OTHER_KEY, QUERY_KEY, entry
from tests.gateway.foreign.gateways import MODEL, POLICY, TOKEN, call, foreign, playground
from tests.support.servers import (
    ForeignOperation,
    RecordingServer,
    http_answer,
    refusing_port,
    silence,
)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    dialects._remembered.clear()


def test_a_flat_gateway_is_called_to_the_letter() -> None:
    with RecordingServer(http_answer({"id": "cs_1", "n": 1})) as upstream, foreign(upstream) as gateway:
        answer = call(gateway.url + "/", entry(url=upstream.url))
        (sent,) = gateway.calls
        assert sent.line == "POST /tools/stripe/postCheckoutSessionsSession HTTP/1.1"
        assert json.loads(sent.body) == {"session": "cs_1", "dry": True, "metadata": {"k": "v"}}
        assert sent.header("Authorization") == "Bearer sk_canary_1"
        assert sent.header("Content-Type") == "application/json"
        assert upstream.request.target == "/v1/checkout/sessions/cs_1?dry=True"
        assert upstream.request.body == b'{"metadata": {"k": "v"}}'
        assert upstream.request.header("Authorization") == "Bearer sk_canary_1"
    assert answer.error is None
    assert (answer.status, answer.response.status, answer.response.origin) == (200, 200, "gateway")
    assert answer.response.body == b'{"id":"cs_1","n":1}'
    assert answer.request_id == "9b2e0000-0000-4000-8000-000000000000"
    assert answer.request.url == f"{gateway.url}/tools/stripe/postCheckoutSessionsSession"
    assert "canary" not in repr(answer) + repr(answer.request.headers)


def test_a_token_that_looks_like_the_gateways_own_is_passed_through() -> None:
    with RecordingServer() as upstream, foreign(upstream) as gateway:
        answer = call(gateway.url, entry(url=upstream.url), credentials=Credentials(single=Bearer(token="eyJx.y.z")))
        assert answer.response.status == 200
        assert upstream.request.header("Authorization") == "Bearer eyJx.y.z"


@pytest.mark.parametrize(
    ("status", "reason", "body"),
    [(404, "Not Found", '{"error": {"code": "missing"}}'), (429, "Too Many Requests", "slow\ndown"), (500, "", "")],
)
def test_an_apis_failure_behind_a_flat_gateway_is_an_answer_again(status: int, reason: str, body: str) -> None:
    raw = http_answer(body, f"{status} {reason}")
    with RecordingServer(raw) as upstream, foreign(upstream) as gateway:
        answer = call(gateway.url, entry(url=upstream.url))
    assert answer.error is None
    assert (answer.response.status, answer.response.reason, answer.response.body) == (status, reason, body.encode())


def test_no_data_text_and_exact_numbers_come_back_as_they_are() -> None:
    def answered(body: bytes) -> Any:
        with RecordingServer(http_answer(body, headers={"Content-Type": "application/json"})) as gateway:
            return call(gateway.url, entry()).response

    assert (answered(b'{"meta":{}}').status, answered(b'{"meta":{}}').body) == (204, b"")
    text = answered(b'{"data":"plain\\ntext","meta":{}}')
    assert (text.media_type, text.body) == ("text/plain", b"plain\ntext")
    assert answered(b'{"data":{"a":1.0,"b":12345678901234567890123},"meta":{}}').body == (
        b'{"a":1.0,"b":12345678901234567890123}'
    )
    assert answered(b'{"data":null}').body == b"null"


def test_a_flat_gateways_refusal_is_one_sentence() -> None:
    with RecordingServer() as upstream, foreign(upstream) as gateway:
        answer = call(gateway.url, entry(url=upstream.url), credentials=Credentials())
        assert (answer.status, answer.response) == (401, None)
        assert answer.error.startswith("The gateway answered 401: No credentials provided.")
        unknown = entry(url=upstream.url, operation_id="NoSuch", name="nosuch")
        answer = call(gateway.url, unknown)
        assert answer.error == 'The gateway answered 500: Operation "noSuch" is not a function on provider "stripe"'


@pytest.mark.parametrize(
    "raw",
    [http_answer("<h1>It works</h1>"), http_answer([1]), http_answer({"hello": 1}), http_answer(b"", "404 Not Found")],
)
def test_something_that_is_no_gateway_is_said_to_be_none(raw: bytes) -> None:
    with RecordingServer(raw) as server:
        answer = call(server.url, entry())
    assert answer.response is None
    assert re.fullmatch(
        r"The address \S+ answered \d+, but not as a gateway does\. Check the Gateway URL\.", answer.error
    )


def test_an_unreachable_or_forbidden_gateway_is_one_sentence() -> None:
    with refusing_port() as port:
        answer = call(f"http://127.0.0.1:{port}", entry())
    assert answer.error == f"The gateway at http://127.0.0.1:{port} could not be reached. Check the Gateway URL."
    assert answer.status == 502
    answer = call("https://gateway.example.com", entry())
    assert (answer.status, "PLAYGROUND_GATEWAYS" in answer.error) == (403, True)
    for url in (
        "file:///x",
        "http://u:p@h/",
        "http://127.1:4000",
        "http://localhost:4000?x=1",
        "http://localhost/#x",
        "",
    ):
        answer = call(url, entry())
        assert answer.status == 400
        assert answer.error.startswith("The gateway address ")


def test_a_gateway_that_quotes_the_credential_is_not_repeated() -> None:
    with RecordingServer(http_answer({"error": "bad token sk_canary_1"}, "401 Unauthorized")) as gateway:
        assert call(gateway.url, entry()).error == "The gateway answered 401: bad token •••"


def test_a_very_deep_answer_is_read_or_told_apart() -> None:
    for depth in (100, 900, 5000):
        body = b'{"data":' + b"[" * depth + b"]" * depth + b',"meta":{}}'
        with RecordingServer(http_answer(body)) as gateway:
            answer = call(gateway.url, entry())
        assert (answer.response is None) != (answer.error is None)


def test_a_gateway_that_never_answers_ends_in_time() -> None:
    quick = EgressPolicy(subject="gateway", loopback=True, connect_timeout=0.3, total_timeout=0.3)
    with RecordingServer(silence) as server:
        answer = through(server.url, entry(), MODEL, TOKEN, quick)
    assert answer.status == 504


def test_an_incomplete_form_is_told_before_anything_is_sent() -> None:
    with RecordingServer() as upstream, foreign(upstream) as gateway:
        answer = call(gateway.url, entry(url=upstream.url), RequestModel())
        assert (answer.status, answer.field) == (400, "path.session")
        assert not gateway.calls


def test_a_playground_is_called_wrapped_with_everything() -> None:
    raw = http_answer(b'{"a": 1.0}', "404 Not Found", {"Content-Type": "application/json", "X-A": "1"})
    with RecordingServer(raw) as upstream:
        servers = (Server(url="http://127.0.0.1:1"), Server(url=upstream.url))
        one = entry(servers=servers, scheme=QUERY_KEY, provider={"name": "google/books"})
        with playground(one) as gateway:
            model = RequestModel(
                server=upstream.url, parameters=MODEL.parameters, media_type="application/json",
                raw='{ "note" : "typed" }',
            )  # fmt: skip
            key = Credentials(single=ApiKey(value="canary-key"), headers={"X-Own": "canary-own"})
            answer = call(gateway.url + "/gateway", one, model, key)
            sent = gateway.requests[-1]
        assert sent.target == "/gateway/tools/google%2Fbooks/postcheckoutsessionssession"
        assert "canary" not in sent.line + repr(sent.headers)
        assert upstream.request.target == "/v1/checkout/sessions/cs_1?dry=true&api_key=canary-key"
        assert upstream.request.body == b'{ "note" : "typed" }'
        assert upstream.request.header("X-Own") == "canary-own"
    assert answer.error is None
    assert (answer.response.status, answer.response.reason, answer.response.body) == (404, "Not Found", b'{"a": 1.0}')
    assert answer.response.headers.get("X-A") == "1"
    assert "first byte" in dict(answer.response.timings)
    assert answer.request.url.endswith("/v1/checkout/sessions/cs_1?dry=true&api_key=•••")
    assert "canary" not in repr(answer.request.headers)


def test_a_playgrounds_refusal_is_one_sentence() -> None:
    with refusing_port() as port:
        one = entry(url=f"http://127.0.0.1:{port}")
        with playground(one) as gateway:
            answer = call(gateway.url + "/gateway", one)
    assert answer.error == f"The gateway answered 502: The API at 127.0.0.1:{port} could not be reached."
    assert answer.status == 502


def test_files_that_are_too_large_for_text_go_to_no_other_gateway(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "MOST_FILE_BYTES", 10)
    body = [FileValue(filename="a", content=b"12345"), FileValue(filename="b", content=b"123456")]
    with RecordingServer() as upstream:
        one = entry(url=upstream.url)
        with playground(one) as gateway:
            answer = call(gateway.url + "/gateway", one, RequestModel(parameters=MODEL.parameters, body=body))
            assert not any(request.method == "POST" for request in gateway.requests)
        assert not upstream.requests
    assert answer.error == (
        "Another gateway takes at most 10 bytes of files: leave the Gateway URL at the built-in one."
    )


def test_a_playground_may_answer_from_its_sandbox() -> None:
    one = entry()
    with playground(one) as gateway:
        answer = call(gateway.url + "/gateway", one, RequestModel(server=SANDBOX, parameters=MODEL.parameters))
    assert (answer.response.status, answer.response.origin) == (200, "sandbox")


def test_a_gateway_is_asked_what_it_is_once_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    with RecordingServer() as upstream, foreign(upstream) as gateway:
        for _ in range(3):
            call(gateway.url, entry(url=upstream.url))
        assert [request.target for request in gateway.server.requests].count("/config") == 1
        now = time.monotonic()
        monkeypatch.setattr("playground.gateway.foreign.client.time.monotonic", lambda: now + 61)
        dialects.find_dialect(gateway.url, POLICY)
        assert [request.target for request in gateway.server.requests].count("/config") == 2


@pytest.mark.parametrize(
    "facts", [{"status": "200"}, {"status": 200, "body": "???"}, {"status": 200, "body": "", "headers": 7}]
)
def test_facts_that_are_not_ours_fall_back_to_the_data(facts: dict[str, Any]) -> None:
    with RecordingServer(http_answer({"data": {"a": 1}, "meta": {"upstream": facts}})) as gateway:
        assert call(gateway.url, entry()).response.body == b'{"a":1}'


def test_tool_urls_use_the_names_each_dialect_knows() -> None:
    base = "http://localhost:4000"
    nested = entry(operation_id="volumes.list", name="volumesList", provider={"name": "google/books"})
    assert tool_url(base, nested, "flat") == f"{base}/tools/google%2Fbooks/volumesList"
    assert tool_url(base, entry(), "wrapped") == f"{base}/tools/stripe/postcheckoutsessionssession"
    github = entry(operation_id="repos/list-for-user", name="repos.listForUser")
    assert tool_url(base, github, "flat") == f"{base}/tools/stripe/repos.listForUser"
    unnamed = entry(operation_id="", name="postV1ChargesId")
    assert isinstance(unnamed.operation, Operation)
    assert tool_url(base, unnamed, "flat") == f"{base}/tools/stripe/postV1ChargesId"


@pytest.mark.parametrize(
    ("credentials", "scheme", "header"),
    [
        (ApiKey(value="k1"), HEADER_KEY, ("X-Api-Key", "k1")),
        (ApiKey(value="k1", name="DD-API-KEY", location="header"), None, ("DD-API-KEY", "k1")),
        (Bearer(token="t1"), BEARER, ("Authorization", "Bearer t1")),
        (Bearer(token="t1"), None, ("Authorization", "Bearer t1")),
    ],
)
def test_a_flat_gateway_carries_a_token_or_a_key_it_knows(credentials: Any, scheme: Any, header: Any) -> None:
    with RecordingServer() as upstream, foreign(upstream) as gateway:
        one = entry(url=upstream.url, scheme=scheme)
        assert call(gateway.url, one, credentials=Credentials(single=credentials)).error is None
        assert header in gateway.calls[0].headers


@pytest.mark.parametrize(
    ("credentials", "scheme", "sentence"),
    [
        (Credentials(single=ApiKey(value="canary")), QUERY_KEY, "an API key in the query"),
        (Credentials(single=ApiKey(value="canary")), COOKIE_KEY, "an API key in a cookie"),
        (Credentials(single=ApiKey(value="canary")), OTHER_KEY, "an API key in X-Vendor-Key"),
        (Credentials(single=Basic(username="u", password="canary")), BASIC, "Basic credentials"),
        (Credentials(headers={"X-Own": "canary"}), BEARER, "custom headers"),
        (
            Credentials(schemes={"key": ApiKey(value="canary"), "other": ApiKey(value="canary")}),
            (HEADER_KEY, OTHER_KEY),
            "one credential, not several",
        ),
    ],
)
def test_what_a_flat_gateway_cannot_carry_is_refused_and_not_sent(
    credentials: Credentials, scheme: Any, sentence: str
) -> None:
    with RecordingServer() as upstream, foreign(upstream) as gateway:
        answer = call(gateway.url, entry(url=upstream.url, scheme=scheme), credentials=credentials)
        assert not gateway.calls
    assert answer.status == 400
    assert sentence in answer.error
    assert "canary" not in answer.error


TWINS = (
    Parameter(name="id", location="path", required=True),
    Parameter(name="id", location="query", style="form", explode=True),
)
COOKIE = (Parameter(name="c", location="cookie", style="form", explode=True),)


@pytest.mark.parametrize(
    ("changes", "model", "sentence"),
    [
        ({}, RequestModel(server=SANDBOX, parameters=MODEL.parameters), "The sandbox is not behind this gateway"),
        (
            {"servers": (Server(url="https://one.example"), Server(url="https://two.example"))},
            RequestModel(server="https://two.example", parameters=MODEL.parameters),
            "first server only",
        ),
        ({"path": "/x", "parameters": COOKIE}, RequestModel(parameters={"cookie": {"c": "1"}}), "cannot send cookies"),
        (
            {"path": "/x/{id}", "parameters": TWINS},
            RequestModel(parameters={"path": {"id": "1"}, "query": {"id": "2"}}),
            "same name apart",
        ),
        (
            {"request_body": RequestBody(media_types=(MediaType(name="multipart/form-data"),))},
            RequestModel(parameters=MODEL.parameters, body={"f": FileValue(filename="a", content=b"b")}),
            "cannot send files",
        ),
        (
            {"request_body": RequestBody(media_types=(MediaType(name="text/plain"),))},
            RequestModel(parameters=MODEL.parameters, body="hello"),
            "sends JSON only",
        ),
    ],
)
def test_a_request_a_flat_gateway_would_change_is_refused(
    changes: dict[str, Any], model: RequestModel, sentence: str
) -> None:
    with RecordingServer() as upstream, foreign(upstream) as gateway:
        answer = call(gateway.url, entry(**changes), model)
        assert not gateway.calls
    assert sentence in answer.error


def test_same_names_in_path_and_body_travel_in_a_whole_body() -> None:
    body = {"type": "object", "properties": {"session": {"type": "string"}}}
    request_body = RequestBody(media_types=(MediaType(name="application/json", schema=body),))
    with RecordingServer() as upstream:
        known = ForeignOperation(
            method="POST", base_url=upstream.url, route="/v1/{session}", path=("session",),
            body_kind="properties", body=("session",),
        )  # fmt: skip
        with foreign(upstream, **{"stripe/postCheckoutSessionsSession": known}) as gateway:
            model = RequestModel(parameters={"path": {"session": "p"}}, body={"session": "b"})
            assert call(gateway.url, entry(url=upstream.url, request_body=request_body), model).error is None
            assert json.loads(gateway.calls[0].body) == {"session": "p", "body": {"session": "b"}}
        assert upstream.request.target == "/v1/p"
        assert upstream.request.body == b'{"session": "b"}'


def test_an_operation_with_headers_only_is_wrapped_as_the_flat_client_reads_it() -> None:
    parameters = (Parameter(name="X-Version", location="header"),)
    one = entry(path="/x", parameters=parameters, request_body=None)
    with RecordingServer(http_answer({"data": 1, "meta": {}})) as gateway:
        call(gateway.url, one, RequestModel(parameters={"header": {"X-Version": "7"}}))
        assert json.loads(gateway.requests[-1].body) == {"headers": {"X-Version": "7"}}
