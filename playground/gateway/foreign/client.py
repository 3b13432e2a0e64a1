"""Calls a gateway that is not ours, in the dialect it speaks: a Playground's, or UTDK's older or newer one."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

from playground import jsontext
from playground.catalog.model import SANDBOX, Entry
from playground.catalog.names import client_name
from playground.gateway.answer import Answer, redact_text
from playground.gateway.embedded import DispatchContext, new_request_id, status_of
from playground.gateway.errors import GatewayError
from playground.gateway.foreign.answer import Outcome, read_answer
from playground.gateway.foreign.dialects import Dialect, find_dialect
from playground.gateway.foreign.stream import RelayedLines, relay
from playground.gateway.protocol import ACCEPT, ACCEPT_LINES, declares_input, write_credentials
from playground.gateway.redirects import Hop
from playground.mediatypes import kind_of
from playground.messages import Headers, HTTPRequest, HTTPResponse, JSONContent
from playground.request.arguments import to_arguments
from playground.request.build import build_request
from playground.request.errors import RequestError
from playground.request.media_types import select_media_type
from playground.request.model import ABSENT, Absent, FileValue, RequestModel, Value
from playground.request.server import servers_of
from playground.secrets.credentials import Credentials, secrets_of
from playground.secrets.detect import secret_texts
from playground.secrets.redact import MASK, mask
from playground.secrets.schemes import signer_of
from playground.text.wording import say
from playground.transport.deadline import Cancelled
from playground.transport.egress import EgressPolicy
from playground.transport.errors import InvalidTarget, TransportError
from playground.transport.send import open_exchange

_WRITTEN_AS_JSON = ("json", "form", "multipart", "yaml")
"""Kinds of bodies that a gateway which reads JSON alone writes from their value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How a call is to go: `timeout` in seconds, who waits, which answers are taken as they come, what to follow.

    The same as of a call to the embedded gateway; see `DispatchContext`.
    """

    timeout: float | None = None
    cancelled: Cancelled | None = None
    live: Callable[[HTTPResponse], bool] | None = None
    follow: tuple[Hop, ...] = ()
    request_id: str = field(default_factory=new_request_id)

    @classmethod
    def of(cls, context: DispatchContext) -> Wishes:
        """Return what a context of the embedded gateway says about the call itself."""
        return cls(
            timeout=context.timeout,
            cancelled=context.cancelled,
            live=context.live,
            follow=context.follow,
            request_id=context.request_id,
        )


def call_gateway(
    url: str,
    entry: Entry,
    model: RequestModel,
    credentials: Credentials,
    policy: EgressPolicy,
    wishes: Wishes | None = None,
) -> Answer:
    """Send a request model through the gateway at `url`; every failure is an answer with one sentence.

    With `wishes.live` the answer's content may still be coming: close the answer.
    """
    started = time.monotonic()
    wishes = wishes or Wishes()
    if wishes.timeout is not None:
        # A gateway needs its own time beside the API's.
        policy = replace(policy, total_timeout=min(policy.total_timeout, wishes.timeout + 5.0))
    base = url.strip().rstrip("/")
    secrets = (*secrets_of(credentials), *secret_texts(entry, model))
    shown: HTTPRequest | None = None
    try:
        if "?" in base or "#" in base:
            raise InvalidTarget(
                say("The gateway address must not hold a ? or #: write it like https://gateway.example.com.")
            )
        dialect = find_dialect(base, policy)
        message = _message(base, entry, model, credentials, dialect, wishes)
        shown = _shown(entry, model, credentials, message, dialect)
        outcome = _exchange(base, message, policy, wishes)
    except RequestError as error:
        outcome = Outcome(error=str(error), field=error.field, status=400)
    except GatewayError as error:
        outcome = Outcome(error=str(error), status=error.status)
    except RecursionError:
        outcome = Outcome(error=say("The gateway's answer is nested too deeply to be read."), status=502)
    except TransportError as error:
        reason = _unreachable(base, error)
        if not isinstance(error, InvalidTarget) and status_of(error) not in (403, 504):
            reason = say("%(reason)s Check the Gateway URL.", reason=reason)
        outcome = Outcome(error=reason, status=status_of(error))
    if shown is not None and outcome.method and outcome.url:
        shown = replace(shown, method=outcome.method, url=outcome.url)
    return Answer(
        request=shown,
        response=outcome.response,
        # A gateway may quote the credential it was given.
        error=None if outcome.error is None else redact_text(outcome.error, secrets),
        field=outcome.field,
        status=outcome.status,
        step=outcome.step,
        request_id=outcome.request_id or wishes.request_id,
        duration_ms=(time.monotonic() - started) * 1000,
        live=outcome.live,
        secrets=secrets,
    )


def _exchange(base: str, message: HTTPRequest, policy: EgressPolicy, wishes: Wishes) -> Outcome:
    exchange = open_exchange(message, policy, wishes.cancelled)
    kept = False
    try:
        live = relay(exchange)
        if live is None:
            body = b"".join(exchange.pieces())
            return read_answer(base, replace(exchange.summary, body=body))
        method, url, request_id = "", "", ""
        if isinstance(live, RelayedLines):
            method, url, request_id = live.method, live.url, live.request_id
        if wishes.live is not None and wishes.live(live.head):
            kept = True
            return Outcome(response=live.head, live=live, method=method, url=url, request_id=request_id)
        body = b"".join(live.pieces())
        whole = replace(live.summary, body=body)
        return Outcome(response=whole, method=method, url=url, request_id=request_id)
    finally:
        if not kept:
            exchange.close()


def tool_url(base: str, entry: Entry, dialect: Dialect) -> str:
    """Return where a call is posted: the provider is one segment; a flat gateway knows the client's names."""
    operation = entry.operation
    name = operation.name if dialect == "wrapped" or not operation.operation_id else client_name(operation.operation_id)
    return f"{base}/tools/{quote(entry.provider.name, safe='')}/{quote(name, safe='')}"


def _message(
    base: str, entry: Entry, model: RequestModel, credentials: Credentials, dialect: Dialect, wishes: Wishes
) -> HTTPRequest:
    build_request(entry, model, credentials)  # an incomplete form is told so here, in the same words as without gateway
    fields = [("Content-Type", "application/json"), ("X-Request-ID", wishes.request_id)]
    if dialect == "wrapped":
        value = _envelope(entry, model, credentials, wishes)
        fields.append(("Accept", ACCEPT if wishes.live is None else f"{ACCEPT}, {ACCEPT_LINES}"))
    elif wishes.follow:
        raise GatewayError(say("This gateway cannot follow a redirect: use a Playground gateway, or the built-in one."))
    elif dialect == "enveloped":
        value = {"args": flat_arguments(entry, model)}
        if held := flat_credential(entry, model, credentials):
            value["credential"] = _held_out(*held[0])
        if value["args"].get("stream") is True and declares_input(entry, "stream"):
            value["stream"] = True  # without it such a gateway waits for the end of what the API streams
        fields.append(("Accept", "application/json, text/event-stream"))
    else:
        value = flat_arguments(entry, model)
        fields += [("Accept", "application/json"), ("X-Gateway-Mode", "passthrough")]
        fields += flat_credential(entry, model, credentials)
    content = JSONContent(text=jsontext.dumps(value))
    return HTTPRequest(method="POST", url=tool_url(base, entry, dialect), headers=Headers.of(fields), content=content)


def _held_out(name: str, value: str) -> dict[str, str]:
    """Return the credential of a header field as the envelope of UTDK's newer gateways has it."""
    if name.lower() == "authorization":
        return {"type": "bearer_token", "token": value.removeprefix("Bearer ")}
    return {"type": "api_key", "value": value, "name": name, "in": "header"}


def _envelope(entry: Entry, model: RequestModel, credentials: Credentials, wishes: Wishes) -> dict[str, Any]:
    plain = model if model.raw is None else replace(model, raw=None, body=ABSENT)
    options: dict[str, Any] = {
        "server": model.server,
        "server_variables": dict(model.server_variables) or None,
        "media_type": model.media_type,
        "raw": model.raw,
        "brackets": model.brackets if model.brackets != "index" else None,
        "security": None if model.security is None else list(model.security),
        "timeout": wishes.timeout,
        "follow": [[one.status, one.url] for one in wishes.follow] or None,
    }
    envelope: dict[str, Any] = {"args": to_arguments(entry, plain)}
    credential = write_credentials(credentials)
    if credential is not None:
        envelope["credential"] = credential
    given = {name: value for name, value in options.items() if value is not None}
    return {**envelope, "options": given} if given else envelope


def _shown(
    entry: Entry, model: RequestModel, credentials: Credentials, message: HTTPRequest, dialect: Dialect
) -> HTTPRequest:
    """Return the request to show: the API's where the gateway builds it as we do, else the call to the gateway."""
    if dialect == "wrapped":
        return mask(entry, build_request(entry, model, credentials), credentials)
    secret = ("authorization", "x-api-key", "api-key", "dd-api-key")
    headers = ((name, MASK if name.lower() in secret else value) for name, value in message.headers)
    text = redact_text(message.body.decode("utf-8", "replace"), secrets_of(credentials))
    return replace(message, headers=Headers.of(headers), content=JSONContent(text=text))


def _unreachable(base: str, error: TransportError) -> str:
    if error.kind == "unreachable":
        return say("The gateway at %(base)s could not be reached.", base=base)
    return str(error)


_KEY_HEADERS = ("x-api-key", "api-key", "dd-api-key")
_WRAPPERS = ("params", "query", "headers", "cookies")
_REMEDY = say("use a Playground gateway, or leave the Gateway URL at the built-in one")


def flat_arguments(entry: Entry, model: RequestModel) -> dict[str, Any]:
    """Return the arguments as such a gateway takes them. Raises `GatewayError` for what it would lose silently."""
    servers = servers_of(entry)
    if model.server == SANDBOX:
        raise GatewayError(say("The sandbox is not behind this gateway: choose one of the API's servers."))
    if model.server is not None and (not servers or model.server != servers[0].url):
        raise GatewayError(
            say("This gateway calls the API's first server only: choose that one, or %(remedy)s.", remedy=_REMEDY)
        )
    defaults = {variable.name: variable.default for server in servers[:1] for variable in server.variables}
    if any(text and text != defaults.get(name) for name, text in model.server_variables.items()):
        raise GatewayError(say("This gateway cannot be told the server's variables: %(remedy)s.", remedy=_REMEDY))
    if model.parameters.get("cookie"):
        raise GatewayError(
            say("This gateway cannot send cookies: leave the cookie fields empty, or %(remedy)s.", remedy=_REMEDY)
        )
    if _has_file(model.body) or any(_has_file(dict(values)) for values in model.parameters.values()):
        raise GatewayError(say("This gateway cannot send files: %(remedy)s.", remedy=_REMEDY))
    arguments = to_arguments(entry, model)
    described = select_media_type(entry, model, placeholders=True)
    if described is not None and "body" in arguments and kind_of(described.name) not in _WRITTEN_AS_JSON:
        raise GatewayError(say("This gateway sends JSON only: %(remedy)s.", remedy=_REMEDY))
    twins = [name for name in _WRAPPERS if name in arguments and not declares_input(entry, name)]
    locations = {parameter.location for parameter in entry.operation.parameters}
    if locations == {"header"} and entry.operation.request_body is None and arguments:
        # Its client takes the only argument of such an operation for overrides.
        return arguments if set(arguments) == {"headers"} else {"headers": arguments}
    if twins:
        raise GatewayError(say("This gateway cannot tell inputs of the same name apart: %(remedy)s.", remedy=_REMEDY))
    return arguments


def flat_credential(entry: Entry, model: RequestModel, credentials: Credentials) -> tuple[tuple[str, str], ...]:
    """Return the header field that carries the credential. Raises `GatewayError` if it cannot be carried.

    Which credential that is follows from the message itself: what `credentials` would add to it.
    """
    if not credentials:
        return ()
    if credentials.headers:
        raise GatewayError(say("This gateway cannot carry custom headers: remove them, or %(remedy)s.", remedy=_REMEDY))
    if signer_of(entry, credentials, model.security) is not None:
        raise GatewayError(say("This gateway cannot sign requests: %(remedy)s.", remedy=_REMEDY))
    bare = build_request(entry, model, boundary="b")
    full = build_request(entry, model, credentials, boundary="b")
    if full.url != bare.url:
        raise GatewayError(say("This gateway cannot carry an API key in the query: %(remedy)s.", remedy=_REMEDY))
    if full.headers.get("cookie") != bare.headers.get("cookie"):
        raise GatewayError(say("This gateway cannot carry an API key in a cookie: %(remedy)s.", remedy=_REMEDY))
    added = [pair for pair in full.headers if pair not in bare.headers.pairs]
    if len(added) > 1:
        raise GatewayError(say("This gateway can carry one credential, not several: %(remedy)s.", remedy=_REMEDY))
    for name, value in added:
        word, _, token = value.partition(" ")
        if name.lower() in _KEY_HEADERS or (name.lower() == "authorization" and word == "Bearer" and token):
            return ((name, value),)
        if name.lower() == "authorization" and token:
            sentence = say("This gateway cannot carry %(kind)s credentials: %(remedy)s.", kind=word, remedy=_REMEDY)
        else:
            sentence = say("This gateway cannot carry an API key in %(name)s: %(remedy)s.", name=name, remedy=_REMEDY)
        raise GatewayError(sentence)
    return ()


def _has_file(value: Value | Absent) -> bool:
    if isinstance(value, FileValue):
        return True
    if isinstance(value, dict):
        return any(_has_file(member) for member in value.values())
    return isinstance(value, list) and any(_has_file(member) for member in value)
