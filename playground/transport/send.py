"""Sends a final message to an API or a gateway, and fetches documents: the only way out of this process."""

from __future__ import annotations

import logging
from dataclasses import replace
from urllib.parse import urljoin

from playground.messages import Headers, HTTPRequest, HTTPResponse
from playground.transport.deadline import Cancelled
from playground.transport.egress import EgressPolicy
from playground.transport.errors import DocumentUnavailable, InvalidTarget, TooLarge
from playground.transport.exchange import Exchange

log = logging.getLogger("playground.transport")

MAX_REDIRECTS = 5


def open_exchange(request: HTTPRequest, policy: EgressPolicy, cancelled: Cancelled | None = None) -> Exchange:
    """Send a message and return as soon as the answer's head is there; the caller closes it.

    `cancelled` is asked while waiting, from another thread; once it says yes, the exchange ends.
    Raises `TransportError`.
    """
    return Exchange(request, policy, cancelled)


def send_to_api(request: HTTPRequest, policy: EgressPolicy, cancelled: Cancelled | None = None) -> HTTPResponse:
    """Send a message to an API and return its answer, whatever its status; redirects are answers too.

    Header fields are as received, in order; the body is decoded, and cut (`truncated`) at the policy's limit, its
    deadline, or where the connection broke. Raises `TransportError`.
    """
    return _send(request, policy, cancelled)


def send_to_gateway(request: HTTPRequest, policy: EgressPolicy, cancelled: Cancelled | None = None) -> HTTPResponse:
    """Send a message to a foreign gateway under the gateway's own policy. Raises `TransportError`."""
    return _send(request, policy, cancelled)


def fetch_document(url: str, policy: EgressPolicy) -> bytes:
    """Fetch a description, following up to five redirects with every check made anew.

    Raises `TransportError`: `TooLarge` beyond the policy's limit, `DocumentUnavailable` for anything but an answer 200.
    """
    accept = Headers((("Accept", "application/json, application/yaml, text/yaml, */*;q=0.5"),))
    for _ in range(MAX_REDIRECTS + 1):
        answer = _send(HTTPRequest(method="GET", url=url, headers=accept), policy)
        location = answer.headers.get("location")
        if answer.status in (301, 302, 303, 307, 308) and location:
            url = _next(url, location)
            continue
        if answer.status != 200:
            raise DocumentUnavailable(
                f"The document could not be fetched: the server answered {answer.status} {answer.reason}".rstrip() + "."
            )
        if answer.truncated and len(answer.body) >= policy.max_bytes:
            raise TooLarge(f"The document is larger than {policy.max_bytes} bytes.")
        if answer.truncated:
            raise DocumentUnavailable("The document could not be fetched: the connection broke off.")
        return answer.body
    raise DocumentUnavailable(f"The document could not be fetched: more than {MAX_REDIRECTS} redirects.")


def _next(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise InvalidTarget("The document could not be fetched: it redirects to something that is no URL.") from None


def _send(request: HTTPRequest, policy: EgressPolicy, cancelled: Cancelled | None = None) -> HTTPResponse:
    with Exchange(request, policy, cancelled) as exchange:
        body = b"".join(exchange.pieces())
        return replace(exchange.summary, body=body)
