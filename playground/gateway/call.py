"""One call through a gateway, embedded or foreign: the only place that chooses, for page, wire and command line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TypeAlias
from urllib.parse import urlsplit

from playground.catalog.model import SANDBOX, Entry
from playground.config import Settings
from playground.gateway.answer import Answer
from playground.gateway.context import CallContext
from playground.gateway.embedded import dispatch
from playground.gateway.foreign.client import call_gateway
from playground.gateway.protocol import WireCall, read_request
from playground.request.built import BuiltRequest
from playground.request.errors import RequestError
from playground.request.server import default_server, servers_of
from playground.secrets.credentials import Credentials
from playground.text.wording import say
from playground.transport.egress import EgressPolicy


@dataclass(frozen=True, slots=True)
class Embedded:
    """The gateway in this process."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """A gateway elsewhere: its base URL, and the policy under which it is called."""

    url: str
    policy: EgressPolicy


Gateway: TypeAlias = Embedded | Foreign


@contextmanager
def call(request: BuiltRequest, credentials: Credentials, gateway: Gateway, context: CallContext) -> Iterator[Answer]:
    """Send a request through a gateway and give its answer, which ends with the block.

    Every failure is an answer with one sentence, but for too many calls: that raises `LimitExceeded`.
    """
    if isinstance(gateway, Embedded):
        request = request.to_server(chosen_server(request, context.settings))
        host = _host_of(request)
    else:
        host = urlsplit(gateway.url).netloc
    with context.limits.admit(context.visitor, host, request.entry.provider.name):
        answer = _send(request, credentials, gateway, context)
        try:
            yield answer
        finally:
            answer.close()


@contextmanager
def call_from_wire(entry: Entry, wire: WireCall, context: CallContext) -> Iterator[Answer]:
    """Answer a call that was read from the wire, as `call` does. What a stranger sends wrong is an answer too."""
    try:
        request = read_request(entry, wire)
    except RequestError as error:
        yield _refused(error, context)
        return
    if wire.timeout is not None:
        context = replace(context, timeout=wire.timeout)
    with call(request, wire.credentials, Embedded(), replace(context, follow=wire.follow)) as answer:
        yield answer


def check_allowed(request: BuiltRequest, gateway: Gateway, context: CallContext) -> None:
    """Raise `RequestError` for what is never sent from here: the operator's rules, and where the sandbox is off."""
    server = request.model.server
    context.rules.check(request.entry, server)
    if isinstance(gateway, Foreign):
        return
    if server == SANDBOX and context.settings.sandbox == "off":
        raise RequestError(say("The sandbox is switched off here: choose one of the API's servers."), field="server")
    if server != SANDBOX and context.settings.sandbox == "only":
        raise RequestError(say("Only the sandbox answers here: choose it as the server."), field="server")


def chosen_server(request: BuiltRequest, settings: Settings) -> str | None:
    """Return the server the request goes to: the one it names, else the default."""
    server = request.model.server
    return (server if server is not None else default_server(request.entry, settings.sandbox)) or None


def _send(request: BuiltRequest, credentials: Credentials, gateway: Gateway, context: CallContext) -> Answer:
    try:
        check_allowed(request, gateway, context)
    except RequestError as error:
        return _refused(error, context)
    if isinstance(gateway, Embedded):
        return dispatch(request, credentials, context)
    return call_gateway(gateway.url, request, credentials, gateway.policy, context)


def _refused(error: RequestError, context: CallContext) -> Answer:
    return Answer(error=str(error), field=error.field, step="request", status=400, request_id=context.request_id)


def _host_of(request: BuiltRequest) -> str:
    """Return the host that a call is counted for; nothing is sent to it before it is checked."""
    servers = servers_of(request.entry)
    server = request.model.server
    url = server if server is not None else servers[0].url if servers else ""
    return "" if url == SANDBOX else urlsplit(url).netloc.lower()
