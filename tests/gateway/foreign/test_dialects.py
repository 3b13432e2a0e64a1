"""Our client and UTDK's newer gateways: found out by what they say of themselves, spoken to in their envelope."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from typing import Any

import pytest

from playground.catalog.model import Parameter
from playground.config import Settings
from playground.gateway.answer import Answer, is_stream
from playground.gateway.context import CallContext
from playground.gateway.foreign import dialects
from playground.request.model import RequestModel
from playground.secrets.credentials import ApiKey, Bearer, Credentials
from playground.transport.egress import gateway_policy
from tests.gateway.calls import through
from tests.gateway.entries import HEADER_KEY, entry
from tests.support.servers import Recorded, RecordingServer, http_answer

POLICY = gateway_policy(Settings(), loopback=True)
MODEL = RequestModel(parameters={"path": {"session": "cs_1"}}, body={"metadata": {"k": "v"}})
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmVk"
CONFIG = {"mode": "none", "auth": {}, "features": {"ephemeralCredentials": True, "streaming": True}, "version": "0.4.0"}


@pytest.fixture(autouse=True)
def _fresh() -> None:
    dialects._remembered.clear()


def newer(result: bytes | Callable[[socket.socket], bytes | None], *, place: str = "/config") -> RecordingServer:
    """A gateway of generation G4 (or, told by `/auth/config`, G7) as reference UTDK, section 1.3 to 1.5, has it."""

    def answer(connection: socket.socket, request: Recorded) -> bytes | None:
        if request.method == "GET" and request.target == place:
            return http_answer(CONFIG if place == "/config" else {"mode": "none"})
        if request.method != "POST" or not request.target.startswith("/tools/"):
            return http_answer({"error": "Not found"}, "404 Not Found")
        try:
            body = json.loads(request.body)
        except ValueError:
            return http_answer({"error": "Expected { args, credential? }"}, "400 Bad Request")
        if set(body) - {"args", "credential", "stream", "profile"} or "args" not in body:
            return http_answer({"error": "Expected { args, credential? }"}, "400 Bad Request")
        if not isinstance(body["args"], dict):
            return http_answer({"error": "args must be an object"}, "400 Bad Request")
        return result(connection) if callable(result) else result

    return RecordingServer(answer)


def call(url: str, credentials: Credentials, context: CallContext | None = None, **changes: Any) -> Answer:
    model = changes.pop("model", MODEL)
    return through(url, entry(**changes), model, credentials, POLICY, context)


@pytest.mark.parametrize("place", ["/config", "/auth/config"])
def test_arguments_and_credential_go_into_its_envelope(place: str) -> None:
    meta = {"requestId": "9b2e0000-0000-4000-8000-000000000000", "durationMs": 12}
    with newer(http_answer({"data": {"id": "cs_1"}, "meta": meta}), place=place) as gateway:
        answer = call(gateway.url, Credentials(single=Bearer(token=JWT)))
        sent = gateway.requests[-1]
    assert sent.target == "/tools/stripe/postCheckoutSessionsSession"
    assert json.loads(sent.body) == {
        "args": {"session": "cs_1", "metadata": {"k": "v"}},
        "credential": {"type": "bearer_token", "token": JWT},
    }
    # A token of the API is not a token for the gateway, though it looks like one.
    assert sent.header("Authorization") is None
    assert answer.response is not None
    assert (answer.response.status, json.loads(answer.response.body)) == (200, {"id": "cs_1"})
    assert answer.request_id == meta["requestId"]
    assert answer.request is not None
    assert JWT not in answer.request.body.decode()


def test_a_key_is_held_out_with_its_name() -> None:
    key = Credentials(single=ApiKey(value="k_1", name="X-Api-Key", location="header"))
    with newer(http_answer({"meta": {"requestId": "r", "durationMs": 1}})) as gateway:
        answer = call(gateway.url, key, scheme=HEADER_KEY)
        sent = json.loads(gateway.requests[-1].body)
    assert sent["credential"] == {"type": "api_key", "value": "k_1", "name": "X-Api-Key", "in": "header"}
    assert answer.response is not None
    assert answer.response.status == 204


def test_a_failure_of_the_api_is_its_answer_again() -> None:
    failed = http_answer({"error": 'Request failed: 404 Not Found\n{"code":"x"}'}, "500 Internal Server Error")
    with newer(failed) as gateway:
        answer = call(gateway.url, Credentials())
    assert answer.response is not None
    assert (answer.response.status, answer.response.body) == (404, b'{"code":"x"}')


def test_what_needs_a_sign_in_is_one_sentence() -> None:
    refused = http_answer({"error": "No workspace selected", "code": "workspace_not_selected"}, "400 Bad Request")
    with newer(refused) as gateway:
        answer = call(gateway.url, Credentials())
    assert answer.error == "The gateway answered 400: No workspace selected"


def test_events_are_handed_on_while_they_come() -> None:
    def events(connection: socket.socket) -> None:
        connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: {"n": 1}\n\n')
        connection.sendall(b"data: [DONE]\n\n")
        connection.shutdown(socket.SHUT_WR)

    streaming = (Parameter(name="stream", location="query", style="form", explode=True, schema={"type": "boolean"}),)
    with newer(events) as gateway:
        answer = call(
            gateway.url,
            Credentials(),
            CallContext(settings=Settings(), live=is_stream),
            path="/x",
            parameters=streaming,
            request_body=None,
            model=RequestModel(parameters={"query": {"stream": True}}),
        )
        assert json.loads(gateway.requests[-1].body) == {"args": {"stream": True}, "stream": True}
        assert answer.live is not None
        assert b"".join(answer.live.pieces()) == b'data: {"n": 1}\n\ndata: [DONE]\n\n'
        assert not answer.live.summary.truncated
        answer.close()
