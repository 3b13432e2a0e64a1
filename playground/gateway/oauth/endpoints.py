"""Where a security scheme's OAuth 2 flow is carried out: as described, or discovered (OpenID Connect, RFC 8414)."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin, urlsplit

from playground import jsontext
from playground.catalog.model import Entry, SecurityScheme
from playground.config import Settings
from playground.messages import Headers, HTTPRequest, HTTPResponse
from playground.request.errors import RequestError, shown
from playground.request.model import RequestModel
from playground.request.server import expand_server
from playground.text.wording import say
from playground.transport.addresses import Endpoint
from playground.transport.egress import EgressPolicy, api_policy, checked_origin
from playground.transport.errors import InvalidTarget, TransportError
from playground.transport.exchange import send_message

WELL_KNOWN = ("/.well-known/openid-configuration", "/.well-known/oauth-authorization-server")
DISCOVERED = ("authorizationCode", "deviceAuthorization", "clientCredentials", "password")
"""The flows that can be offered where metadata says which endpoints there are."""

_SECONDS = 15.0
_MOST_BYTES = 1_000_000
_REMEMBER_SECONDS = 300.0
_MOST_REMEMBERED = 256
_LOOPBACK = re.compile(r"localhost|127\.0\.0\.1|\[::1\]")
_remembered: dict[tuple[str, frozenset[str]], tuple[float, Endpoints]] = {}
_lock = threading.Lock()


class OAuthError(Exception):
    """The flow cannot go on; `str()` is one sentence without any secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoints:
    """A flow's addresses, each checked, empty where there is none.

    `issuer` is known if metadata was read; with `issuer_required` its answers name it (RFC 9207). `methods` are
    the ways in which a client may authenticate at the token endpoint.
    """

    authorization: str = ""
    token: str = ""
    refresh: str = ""
    device: str = ""
    issuer: str = ""
    issuer_required: bool = False
    methods: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthContext:
    """What a flow is carried out with; `send` is the road out, tests put another in its place."""

    settings: Settings
    own_addresses: tuple[Endpoint, ...] = ()
    send: Callable[[HTTPRequest, EgressPolicy], HTTPResponse] = send_message


def find_endpoints(entry: Entry, scheme: SecurityScheme, flow: str, context: OAuthContext) -> Endpoints:
    """Return the endpoints of one flow. Raises `OAuthError`."""
    described = scheme.flows.get(flow)
    if scheme.type == "oauth2" and isinstance(described, Mapping) and not scheme.metadata_url:
        return _described(entry, described, context.settings)
    address = scheme.openid_url if scheme.type == "openIdConnect" else scheme.metadata_url
    if not address:
        raise OAuthError(say("The description names no such flow for this scheme."))
    return _discover(_absolute(entry, address), _named_origins(entry, scheme), context)


def exchange(request: HTTPRequest, context: OAuthContext) -> HTTPResponse:
    """Send a request to an authorization server under the transport's rules. Raises `OAuthError`."""
    policy = api_policy(context.settings, (checked_origin(request.url),), context.own_addresses, timeout=_SECONDS)
    try:
        return context.send(request, replace(policy, subject="authorization server", max_bytes=_MOST_BYTES))
    except TransportError as error:
        raise OAuthError(say("The authorization server could not be asked: %(reason)s", reason=str(error))) from None


def check_address(url: str, what: str, settings: Settings, allowed: Iterable[str] | None = None) -> str:
    """Return an address that a flow may use: https, or what the operator and loopback allow. Raises `OAuthError`.

    `allowed` are the origins it may have; `None` is any.
    """
    try:
        origin = checked_origin(url)
    except InvalidTarget:
        raise OAuthError(
            say("The %(what)s %(url)s is no address that can be used.", what=what, url=shown(url))
        ) from None
    local = settings.local and _LOOPBACK.fullmatch(urlsplit(origin).netloc.rpartition(":")[0] or "") is not None
    local = local or (settings.local and _LOOPBACK.fullmatch(urlsplit(origin).netloc) is not None)
    if not origin.startswith("https://") and not local and origin not in settings.upstreams:
        raise OAuthError(
            say("The %(what)s at %(origin)s is not https, so nothing is sent there.", what=what, origin=origin)
        )
    if allowed is not None and origin not in {*allowed, *settings.upstreams}:
        raise OAuthError(
            say(
                "The server's metadata names a %(what)s at %(origin)s, which is neither its own origin nor one that "
                "the description names, so it is not used. The operator can list it in PLAYGROUND_UPSTREAMS.",
                what=what,
                origin=origin,
            )
        )
    return url


def _described(entry: Entry, flow: Mapping[str, Any], settings: Settings) -> Endpoints:
    def address(key: str, what: str) -> str:
        text = flow.get(key)
        return check_address(_absolute(entry, text), what, settings) if isinstance(text, str) and text else ""

    return Endpoints(
        authorization=address("authorizationUrl", say("authorization address")),
        token=address("tokenUrl", say("token address")),
        refresh=address("refreshUrl", say("refresh address")),
        device=address("deviceAuthorizationUrl", say("device address")),
    )


def _absolute(entry: Entry, address: str) -> str:
    """Return an address resolved against the API's first server, as the standard has it for relative ones."""
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", address):
        return address
    servers = entry.provider.servers or entry.operation.servers
    try:
        base = expand_server(entry, RequestModel(server=servers[0].url if servers else None))
        return urljoin(base + "/", address)
    except (RequestError, ValueError):
        raise OAuthError(
            say("The address %(address)s is relative, and the description names no server.", address=shown(address))
        ) from None


def _named_origins(entry: Entry, scheme: SecurityScheme) -> frozenset[str]:
    """Return the origins that the description itself names for this scheme's flows."""
    origins: set[str] = set()
    for flow in scheme.flows.values():
        for key in ("authorizationUrl", "tokenUrl", "refreshUrl", "deviceAuthorizationUrl"):
            text = flow.get(key) if isinstance(flow, Mapping) else None
            if isinstance(text, str) and text:
                try:
                    origins.add(checked_origin(_absolute(entry, text)))
                except (OAuthError, InvalidTarget):
                    continue
    return frozenset(origins)


def _discover(url: str, named: frozenset[str], context: OAuthContext) -> Endpoints:
    key = (url, named)
    with _lock:
        remembered = _remembered.get(key)
        if remembered is not None and remembered[0] > time.monotonic():
            return remembered[1]
    check_address(url, say("metadata address"), context.settings)
    message = HTTPRequest(method="GET", url=url, headers=Headers((("Accept", "application/json"),)))
    response = exchange(message, context)
    endpoints = _read_metadata(url, response, named, context.settings)
    with _lock:
        if len(_remembered) >= _MOST_REMEMBERED:
            _remembered.clear()
        _remembered[key] = (time.monotonic() + _REMEMBER_SECONDS, endpoints)
    return endpoints


def _read_metadata(url: str, response: HTTPResponse, named: frozenset[str], settings: Settings) -> Endpoints:
    if response.status != 200:
        raise OAuthError(
            say("The authorization server's metadata is not there: it answered %(status)s.", status=response.status)
        )
    try:
        value = jsontext.loads(response.body.decode("utf-8-sig"))
    except (UnicodeDecodeError, jsontext.JSONTextError):
        value = None
    if not isinstance(value, dict):
        raise OAuthError(say("The authorization server's metadata is no JSON object."))
    issuer = value.get("issuer")
    if not isinstance(issuer, str) or url not in _metadata_addresses(issuer):
        raise OAuthError(
            say(
                "The authorization server's metadata names another issuer (%(issuer)s) than its address says, so it is "
                "not used.",
                issuer=shown(str(issuer)),
            )
        )
    allowed = {*named, checked_origin(url)}

    def address(name: str, what: str) -> str:
        text = value.get(name)
        return check_address(text, what, settings, allowed) if isinstance(text, str) and text else ""

    methods = value.get("token_endpoint_auth_methods_supported")
    return Endpoints(
        authorization=address("authorization_endpoint", say("authorization address")),
        token=address("token_endpoint", say("token address")),
        device=address("device_authorization_endpoint", say("device address")),
        issuer=issuer,
        issuer_required=value.get("authorization_response_iss_parameter_supported") is True,
        methods=tuple(str(method) for method in methods) if isinstance(methods, list) else (),
    )


def _metadata_addresses(issuer: str) -> set[str]:
    """Return where an issuer's metadata may be: appended (OpenID Connect), or put before the path (RFC 8414)."""
    parts = urlsplit(issuer)
    path = parts.path.rstrip("/")
    origin = f"{parts.scheme}://{parts.netloc}"
    return {origin + path + name for name in WELL_KNOWN} | {origin + name + path for name in WELL_KNOWN}
