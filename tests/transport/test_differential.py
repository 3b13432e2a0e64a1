"""Our verdict on an address against two libraries': it may be stricter, never looser."""

from __future__ import annotations

import ipaddress
import socket

import pytest
import requests_hardened.ip_filter as hardened
from hypothesis import example, given
from hypothesis import strategies as st
from ssrfguard import DEFAULT_DENIED

from playground.transport.addresses import classify

v4 = st.integers(0, 2**32 - 1).map(ipaddress.IPv4Address)
v6 = st.integers(0, 2**128 - 1).map(ipaddress.IPv6Address)
blocks = [block.network for block in DEFAULT_DENIED.blocks]
edges = st.sampled_from(blocks).flatmap(
    lambda network: st.sampled_from([
        int(network.network_address) + offset for offset in (-1, 0, 1)
    ] + [int(network.broadcast_address) + offset for offset in (-1, 0, 1)]).map(
        lambda number: (ipaddress.IPv4Address if network.version == 4 else ipaddress.IPv6Address)(
            number % (2**32 if network.version == 4 else 2**128)
        )
    )
)  # fmt: skip
carriers = st.sampled_from(
    [
        "::",
        "::ffff:0:0",
        "::ffff:0:0:0",
        "64:ff9b::",
        "64:ff9b:1::",
        "2001:db8::5efe:0:0",
        "2600::200:5efe:0:0",
    ]
).flatmap(lambda prefix: v4.map(lambda inner: ipaddress.IPv6Address(int(ipaddress.IPv6Address(prefix)) | int(inner))))
six_to_four = v4.map(lambda inner: ipaddress.IPv6Address(0x2002 << 112 | int(inner) << 80 | 1))


@given(st.one_of(v4, v6, edges, carriers, six_to_four))
@example(ipaddress.ip_address("168.63.129.16"))
@example(ipaddress.ip_address("::127.0.0.1"))
@example(ipaddress.ip_address("fec0::1"))
def test_what_we_allow_both_others_allow(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if not classify(str(address), 443).allowed:
        return
    assert not DEFAULT_DENIED.classify(address).blocked, address
    with pytest.MonkeyPatch.context() as patch:
        family = socket.AF_INET if address.version == 4 else socket.AF_INET6
        answer = [(family, socket.SOCK_STREAM, 6, "", (str(address), 443))]
        patch.setattr(hardened.socket, "getaddrinfo", lambda *_, **__: answer)
        assert hardened.get_ip_address("api.example", 443, allow_loopback=False)[0] is not None


def test_the_others_would_not_have_noticed_these() -> None:
    """Why the table is our own: what one of them lets through."""
    for text in ("168.63.129.16", "2600::200:5efe:7f00:1"):
        assert not DEFAULT_DENIED.classify(ipaddress.ip_address(text)).blocked
        assert not classify(text, 443).allowed
