"""Calls a gateway that is not ours: in the wrapped dialect if it is a Playground, else flat as UTDK's G1 has it."""

from __future__ import annotations

import base64
import binascii
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias
from urllib.parse import quote

from playground import jsontext
from playground.catalog.model import Entry
from playground.catalog.names import client_name
from playground.gateway.answer import Answer, redact_text
from playground.gateway.dispatch import new_request_id, status_of
from playground.gateway.errors import GatewayError
from playground.gateway.flat import flat_arguments, flat_credential
from playground.gateway.protocol import ACCEPT, write_credentials
from playground.messages import Headers, HTTPRequest, HTTPResponse, JSONContent
from playground.request.arguments import to_arguments
from playground.request.build import build_request
from playground.request.credentials import Credentials, secrets_of
from playground.request.errors import RequestError
from playground.request.masking import MASK, mask
from playground.request.model import ABSENT, RequestModel
from playground.transport.egress import EgressPolicy
from playground.transport.errors import InvalidTarget, TransportError
from playground.transport.send import send_to_gateway

Dialect: TypeAlias = Literal["flat", "wrapped"]
Send: TypeAlias = Callable[[HTTPRequest, EgressPolicy], HTTPResponse]

PROBE_SECONDS = 3.0
REMEMBER_SECONDS = 60.0
MOST_REMEMBERED = 256
LONGEST_ERROR = 20_000
_FAILED = re.compile(r"Request failed: (\d{3})(?: ([^\n]*))?(?:\n(.*))?", re.DOTALL)
_remembered: dict[str, tuple[float, Dialect]] = {}
_lock = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """What came back: a response of the API with the facts about its request, or a sentence."""

    response: HTTPResponse | None = None
    error: str | None = None
    field: str = ""
    status: int = 200
    method: str | None = None
    url: str | None = None
    request_id: str = ""


def call_gateway(url: str, entry: Entry, model: RequestModel, credentials: Credentials, policy: EgressPolicy) -> Answer:
    """Send a request model through the gateway at `url`; every failure is an answer with one sentence."""
    started = time.monotonic()
    base = url.strip().rstrip("/")
    secrets = secrets_of(credentials)
    shown: HTTPRequest | None = None
    try:
        if "?" in base or "#" in base:
            raise InvalidTarget(
                "The gateway address must not hold a ? or #: write it like https://gateway.example.com."
            )
        dialect = find_dialect(base, policy)
        message = _message(base, entry, model, credentials, dialect)
        shown = _shown(entry, model, credentials, message, dialect)
        outcome = _read(base, send_to_gateway(message, policy))
    except RequestError as error:
        outcome = _Outcome(error=str(error), field=error.field, status=400)
    except GatewayError as error:
        outcome = _Outcome(error=str(error), status=error.status)
    except RecursionError:
        outcome = _Outcome(error="The gateway's answer is nested too deeply to be read.", status=502)
    except TransportError as error:
        hint = "" if isinstance(error, InvalidTarget) or status_of(error) in (403, 504) else " Check the Gateway URL."
        outcome = _Outcome(error=f"{_unreachable(base, error)}{hint}", status=status_of(error))
    if shown is not None and outcome.method and outcome.url:
        shown = replace(shown, method=outcome.method, url=outcome.url)
    return Answer(
        request=shown,
        response=outcome.response,
        # A gateway may quote the credential it was given.
        error=None if outcome.error is None else redact_text(outcome.error, secrets),
        field=outcome.field,
        status=outcome.status,
        request_id=outcome.request_id or new_request_id(),
        duration_ms=(time.monotonic() - started) * 1000,
        secrets=secrets,
    )


def find_dialect(base: str, policy: EgressPolicy) -> Dialect:
    """Ask `GET {gateway}/config` whether it is a Playground; remembered for a minute. Raises `TransportError`.

    A gateway that answers nothing useful there, or too late, is a flat one; one that cannot be reached is an error.
    """
    with _lock:
        known = _remembered.get(base)
        if known is not None and known[0] > time.monotonic():
            return known[1]
    quick = replace(
        policy,
        connect_timeout=min(PROBE_SECONDS, policy.connect_timeout),
        total_timeout=min(PROBE_SECONDS, policy.total_timeout),
        max_bytes=65_536,
    )
    headers = Headers((("Accept", "application/json"),))
    try:
        response = send_to_gateway(HTTPRequest(method="GET", url=f"{base}/config", headers=headers), quick)
    except TransportError as error:
        if error.kind in ("deadline_exceeded", "broken_answer"):
            return "flat"
        raise
    value = _json(response)
    features = value.get("features") if isinstance(value, dict) else None
    dialect: Dialect = "wrapped" if isinstance(features, dict) and features.get("playground") else "flat"
    with _lock:
        if len(_remembered) >= MOST_REMEMBERED:
            _remembered.clear()
        _remembered[base] = (time.monotonic() + REMEMBER_SECONDS, dialect)
    return dialect


def forget_dialects() -> None:
    """Ask every gateway anew."""
    with _lock:
        _remembered.clear()


def tool_url(base: str, entry: Entry, dialect: Dialect) -> str:
    """Return where a call is posted: the provider is one segment; a flat gateway knows the client's names."""
    operation = entry.operation
    name = operation.name if dialect == "wrapped" or not operation.operation_id else client_name(operation.operation_id)
    return f"{base}/tools/{quote(entry.provider.name, safe='')}/{quote(name, safe='')}"


def _message(base: str, entry: Entry, model: RequestModel, credentials: Credentials, dialect: Dialect) -> HTTPRequest:
    build_request(entry, model, credentials)  # an incomplete form is told so here, in the same words as without gateway
    if dialect == "flat":
        value: dict[str, Any] = flat_arguments(entry, model)
        headers = Headers((
            ("Content-Type", "application/json"), ("Accept", "application/json"), ("X-Gateway-Mode", "passthrough"),
            *flat_credential(entry, model, credentials),
        ))  # fmt: skip
    else:
        value = _envelope(entry, model, credentials)
        headers = Headers((("Content-Type", "application/json"), ("Accept", ACCEPT)))
    content = JSONContent(text=jsontext.dumps(value))
    return HTTPRequest(method="POST", url=tool_url(base, entry, dialect), headers=headers, content=content)


def _envelope(entry: Entry, model: RequestModel, credentials: Credentials) -> dict[str, Any]:
    plain = model if model.raw is None else replace(model, raw=None, body=ABSENT)
    options: dict[str, Any] = {
        "server": model.server,
        "server_variables": dict(model.server_variables) or None,
        "media_type": model.media_type,
        "raw": model.raw,
        "security": None if model.security is None else list(model.security),
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
    return replace(message, headers=Headers.of(headers))


def _read(base: str, response: HTTPResponse) -> _Outcome:
    value = _json(response)
    if not isinstance(value, dict) or not ("error" in value or "data" in value or "meta" in value):
        return _Outcome(
            error=f"The address {base} answered {response.status}, but not as a gateway does. Check the Gateway URL.",
            status=502,
        )
    meta = value.get("meta")
    meta = meta if isinstance(meta, dict) else {}
    request_id = meta.get("requestId") if isinstance(meta.get("requestId"), str) else ""
    if "error" in value and "data" not in value:
        return _read_error(value["error"], response)
    upstream = meta.get("upstream")
    if isinstance(upstream, dict) and (exact := _upstream(upstream, response)) is not None:
        method, url = upstream.get("method"), upstream.get("url")
        known = isinstance(method, str) and isinstance(url, str)
        return _Outcome(
            response=exact, method=method if known else None, url=url if known else None, request_id=str(request_id)
        )
    return _Outcome(response=_from_data(value, response), request_id=str(request_id))


def _read_error(error: Any, response: HTTPResponse) -> _Outcome:
    text = error if isinstance(error, str) else jsontext.dumps(error)
    failed = _FAILED.fullmatch(text)
    if failed is not None and 100 <= int(failed[1]) <= 599:
        body = (failed[3] or "").encode("utf-8", "surrogatepass")
        headers = Headers((("Content-Type", _guessed_type(failed[3] or "")),)) if body else Headers()
        upstream = HTTPResponse(
            status=int(failed[1]), reason=failed[2] or "", headers=headers, body=body,
            truncated=response.truncated, duration_ms=response.duration_ms, origin="gateway",
        )  # fmt: skip
        return _Outcome(response=upstream)
    sentence = " ".join(text[:LONGEST_ERROR].split()) or "no reason given"
    status = response.status if 400 <= response.status <= 599 else 502
    return _Outcome(error=f"The gateway answered {response.status}: {sentence}", status=status)


def _from_data(value: dict[str, Any], response: HTTPResponse) -> HTTPResponse:
    if "data" not in value:
        return HTTPResponse(status=204, reason="No Content", duration_ms=response.duration_ms, origin="gateway")
    data = value["data"]
    text = data if isinstance(data, str) else jsontext.dumps(data)
    kind = "text/plain; charset=utf-8" if isinstance(data, str) else "application/json"
    return HTTPResponse(
        status=200, reason="OK", headers=Headers((("Content-Type", kind),)),
        body=text.encode("utf-8", "surrogatepass"), duration_ms=response.duration_ms, origin="gateway",
    )  # fmt: skip


def _upstream(facts: dict[str, Any], response: HTTPResponse) -> HTTPResponse | None:
    """Return the response a Playground reports, or `None` if the facts are not what ours look like."""
    status, body, pairs, timings = (facts.get(name) for name in ("status", "body", "headers", "timings"))
    if not isinstance(status, int) or isinstance(status, bool) or not isinstance(body, str):
        return None
    try:
        content = base64.b64decode(body, validate=True)
        headers = Headers.of((str(name), str(value)) for name, value in (pairs or ()))
        steps = tuple((str(name), float(value)) for name, value in (timings or {}).items())
    except (binascii.Error, ValueError, TypeError, AttributeError):
        return None
    return HTTPResponse(
        status=status, reason=str(facts.get("reason") or ""), headers=headers, body=content,
        truncated=facts.get("truncated") is True, duration_ms=dict(steps).get("total", response.duration_ms),
        timings=steps, origin="sandbox" if facts.get("origin") == "sandbox" else "gateway",
    )  # fmt: skip


def _json(response: HTTPResponse) -> Any:
    if response.truncated:
        return None
    try:
        return jsontext.loads(response.body.decode("utf-8-sig"))
    except (UnicodeDecodeError, jsontext.JSONTextError):
        return None


def _guessed_type(text: str) -> str:
    try:
        jsontext.loads(text)
    except jsontext.JSONTextError:
        return "text/plain; charset=utf-8"
    return "application/json"


def _unreachable(base: str, error: TransportError) -> str:
    if error.kind == "unreachable":
        return f"The gateway at {base} could not be reached."
    return str(error)
