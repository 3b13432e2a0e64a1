"""What a flat gateway can carry, and the sentence for what it would lose."""

from __future__ import annotations

import json
from typing import Any

import pytest

from playground.catalog.model import SANDBOX, MediaType, Parameter, RequestBody, Server
from playground.request.model import FileValue, RequestModel
from playground.secrets.credentials import ApiKey, Basic, Bearer, Credentials
from tests.gateway.entries import BASIC, BEARER, COOKIE_KEY, HEADER_KEY, OTHER_KEY, QUERY_KEY, entry
from tests.gateway.foreign.gateways import MODEL, call, foreign
from tests.support.servers import (
    ForeignOperation,
    RecordingServer,
    http_answer,
)


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
