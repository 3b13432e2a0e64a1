"""The sender of a request, and the context of the calls that are made for it."""

from __future__ import annotations

import ipaddress
import select
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask import g, request

from playground.messages import HTTPResponse
from playground.sandbox.service import LONGEST_VISITOR
from playground.web.site import own_addresses, this_site

if TYPE_CHECKING:
    from playground.gateway.context import CallContext
    from playground.gateway.redirects import Hop

_GONE = select.POLLHUP | select.POLLERR | getattr(select, "POLLRDHUP", 0)


def visitor() -> str:
    """Return the name under which the limits count: the connection's address (behind `PLAYGROUND_PROXY_HOPS`).

    For IPv6 it is the /64 network that one line is given, since its holder can use any address in it.
    """
    address = request.remote_addr or "unknown"
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((int(parsed) >> 64 << 64, 64)))


def call_context(
    *,
    live: Callable[[HTTPResponse], bool] | None = None,
    timeout: float | None = None,
    follow: tuple[Hop, ...] = (),
) -> CallContext:
    """Return the site's context for one call of the visitor that sends this request."""
    from playground.gateway.context import new_request_id  # what serves the sandbox alone calls nothing
    from playground.web.security import same_origin

    site = this_site()
    settings = site.settings
    if same_origin() is False:
        # A console's page is not the user of a local site: it calls what a hosted site calls.
        settings = replace(settings, local=False)
    return replace(
        site.calls,
        settings=settings,
        own_addresses=own_addresses(),
        visitor=visitor(),
        request_id=getattr(g, "request_id", "") or new_request_id(),
        cancelled=visitor_is_gone(),
        live=live,
        sandbox_visitor=sandbox_visitor(),
        prefer=request.headers.get("Prefer", "")[:1000],
        timeout=timeout,
        follow=follow,
    )


def sandbox_visitor() -> str:
    """Return the key of the visitor's things in the sandbox, empty for nobody's (docs/protocol.md, Sandbox)."""
    key = request.headers.get("Playground-Visitor", "")
    return key if len(key) <= LONGEST_VISITOR else ""


def visitor_is_gone() -> Callable[[], bool] | None:
    """Return a function that tells whether the visitor has closed the connection; `None` where the server cannot tell.

    waitress offers such a function and gunicorn its socket; elsewhere only the deadline ends a call.
    """
    disconnected: Callable[[], bool] | None = request.environ.get("waitress.client_disconnected")
    if disconnected is not None:
        return disconnected
    connection = request.environ.get("gunicorn.socket")
    return None if connection is None else _hung_up(connection)


def _hung_up(connection: Any) -> Callable[[], bool]:
    number = connection.fileno()

    def gone() -> bool:
        # Only asked, never read: bytes that wait there belong to the next request.
        if connection.fileno() != number:
            return True
        poll = select.poll()
        poll.register(number, _GONE)
        return bool(poll.poll(0))

    return gone
