"""`serve` and `gateway`: where they listen, and how they say that they cannot."""

from __future__ import annotations

import errno
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import waitress

from playground.cli.serving import _reason, address_of, serve_until_ended
from playground.config import is_loopback
from tests.cli.conftest import Process, command, environment, line_of


@pytest.mark.parametrize(
    ("name", "path", "what"), [("serve", "/", "Playground"), ("gateway", "/health", "The gateway")]
)
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 0), (signal.SIGHUP, 0)])
def test_it_serves_until_it_is_told_to_end(
    catalog: Path, name: str, path: str, what: str, number: signal.Signals, status: int
) -> None:
    with subprocess.Popen(
        command(name, "--port", "0"), env=environment(catalog), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as server:
        assert server.stdout is not None and server.stderr is not None
        match = re.fullmatch(rf"{what} is at http://127\.0\.0\.1:(\d+)\n", server.stdout.readline().decode())
        assert match is not None, server.stderr.read()
        mode = server.stdout.readline().decode()
        assert mode == (
            "Local mode, because only this machine can reach 127.0.0.1: "
            "APIs on loopback and private addresses may be called.\n"
        )
        connection = http.client.HTTPConnection("127.0.0.1", int(match[1]))
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        server.send_signal(number)
        assert server.wait() == status
        assert answer.status == 200
        assert b"Traceback" not in server.stderr.read()


def test_a_closed_terminal_ends_nothing_that_nohup_started(catalog: Path) -> None:
    ignoring = (
        "import os, signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN); os.execv(sys.argv[1], sys.argv[1:])"
    )
    with subprocess.Popen(
        [sys.executable, "-c", ignoring, *command("serve", "--port", "0")],
        env=environment(catalog),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as server:
        assert server.stdout is not None
        address = server.stdout.readline().decode().split()[-1]
        server.send_signal(signal.SIGHUP)
        connection = http.client.HTTPConnection(address.removeprefix("http://"))
        connection.request("GET", "/")
        assert connection.getresponse().status == 200
        connection.close()
        server.terminate()
        assert server.wait() == 0


@pytest.mark.parametrize("name", ["serve", "gateway"])
def test_a_port_in_use_is_one_line(process: Process, name: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = process(name, "--port", str(port))
    assert result.returncode == 1
    assert line_of(result.stderr.decode()).startswith(f"Port {port} on 127.0.0.1 is in use: choose another one")
    assert result.stdout == b""


def test_a_host_that_is_none_is_one_line(process: Process) -> None:
    for host in ("192.0.2.1", "no such host", "x" * 300 + ".example"):
        assert process("serve", "--port", "0", "--host", host).stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(errno.EACCES, "no"), "Port 80 may not be used by this user"),
        (OSError(errno.EADDRINUSE, "no"), "Port 80 on h is in use"),
        (OSError(errno.EADDRNOTAVAIL, "no"), "h is not an address of this machine"),
        (socket.gaierror(-2, "no"), "no such address"),
        (UnicodeError("no"), "no such address"),
        (OSError(errno.EMFILE, "no"), os.strerror(errno.EMFILE)),
    ],
)
def test_what_keeps_it_from_listening_is_said(error: OSError | UnicodeError, words: str) -> None:
    assert words in _reason(error, "h", 80)


@pytest.mark.parametrize(
    ("host", "url", "loopback"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000", True),
        ("localhost", "http://localhost:8000", True),
        ("::1", "http://[::1]:8000", True),
        ("0.0.0.0", "http://127.0.0.1:8000", False),  # noqa: S104 - only compared
        ("::", "http://[::1]:8000", False),
        ("192.0.2.1", "http://192.0.2.1:8000", False),
        ("playground.example", "http://playground.example:8000", False),
    ],
)
def test_the_address_it_tells_is_one_a_browser_reaches(host: str, url: str, loopback: bool) -> None:
    assert address_of(host, 8000) == url
    assert is_loopback(host) is loopback


class Server:
    """A server that is told to end as soon as it runs, as waitress has it."""

    def __init__(self, number: signal.Signals) -> None:
        self.number = number
        self.task_dispatcher = self
        self.socket = socket.socket()
        self.active_channels: dict[int, object] = {}
        self.waited: list[float] = []

    def run(self) -> None:
        try:
            os.kill(os.getpid(), self.number)
            while True:
                self.readable()
        except (SystemExit, KeyboardInterrupt):
            self.task_dispatcher.shutdown()

    def readable(self) -> bool:
        return True

    def pull_trigger(self) -> None: ...

    def shutdown(self, timeout: float = 5) -> None:
        self.waited.append(timeout)

    def close(self) -> None: ...


@pytest.mark.parametrize(("number", "status", "seconds"), [(signal.SIGTERM, 0, 35), (signal.SIGINT, 130, 5)])
def test_a_service_manager_waits_for_slow_apis_and_a_person_does_not(
    number: signal.Signals, status: int, seconds: float
) -> None:
    server = Server(number)
    assert serve_until_ended(server, 35) == status
    assert server.waited == [seconds]


class Patient(Server):
    """A server whose last request takes for ever, and whose operator loses patience."""

    def shutdown(self, timeout: float = 5) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        signal.pause()


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_second_signal_ends_the_wait(number: signal.Signals, status: int) -> None:
    assert serve_until_ended(Patient(number), 35) == status


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_while_a_connection_is_closed_leaves_no_socket_open(number: signal.Signals) -> None:
    """waitress forgets a connection before it closes its socket: what comes between the two must not leave it open."""
    closed: list[socket.socket] = []

    class Connection(socket.socket):
        def close(self) -> None:
            if self.fileno() != -1:
                os.kill(os.getpid(), number)
                for _ in range(100):  # the interpreter runs the handler between two of these
                    pass
                super().close()
                closed.append(self)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = waitress.create_server(lambda environ, start: [], sockets=[listener], threads=1)
        ours, theirs = socket.socketpair()
        theirs.close()
        connection = Connection(fileno=ours.detach())
        channel = server.channel_class(server, connection, ("127.0.0.1", 1), server.adj, server._map)
        channel.will_close = True
        serve_until_ended(server, 35)
    assert closed == [connection]
