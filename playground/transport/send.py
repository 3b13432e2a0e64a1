"""Sends a final message to an API or a gateway, and fetches documents: the only way out of this process."""

from __future__ import annotations

import logging
import time
from urllib.parse import urljoin

from playground.messages import Headers, HTTPRequest, HTTPResponse
from playground.transport.adapter import ExactRequest, PinnedAdapter
from playground.transport.body import decode_content, read_content
from playground.transport.deadline import Deadline
from playground.transport.egress import EgressPolicy
from playground.transport.errors import DocumentUnavailable, InvalidTarget, TooLarge

log = logging.getLogger("playground.transport")

MAX_REDIRECTS = 5


def send_to_api(request: HTTPRequest, policy: EgressPolicy) -> HTTPResponse:
    """Send a message to an API and return its answer, whatever its status; redirects are answers too.

    Header fields are as received, in order; the body is decoded, and cut (`truncated`) at the policy's limit, its
    deadline, or where the connection broke. Raises `TransportError`.
    """
    return _send(request, policy)


def send_to_gateway(request: HTTPRequest, policy: EgressPolicy) -> HTTPResponse:
    """Send a message to a foreign gateway under the gateway's own policy. Raises `TransportError`."""
    return _send(request, policy)


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


def _send(request: HTTPRequest, policy: EgressPolicy) -> HTTPResponse:
    started = time.monotonic()
    with Deadline(policy.total_timeout) as deadline:
        adapter = PinnedAdapter(policy, deadline)
        try:
            response = adapter.send(ExactRequest(request))
            wire, cut = read_content(response, policy.max_bytes)
            cut = cut or deadline.expired
        finally:
            adapter.close()
    headers = Headers.of((name, _readable(value)) for name, value in adapter.received)
    decoded = decode_content(wire, ",".join(headers.get_all("content-encoding")), policy.max_bytes)
    body, missing = (wire, False) if decoded is None else decoded
    total = (time.monotonic() - started) * 1000
    return HTTPResponse(
        status=response.status_code,
        reason=response.reason or "",
        headers=headers,
        body=body,
        truncated=cut or missing,
        duration_ms=total,
        timings=(*adapter.timings, ("total", total)),
    )


def _readable(value: str) -> str:
    # Header fields are read as Latin-1; what is UTF-8 in truth becomes text again, and folded lines become one.
    text = " ".join(value.split("\r\n")) if "\r\n" in value else value
    try:
        return text.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text
