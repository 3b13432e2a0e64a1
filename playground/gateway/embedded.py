"""The embedded gateway: a built request becomes an answer, with credentials put in, from an API or from the sandbox.

An API is called at an origin that the description names: its servers, with every listed value of their variables. The
sandbox answers the same message in process, late or broken where that is asked for.
"""

from __future__ import annotations

import itertools
import re
import time
from dataclasses import replace
from urllib.parse import quote

from playground.catalog.model import SANDBOX, Entry, Server
from playground.config import Settings
from playground.gateway.answer import Answer, Live, Redacted
from playground.gateway.context import CallContext
from playground.gateway.redirects import Hop, follow, stays_home
from playground.gateway.signing import meet_challenge, sign
from playground.messages import Facts, HTTPRequest, HTTPResponse
from playground.request.built import BuiltRequest
from playground.request.errors import RequestError
from playground.request.model import RequestModel
from playground.request.server import expand_server, is_described, servers_of
from playground.sandbox.negotiate import LONGEST_DELAY
from playground.sandbox.reply import Reply, Streamed
from playground.sandbox.service import ADDRESS, Call, Sandbox
from playground.sandbox.source import EntrySource
from playground.secrets.credentials import Credentials, Signer, secrets_of
from playground.secrets.detect import secret_texts
from playground.secrets.mask import mask_request, mask_url
from playground.secrets.redact import redact_response
from playground.secrets.schemes import signer_of
from playground.text.wording import say
from playground.transport.egress import EgressPolicy, api_policy, checked_origin
from playground.transport.errors import (
    BrokenAnswer,
    DeadlineExceeded,
    InvalidTarget,
    OriginRefused,
    RequestRefused,
    Stopped,
    TransportError,
)
from playground.transport.exchange import Exchange

MOST_COMBINATIONS = 256
_HOST = re.compile(r"^(?:[^/?#]*//)?[^/?#]*")
_VARIABLE = re.compile(r"\{([^{}]*)\}")


def described_origins(entry: Entry) -> frozenset[str]:
    """Return the canonical origins of the operation's servers.

    A variable in scheme, host or port counts with its default and its listed values only: what a visitor types must not
    choose the host, unless the operator lists that origin.
    """
    origins: set[str] = set()
    for server in servers_of(entry):
        names = _host_variables(server)
        choices = [_values(server, name) for name in names]
        for values in itertools.islice(itertools.product(*choices), MOST_COMBINATIONS):
            model = RequestModel(server=server.url, server_variables=dict(zip(names, values, strict=True)))
            try:
                origins.add(checked_origin(expand_server(entry, model)))
            except (RequestError, TransportError):
                continue
    return frozenset(origins)


def has_free_host(entry: Entry, model: RequestModel) -> bool:
    """Return whether the visitor fills in the chosen server's host: a variable without listed values."""
    return any(
        not variable.enum
        for server in servers_of(entry)
        if model.server is None or server.url == model.server
        for variable in server.variables
        if variable.name in _host_variables(server)
    )


def _host_variables(server: Server) -> list[str]:
    match = _HOST.match(server.url)
    return list(dict.fromkeys(_VARIABLE.findall(match[0]))) if match is not None else []


def _values(server: Server, name: str) -> tuple[str, ...]:
    variable = next((variable for variable in server.variables if variable.name == name), None)
    return () if variable is None else tuple(dict.fromkeys((variable.default, *variable.enum)))


_LOOK_SECONDS = 0.1


def ask_sandbox(
    entry: Entry, model: RequestModel, message: HTTPRequest, *, with_credentials: bool, context: CallContext
) -> tuple[HTTPResponse, Live | None]:
    """Return the sandbox's answer; the head alone, and what is coming, where it is shown as it comes.

    Without any credential the request counts as one with the sandbox's own key. Raises `TransportError` for a failure
    that was asked for.
    """
    sandbox = context.sandbox or Sandbox(EntrySource(entry))
    if context.prefer:
        message = replace(message, headers=message.headers.adding("Prefer", context.prefer))
    below = message.url[len(expand_server(entry, model)) :]
    reply = sandbox.respond(
        Call(
            entry=entry,
            request=message,
            path=below.partition("#")[0].partition("?")[0] or "/",
            base=ADDRESS + quote(entry.provider.name),
            visitor=context.sandbox_visitor,
            lenient=not with_credentials,
        )
    )
    limit = context.timeout or context.settings.send_timeout
    if reply.failure == "timeout":
        _wait(min(limit, LONGEST_DELAY / 1000), context)
        raise DeadlineExceeded(say("The API did not answer in time."))
    if reply.delay:
        _wait(min(reply.delay, limit), context)
        if reply.delay > limit:
            raise DeadlineExceeded(say("The API did not answer in time."))
    if reply.failure == "reset":
        raise BrokenAnswer(say("The connection broke off before the answer was complete."))
    if reply.failure == "truncate":
        return _truncated(reply), None
    if reply.pieces is not None and context.live is not None and context.live(reply.response):
        return reply.response, Streamed(reply)
    return reply.whole(), None


def _truncated(reply: Reply) -> HTTPResponse:
    """Return the first half of an answer, as one whose connection broke off."""
    whole = reply.whole()
    body = whole.body[: len(whole.body) // 2]
    facts = Facts(http="sandbox", decoded_bytes=len(body), wire_bytes=len(body), cut="broken")
    return replace(whole, body=body, truncated=True, facts=facts)


def _wait(seconds: float, context: CallContext) -> None:
    """Wait, unless nobody waits for the answer any more. Raises `Stopped`."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if context.cancelled is not None and context.cancelled():
            raise Stopped(say("Stopped."))
        time.sleep(min(left, _LOOK_SECONDS))


def dispatch(request: BuiltRequest, credentials: Credentials, context: CallContext) -> Answer:
    """Answer a request whose server is chosen. Every failure is an answer; nothing is raised for bad input.

    With `context.live` the answer's content may still be coming: close the answer.
    """
    started = time.monotonic()
    entry, model = request.entry, request.model
    effective = credentials
    if not context.follow and is_described(entry, model.server):
        # Hops and servers may come from the caller: what the operator lends is for the described addresses only.
        effective = context.operator.beside(entry.provider.name, credentials, entry.operation)
    sent: HTTPRequest | None = None
    response: HTTPResponse | None = None
    live: Live | None = None
    error, field, step, status = None, "", "", 200
    timings: tuple[tuple[str, float], ...] = ()
    try:
        message = request.with_credentials(effective)
        signer = signer_of(entry, effective, model.security)
        dropped: tuple[str, ...] = ()
        if context.follow:
            signer = signer if stays_home(message.url, context.follow) else None  # a signature is a credential
            message, dropped = follow(message, request.message, context.follow)
        message = sign(message, signer)
        sent = mask_request(entry, message, effective)
        if model.server == SANDBOX:
            response, live = ask_sandbox(entry, model, message, with_credentials=bool(effective), context=context)
        else:
            response, live, message = _ask(message, signer, policy_for(entry, model, context), context)
            sent = mask_request(entry, message, effective)
            response = _with_redirects(response, entry, context.follow, dropped)
    except RequestError as problem:
        error, field, step, status = str(problem), problem.field, "request", 400
    except TransportError as problem:
        error, step, status = str(problem), problem.step, status_of(problem)
        timings = problem.timings
    secrets = secret_texts(entry, model, credentials)
    # What the operator lends must not come back to the visitor, whatever the API answers.
    lent = set(secrets_of(effective)) - set(secrets)
    if response is not None:
        response = redact_response(response, lent)
    return Answer(
        request=sent,
        response=response,
        error=error,
        field=field,
        step=step,
        status=status,
        request_id=context.request_id,
        duration_ms=(time.monotonic() - started) * 1000,
        live=Redacted(live, lent) if live is not None and lent else live,
        secrets=secrets,
        timings=timings,
    )


def policy_for(entry: Entry, model: RequestModel, context: CallContext) -> EgressPolicy:
    """Return the egress policy for one operation.

    A server that the visitor types, or a host in it (`https://{tenant}.example.com`), is the visitor's to choose only
    where visitor and operator are the same person, on a local site. Elsewhere the operator lists it. Addresses are
    judged in any case.
    """
    settings = context.settings
    if context.unvetted:
        _refuse_unlisted(entry, model, settings)
    origins = frozenset() if context.unvetted else described_origins(entry)
    if settings.local and not is_described(entry, model.server):
        origins |= {checked_origin(model.server or "")}
    return api_policy(
        settings,
        origins,
        context.own_addresses,
        any_origin=settings.local and has_free_host(entry, model),
        named=context.named,
        timeout=context.timeout,
    )


def _refuse_unlisted(entry: Entry, model: RequestModel, settings: Settings) -> None:
    """Raise `OriginRefused` for a server of a stranger's description that the operator has not listed."""
    origin = checked_origin(expand_server(entry, model))
    if origin not in settings.upstreams:
        raise OriginRefused(
            say(
                "Requests to %(origin)s are not allowed here: a visitor added this description, and the operator has "
                "not listed this server in PLAYGROUND_UPSTREAMS. The sandbox answers.",
                origin=origin,
            )
        )


def status_of(error: TransportError) -> int:
    """Return the gateway's status for a failed exchange."""
    if isinstance(error, OriginRefused):
        return 403
    if isinstance(error, InvalidTarget | RequestRefused):
        return 400
    if isinstance(error, Stopped):
        return 499  # for the log only
    return 504 if isinstance(error, DeadlineExceeded) else 502


def _ask(
    message: HTTPRequest, signer: Signer | None, policy: EgressPolicy, context: CallContext
) -> tuple[HTTPResponse, Live | None, HTTPRequest]:
    """Send the final message, answer a challenge if there is one, and return the message that was sent last as well.

    The deadline is one for both. The response is the head alone while its content is still coming.
    """
    started = time.monotonic()
    response, live = _send(message, policy, context)
    if (answered := meet_challenge(message, response, signer)) is None:
        return response, live, message
    if live is not None:
        live.close()
    left = max(0.1, policy.total_timeout - (time.monotonic() - started))
    response, live = _send(answered, replace(policy, total_timeout=left), context)
    return response, live, answered


def _send(message: HTTPRequest, policy: EgressPolicy, context: CallContext) -> tuple[HTTPResponse, Live | None]:
    if context.send is not None and (answer := context.send(message, policy)) is not None:
        return answer, None
    exchange = Exchange(message, policy, context.cancelled)
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
