"""The embedded gateway: a call becomes a request model, a message, and an answer from the API or the sandbox."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from playground.catalog.model import SANDBOX, Entry
from playground.config import Settings
from playground.gateway.answer import Answer
from playground.gateway.live import Live, Redacted
from playground.gateway.operator import OperatorCredentials
from playground.gateway.origins import described_origins, has_free_host
from playground.gateway.protocol import Call
from playground.gateway.redirects import Hop, follow, stays_home
from playground.gateway.rules import Rules
from playground.gateway.signing import answer, sign
from playground.messages import HTTPRequest, HTTPResponse
from playground.request.arguments import from_arguments
from playground.request.build import build_request
from playground.request.errors import RequestError
from playground.request.model import RequestModel
from playground.request.server import default_server
from playground.sandbox.answer import answer as answer_from_sandbox
from playground.secrets.credentials import Credentials, Signer, secrets_of
from playground.secrets.detect import secret_texts
from playground.secrets.mask import mask_request, mask_url
from playground.secrets.redact import redact_response
from playground.secrets.schemes import signer_of
from playground.text.wording import say
from playground.transport.addresses import Endpoint
from playground.transport.deadline import Cancelled
from playground.transport.egress import EgressPolicy, api_policy
from playground.transport.errors import (
    DeadlineExceeded,
    InvalidTarget,
    OriginRefused,
    RequestRefused,
    Stopped,
    TransportError,
)
from playground.transport.send import open_exchange


def new_request_id() -> str:
    """Return a random identifier for one call."""
    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchContext:
    """What a call is dispatched with: settings, our own endpoints, the operator's word, the call's identity.

    `timeout` (seconds) shortens the operator's limit. `cancelled` is asked while waiting whether somebody still waits.
    `live` looks at an answer's head and says whether its content is to be handed on as it comes. `follow` are the
    redirects the visitor follows. `send` is the road to the API; tests put another in its place.
    """

    settings: Settings
    own_addresses: tuple[Endpoint, ...] = ()
    operator: OperatorCredentials = field(default_factory=OperatorCredentials)
    rules: Rules = field(default_factory=Rules)
    timeout: float | None = None
    request_id: str = field(default_factory=new_request_id)
    cancelled: Cancelled | None = None
    live: Callable[[HTTPResponse], bool] | None = None
    follow: tuple[Hop, ...] = ()
    send: Callable[[HTTPRequest, EgressPolicy], HTTPResponse] | None = None


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
        model = replace(model, brackets=call.brackets)
    except RequestError as error:
        return Answer(error=str(error), field=error.field, step="request", status=400, request_id=context.request_id)
    except RecursionError:
        return Answer(
            error=say("The arguments are nested too deeply to be sent."),
            step="request",
            status=400,
            request_id=context.request_id,
        )
    if call.timeout is not None:
        context = replace(context, timeout=call.timeout)
    return dispatch_model(entry, model, call.credentials, replace(context, follow=call.follow))


def dispatch_model(entry: Entry, model: RequestModel, credentials: Credentials, context: DispatchContext) -> Answer:
    """Answer a request model, on the same road as a call after its arguments were read.

    With `context.live` the answer's content may still be coming: close the answer.
    """
    started = time.monotonic()
    effective = credentials
    if not context.follow:
        # Hops come from the caller: what the operator lends is for the described addresses, not for any URL of the API.
        effective = context.operator.beside(entry.provider.name, credentials, entry.operation)
    request: HTTPRequest | None = None
    response: HTTPResponse | None = None
    live: Live | None = None
    error, wrong, step, status = None, "", "", 200
    try:
        model = _with_server(entry, model, context.settings)
        context.rules.check(entry, model.server)
        signer = signer_of(entry, effective, model.security)
        message = build_request(entry, model, effective)
        dropped: tuple[str, ...] = ()
        if context.follow:
            signer = signer if stays_home(message.url, context.follow) else None  # a signature is a credential
            message, dropped = follow(message, build_request(entry, model), context.follow)
        message = sign(message, signer)
        request = mask_request(entry, message, effective)
        if model.server == SANDBOX:
            response = answer_from_sandbox(entry, message, model)
        else:
            response, live, message = _ask(message, signer, policy_for(entry, model, context), context)
            request = mask_request(entry, message, effective)
            response = _with_redirects(response, entry, context.follow, dropped)
    except RequestError as problem:
        error, wrong, step, status = str(problem), problem.field, "request", 400
    except TransportError as problem:
        error, step, status = str(problem), problem.step, status_of(problem)
    secrets = secret_texts(entry, model, credentials)
    # What the operator lends must not come back to the visitor, whoever asks and in whatever dialect.
    lent = set(secrets_of(effective)) - set(secrets)
    if response is not None:
        response = redact_response(response, lent)
    return Answer(
        request=request,
        response=response,
        error=error,
        field=wrong,
        step=step,
        status=status,
        request_id=context.request_id,
        duration_ms=(time.monotonic() - started) * 1000,
        live=Redacted(live, lent) if live is not None and lent else live,
        secrets=secrets,
    )


def _ask(
    message: HTTPRequest, signer: Signer | None, policy: EgressPolicy, context: DispatchContext
) -> tuple[HTTPResponse, Live | None, HTTPRequest]:
    """Send the final message, answer a challenge if there is one, and return the message that was sent last as well.

    The deadline is one for both. The response is the head alone while its content is still coming.
    """
    started = time.monotonic()
    response, live = _send(message, policy, context)
    if (answered := answer(message, response, signer)) is None:
        return response, live, message
    if live is not None:
        live.close()
    left = max(0.1, policy.total_timeout - (time.monotonic() - started))
    response, live = _send(answered, replace(policy, total_timeout=left), context)
    return response, live, answered


def _send(message: HTTPRequest, policy: EgressPolicy, context: DispatchContext) -> tuple[HTTPResponse, Live | None]:
    if context.send is not None:
        return context.send(message, policy), None
    exchange = open_exchange(message, policy, context.cancelled)
    if context.live is not None and context.live(exchange.head):
        return exchange.head, exchange
    with exchange:
        body = b"".join(exchange.pieces())
        return replace(exchange.summary, body=body), None


def _with_redirects(
    response: HTTPResponse, entry: Entry, hops: tuple[Hop, ...], dropped: tuple[str, ...]
) -> HTTPResponse:
    if not hops or response.facts is None:
        return response
    followed = tuple((hop.status, mask_url(entry, hop.url)) for hop in hops)
    return replace(response, facts=replace(response.facts, redirects=followed, dropped=dropped))


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
    if isinstance(error, Stopped):
        return 499  # nobody reads it; the log does
    return 504 if isinstance(error, DeadlineExceeded) else 502


def _with_server(entry: Entry, model: RequestModel, settings: Settings) -> RequestModel:
    server = model.server if model.server is not None else default_server(entry, settings.sandbox)
    if server == SANDBOX and settings.sandbox == "off":
        raise RequestError(say("The sandbox is switched off here: choose one of the API's servers."), field="server")
    if server != SANDBOX and settings.sandbox == "only":
        raise RequestError(say("Only the sandbox answers here: choose it as the server."), field="server")
    return replace(model, server=server or None)
