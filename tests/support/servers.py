"""Servers for tests, on loopback and raw sockets: one that records what it is sent, and a foreign gateway."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, TypeAlias
from urllib.parse import quote, unquote, urlencode, urlsplit

import pytest


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """One request exactly as it came: the request line, header fields in order, the body's bytes."""

    line: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def method(self) -> str:
        return self.line.split(" ")[0]

    @property
    def target(self) -> str:
        return self.line.split(" ")[1]

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.headers]


Answer: TypeAlias = bytes | Callable[[socket.socket, Recorded], bytes | None]
"""Bytes to send as they are, or a function that makes them or writes to the socket itself; then it is closed."""


def http_answer(
    body: bytes | str | Any = b"", status: str = "200 OK", headers: Mapping[str, str] | None = None
) -> bytes:
    """Make a whole answer; anything but bytes and text becomes JSON."""
    fields = dict(headers or {})
    if not isinstance(body, bytes | str):
        body = json.dumps(body)
        fields.setdefault("Content-Type", "application/json")
    content = body.encode() if isinstance(body, str) else body
    fields.setdefault("Content-Length", str(len(content)))
    head = f"HTTP/1.1 {status}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return head.encode("latin-1") + b"\r\n" + content


class RecordingServer:
    """A server on a free loopback port that keeps every request in `requests` and gives `answer`; a context manager."""

    def __init__(self, answer: Answer | None = None, *, tls: ssl.SSLContext | None = None) -> None:
        self.answer: Answer = http_answer({"ok": True}) if answer is None else answer
        self.requests: list[Recorded] = []
        self.connections = 0
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listener.getsockname()[1]
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._closing = threading.Event()

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"

    @property
    def request(self) -> Recorded:
        """The only request so far."""
        assert len(self.requests) == 1, [one.line for one in self.requests]
        return self.requests[0]

    @property
    def closing(self) -> threading.Event:
        """Set when the test is over, so that a slow answer stops."""
        return self._closing

    def __enter__(self) -> RecordingServer:
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        for one in (self._listener, *self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        for thread in self._threads:
            thread.join(5)

    def wait(self) -> None:
        """Wait until everyone who has connected is done with, and the thread that answered has ended."""
        for thread in self._threads[1:]:  # the first one waits for who connects
            thread.join(60)

    def _start(self, target: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.add(client)
            self._start(self._serve, client)

    def _serve(self, client: socket.socket) -> None:
        try:
            with contextlib.suppress(OSError, ValueError):
                connection = client if self._tls is None else self._tls.wrap_socket(client, server_side=True)
                self._open.add(connection)
                with connection, connection.makefile("rb") as stream:
                    recorded = read_request(stream)
                    if recorded is None:
                        return
                    self.requests.append(recorded)
                    answer = self.answer(connection, recorded) if callable(self.answer) else self.answer
                    if answer is not None:
                        connection.sendall(answer)
                        connection.shutdown(socket.SHUT_WR)
                        connection.settimeout(1)
                        while connection.recv(4096):  # or an unread body would turn the close into a reset
                            pass
        finally:
            client.close()


def read_request(stream: Any) -> Recorded | None:
    """Read one request from a binary stream; `None` when nothing comes."""
    line = stream.readline(100_000)
    if not line:
        return None
    headers: list[tuple[str, str]] = []
    while (field_line := stream.readline(100_000)) not in (b"\r\n", b"\n", b""):
        name, _, value = field_line.decode("utf-8", "surrogateescape").rstrip("\r\n").partition(":")
        headers.append((name, value.removeprefix(" ")))
    known = {name.lower(): value for name, value in headers}
    body = b""
    if "chunked" in known.get("transfer-encoding", ""):
        while size := int(stream.readline().split(b";")[0], 16):
            body += stream.read(size)
            stream.readline()
        stream.readline()
    elif "content-length" in known:
        body = stream.read(int(known["content-length"]))
    return Recorded(line=line.decode("latin-1").rstrip("\r\n"), headers=tuple(headers), body=body)


def silence(connection: socket.socket, _: Recorded) -> None:
    """Give an answer that never comes: the connection stays open until the other side or the test ends it."""
    connection.recv(1)


@contextlib.contextmanager
def refusing_port() -> Iterator[int]:
    """A loopback port that is held, so that nobody listens there."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


@pytest.fixture
def recording_server() -> Any:
    """A recording server that answers `{"ok": true}` until told otherwise."""
    with RecordingServer() as server:
        yield server


@dataclass(frozen=True, kw_only=True)
class ForeignOperation:
    """What the foreign gateway's bundler knows of one operation (reference utdk.md, section 2)."""

    method: str
    base_url: str
    route: str
    path: tuple[str, ...] = ()
    query: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    body_kind: str = "none"
    body: tuple[str, ...] = ()
    additional: bool = False


@dataclass(kw_only=True)
class ForeignGateway:
    """A gateway of generation G1: flat arguments, credential in a header, upstream failures as text in a 500.

    `operations` are keyed `provider/operation` by the client's names. It shares no code with the product.
    """

    operations: Mapping[str, ForeignOperation]
    server: RecordingServer = field(init=False)

    def __post_init__(self) -> None:
        self.server = RecordingServer(self._answer)

    def __enter__(self) -> ForeignGateway:
        self.server.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.__exit__(kind, error, trace)

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def calls(self) -> list[Recorded]:
        """The tool calls, without probes."""
        return [one for one in self.server.requests if one.target.startswith("/tools/")]

    def _answer(self, _: socket.socket, request: Recorded) -> bytes:
        path = request.target.split("?")[0]
        if request.method == "GET" and path == "/health":
            return http_answer({"status": "ok", "service": "gateway"})
        match = re.fullmatch(r"/tools/([^/]+)/(.*)", path)
        if request.method != "POST" or match is None:
            return http_answer({"error": "Not found"}, "404 Not Found")
        provider, operation = unquote(match[1]), unquote(match[2])
        if not operation:
            return http_answer({"error": "Missing provider or operation"}, "400 Bad Request")
        authorization = request.header("Authorization")
        if request.header("X-Gateway-Mode") != "passthrough" and authorization and "eyJ" in authorization:
            return http_answer({"error": "Invalid or expired token"}, "401 Unauthorized")
        credential = self._credential(request, authorization)
        if credential is None:
            message = "No credentials provided. Include Authorization or X-Api-Key header."
            return http_answer({"error": message}, "401 Unauthorized")
        try:
            arguments = json.loads(request.body)
        except ValueError:
            arguments = {}
        known = self.operations.get(f"{provider}/{operation}")
        if known is None:
            message = f'Operation "{operation}" is not a function on provider "{provider}"'
            return http_answer({"error": message}, "500 Internal Server Error")
        try:
            return self._call(known, arguments, credential)
        except KeyError as missing:
            message = f"Missing required path parameter: {missing.args[0]}"
            return http_answer({"error": message}, "500 Internal Server Error")

    @staticmethod
    def _credential(request: Recorded, authorization: str | None) -> tuple[str, str] | None:
        if authorization:
            return ("Authorization", f"Bearer {authorization.removeprefix('Bearer ')}")
        for name in ("X-Api-Key", "Api-Key", "DD-API-KEY"):
            if value := request.header(name):
                return (name, value)
        return None

    @staticmethod
    def _call(known: ForeignOperation, arguments: dict[str, Any], credential: tuple[str, str]) -> bytes:
        rest = dict(arguments)
        content: Any = None
        taken: set[str] = set()
        if known.body_kind == "properties":
            whole = isinstance(rest.get("body"), dict)
            content = dict(rest.pop("body")) if whole else {}
            # Of colliding names the body takes the flat value, unless the body is given whole (section 2.6).
            conflicts = {*known.path, *known.query} if whole else set()
            taken = {name for name in known.body if name in rest and name not in conflicts}
            content.update({name: rest.pop(name) for name in taken})
        elif known.body_kind == "raw":
            content = rest.pop("body", None)
        path = {name: rest.pop(name) for name in known.path if name in rest}
        query = {name: arguments[name] for name in known.query if name in arguments and name not in taken}
        headers = {name: str(rest[name]) for name in known.header if name in rest}
        left = {name: value for name, value in rest.items() if name not in (*known.query, *known.header)}
        if known.body_kind == "properties" and known.additional:
            content.update(left)
        else:
            query.update(left)
        target = re.sub(r"\{([^}]+)\}", lambda slot: quote(str(path[slot[1]]), safe=""), known.route)
        target += "?" + urlencode(query, doseq=True) if query else ""
        headers[credential[0]] = credential[1]
        body = None
        if content:
            headers["Content-Type"] = "application/json"
            body = json.dumps(content)
        parts = urlsplit(known.base_url)
        upstream = http.client.HTTPConnection(parts.hostname or "", parts.port)
        with contextlib.closing(upstream):
            upstream.request(known.method, parts.path.rstrip("/") + target, body=body, headers=headers)
            answer = upstream.getresponse()
            text = answer.read()
        meta = {"requestId": "9b2e0000-0000-4000-8000-000000000000", "durationMs": 12}
        if answer.status >= 400:
            message = f"Request failed: {answer.status} {answer.reason}\n{text.decode()}"
            return http_answer({"error": message}, "500 Internal Server Error")
        if answer.status in (204, 205):
            return http_answer({"meta": meta})
        is_json = "json" in (answer.getheader("Content-Type") or "")
        return http_answer({"data": json.loads(text) if is_json else text.decode(), "meta": meta})
