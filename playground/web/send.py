"""Send: the form's model and the visitor's credential go to the chosen gateway; what comes back becomes a pane.

The embedded gateway is called in process: over HTTP one worker would wait for itself.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from flask import request

from playground import jsontext
from playground.catalog.model import Entry
from playground.contentviews.registry import view
from playground.forms.state import FormState
from playground.forms.submission import parse
from playground.gateway.answer import Answer
from playground.gateway.client import call_gateway
from playground.gateway.dispatch import DispatchContext, dispatch_model
from playground.gateway.errors import LimitExceeded
from playground.messages import HTTPRequest
from playground.request.credentials import Credentials, read_credentials
from playground.request.errors import RequestError
from playground.request.model import RequestModel
from playground.request.server import default_server
from playground.transport.egress import gateway_policy, same_origin
from playground.web.contexts import ResponsePane
from playground.web.panel import ANY
from playground.web.site import embedded_gateway, prefilled_gateway, this_site

NO_GATEWAY = "Enter a gateway URL above to enable sending."
ORIGINS = {"sandbox": "Sandbox", "network": "", "gateway": "Through the gateway"}


def send(entry: Entry, state: FormState) -> ResponsePane:
    """Send what the form says and return what to show; every failure is one sentence in the pane."""
    submission = parse(entry, state)
    gateway = state.get("gateway_url")
    url = (prefilled_gateway() if gateway is None else gateway).strip()
    if not url:
        return ResponsePane(error=NO_GATEWAY)
    try:
        credentials = _credentials(entry, state)
        with this_site().limits.admit(visitor(), urlsplit(url).netloc):
            answer = _ask(url, entry, submission.model, credentials)
    except (RequestError, LimitExceeded) as error:
        return ResponsePane(error=str(error))
    advice = tuple(f"{problem.message}" for problem in submission.problems[:5])
    return _pane(answer, advice)


def _ask(url: str, entry: Entry, model: RequestModel, credentials: Credentials) -> Answer:
    if is_embedded(url):
        return dispatch_model(entry, model, credentials, dispatch_context())
    settings = this_site().settings
    model = replace(model, server=model.server or default_server(entry, settings.sandbox))
    own = this_site().own_addresses
    policy = gateway_policy(settings, request.host_url.rstrip("/"), settings.loopback, own=own)
    return call_gateway(url, entry, model, credentials, policy)


def is_embedded(url: str) -> bool:
    """Tell whether a typed URL is this site's own gateway, also when it spells loopback another way than the page."""
    ours, typed = urlsplit(embedded_gateway()), urlsplit(url.rstrip("/"))
    return typed.path == ours.path and not typed.query and same_origin(url, embedded_gateway())


def visitor() -> str:
    """Return whom the caps count: the address the connection comes from (behind `PLAYGROUND_PROXY_HOPS`)."""
    return request.remote_addr or "unknown"


def dispatch_context() -> DispatchContext:
    """Return what the embedded gateway needs to know about this site and this call."""
    site = this_site()
    return DispatchContext(settings=site.settings, own_addresses=site.own_addresses, operator=site.operator)


def _credentials(entry: Entry, state: FormState) -> Credentials:
    """Read the credential the script added, or the ones typed into the page where there is no script."""
    saved = state.get("credential")
    if saved:
        try:
            value = jsontext.loads(saved)
        except jsontext.JSONTextError:
            raise RequestError("The saved credentials cannot be read: save them again.") from None
        return read_credentials(value, provider=entry.provider.name)
    return read_credentials(_typed(entry, state), provider=entry.provider.name)


def _typed(entry: Entry, state: FormState) -> dict[str, Any] | None:
    declared = entry.provider.security_schemes
    schemes: dict[str, dict[str, str]] = {}
    for scheme in declared or ANY:
        typed = f"credential.{scheme.name}."
        parts = {part: state.text(typed + part) for part in ("token", "username", "password", "value")}
        if parts["token"]:
            schemes[scheme.name] = {"type": "bearer_token", "token": parts["token"]}
        elif parts["username"] or parts["password"]:
            schemes[scheme.name] = {"type": "basic", "username": parts["username"], "password": parts["password"]}
        elif parts["value"]:
            name = scheme.parameter or ("X-Api-Key" if scheme.type == "apiKey" else "Authorization")
            place = {"name": name, "in": scheme.location or "header"}
            schemes[scheme.name] = {"type": "api_key", "value": parts["value"], **place}
    if not declared:
        # There is no scheme to name: the credential itself says where it goes.
        return next(iter(schemes.values()), None)
    return {"type": "schemes", "schemes": schemes} if schemes else None


def _pane(answer: Answer, advice: tuple[str, ...]) -> ResponsePane:
    message = message_text(answer.request) if answer.request is not None else ""
    response = answer.shown_response
    if response is None:
        return ResponsePane(error=answer.error or "Nothing came back.", request=message, advice=advice)
    kind = {1: "info", 2: "ok", 3: "info", 4: "warn", 5: "bad"}.get(response.status // 100, "")
    return ResponsePane(
        status=response.status,
        status_class=kind,
        reason=response.reason,
        duration_ms=response.duration_ms or answer.duration_ms,
        size=len(response.body),
        truncated=response.truncated,
        origin=ORIGINS[response.origin],
        headers=tuple(response.headers),
        request=message,
        timings=(*response.timings, ("total", response.duration_ms or answer.duration_ms)),
        view=view(response.body, response.headers.get("content-type") or "", truncated=response.truncated),
        advice=advice,
    )


def message_text(message: HTTPRequest) -> str:
    """Return a request as HTTP/1.1 writes it, for reading; content that is not text is only counted."""
    parts = urlsplit(message.url)
    target = message.url.split(parts.netloc, 1)[-1] or "/"
    lines = [f"{message.method} {target if target.startswith('/') else '/' + target} HTTP/1.1", f"Host: {parts.netloc}"]
    lines += [f"{name}: {value}" for name, value in message.headers]
    try:
        body = message.body.decode("utf-8")
    except UnicodeDecodeError:
        body = f"({len(message.body)} bytes that are not text)"
    return "\n".join(lines) + (f"\n\n{body[:65_536]}" if body else "\n")
