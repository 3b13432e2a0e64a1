"""Send: the form's model and the visitor's credential go to the chosen gateway; what comes back becomes a pane.

The embedded gateway is called in process: over HTTP one worker would wait for itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from flask import g, request

from playground import jsontext
from playground.catalog.model import SANDBOX, Entry
from playground.contentviews.registry import view
from playground.forms.state import FormState
from playground.forms.submission import parse
from playground.gateway.answer import Answer
from playground.gateway.client import Wishes, call_gateway
from playground.gateway.dispatch import DispatchContext, dispatch_model, new_request_id
from playground.gateway.errors import GatewayError
from playground.gateway.live import is_stream
from playground.gateway.redirects import MOST_HOPS, Hop, next_hop, read_hops, write_hops
from playground.messages import HTTPRequest, HTTPResponse
from playground.request.credentials import Credentials, read_credentials
from playground.request.errors import RequestError
from playground.request.masking import MASK
from playground.request.model import RequestModel
from playground.request.server import default_server, servers_of
from playground.transport.egress import gateway_policy, same_origin
from playground.web.contexts import Follow, ResponsePane
from playground.web.live_text import LiveText, facts_of, timings_of
from playground.web.panel import ANY
from playground.web.site import embedded_gateway, operation_url, prefilled_gateway, this_site
from playground.web.waiting import visitor_is_gone

NO_GATEWAY = "Enter a gateway URL above to enable sending."
LONGEST_SHOWN = 4_000_000
ORIGINS = {"sandbox": "Sandbox", "network": "", "gateway": "Through the gateway"}


def send(entry: Entry, state: FormState, held: ExitStack) -> ResponsePane:
    """Send what the form says and return what to show; every failure is one sentence in the pane.

    What is still under way goes into `held`: whoever renders the pane closes it afterwards.
    """
    submission = parse(entry, state)
    try:
        answer = ask(entry, state, submission.model, held, live=is_stream)
    except (RequestError, GatewayError) as error:
        return ResponsePane(error=str(error), retry_after=getattr(error, "retry_after", 0))
    return _pane(entry, answer, tuple(problem.message for problem in submission.problems[:5]))


def ask(
    entry: Entry, state: FormState, model: RequestModel, held: ExitStack, live: Callable[[HTTPResponse], bool]
) -> Answer:
    """Send a model through the chosen gateway. Raises `RequestError` and `GatewayError` for what is not sent at all."""
    gateway = state.get("gateway_url")
    url = (prefilled_gateway() if gateway is None else gateway).strip()
    if not url:
        raise RequestError(NO_GATEWAY)
    credentials = _credentials(entry, state)
    embedded = is_embedded(url)
    host = host_of(entry, model.server) if embedded else urlsplit(url).netloc
    held.enter_context(this_site().limits.admit(visitor(), host, entry.provider.name))
    context = dispatch_context(live=live, timeout=_seconds(state), follow=_hops(state))
    if embedded:
        answer = dispatch_model(entry, model, credentials, context)
    else:
        settings = this_site().settings
        model = replace(model, server=model.server or default_server(entry, settings.sandbox))
        own = this_site().own_addresses
        policy = gateway_policy(settings, request.host_url.rstrip("/"), settings.loopback, own=own)
        answer = call_gateway(url, entry, model, credentials, policy, Wishes.of(context))
    held.callback(answer.close)
    return answer


def host_of(entry: Entry, server: str | None) -> str:
    """Return the host that a call is counted for; nothing is sent to it before it is checked."""
    servers = servers_of(entry)
    url = server if server is not None else servers[0].url if servers else ""
    return "" if url == SANDBOX else urlsplit(url).netloc.lower()


def _seconds(state: FormState) -> float | None:
    """Return the visitor's own limit, or `None`; the operator's is never exceeded, whatever is typed."""
    try:
        seconds = float(state.text("timeout"))
    except ValueError:
        return None
    return min(max(seconds, 0.1), this_site().settings.send_timeout) if math.isfinite(seconds) else None


def _hops(state: FormState) -> tuple[Hop, ...]:
    text = state.text("~follow")
    if not text:
        return ()
    try:
        return read_hops(jsontext.loads(text))
    except jsontext.JSONTextError:
        raise GatewayError("The redirect to follow cannot be read: press Send again.") from None


def is_embedded(url: str) -> bool:
    """Tell whether a typed URL is this site's own gateway, also when it spells loopback another way than the page."""
    ours, typed = urlsplit(embedded_gateway()), urlsplit(url.rstrip("/"))
    return typed.path == ours.path and not typed.query and same_origin(url, embedded_gateway())


def visitor() -> str:
    """Return whom the caps count: the address the connection comes from (behind `PLAYGROUND_PROXY_HOPS`)."""
    return request.remote_addr or "unknown"


def dispatch_context(
    *,
    live: Callable[[HTTPResponse], bool] | None = None,
    timeout: float | None = None,
    follow: tuple[Hop, ...] = (),
) -> DispatchContext:
    """Return what the embedded gateway needs to know about this site and this call."""
    site = this_site()
    return DispatchContext(
        settings=site.settings,
        own_addresses=site.own_addresses,
        operator=site.operator,
        request_id=getattr(g, "request_id", "") or new_request_id(),
        cancelled=visitor_is_gone(),
        live=live,
        timeout=timeout,
        follow=follow,
    )


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


def _pane(entry: Entry, answer: Answer, advice: tuple[str, ...]) -> ResponsePane:
    message = message_text(answer.request) if answer.request is not None else ""
    response = answer.shown_response
    if response is None:
        return ResponsePane(error=answer.error or "Nothing came back.", request=message, advice=advice)
    duration = response.duration_ms or answer.duration_ms
    live = answer.shown_live
    return ResponsePane(
        status=response.status,
        status_class={1: "info", 2: "ok", 3: "info", 4: "warn", 5: "bad"}.get(response.status // 100, ""),
        reason=response.reason,
        duration_ms=duration,
        size=len(response.body),
        truncated=response.truncated,
        origin=ORIGINS[response.origin],
        headers=tuple(response.headers),
        request=message,
        timings=() if live else timings_of(response, duration),
        facts=() if live else facts_of(response),
        view=view(response.body, response.headers.get("content-type") or "", truncated=response.truncated),
        live=None if live is None else LiveText(live),
        follow=_follow(answer, response),
        action=operation_url(entry.provider.name, entry.operation.name),
        savable=response.origin != "sandbox",
        advice=advice,
    )


def _follow(answer: Answer, response: HTTPResponse) -> Follow | None:
    if answer.request is None:
        return None
    before = () if response.facts is None else response.facts.redirects
    hop = next_hop(response, answer.request.url)
    if hop is None or len(before) >= MOST_HOPS:
        return None
    if any(MASK in url for url in (hop.url, *(url for _, url in before))):
        return Follow(url=hop.url, value="")  # it holds a credential, and this page must not
    hops = (*(Hop(status=status, url=url) for status, url in before), hop)
    return Follow(url=hop.url, value=write_hops(hops))


def message_text(message: HTTPRequest) -> str:
    """Return a request as HTTP/1.1 writes it, for reading; content that is not text is only counted."""
    parts = urlsplit(message.url)
    target = message.url.split(parts.netloc, 1)[-1] or "/"
    lines = [f"{message.method} {target if target.startswith('/') else '/' + target} HTTP/1.1", f"Host: {parts.netloc}"]
    lines += [f"{name}: {value}" for name, value in message.headers]
    length = message.content.length
    try:
        body = message.body.decode("utf-8") if length <= LONGEST_SHOWN else f"({length} bytes)"
    except UnicodeDecodeError:
        body = f"({length} bytes that are not text)"
    return "\n".join(lines) + (f"\n\n{body[:65_536]}" if body else "\n")
