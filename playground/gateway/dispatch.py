"""The embedded gateway: a call becomes a request model, a message, and an answer from the API or the sandbox."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from playground.catalog.model import SANDBOX, Entry
from playground.config import Settings
from playground.gateway.answer import Answer, redact
from playground.gateway.operator import OperatorCredentials
from playground.gateway.origins import described_origins, has_free_host
from playground.gateway.protocol import Call
from playground.gateway.signing import answer, sign
from playground.messages import HTTPRequest, HTTPResponse
from playground.request.arguments import from_arguments
from playground.request.build import build_request
from playground.request.credentials import Credentials, secrets_of
from playground.request.errors import RequestError
from playground.request.masking import mask
from playground.request.model import RequestModel
from playground.request.security import signer_of
from playground.request.server import default_server
from playground.sandbox.answer import answer as answer_from_sandbox
from playground.transport.addresses import Endpoint
from playground.transport.egress import EgressPolicy, api_policy
from playground.transport.errors import (
    DeadlineExceeded,
    InvalidTarget,
    OriginRefused,
    RequestRefused,
    TransportError,
)
from playground.transport.send import send_to_api


def new_request_id() -> str:
    """Return a random identifier for one call."""
    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchContext:
    """What a call is dispatched with: settings, our own endpoints, the operator's credentials, the call's identity.

    `timeout` (seconds) shortens the operator's limit. `send` is the road to the API; tests put another in its place.
    """

    settings: Settings
    own_addresses: tuple[Endpoint, ...] = ()
    operator: OperatorCredentials = field(default_factory=OperatorCredentials)
    timeout: float | None = None
    request_id: str = field(default_factory=new_request_id)
    send: Callable[[HTTPRequest, EgressPolicy], HTTPResponse] = send_to_api


def dispatch(entry: Entry, call: Call, context: DispatchContext) -> Answer:
    """Answer a call read from the wire. Every failure is an answer too: nothing is raised for what a stranger sends."""
    try:
        model = from_arguments(
            entry,
            call.arguments,
            server=call.server,
            server_variables=call.server_variables,
            media_type=call.media_type,
            raw=call.raw,
            security=call.security,
        )
    except RequestError as error:
        return Answer(error=str(error), field=error.field, status=400, request_id=context.request_id)
    except RecursionError:
        return Answer(
            error="The arguments are nested too deeply to be sent.", status=400, request_id=context.request_id
        )
    return dispatch_model(entry, model, call.credentials, context)


def dispatch_model(entry: Entry, model: RequestModel, credentials: Credentials, context: DispatchContext) -> Answer:
    """Answer a request model, on the same road as a call after its arguments were read."""
    started = time.monotonic()
    settings = context.settings
    effective = context.operator.beside(entry.provider.name, credentials)
    request: HTTPRequest | None = None
    response: HTTPResponse | None = None
    error, wrong, status = None, "", 200
    try:
        model = _with_server(entry, model, settings)
        signer = signer_of(entry, effective, model.security)
        message = sign(build_request(entry, model, effective), signer)
        request = mask(entry, message, effective)
        if model.server == SANDBOX:
            response = answer_from_sandbox(entry, message, model)
        else:
            policy = policy_for(entry, model, context)
            response = context.send(message, policy)
            if (answered := answer(message, response, signer)) is not None:
                request = mask(entry, answered, effective)
                response = context.send(answered, policy)
    except RequestError as problem:
        error, wrong, status = str(problem), problem.field, 400
    except TransportError as problem:
        error, status = str(problem), status_of(problem)
    secrets = secrets_of(credentials)
    if response is not None:
        # What the operator lends must not come back to the visitor, whoever asks and in whatever dialect.
        response = redact(response, set(secrets_of(effective)) - set(secrets))
    return Answer(
        request=request,
        response=response,
        error=error,
        field=wrong,
        status=status,
        request_id=context.request_id,
        duration_ms=(time.monotonic() - started) * 1000,
        secrets=secrets,
    )


def policy_for(entry: Entry, model: RequestModel, context: DispatchContext) -> EgressPolicy:
    """Return the egress policy for one operation.

    A host that the visitor has to fill in himself (`https://{tenant}.example.com`) is his to choose only where visitor
    and operator are one: on a site that listens on loopback. Addresses are judged all the same.
    """
    return api_policy(
        context.settings,
        described_origins(entry),
        context.own_addresses,
        any_origin=context.settings.loopback and has_free_host(entry, model),
        timeout=context.timeout,
    )


def status_of(error: TransportError) -> int:
    """Return the gateway's status for a failed exchange."""
    if isinstance(error, OriginRefused):
        return 403
    if isinstance(error, InvalidTarget | RequestRefused):
        return 400
    return 504 if isinstance(error, DeadlineExceeded) else 502


def _with_server(entry: Entry, model: RequestModel, settings: Settings) -> RequestModel:
    server = model.server if model.server is not None else default_server(entry, settings.sandbox)
    if server == SANDBOX and settings.sandbox == "off":
        raise RequestError("The sandbox is switched off here: choose one of the API's servers.", field="server")
    if server != SANDBOX and settings.sandbox == "only":
        raise RequestError("Only the sandbox answers here: choose it as the server.", field="server")
    return replace(model, server=server or None)
