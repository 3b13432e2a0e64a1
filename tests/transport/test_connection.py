from __future__ import annotations

import contextlib
import ipaddress
import socket
import threading
import time

import pytest

from playground.config import OpenedNetwork
from playground.messages import HTTPRequest
from playground.transport import connection
from playground.transport.deadline import Deadline
from playground.transport.errors import Unreachable
from playground.transport.exchange import send_message
from tests.support.servers import RecordingServer
from tests.transport.policies import LOOPBACK, loopback_policy


def get(url: str, **changes: object) -> int:
    return send_message(HTTPRequest(method="GET", url=url), loopback_policy(**changes)).status


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """A resolver that gives the next of these answers, the last one for ever; `calls` is its length."""
    answers: list[tuple[str, ...]] = []

    def resolve(host: str, port: int) -> tuple[str, ...]:
        return answers.pop(0) if len(answers) > 1 else answers[0]

    monkeypatch.setattr(connection, "resolve", resolve)
    return answers


def test_the_name_is_looked_up_once_and_a_second_answer_is_never_used(
    resolver: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    dialled: list[str] = []
    real = connection._dial

    def dial(address: str, port: int, timeout: float, deadline: Deadline) -> socket.socket:
        dialled.append(address)
        return real(address, port, timeout, deadline)

    monkeypatch.setattr(connection, "_dial", dial)
    with RecordingServer() as server:
        resolver.extend([("127.0.0.1",), ("169.254.169.254",)])
        assert get(f"http://rebind.example:{server.port}/") == 200
        assert len(resolver) == 1
        assert dialled == ["127.0.0.1"]
        assert server.request.header("Host") == f"rebind.example:{server.port}"
        with pytest.raises(Unreachable):
            get(f"http://rebind.example:{server.port}/")
        assert dialled == ["127.0.0.1"]


@pytest.mark.parametrize(
    "answers",
    [
        ("127.0.0.1", "10.0.0.1"),
        ("10.0.0.1", "127.0.0.1"),
        ("127.0.0.1", "::ffff:169.254.169.254"),
        ("127.0.0.1", "fe80::1%lo"),
        (),
        tuple(f"127.0.1.{number}" for number in range(200)),
    ],
)
def test_one_bad_answer_refuses_them_all(answers: tuple[str, ...], resolver: list[tuple[str, ...]]) -> None:
    with RecordingServer() as server:
        resolver.append(answers)
        with pytest.raises(Unreachable):
            get(f"http://mixed.example:{server.port}/")
        assert server.connections == 0


@pytest.mark.parametrize("name", ["foo.localhost", "ip6-localhost", "localtest.example", "metadata.google.internal"])
@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "169.254.169.254", "fd00:ec2::254"])
def test_a_name_is_what_it_leads_to(name: str, address: str, resolver: list[tuple[str, ...]]) -> None:
    resolver.append((address,))
    with RecordingServer() as server:
        with pytest.raises(Unreachable):
            get(f"http://{name}:{server.port}/", opened=())
        assert server.connections == 0


def test_the_next_address_is_tried_when_one_does_not_answer(resolver: list[tuple[str, ...]]) -> None:
    with RecordingServer() as server:
        resolver.append(("::1", "127.0.0.1"))
        opened = (LOOPBACK, OpenedNetwork(network=ipaddress.ip_network("::1/128"), port=0))
        assert get(f"http://two.example:{server.port}/", opened=opened) == 200


def test_a_socket_that_reached_someone_else_is_not_used(
    resolver: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = connection._dial
    with RecordingServer() as server:
        resolver.append(("127.0.0.2",))
        monkeypatch.setattr(connection, "_dial", lambda address, *rest: real("127.0.0.1", *rest))
        with pytest.raises(Unreachable):
            get(f"http://moved.example:{server.port}/")
        assert server.requests == []


def test_our_own_port_is_refused_even_through_an_address_nobody_listed(resolver: list[tuple[str, ...]]) -> None:
    with RecordingServer() as server:
        resolver.append(("127.0.0.1",))
        with pytest.raises(Unreachable):
            get(f"http://self.example:{server.port}/", own=(("10.9.8.7", server.port),))
        assert server.requests == []


def test_a_lookup_that_hangs_ends_at_the_connect_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()
    monkeypatch.setattr(connection, "resolve", lambda host, port: (release.wait(), ())[1])
    try:
        with pytest.raises(Unreachable):
            get("http://slow.example/", connect_timeout=0.2)
    finally:
        release.set()


def test_names_the_resolver_chokes_on_are_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    def choke(host: str, port: int) -> tuple[str, ...]:
        raise UnicodeError("label too long")

    monkeypatch.setattr(connection, "resolve", choke)
    with pytest.raises(Unreachable):
        get("http://odd.example/")


def test_localhost_is_found_by_the_systems_resolver() -> None:
    with RecordingServer() as server:
        policy = {"opened": (), "loopback": True, "any_origin": False}
        assert get(f"http://localhost:{server.port}/", **policy) == 200


def test_a_server_that_does_not_take_connections_ends_at_the_connect_timeout() -> None:
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):  # its queue is full, and what comes now is dropped
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        started = time.monotonic()
        with pytest.raises(Unreachable, match=r"could not be reached\.$"):
            get(f"http://127.0.0.1:{listener.getsockname()[1]}/", connect_timeout=0.4)
        assert 0.3 < time.monotonic() - started < 20  # of the 60 seconds and more that the system itself takes


def test_localhost_is_reached_where_one_of_its_addresses_is_opened(resolver: list[tuple[str, ...]]) -> None:
    with RecordingServer() as server:
        opened = (OpenedNetwork(network=ipaddress.ip_network("127.0.0.1/32"), port=server.port),)
        resolver.append(("::1", "127.0.0.1"))
        assert get(f"http://localhost:{server.port}/", opened=opened) == 200
        with pytest.raises(Unreachable):
            get(f"http://localhost:{server.port}/", opened=())
        with pytest.raises(Unreachable):
            get(f"http://other.example:{server.port}/", opened=opened)
