"""Gateways that are not the site's own, and calls through them."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote

from playground.catalog.model import Entry
from playground.config import Settings
from playground.gateway.context import CallContext
from playground.gateway.describe import config, health
from playground.gateway.envelope import write_answer, write_error
from playground.gateway.errors import GatewayError
from playground.gateway.protocol import read_call
from playground.messages import Headers
from playground.request.model import RequestModel
from playground.secrets.credentials import Bearer, Credentials
from playground.transport.egress import gateway_policy
from tests.gateway.calls import dispatch, through
from tests.gateway.test_embedded import SETTINGS
from tests.support.servers import (
    ForeignGateway,
    ForeignOperation,
    Recorded,
    RecordingServer,
    http_answer,
)

POLICY = gateway_policy(Settings(), loopback=True)
MODEL = RequestModel(parameters={"path": {"session": "cs_1"}, "query": {"dry": True}}, body={"metadata": {"k": "v"}})
TOKEN = Credentials(single=Bearer(token="sk_canary_1"))


@contextmanager
def foreign(upstream: RecordingServer, **changes: Any) -> Iterator[ForeignGateway]:
    known = ForeignOperation(
        method="POST", base_url=upstream.url, route="/v1/checkout/sessions/{session}", path=("session",),
        query=("dry",), body_kind="properties", body=("metadata", "line_items", "note"),
    )  # fmt: skip
    with ForeignGateway(operations={"stripe/postCheckoutSessionsSession": known} | changes) as gateway:
        yield gateway


@contextmanager
def playground(one: Entry) -> Iterator[RecordingServer]:
    """A gateway of our own kind, made of the same parts as the site's."""

    def answer(_: socket.socket, request: Recorded) -> bytes:
        if request.target == "/gateway/config":
            return http_answer(config("0.1"))
        if request.target == "/gateway/health":
            return http_answer(health())
        match = re.fullmatch(r"/gateway/tools/([^/]+)/(.+)", request.target)
        assert match is not None
        assert (unquote(match[1]), unquote(match[2])) == (one.provider.name, one.operation.name)
        headers = Headers(request.headers)
        try:
            call = read_call(request.body, headers.get("content-type"), headers, one)
        except GatewayError as error:
            return http_answer(write_error(str(error)), f"{error.status} Error", {"Content-Type": "application/json"})
        status, body = write_answer(dispatch(one, call, CallContext(settings=SETTINGS)), own=call.own)
        return http_answer(body, f"{status} X", {"Content-Type": "application/json"})

    with RecordingServer(answer) as server:
        yield server


def call(gateway: str, one: Entry, model: RequestModel = MODEL, credentials: Credentials = TOKEN) -> Any:
    return through(gateway, one, model, credentials, POLICY)
