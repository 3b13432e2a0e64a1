"""Following a redirect when the visitor asks for it: a new message that every check sees again (RFC 9110, 15.4).

Nothing is followed automatically. Credentials go along only while every hop stays on the origin they were meant for; to
another origin go only the header fields that describe the content and the wanted answer, since any other may hold one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urljoin, urlsplit

from playground import jsontext
from playground.gateway.errors import GatewayError
from playground.messages import Headers, HTTPRequest, HTTPResponse, NoContent
from playground.text.wording import say
from playground.transport.egress import checked_origin
from playground.transport.errors import TransportError

STATUSES = frozenset((301, 302, 303, 307, 308))
MOST_HOPS = 10
LONGEST = 8192
_KEPT_ELSEWHERE = frozenset(("accept", "accept-language", "content-type", "content-language"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One redirect that was answered: its status and the absolute URL it leads to."""

    status: int
    url: str


def read_hops(value: object) -> tuple[Hop, ...]:
    """Read `[[302, "https://…"], …]` as it comes over the wire or back from a page. Raises `GatewayError`."""
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > MOST_HOPS:
        raise GatewayError(
            say("“options.follow” must be a list of at most %(most)s pairs of status and URL.", most=MOST_HOPS)
        )
    hops = []
    for pair in value:
        match pair:
            case [int(status), str(url)] if status in STATUSES and len(url) <= LONGEST:
                hops.append(Hop(status=status, url=url))
            case _:
                raise GatewayError(
                    say("“options.follow” holds something that is not a pair of redirect status and URL.")
                )
    return tuple(hops)


def write_hops(hops: tuple[Hop, ...]) -> str:
    """Return hops as JSON text that `read_hops` reads back."""
    return jsontext.dumps([[hop.status, hop.url] for hop in hops])


def next_hop(response: HTTPResponse, url: str) -> Hop | None:
    """Return where a redirect leads from `url`, or `None` if the answer cannot be followed."""
    location = response.headers.get("location")
    if response.status not in STATUSES or not location or len(location) > LONGEST:
        return None
    try:
        target = urljoin(url, location.strip())
        parts = urlsplit(target)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None
    return Hop(status=response.status, url=target.partition("#")[0])


def follow(message: HTTPRequest, bare: HTTPRequest, hops: tuple[Hop, ...]) -> tuple[HTTPRequest, tuple[str, ...]]:
    """Return the message for the last hop, and the names of the header fields that were dropped on the way.

    `message` is the first request with its credentials, `bare` the same without any. A 303, and a 301 or 302 to a POST,
    becomes a GET without content, as browsers have it. Raises `TransportError` for a URL that is none.
    """
    if not hops:
        return message, ()
    method, content = message.method, message.content
    for hop in hops:
        if (hop.status == 303 and method != "HEAD") or (hop.status in (301, 302) and method == "POST"):
            method, content = "GET", NoContent()
    if stays_home(message.url, hops):
        headers = message.headers
    else:
        headers = Headers.of(pair for pair in bare.headers if pair[0].lower() in _KEPT_ELSEWHERE)
    if isinstance(content, NoContent):
        headers = Headers.of(pair for pair in headers if not pair[0].lower().startswith("content-"))
    dropped = tuple(dict.fromkeys(name for name, _ in message.headers if name not in headers))
    return replace(message, method=method, url=hops[-1].url, headers=headers, content=content), dropped


def stays_home(url: str, hops: tuple[Hop, ...]) -> bool:
    """Return whether every hop stays on the origin of the first request's URL. Raises `TransportError`."""
    home = checked_origin(url)
    return all(_origin(hop) == home for hop in hops)


def _origin(hop: Hop) -> str:
    try:
        return checked_origin(hop.url)
    except TransportError:
        return ""
