"""Where requests may go: a URL checked once, an egress policy per kind of client, a verdict for every address.

The list of allowed origins comes first, the table of addresses afterwards, at the socket (docs/security.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from playground.config import OpenedNetwork, Settings
from playground.origins import DEFAULT_PORTS, write_authority, write_origin
from playground.text.wording import say
from playground.transport.addresses import Endpoint, Verdict, classify
from playground.transport.errors import InvalidTarget, OriginRefused

__all__ = [
    "CheckedURL",
    "EgressPolicy",
    "Verdict",
    "api_policy",
    "check_url",
    "classify",
    "document_policy",
    "gateway_policy",
    "judge",
    "same_origin",
]

MAX_URL = 64_000
MAX_DOCUMENT_BYTES = 100_000_000
_URL = re.compile(r"(https?)://([^/?#]*)([^#]*)(?:#.*)?", re.IGNORECASE | re.DOTALL)
_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))*")
_QUAD = re.compile(r"(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}")
_PORT = re.compile(r":(\d*)$")
_NUMERIC_END = re.compile(r"(?:^|\.)(?:\d+|0x[0-9a-f]*)$")
_LOOPBACK_HOST = re.compile(r"localhost|127(?:\.\d{1,3}){3}|\[::1\]")
# Ports of other protocols, which a described server must not make us speak to (Fetch Standard, "bad port").
# fmt: off
_PRIVATE_ZONES = frozenset({"internal", "lan", "local", "localhost", "test", "home", "corp", "intranet", "private"})
"""Top-level names that are reserved or never delegated (RFC 2606, RFC 6762, RFC 8375, ICANN's private-use list)."""
_BAD_PORTS = frozenset(
    {1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
     110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530,
     531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190,
     5060, 5061, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080, 11211}
)
# fmt: on


SUBJECTS: dict[str, str] = {
    "API": say("API"),
    "gateway": say("gateway"),
    "document": say("document"),
    "authorization server": say("authorization server"),
}
"""What is called, as sentences name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EgressPolicy:
    """What one kind of client may reach, for how long and how much.

    `origins` are allowed origins (`https://*.example.com` means every host below); `named` are origins that the
    operator lists, which may resolve to private addresses; `any_origin` allows every origin with public
    addresses; `loopback` allows the visitor's own loopback; `local` allows loopback and
    private addresses under names that show it (`is_private_name`). With `explain` sentences tell why an address is not
    reached, which strangers are not told. `own` and `own_origins` are this site and never targets.
    Times are seconds; `max_bytes` counts wire and decoded bytes each.
    """

    subject: Literal["API", "gateway", "document", "authorization server"]
    origins: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    any_origin: bool = False
    loopback: bool = False
    local: bool = False
    explain: bool = False
    opened: tuple[OpenedNetwork, ...] = ()
    own: tuple[Endpoint, ...] = ()
    own_origins: frozenset[str] = frozenset()
    connect_timeout: float = 10.0
    total_timeout: float = 30.0
    max_bytes: int = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedURL:
    """A URL taken apart once: `host` without brackets for the lookup, `target` the request target, byte for byte."""

    scheme: str
    host: str
    port: int
    target: str

    def __repr__(self) -> str:
        return f"<CheckedURL {self.origin}>"

    @property
    def authority(self) -> str:
        """The value of the Host field: brackets around IPv6, no default port."""
        return write_authority(self.scheme, self.host, self.port)

    @property
    def origin(self) -> str:
        """The canonical origin."""
        return write_origin(self.scheme, self.host, self.port)


def check_url(url: str, policy: EgressPolicy) -> CheckedURL:
    """Take a final URL apart and check it against the policy, before any lookup.

    Raises `InvalidTarget` for what is no plain http URL, `OriginRefused` for an origin that is not allowed.
    """
    checked = _split(url, policy.subject)
    if checked.port in _BAD_PORTS and checked.port not in {network.port for network in policy.opened}:
        raise InvalidTarget(
            say(
                "The %(subject)s address uses port %(port)s, which is not a port for HTTP.",
                subject=SUBJECTS[policy.subject],
                port=str(checked.port),
            )
        )
    own = next((own_origin for own_origin in policy.own_origins if same_origin(checked.origin, own_origin)), None)
    if own is not None:
        raise OriginRefused(
            say(
                "%(origin)s is this site itself: write its gateway's address as %(own)s/gateway.",
                origin=checked.origin,
                own=own,
            )
        )
    if not _origin_allowed(checked, policy):
        if policy.subject == "gateway":
            raise OriginRefused(
                say(
                    "The gateway %(origin)s is not allowed here: the operator lists gateways in PLAYGROUND_GATEWAYS.",
                    origin=checked.origin,
                )
            )
        raise OriginRefused(
            say(
                "Requests to %(origin)s are not allowed here: it is not a server of this API's description, and the "
                "operator has not listed it in PLAYGROUND_UPSTREAMS.",
                origin=checked.origin,
            )
        )
    return checked


def judge(checked: CheckedURL, address: str, policy: EgressPolicy) -> Verdict:
    """Return the verdict on one resolved address of a checked URL."""
    verdict = classify(address, checked.port, opened=policy.opened, own=policy.own)
    if verdict in (Verdict.OWN, Verdict.METADATA, Verdict.MALFORMED, Verdict.OPENED):
        return verdict
    if checked.origin in policy.named:
        reachable = (Verdict.LOOPBACK, Verdict.PRIVATE, Verdict.SHARED, Verdict.LINK_LOCAL)
        return Verdict.NAMED if verdict in reachable else verdict
    is_loopback = _LOOPBACK_HOST.fullmatch(_bracketed(checked.host)) is not None
    if is_loopback and (policy.loopback or policy.local):
        return Verdict.NAMED if verdict is Verdict.LOOPBACK else Verdict.NOT_LOOPBACK
    if policy.local and verdict in (Verdict.LOOPBACK, Verdict.PRIVATE) and is_private_name(checked.host):
        return Verdict.NAMED
    return verdict


def is_private_name(host: str) -> bool:
    """Return whether a host shows that it is of this machine or network: an address, or a name without a public one.

    A public name whose address is private may have been pointed there by its owner to reach what it should not (DNS
    rebinding), so it is not enough that the description has it.
    """
    if ":" in host or _QUAD.fullmatch(host):
        return True
    label = host.rpartition(".")[2]
    return label == host or label in _PRIVATE_ZONES or host.endswith(".home.arpa")


def api_policy(
    settings: Settings,
    entry_origins: Iterable[str],
    own_addresses: Iterable[Endpoint] = (),
    *,
    any_origin: bool = False,
    named: Iterable[str] = (),
    timeout: float | None = None,
) -> EgressPolicy:
    """Return the policy for calling an API; `entry_origins` are the origins its description declares,
    `named` those that the operator typed.

    `timeout` shortens the operator's limit, never lengthens it.
    """
    total = settings.send_timeout if timeout is None else min(timeout, settings.send_timeout)
    return EgressPolicy(
        subject="API",
        origins=frozenset(entry_origins) | frozenset(settings.upstreams),
        named=frozenset(named),
        any_origin=any_origin,
        local=settings.local,
        explain=settings.local,
        opened=settings.private_networks,
        own=tuple(own_addresses),
        connect_timeout=min(10.0, total),
        total_timeout=total,
        max_bytes=settings.max_response_bytes,
    )


def gateway_policy(
    settings: Settings, own_origin: str | None = None, loopback: bool = False, *, own: Iterable[Endpoint] = ()
) -> EgressPolicy:
    """Return the policy for calling a foreign gateway.

    `own_origin` is this site, whose embedded gateway is called in process and never over HTTP; with `loopback`
    the visitor's loopback is ours.
    """
    named = {origin for origin in settings.gateways if origin != "*"}
    if settings.gateway_url is not None:
        named.add(_split(settings.gateway_url, "gateway").origin)
    return EgressPolicy(
        subject="gateway",
        named=frozenset(named),
        any_origin="*" in settings.gateways,
        loopback=loopback,
        explain=settings.local,
        own=tuple(own),
        own_origins=frozenset(() if own_origin is None else (own_origin,)),
        connect_timeout=min(5.0, settings.send_timeout),
        # A gateway needs its own time beside the API's, or the visitor never sees its answer about a slow API.
        total_timeout=settings.send_timeout + 5.0,
        # The envelope carries the body twice (data, and base64 of the bytes), and JSON escapes grow.
        max_bytes=settings.max_response_bytes * 3 + 65_536,
    )


def document_policy(url: str, opened: Iterable[OpenedNetwork] = ()) -> EgressPolicy:
    """Return the policy for fetching a description whose URL the operator typed.

    The typed origin may be private; a redirect leads to public addresses only.
    """
    return EgressPolicy(
        subject="document",
        any_origin=True,
        named=frozenset((_split(url, "document").origin,)),
        explain=True,
        opened=tuple(opened),
        total_timeout=120.0,
        max_bytes=MAX_DOCUMENT_BYTES,
    )


def _split(url: str, subject: str) -> CheckedURL:
    parts = _URL.fullmatch(url)
    if parts is None:
        raise InvalidTarget(
            say("The %(subject)s address must start with http:// or https://.", subject=SUBJECTS[subject])
        )
    scheme, authority, target = parts[1].lower(), parts[2], parts[3]
    if len(url) > MAX_URL:
        raise InvalidTarget(
            say("The %(subject)s address is longer than %(most)s characters.", subject=SUBJECTS[subject], most=MAX_URL)
        )
    if "\\" in url or any(character <= " " or character == "\x7f" for character in url) or not target.isascii():
        raise InvalidTarget(
            say("The %(subject)s address holds a character that has to be percent-encoded.", subject=SUBJECTS[subject])
        )
    if "@" in authority:
        raise InvalidTarget(
            say("The %(subject)s address must not hold a user name or password.", subject=SUBJECTS[subject])
        )
    host, port = _host_and_port(scheme, authority, subject)
    path, mark, query = target.partition("?")
    if any(unquote(segment) in (".", "..") for segment in path.split("/")):
        raise InvalidTarget(
            say("The %(subject)s address must not hold the path segments . or ..", subject=SUBJECTS[subject])
        )
    return CheckedURL(scheme=scheme, host=host, port=port, target=(path or "/") + mark + query)


def _host_and_port(scheme: str, authority: str, subject: str) -> tuple[str, int]:
    wrong = InvalidTarget(say("The %(subject)s address has no usable host name.", subject=SUBJECTS[subject]))
    number = _PORT.search(authority) if not authority.endswith("]") else None
    if number is not None and not re.fullmatch(r"[1-9]\d{0,4}", number[1]):
        raise InvalidTarget(say("The %(subject)s address has no usable port.", subject=SUBJECTS[subject]))
    if "%" in authority:
        raise wrong
    try:
        parsed = parse_url(f"{scheme}://{authority}")
    except LocationParseError:
        raise wrong from None
    host, port = parsed.host or "", parsed.port or DEFAULT_PORTS[scheme]
    if port > 65535:
        raise InvalidTarget(say("The %(subject)s address has no usable port.", subject=SUBJECTS[subject]))
    if parsed.auth is not None or parsed.path or parsed.query is not None or not host:
        raise wrong
    if host.startswith("["):
        return host[1:-1], port
    if not host.isascii() or len(host) > 253 or not _NAME.fullmatch(host):
        raise wrong
    if _NUMERIC_END.search(host) and not (_QUAD.fullmatch(host) and authority.isascii()):
        raise wrong  # 127.1, 2130706433, 0x7f.1: what the resolver makes of these is not what people read
    return host, port


def _origin_allowed(checked: CheckedURL, policy: EgressPolicy) -> bool:
    origin = checked.origin
    if policy.any_origin or origin in policy.origins or origin in policy.named:
        return True
    if policy.loopback and _LOOPBACK_HOST.fullmatch(_bracketed(checked.host)):
        return True
    return any(_below(origin, pattern) for pattern in policy.origins if "://*." in pattern)


def _below(origin: str, pattern: str) -> bool:
    scheme, suffix = pattern.split("*", 1)
    return origin.startswith(scheme) and origin.endswith(suffix) and len(origin) > len(scheme) + len(suffix)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def same_origin(url: str, other: str) -> bool:
    """Return whether two URLs have the same origin; `localhost`, `127.0.0.1` and `[::1]` are one host."""
    try:
        first, second = _split(url, "API"), _split(other, "API")
    except InvalidTarget:
        return False
    hosts = {"loopback" if _LOOPBACK_HOST.fullmatch(_bracketed(part.host)) else part.host for part in (first, second)}
    return len(hosts) == 1 and (first.scheme, first.port) == (second.scheme, second.port)


def checked_origin(url: str) -> str:
    """Return a URL's canonical origin. Raises `InvalidTarget`."""
    return _split(url, "API").origin
