"""The verdict on one address: whether we may connect to it, and why (IANA special-purpose registries, RFC 6890).

The table is our own: `ipaddress.is_global` and `is_private` differ between Python releases and call several dangerous
ranges global. An IPv4 address that hides inside an IPv6 one is taken out and judged as well.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from enum import Enum
from typing import TypeAlias

from playground.config import OpenedNetwork
from playground.text.wording import say

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Endpoint: TypeAlias = tuple[str, int]
"""An address and a port, such as `("127.0.0.1", 8000)`."""


class Verdict(Enum):
    """May we connect to an address; the value is the reason, for the operator's log."""

    PUBLIC = say("a public address")
    OPENED = say("a private network the operator opened")
    NAMED = say("an origin the operator named")
    OWN = say("an address of this site itself")
    LOOPBACK = say("a loopback address")
    PRIVATE = say("a private address")
    SHARED = say("an address shared behind a carrier's translator")
    LINK_LOCAL = say("a link-local address")
    METADATA = say("a cloud metadata address")
    UNSPECIFIED = say("the unspecified address or its network")
    MULTICAST = say("a multicast or broadcast address")
    DOCUMENTATION = say("an address for documentation")
    BENCHMARK = say("an address for benchmarks")
    RESERVED = say("a reserved address")
    TRANSITION = say("an IPv4 address wrapped in IPv6")
    NOT_LOOPBACK = say("a name that should be loopback and is not")
    MALFORMED = say("not an address")

    @property
    def allowed(self) -> bool:
        """Whether a connection may be opened."""
        return self in (Verdict.PUBLIC, Verdict.OPENED, Verdict.NAMED)


_TABLE: tuple[tuple[str, Verdict], ...] = (
    # The first row that holds the address decides, so single addresses come before their networks.
    ("169.254.169.254/32", Verdict.METADATA),  # most clouds
    ("169.254.170.2/32", Verdict.METADATA),  # container credentials
    ("169.254.170.23/32", Verdict.METADATA),  # pod identity
    ("100.100.100.200/32", Verdict.METADATA),
    ("168.63.129.16/32", Verdict.METADATA),  # a host agent inside public space
    ("192.0.0.192/32", Verdict.METADATA),
    ("0.0.0.0/8", Verdict.UNSPECIFIED),
    ("10.0.0.0/8", Verdict.PRIVATE),
    ("100.64.0.0/10", Verdict.SHARED),
    ("127.0.0.0/8", Verdict.LOOPBACK),
    ("169.254.0.0/16", Verdict.LINK_LOCAL),
    ("172.16.0.0/12", Verdict.PRIVATE),
    ("192.0.0.0/24", Verdict.RESERVED),
    ("192.0.2.0/24", Verdict.DOCUMENTATION),
    ("192.31.196.0/24", Verdict.RESERVED),
    ("192.52.193.0/24", Verdict.RESERVED),
    ("192.88.99.0/24", Verdict.TRANSITION),
    ("192.168.0.0/16", Verdict.PRIVATE),
    ("192.175.48.0/24", Verdict.RESERVED),
    ("198.18.0.0/15", Verdict.BENCHMARK),
    ("198.51.100.0/24", Verdict.DOCUMENTATION),
    ("203.0.113.0/24", Verdict.DOCUMENTATION),
    ("224.0.0.0/4", Verdict.MULTICAST),
    ("255.255.255.255/32", Verdict.MULTICAST),
    ("240.0.0.0/4", Verdict.RESERVED),
    ("0.0.0.0/0", Verdict.PUBLIC),
    ("fd00:ec2::254/128", Verdict.METADATA),
    ("fd20:ce::254/128", Verdict.METADATA),
    ("::/128", Verdict.UNSPECIFIED),
    ("::1/128", Verdict.LOOPBACK),
    ("::/96", Verdict.TRANSITION),  # IPv4-compatible
    ("::ffff:0:0/96", Verdict.TRANSITION),  # IPv4-mapped
    ("::ffff:0:0:0/96", Verdict.TRANSITION),  # IPv4-translated
    ("64:ff9b::/96", Verdict.TRANSITION),  # NAT64
    ("64:ff9b:1::/48", Verdict.TRANSITION),  # local NAT64
    ("100::/64", Verdict.RESERVED),
    ("2001::/32", Verdict.TRANSITION),  # Teredo
    ("2001:2::/48", Verdict.BENCHMARK),
    ("2001:db8::/32", Verdict.DOCUMENTATION),
    ("2001::/23", Verdict.RESERVED),
    ("2002::/16", Verdict.TRANSITION),  # 6to4
    ("2620:4f:8000::/48", Verdict.RESERVED),
    ("3fff::/20", Verdict.DOCUMENTATION),
    ("5f00::/16", Verdict.RESERVED),
    ("fc00::/7", Verdict.PRIVATE),
    ("fe80::/10", Verdict.LINK_LOCAL),
    ("fec0::/10", Verdict.PRIVATE),
    ("ff00::/8", Verdict.MULTICAST),
    ("2000::/3", Verdict.PUBLIC),
    ("::/0", Verdict.RESERVED),  # nothing else is assigned to anyone
)
_ROWS = tuple(
    (network.version, int(network.network_address), int(network.netmask), verdict)
    for network, verdict in ((ipaddress.ip_network(text), verdict) for text, verdict in _TABLE)
)


def classify(
    address: str, port: int = 0, *, opened: Iterable[OpenedNetwork] = (), own: Iterable[Endpoint] = ()
) -> Verdict:
    """Return the verdict on connecting to an address (text without brackets) and port.

    `opened` are the private networks of the configuration; `own` are the endpoints this process listens on, which
    stay forbidden whatever is opened.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return Verdict.MALFORMED
    if "%" in address:
        return Verdict.MALFORMED
    opened, own = tuple(opened), tuple(own)
    kind = _kind(parsed)
    if _is_own(parsed, kind, port, own):
        return Verdict.OWN
    for hidden in embedded_addresses(parsed):
        # The address that is really reached decides, whatever is opened around it.
        inner = classify(str(hidden), port, opened=opened, own=own)
        if not inner.allowed:
            return inner
        kind = Verdict.TRANSITION
    if kind is Verdict.PUBLIC or not any(_opens(network, parsed, port, kind) for network in opened):
        return kind
    return Verdict.OPENED


def embedded_addresses(address: Address) -> tuple[ipaddress.IPv4Address, ...]:
    """Return the IPv4 addresses inside an IPv6 address: mapped, compatible, translated, NAT64, 6to4, Teredo, ISATAP."""
    if isinstance(address, ipaddress.IPv4Address):
        return ()
    bits = int(address)
    last = ipaddress.IPv4Address(bits & 0xFFFFFFFF)
    if bits >> 96 == 0x20010000:
        return (ipaddress.IPv4Address(bits >> 64 & 0xFFFFFFFF), ipaddress.IPv4Address(~bits & 0xFFFFFFFF))
    if bits >> 112 == 0x2002:
        return (ipaddress.IPv4Address(bits >> 80 & 0xFFFFFFFF),)
    if bits >> 32 in (0, 0xFFFF, 0xFFFF0000, 0x0064FF9B << 64) and bits > 1:
        return (last,)
    if bits >> 80 == 0x0064FF9B0001 or bits >> 32 & 0xFCFFFFFF == 0x00005EFE:
        return (last,)
    return ()


def _kind(address: Address) -> Verdict:
    bits = int(address)
    return next(verdict for version, net, mask, verdict in _ROWS if version == address.version and bits & mask == net)


def _is_own(address: Address, kind: Verdict, port: int, own: tuple[Endpoint, ...]) -> bool:
    if port not in {number for _, number in own}:
        return False
    # A process on a wildcard address answers on all of loopback; a loopback alias of our port is always ours.
    return kind in (Verdict.LOOPBACK, Verdict.UNSPECIFIED) or (str(address), port) in own


def _opens(network: OpenedNetwork, address: Address, port: int, kind: Verdict) -> bool:
    if network.port not in (0, port) or network.network.version != address.version:
        return False
    if kind is Verdict.METADATA and network.network.prefixlen != network.network.max_prefixlen:
        return False  # opening a whole network does not mean the one address in it that hands out the host's keys
    return address in network.network
