"""TLS on the way to an API: servers on loopback with certificates of a test authority, good and bad (row 44)."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

from playground.messages import HTTPRequest
from playground.transport import connection
from playground.transport.errors import CertificateRefused, TransportError
from playground.transport.exchange import send_message
from tests.support.needs import free_port
from tests.support.servers import RecordingServer
from tests.transport.policies import loopback_policy

EC = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1")


def get(url: str, **changes: object) -> int:
    return send_message(HTTPRequest(method="GET", url=url), loopback_policy(**changes)).status


@pytest.fixture(autouse=True)
def resolver(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every name is this machine."""
    monkeypatch.setattr(connection, "resolve", lambda host, port: ("127.0.0.1",))


Certificates = Callable[..., ssl.SSLContext]


@pytest.fixture
def certificates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Certificates]:
    """Make server contexts signed by a test authority that the client trusts, with its real settings otherwise."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")

    def run(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=tmp_path, check=True, capture_output=True)

    run("req", "-x509", *EC, "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Authority")
    monkeypatch.setattr(connection, "DEFAULT_CA_BUNDLE_PATH", str(tmp_path / "ca.pem"))
    connection.tls_context.cache_clear()

    def make(
        name: str = "DNS:api.example",
        *,
        days: int = 1,
        signed: bool = True,
        key: tuple[str, ...] = EC,
        digest: str = "-sha256",
    ) -> ssl.SSLContext:
        (tmp_path / "names").write_text(f"subjectAltName={name}")
        own = ("-nodes", "-keyout", "key.pem", "-subj", "/CN=server")
        if signed:
            run("req", *key, *own, "-out", "request.pem")
            run(
                "x509", "-req", "-in", "request.pem", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", digest,
                "-days", str(days), "-extfile", "names", "-out", "cert.pem",
            )  # fmt: skip
        else:
            run("req", "-x509", *key, *own, "-out", "cert.pem", "-days", "1", "-addext", f"subjectAltName={name}")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_ciphers("DEFAULT@SECLEVEL=0")  # a server that minds nothing, so that it is we who refuse
        context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
        return context

    yield make
    connection.tls_context.cache_clear()


def test_the_name_is_asked_for_and_verified_while_connected_to_the_address(certificates: Certificates) -> None:
    asked: list[str | None] = []
    context = certificates()
    context.sni_callback = lambda _sock, name, _context: asked.append(name)
    with RecordingServer(tls=context) as server:
        answer = send_message(HTTPRequest(method="GET", url=f"https://API.example:{server.port}/x"), loopback_policy())
        assert answer.status == 200
        assert asked == ["api.example"]
        assert server.request.target == "/x"
        assert server.request.header("Host") == f"api.example:{server.port}"
        assert "tls" in dict(answer.timings)
        assert answer.facts is not None and answer.facts.tls in ("TLSv1.2", "TLSv1.3")


def test_a_key_that_is_just_long_enough_is_accepted(certificates: Certificates) -> None:
    with RecordingServer(tls=certificates(key=("-newkey", "rsa:2048"))) as server:
        assert get(f"https://api.example:{server.port}/") == 200


def test_a_server_with_many_certificates_shows_the_one_that_is_asked_for(certificates: Certificates) -> None:
    context, asked_for = certificates("DNS:other.example"), certificates()

    def choose(sock: ssl.SSLSocket | ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
        if name == "api.example":
            sock.context = asked_for

    context.sni_callback = choose
    with RecordingServer(tls=context) as server:
        assert get(f"https://api.example:{server.port}/") == 200
        assert get(f"https://other.example:{server.port}/") == 200
        with pytest.raises(CertificateRefused):
            get(f"https://third.example:{server.port}/")
        assert len(server.requests) == 2


def test_an_address_is_verified_as_an_address_and_no_name_is_asked_for(certificates: Certificates) -> None:
    asked: list[str | None] = []
    context = certificates("IP:127.0.0.1")
    context.sni_callback = lambda _sock, name, _context: asked.append(name)
    with RecordingServer(tls=context) as server:
        assert get(f"https://127.0.0.1:{server.port}/") == 200
        assert asked == [None]
        with pytest.raises(CertificateRefused):  # the address that is reached counts for nothing, the name does
            get(f"https://api.example:{server.port}/")
        assert len(server.requests) == 1


REFUSED: dict[str, dict[str, object]] = {
    "other name": {"name": "DNS:other.example"},
    "name of a parent": {"name": "DNS:example"},
    "star of another level": {"name": "DNS:*.api.example"},
    "no name but in the subject": {"name": "email:api@api.example"},
    "its address only": {"name": "IP:127.0.0.1"},
    "expired": {"days": -1},
    "self-signed": {"signed": False},
    "weak key": {"key": ("-newkey", "rsa:1024")},
    "weak signature": {"digest": "-sha1"},
    "old protocol": {},
    "weak cipher": {"key": ("-newkey", "rsa:2048")},
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_server_that_cannot_be_trusted_gives_one_clear_sentence(kind: str, certificates: Certificates) -> None:
    context = certificates(**REFUSED[kind])
    if kind == "old protocol":
        with pytest.warns(DeprecationWarning):
            context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    if kind == "weak cipher":
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        context.set_ciphers("AES128-SHA@SECLEVEL=0")  # no forward secrecy, no authenticated encryption
    with RecordingServer(tls=context) as server:
        with pytest.raises(CertificateRefused) as caught:
            get(f"https://api.example:{server.port}/")
        whom, why = f"The API at api.example:{server.port}", "its TLS certificate or protocol was not accepted."
        assert str(caught.value) == f"{whom} could not be trusted: {why}"
        assert server.requests == []


def test_a_tls_handshake_that_never_ends_ends_at_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, pytest.raises(TransportError):
        get(f"https://127.0.0.1:{listener.getsockname()[1]}/", total_timeout=0.4)


def test_a_server_that_wants_to_negotiate_again_gets_no_second_handshake(
    certificates: Certificates, tmp_path: Path
) -> None:
    certificates()
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
        for seconds in (2, 20, 200):  # on a slow machine the deadline may come before the handshake
            sentence = rf"did not answer within {seconds} seconds|without a complete HTTP answer"
            with pytest.raises(TransportError, match=sentence):
                get(f"https://api.example:{port}/", total_timeout=seconds)
            if refused.wait(1):
                break
        assert refused.is_set(), said[-3:]
    finally:
        server.kill()
        asking.join(10)
        server.wait()
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


def test_the_real_tls_settings_verify_and_write_no_keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    connection.tls_context.cache_clear()
    context = connection.tls_context()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2
    assert context.security_level >= 2  # keys of 2048 bits, no SHA-1
    assert context.options & ssl.OP_NO_RENEGOTIATION
    assert context.keylog_filename is None
