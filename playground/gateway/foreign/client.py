"""Calls a gateway that is not ours, in the dialect it speaks: a Playground's, or UTDK's older or newer one.

UTDK's flat dialect has arguments, and one credential in a header field; what it cannot say is refused in a sentence.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from playground import jsontext
from playground.catalog.model import SANDBOX, Entry
from playground.catalog.names import client_name
from playground.gateway.answer import Answer
from playground.gateway.context import CallContext
from playground.gateway.embedded import status_of
from playground.gateway.errors import GatewayError
from playground.gateway.foreign.answer import Outcome, RelayedLines, read_answer, relay
from playground.gateway.foreign.dialects import Dialect, find_dialect
from playground.gateway.protocol import ACCEPT, ACCEPT_LINES, declares_input, write_credentials
from playground.mediatypes import kind_of
from playground.messages import Headers, HTTPRequest, JSONContent
from playground.request.arguments import to_arguments
from playground.request.built import BuiltRequest
from playground.request.errors import RequestError
from playground.request.media_types import select_media_type
from playground.request.model import ABSENT, Absent, FileValue, RequestModel, Value
from playground.request.server import servers_of
from playground.secrets.credentials import Credentials, secrets_of
from playground.secrets.detect import secret_texts
from playground.secrets.mask import mask_request
from playground.secrets.redact import MASK, redact_text
from playground.secrets.schemes import signer_of
from playground.text.wording import say
from playground.transport.egress import EgressPolicy
from playground.transport.errors import InvalidTarget, TransportError
from playground.transport.exchange import Exchange

MOST_FILE_BYTES = 16_000_000
"""Bytes of the files of one call: as text in JSON they take five times as much memory."""
_KEY_HEADERS = ("x-api-key", "api-key", "dd-api-key")
_WRITTEN_AS_JSON = ("json", "form", "multipart", "yaml")
"""Kinds of bodies that a gateway which reads JSON alone writes from their value."""
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


def flat_credential(request: BuiltRequest, credentials: Credentials) -> tuple[tuple[str, str], ...]:
    """Return the header field that carries the credential. Raises `GatewayError` if it cannot be carried.

    The credential is what `credentials` add to the message itself.
    """
    if not credentials:
        return ()
    if credentials.headers:
        raise GatewayError(say("This gateway cannot carry custom headers: remove them, or %(remedy)s.", remedy=_REMEDY))
    if signer_of(request.entry, credentials, request.model.security) is not None:
        raise GatewayError(say("This gateway cannot sign requests: %(remedy)s.", remedy=_REMEDY))
    bare, full = request.message, request.with_credentials(credentials)
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


def call_gateway(
    url: str, request: BuiltRequest, credentials: Credentials, policy: EgressPolicy, context: CallContext
) -> Answer:
    """Send a request through the gateway at `url`; every failure is an answer with one sentence.

    With `context.live` the answer's content may still be coming: close the answer.
    """
    started = time.monotonic()
    if context.timeout is not None:
        # A gateway needs its own time beside the API's.
        policy = replace(policy, total_timeout=min(policy.total_timeout, context.timeout + 5.0))
    base = url.strip().rstrip("/")
    secrets = secret_texts(request.entry, request.model, credentials)
    shown: HTTPRequest | None = None
    try:
        if "?" in base or "#" in base:
            raise InvalidTarget(
                say("The gateway address must not hold a ? or #: write it like https://gateway.example.com.")
            )
        dialect = find_dialect(base, policy)
        message = _message(base, request, credentials, dialect, context)
        shown = _shown(request, credentials, message, dialect)
        outcome = _exchange(base, message, policy, context)
    except RequestError as error:
        outcome = Outcome(error=str(error), field=error.field, status=400)
    except GatewayError as error:
        outcome = Outcome(error=str(error), status=error.status)
    except RecursionError:
        outcome = Outcome(error=say("The gateway's answer is nested too deeply to be read."), status=502)
    except TransportError as error:
        reason = _unreachable(base, error, policy)
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
        request_id=outcome.request_id or context.request_id,
        duration_ms=(time.monotonic() - started) * 1000,
        live=outcome.live,
        secrets=secrets,
    )


def tool_url(base: str, entry: Entry, dialect: Dialect) -> str:
    """Return where a call is posted: the provider is one segment; a flat gateway knows the client's names."""
    operation = entry.operation
    name = operation.name if dialect == "wrapped" or not operation.operation_id else client_name(operation.operation_id)
    return f"{base}/tools/{quote(entry.provider.name, safe='')}/{quote(name, safe='')}"


def _exchange(base: str, message: HTTPRequest, policy: EgressPolicy, context: CallContext) -> Outcome:
    exchange = Exchange(message, policy, context.cancelled)
    handed_on = False
    try:
        live = relay(exchange)
        if live is None:
            body = b"".join(exchange.pieces())
            return read_answer(base, replace(exchange.summary, body=body))
        method, url, request_id = "", "", ""
        if isinstance(live, RelayedLines):
            method, url, request_id = live.method, live.url, live.request_id
        if context.live is not None and context.live(live.head):
            handed_on = True
            return Outcome(response=live.head, live=live, method=method, url=url, request_id=request_id)
        body = b"".join(live.pieces())
        whole = replace(live.summary, body=body)
        return Outcome(response=whole, method=method, url=url, request_id=request_id)
    finally:
        if not handed_on:
            exchange.close()


def _message(
    base: str, request: BuiltRequest, credentials: Credentials, dialect: Dialect, context: CallContext
) -> HTTPRequest:
    entry = request.entry
    # What is missing in the form is an error here, in the same words as without a gateway between.
    request.with_credentials(credentials)
    fields = [("Content-Type", "application/json"), ("X-Request-ID", context.request_id)]
    if dialect == "wrapped":
        value = _envelope(request, credentials, context)
        fields.append(("Accept", ACCEPT if context.live is None else f"{ACCEPT}, {ACCEPT_LINES}"))
    elif context.follow:
        raise GatewayError(say("This gateway cannot follow a redirect: use a Playground gateway, or the built-in one."))
    elif dialect == "enveloped":
        value = {"args": flat_arguments(entry, request.model)}
        if pairs := flat_credential(request, credentials):
            value["credential"] = _credential_of_field(*pairs[0])
        if value["args"].get("stream") is True and declares_input(entry, "stream"):
            value["stream"] = True  # without it such a gateway waits for the end of what the API streams
        fields.append(("Accept", "application/json, text/event-stream"))
    else:
        value = flat_arguments(entry, request.model)
        fields += [("Accept", "application/json"), ("X-Gateway-Mode", "passthrough")]
        fields += flat_credential(request, credentials)
    content = JSONContent(text=jsontext.dumps(value))
    return HTTPRequest(method="POST", url=tool_url(base, entry, dialect), headers=Headers.of(fields), content=content)


def _credential_of_field(name: str, value: str) -> dict[str, str]:
    """Return the credential of a header field as the envelope of UTDK's newer gateways has it."""
    if name.lower() == "authorization":
        return {"type": "bearer_token", "token": value.removeprefix("Bearer ")}
    return {"type": "api_key", "value": value, "name": name, "in": "header"}


def _envelope(request: BuiltRequest, credentials: Credentials, context: CallContext) -> dict[str, Any]:
    model = request.model
    plain = model if model.raw is None else replace(model, raw=None, body=ABSENT)
    options: dict[str, Any] = {
        "server": model.server,
        "server_variables": dict(model.server_variables) or None,
        "media_type": model.media_type,
        "raw": model.raw,
        "brackets": model.brackets if model.brackets != "index" else None,
        "form_objects": model.form_objects if model.form_objects != "json" else None,
        "security": None if model.security is None else list(model.security),
        "timeout": context.timeout,
        "follow": [[hop.status, hop.url] for hop in context.follow] or None,
    }
    if sum(file.size for file in plain.files) > MOST_FILE_BYTES:
        raise GatewayError(
            say(
                "Another gateway takes at most %(most)s bytes of files: leave the Gateway URL at the built-in one.",
                most=MOST_FILE_BYTES,
            )
        )
    envelope: dict[str, Any] = {"args": to_arguments(request.entry, plain)}
    credential = write_credentials(credentials)
    if credential is not None:
        envelope["credential"] = credential
    options = {name: value for name, value in options.items() if value is not None}
    return {**envelope, "options": options} if options else envelope


def _shown(request: BuiltRequest, credentials: Credentials, message: HTTPRequest, dialect: Dialect) -> HTTPRequest:
    """Return the request to show: the API's where the gateway builds it as we do, else the call to the gateway."""
    if dialect == "wrapped":
        return mask_request(request.entry, request.with_credentials(credentials), credentials)
    secret = ("authorization", "x-api-key", "api-key", "dd-api-key")
    headers = ((name, MASK if name.lower() in secret else value) for name, value in message.headers)
    text = redact_text(message.body.decode("utf-8", "replace"), secrets_of(credentials))
    return replace(message, headers=Headers.of(headers), content=JSONContent(text=text))


def _unreachable(base: str, error: TransportError, policy: EgressPolicy) -> str:
    if error.kind == "unreachable" and not policy.explain:
        return say("The gateway at %(base)s could not be reached.", base=base)
    return str(error)
