from __future__ import annotations

import contextlib
import ipaddress
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

from playground.config import OpenedNetwork
from playground.messages import HTTPRequest
from playground.transport import connection
from playground.transport.deadline import Deadline
from playground.transport.errors import CertificateRefused, TransportError, Unreachable
from playground.transport.send import send_to_api
from tests.needs import free_port
from tests.servers import RecordingServer
from tests.transport.policies import LOOPBACK, loopback_policy


def get(url: str, **changes: object) -> int:
    return send_to_api(HTTPRequest(method="GET", url=url), loopback_policy(**changes)).status


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
    monkeypatch.setattr(connection, "resolve", lambda host, port: (release.wait(5), ())[1])
    with pytest.raises(Unreachable):
        get("http://slow.example/", connect_timeout=0.2)
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


Certificates = Callable[..., ssl.SSLContext]


@pytest.fixture
def certificates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Certificates]:
    """Make server contexts signed by a test authority that the client trusts, with its real settings otherwise."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")

    def run(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=tmp_path, check=True, capture_output=True)

    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    run("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Test authority")
    monkeypatch.setattr(connection, "DEFAULT_CA_BUNDLE_PATH", str(tmp_path / "ca.pem"))
    connection.tls_context.cache_clear()

    def make(name: str, days: int = 1, *, signed: bool = True) -> ssl.SSLContext:
        (tmp_path / "names").write_text(f"subjectAltName=DNS:{name}")
        if signed:
            run("req", *key, "-keyout", "key.pem", "-out", "request.pem", "-subj", "/CN=server")
            run(
                "x509", "-req", "-in", "request.pem", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
                "-days", str(days), "-extfile", "names", "-out", "cert.pem",
            )  # fmt: skip
        else:
            run("req", "-x509", *key, "-keyout", "key.pem", "-out", "cert.pem", "-days", "1", "-subj", f"/CN={name}")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
        return context

    yield make
    connection.tls_context.cache_clear()


def test_tls_is_verified_against_the_name_while_connected_to_the_address(
    certificates: Certificates, resolver: list[tuple[str, ...]]
) -> None:
    context = certificates("api.example")
    asked: list[str | None] = []
    context.sni_callback = lambda _sock, name, _context: asked.append(name)
    with RecordingServer(tls=context) as server:
        resolver.append(("127.0.0.1",))
        answer = send_to_api(HTTPRequest(method="GET", url=f"https://api.example:{server.port}/x"), loopback_policy())
        assert answer.status == 200
        assert asked == ["api.example"]
        assert server.request.target == "/x"
        assert "tls" in dict(answer.timings)


@pytest.mark.parametrize("kind", ["other name", "expired", "self-signed", "old protocol"])
def test_a_server_that_cannot_prove_its_name_gives_one_clear_sentence(
    kind: str, certificates: Certificates, resolver: list[tuple[str, ...]]
) -> None:
    name = "other.example" if kind == "other name" else "api.example"
    context = certificates(name, -1 if kind == "expired" else 1, signed=kind != "self-signed")
    if kind == "old protocol":
        with pytest.warns(DeprecationWarning):
            context.maximum_version = ssl.TLSVersion.TLSv1_1
    with RecordingServer(tls=context) as server:
        resolver.append(("127.0.0.1",))
        with pytest.raises(CertificateRefused, match=r"could not be trusted: its TLS certificate or protocol"):
            get(f"https://api.example:{server.port}/")
        assert server.requests == []


def test_a_tls_handshake_that_never_ends_ends_at_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, pytest.raises(TransportError):
        get(f"https://127.0.0.1:{listener.getsockname()[1]}/", total_timeout=0.4)


def test_a_server_that_wants_to_negotiate_again_gets_no_second_handshake(
    certificates: Certificates, resolver: list[tuple[str, ...]], tmp_path: Path
) -> None:
    certificates("api.example")
    port = free_port()
    server = subprocess.Popen(
        ["openssl", "s_server", "-accept", f"127.0.0.1:{port}", "-tls1_2", "-cert", "cert.pem", "-key", "key.pem"],
        cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert server.stdin is not None and server.stdout is not None
    said: list[bytes] = []
    refused = threading.Event()

    def ask_again() -> None:
        assert server.stdin is not None and server.stdout is not None
        for line in server.stdout:
            said.append(line)
            if line == b"\r\n":  # the request's head is over
                server.stdin.write(b"r\n")  # s_server's word for: negotiate again
                server.stdin.flush()
            if b"no renegotiation" in line:
                refused.set()

    asking = threading.Thread(target=ask_again)
    try:
        _wait_until_it_listens(server.stdout)
        asking.start()
        resolver.append(("127.0.0.1",))
        started = time.monotonic()
        with pytest.raises(TransportError, match=r"did not answer within 2 seconds|without a complete HTTP answer"):
            get(f"https://api.example:{port}/", total_timeout=2.0)
        assert time.monotonic() - started < 4
        assert refused.wait(5), said[-3:]
    finally:
        server.kill()
        asking.join(10)
        server.wait(10)
        server.stdin.close()
        server.stdout.close()
    assert b"GET / HTTP/1.1\r\n" in said


def _wait_until_it_listens(output: IO[bytes]) -> None:
    for line in output:
        if line.startswith(b"ACCEPT"):
            return
    raise AssertionError("openssl s_server did not start")


def test_a_tls_handshake_that_breaks_off_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def begin() -> None:
            client, _ = listener.accept()
            with client:
                client.recv(4096)
                client.sendall(bytes.fromhex("160303007a020000"))  # the first bytes of a ServerHello

        beginning = threading.Thread(target=begin)
        beginning.start()
        with pytest.raises(TransportError, match=r"^The API at 127\.0\.0\.1:\d+ could not be (reached|trusted)"):
            get(f"https://127.0.0.1:{listener.getsockname()[1]}/")
        beginning.join(5)


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
        assert 0.3 < time.monotonic() - started < 2


def test_the_real_tls_settings_verify_and_write_no_keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    connection.tls_context.cache_clear()
    context = connection.tls_context()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2
    assert context.options & ssl.OP_NO_RENEGOTIATION
    assert context.keylog_filename is None


def test_localhost_is_reached_where_one_of_its_addresses_is_opened(resolver: list[tuple[str, ...]]) -> None:
    with RecordingServer() as server:
        opened = (OpenedNetwork(network=ipaddress.ip_network("127.0.0.1/32"), port=server.port),)
        resolver.append(("::1", "127.0.0.1"))
        assert get(f"http://localhost:{server.port}/", opened=opened) == 200
        with pytest.raises(Unreachable):
            get(f"http://localhost:{server.port}/", opened=())
        with pytest.raises(Unreachable):
            get(f"http://other.example:{server.port}/", opened=opened)
