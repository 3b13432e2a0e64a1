from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.config import OpenedNetwork
from playground.transport.addresses import Address, Verdict, classify, embedded_addresses

V = Verdict

REFUSED: list[tuple[str, Verdict]] = [
    ("127.0.0.1", V.LOOPBACK),
    ("127.255.255.254", V.LOOPBACK),
    ("0.0.0.0", V.UNSPECIFIED),  # noqa: S104
    ("0.1.2.3", V.UNSPECIFIED),
    ("10.0.0.0", V.PRIVATE),
    ("10.255.255.255", V.PRIVATE),
    ("172.16.0.0", V.PRIVATE),
    ("172.31.255.255", V.PRIVATE),
    ("192.168.0.1", V.PRIVATE),
    ("192.168.255.255", V.PRIVATE),
    ("100.64.0.0", V.SHARED),
    ("100.127.255.255", V.SHARED),
    ("169.254.0.1", V.LINK_LOCAL),
    ("169.254.169.254", V.METADATA),
    ("169.254.170.2", V.METADATA),
    ("100.100.100.200", V.METADATA),
    ("168.63.129.16", V.METADATA),
    ("192.0.0.0", V.RESERVED),
    ("192.0.0.9", V.RESERVED),
    ("192.0.0.255", V.RESERVED),
    ("192.0.2.1", V.DOCUMENTATION),
    ("192.88.99.1", V.TRANSITION),
    ("198.18.0.0", V.BENCHMARK),
    ("198.19.255.255", V.BENCHMARK),
    ("198.51.100.7", V.DOCUMENTATION),
    ("203.0.113.7", V.DOCUMENTATION),
    ("224.0.0.1", V.MULTICAST),
    ("239.255.255.255", V.MULTICAST),
    ("240.0.0.1", V.RESERVED),
    ("255.255.255.255", V.MULTICAST),
    ("::", V.UNSPECIFIED),
    ("::1", V.LOOPBACK),
    ("0:0:0:0:0:0:0:1", V.LOOPBACK),
    ("::ffff:127.0.0.1", V.LOOPBACK),
    ("::ffff:7f00:1", V.LOOPBACK),
    ("0:0:0:0:0:ffff:7f00:1", V.LOOPBACK),
    ("::127.0.0.1", V.LOOPBACK),
    ("::ffff:0:127.0.0.1", V.LOOPBACK),
    ("::ffff:8.8.8.8", V.TRANSITION),
    ("64:ff9b::a9fe:a9fe", V.METADATA),
    ("64:ff9b::8.8.8.8", V.TRANSITION),
    ("64:ff9b:1::1", V.UNSPECIFIED),
    ("64:ff9b:1::a00:1", V.PRIVATE),
    ("2002:7f00:1::", V.LOOPBACK),
    ("2002:a9fe:a9fe::1", V.METADATA),
    ("2002:808:808::1", V.TRANSITION),
    ("2001:0:808:808:0:0:80ff:fffe", V.LOOPBACK),  # Teredo, client 127.0.0.1
    ("2001:0:7f00:1::1", V.LOOPBACK),  # Teredo, server 127.0.0.1
    ("2606:4700::5efe:7f00:1", V.LOOPBACK),  # ISATAP
    ("2606:4700::200:5efe:a9fe:a9fe", V.METADATA),
    ("2606:4700::5efe:808:808", V.TRANSITION),
    ("fe80::1", V.LINK_LOCAL),
    ("febf:ffff::1", V.LINK_LOCAL),
    ("fec0::1", V.PRIVATE),
    ("feff::1", V.PRIVATE),
    ("fc00::1", V.PRIVATE),
    ("fdff:ffff::1", V.PRIVATE),
    ("fd00:ec2::254", V.METADATA),
    ("ff02::1", V.MULTICAST),
    ("100::1", V.RESERVED),
    ("2001:db8::1", V.DOCUMENTATION),
    ("2001:2::1", V.BENCHMARK),
    ("2001:1ff:ffff::1", V.RESERVED),
    ("2001:20::1", V.RESERVED),
    ("2620:4f:8000::1", V.RESERVED),
    ("3fff::1", V.DOCUMENTATION),
    ("3fff:fff:ffff::1", V.DOCUMENTATION),
    ("5f00::1", V.RESERVED),
    ("4000::1", V.RESERVED),
    ("1fff:ffff::1", V.RESERVED),
    ("fe80::1%lo", V.MALFORMED),
    ("127.1", V.MALFORMED),
    ("2130706433", V.MALFORMED),
    ("0x7f000001", V.MALFORMED),
    ("0177.0.0.1", V.MALFORMED),
    ("127.000.000.001", V.MALFORMED),
    ("[::1]", V.MALFORMED),
    ("localhost", V.MALFORMED),
    ("", V.MALFORMED),
]

NEIGHBOURS = [
    "1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
    "168.63.129.15", "168.63.129.17", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0",
    "191.255.255.255", "192.0.1.0", "192.0.3.0", "192.31.195.255", "192.31.197.0", "192.52.192.255", "192.52.194.0",
    "192.88.98.255", "192.88.100.0", "192.167.255.255", "192.169.0.0", "192.175.47.255", "192.175.49.0",
    "198.17.255.255", "198.20.0.0", "198.51.99.255", "198.51.101.0", "203.0.112.255", "203.0.114.0",
    "223.255.255.255", "8.8.8.8",
    "2000::1", "2001:200::1", "2001:db7:ffff::1", "2001:db9::1", "2003::1", "2620:4f:7fff::1", "2620:4f:8001::1",
    "3ffe:ffff::1", "3fff:1000::1", "2606:4700::1", "2606:4700::5eff:7f00:1", "2606:4700::1:5efe:7f00:1",
]  # fmt: skip


@pytest.mark.parametrize(("address", "verdict"), REFUSED)
def test_every_dangerous_address_is_refused_for_its_reason(address: str, verdict: Verdict) -> None:
    assert classify(address, 443) is verdict
    assert not verdict.allowed


@pytest.mark.parametrize("address", NEIGHBOURS)
def test_neighbours_just_outside_a_range_are_allowed(address: str) -> None:
    assert classify(address, 443) is V.PUBLIC


def test_only_three_verdicts_allow_a_connection() -> None:
    assert {one for one in V if one.allowed} == {V.PUBLIC, V.OPENED, V.NAMED}
    assert all(one.value for one in V)


def opened(network: str, port: int = 0) -> OpenedNetwork:
    return OpenedNetwork(network=ipaddress.ip_network(network), port=port)


def test_an_opened_network_opens_its_addresses_and_its_port_only() -> None:
    networks = [opened("10.1.0.0/16", 8080)]
    assert classify("10.1.2.3", 8080, opened=networks) is V.OPENED
    assert classify("10.1.2.3", 8081, opened=networks) is V.PRIVATE
    assert classify("10.2.0.1", 8080, opened=networks) is V.PRIVATE
    assert classify("::ffff:10.1.2.3", 8080, opened=networks) is V.TRANSITION
    assert classify("127.0.0.1", 80, opened=[opened("127.0.0.0/8")]) is V.OPENED


def test_a_network_opened_as_a_whole_keeps_its_metadata_address_shut() -> None:
    assert classify("169.254.169.254", 80, opened=[opened("169.254.0.0/16")]) is V.METADATA
    assert classify("169.254.169.254", 80, opened=[opened("169.254.169.254/32")]) is V.OPENED


def test_what_hides_inside_an_opened_ipv6_network_is_judged_too() -> None:
    translator = opened("64:ff9b::/96", 443)
    assert classify("64:ff9b::808:808", 443, opened=[translator]) is V.OPENED
    assert classify("64:ff9b::7f00:1", 443, opened=[translator]) is V.LOOPBACK


def test_own_endpoints_stay_shut_whatever_is_opened() -> None:
    networks, own = [opened("127.0.0.0/8"), opened("10.0.0.0/8")], [("0.0.0.0", 8000), ("10.0.0.7", 4000)]  # noqa: S104
    assert classify("127.0.0.1", 8000, opened=networks, own=own) is V.OWN
    assert classify("127.9.9.9", 4000, opened=networks, own=own) is V.OWN
    assert classify("::1", 8000, own=own) is V.OWN
    assert classify("0.0.0.0", 8000, own=own) is V.OWN  # noqa: S104
    assert classify("10.0.0.7", 4000, opened=networks, own=own) is V.OWN
    assert classify("::ffff:10.0.0.7", 4000, opened=networks, own=own) is V.OWN
    assert classify("10.0.0.8", 4000, opened=networks, own=own) is V.OPENED
    assert classify("127.0.0.1", 8001, opened=networks, own=own) is V.OPENED


@given(st.integers(0, 2**32 - 1))
def test_no_wrapping_of_an_ipv4_address_opens_it(bits: int) -> None:
    inner = classify(str(ipaddress.IPv4Address(bits)), 443)
    for wrapped in (
        0xFFFF << 32 | bits, 0xFFFF << 48 | bits, bits, 0x64FF9B << 96 | bits, 0x64FF9B0001 << 80 | bits,
        0x2002 << 112 | bits << 80 | 1, 0x20010000 << 96 | 0x08080808 << 64 | bits ^ 0xFFFFFFFF,
        0x20010000 << 96 | bits << 64 | 0xF7F7F7F7, 0x26064700 << 96 | 0x5EFE << 32 | bits,
    ):  # fmt: skip
        verdict = classify(str(ipaddress.IPv6Address(wrapped)), 443)
        assert not verdict.allowed
        assert inner.allowed or bits <= 1 or verdict is inner


@given(st.ip_addresses(v=4) | st.ip_addresses(v=6))
def test_the_table_is_never_looser_than_the_standard_librarys(address: Address) -> None:
    if classify(str(address), 443).allowed:
        assert address.is_global
        assert not (address.is_multicast or address.is_reserved or address.is_link_local or address.is_loopback)


def test_both_addresses_of_a_teredo_address_are_taken_out() -> None:
    teredo = ipaddress.ip_address("2001:0:4136:e378:8000:63bf:3fff:fdd2")
    assert [str(embedded_address) for embedded_address in embedded_addresses(teredo)] == ["65.54.227.120", "192.0.2.45"]
