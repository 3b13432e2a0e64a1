from __future__ import annotations

import logging
import socket
import threading

import pytest

from playground.messages import BinaryContent, Headers, HTTPRequest, JSONContent
from playground.transport.adapter import USER_AGENT
from playground.transport.errors import (
    BrokenAnswer,
    DocumentUnavailable,
    OriginRefused,
    RequestRefused,
    TooLarge,
    TransportError,
    Unreachable,
)
from playground.transport.exchange import Exchange, fetch_document, send_message
from tests.support.servers import Recorded, RecordingServer, http_answer
from tests.transport.policies import loopback_policy

CANARY = "canary-5f1d"


def test_a_message_arrives_byte_for_byte_with_its_header_order() -> None:
    target = "/a%2Fb%2fc/[0];v=1/%7Bx}?a[0]=1&b=%5b%5D&q=%20+&e=&&=x;y:@!$'()*,"
    headers = Headers.of([
        ("X-B", "2"), ("x-a", "1"), ("Content-Type", "application/json"), ("X-B", "3"),
        ("X-Text", "é ☃"), ("X-Empty", ""),
    ])  # fmt: skip
    with RecordingServer() as server:
        answer = send_message(
            HTTPRequest(
                method="PATCH", url=server.url + target, headers=headers, content=JSONContent(text='{"a": 1.0}')
            ),
            loopback_policy(),
        )
        request = server.request
    assert answer.status == 200
    assert answer.body == b'{"ok": true}'
    assert request.line == f"PATCH {target} HTTP/1.1"
    assert request.headers == (
        ("Host", f"127.0.0.1:{server.port}"),
        ("User-Agent", USER_AGENT),
        ("Accept-Encoding", "gzip, deflate"),
        *headers.pairs,
        ("Content-Length", "10"),
    )
    assert request.body == b'{"a": 1.0}'


@pytest.mark.parametrize(
    ("method", "length"),
    [("GET", None), ("DELETE", None), ("HEAD", None), ("QUERY", None), ("POST", "0"), ("PUT", "0")],
)
def test_a_message_without_content_says_so_only_where_it_must(method: str, length: str | None) -> None:
    with RecordingServer() as server:
        answer = send_message(HTTPRequest(method=method, url=server.url), loopback_policy())
        assert server.request.header("Content-Length") == length
        assert server.request.header("Accept") is None
        assert server.request.line == f"{method} / HTTP/1.1"
    assert answer.body == (b"" if method == "HEAD" else b'{"ok": true}')
    assert not answer.truncated


def test_given_user_agent_accept_encoding_and_cookie_stand_where_they_were_given() -> None:
    given = Headers.of([("Cookie", "a=1; b=2"), ("user-agent", "mine"), ("Accept-Encoding", "identity"), ("Date", "x")])
    with RecordingServer() as server:
        send_message(HTTPRequest(method="GET", url=server.url, headers=given), loopback_policy())
        assert server.request.headers[1:] == given.pairs


def test_the_answer_keeps_status_reason_and_header_order() -> None:
    raw = (
        b"HTTP/1.1 418 I'm a teapot\r\nX-B: 1\r\nx-a: 2\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nX-B: 3\r\n"
        b"X-U: \xc3\xa9\r\nX-L: \xe9\r\nContent-Length: 2\r\n\r\nhi"
    )
    with RecordingServer(raw) as server:
        answer = send_message(HTTPRequest(method="GET", url=server.url), loopback_policy())
    assert (answer.status, answer.reason, answer.body, answer.origin) == (418, "I'm a teapot", b"hi", "network")
    assert answer.headers.pairs == (
        ("X-B", "1"), ("x-a", "2"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("X-B", "3"),
        ("X-U", "é"), ("X-L", "é"), ("Content-Length", "2"),
    )  # fmt: skip
    steps = dict(answer.timings)
    assert {"dns", "connect", "first byte", "total"} == set(steps)
    assert all(value >= 0 for value in steps.values())
    assert steps["total"] == answer.duration_ms


def test_a_redirect_is_an_answer_and_nothing_is_followed() -> None:
    with RecordingServer(http_answer(b"", "302 Found", {"Location": "http://[bad/"})) as server:
        answer = send_message(HTTPRequest(method="GET", url=server.url), loopback_policy())
        assert len(server.requests) == 1
    assert (answer.status, answer.headers.get("location")) == (302, "http://[bad/")


def test_the_environment_has_no_say(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nonexistent")
    with RecordingServer() as server:
        assert send_message(HTTPRequest(method="GET", url=server.url), loopback_policy()).status == 200
        assert server.request.header("Authorization") is None


@pytest.mark.parametrize(
    "name",
    [
        "Host",
        "Transfer-Encoding",
        "Connection",
        "keep-alive",
        "TE",
        "Trailer",
        "Upgrade",
        "Expect",
        "Via",
        "Forwarded",
        "Proxy-Authorization",
        "X-Forwarded-For",
        "Content-Length",
    ],
)
def test_framing_and_forwarding_headers_cannot_be_chosen(name: str) -> None:
    with RecordingServer() as server:
        with pytest.raises(RequestRefused, match=f"The header {name} is set by the playground itself"):
            send_message(HTTPRequest(method="GET", url=server.url, headers=Headers(((name, "7"),))), loopback_policy())
        assert server.connections == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X A", "1"),
        ("X:A", "1"),
        ("", "1"),
        ("X\r\nY", "1"),
        ("É", "1"),
        ("X", "a\r\nY: b"),
        ("X", "a\nb"),
        ("X", "a\x00b"),
        ("X", " a"),
        ("X", "a "),
        ("X", "a\x7f"),
        ("X", "a\x1bb"),
        ("X", "a\ud800b"),
    ],
)
def test_header_fields_that_break_out_are_refused(name: str, value: str) -> None:
    with RecordingServer() as server:
        with pytest.raises(RequestRefused):
            send_message(
                HTTPRequest(method="GET", url=server.url, headers=Headers(((name, value),))), loopback_policy()
            )
        assert server.connections == 0


@pytest.mark.parametrize("method", ["TRACE", "trace", "CONNECT", "TRACK", "GET / HTTP/1.1\r\nX:", "", "GE T", "É"])
def test_methods_that_are_no_method_or_never_sent_are_refused(method: str) -> None:
    with RecordingServer() as server:
        with pytest.raises(RequestRefused):
            send_message(HTTPRequest(method=method, url=server.url), loopback_policy())
        assert server.connections == 0


def test_an_origin_that_is_not_allowed_is_never_connected() -> None:
    with RecordingServer() as server:
        with pytest.raises(OriginRefused):
            send_message(HTTPRequest(method="GET", url=server.url), loopback_policy(any_origin=False))
        assert server.connections == 0


def test_a_large_body_arrives_whole() -> None:
    data = bytes(range(256)) * 8192
    with RecordingServer() as server:
        send_message(HTTPRequest(method="PUT", url=server.url, content=BinaryContent(data=data)), loopback_policy())
        assert server.request.body == data


def failures(url: str) -> list[tuple[HTTPRequest, dict[str, object]]]:
    secret = Headers((("Authorization", f"Bearer {CANARY}"), ("Cookie", f"k={CANARY}")))
    plain = HTTPRequest(method="GET", url=f"{url}/x?key={CANARY}", headers=secret, content=JSONContent(text=CANARY))
    return [
        (plain, {}),
        (plain, {"opened": ()}),
        (plain, {"any_origin": False}),
        (HTTPRequest(method="TRACE", url=plain.url, headers=secret), {}),
        (HTTPRequest(method="GET", url=plain.url, headers=Headers((("X", f"{CANARY}\n"),))), {}),
        (HTTPRequest(method="GET", url=f"http://127.1/?{CANARY}", headers=secret), {}),
        (HTTPRequest(method="GET", url=f"http://{CANARY}@127.0.0.1/", headers=secret), {}),
        (HTTPRequest(method="GET", url=f"https://127.0.0.1:{url.rpartition(':')[2]}/?{CANARY}", headers=secret), {}),
    ]


def test_no_secret_in_exceptions_repr_or_logs(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for answer in (b"", f"HTTP/1.1 {CANARY}\r\n\r\n".encode(), b"HTTP/1.1 200 OK\r\n" + b"X: 1\r\n" * 200 + b"\r\n"):
        with RecordingServer(answer) as server:
            for request, changes in failures(server.url):
                with pytest.raises(TransportError) as caught:
                    send_message(request, loopback_policy(total_timeout=0.3, **changes))
                chain: BaseException | None = caught.value
                while chain is not None:
                    assert CANARY not in str(chain) + repr(chain) + repr(chain.args)
                    chain = chain.__cause__ or (None if chain.__suppress_context__ else chain.__context__)
                assert f"key={CANARY}" not in repr(request)
    with RecordingServer(b"HTTP/1.1 200 OK\r\nbroken header line\r\nX: 1\r\n\r\n") as server:
        send_message(HTTPRequest(method="GET", url=f"{server.url}/?key={CANARY}"), loopback_policy())
    assert caplog.text
    assert CANARY not in caplog.text


def test_blocked_refused_and_unresolvable_targets_read_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(host: str, port: int) -> tuple[str, ...]:
        if host == "blocked.example":
            return ("10.0.0.1",)
        if host == "closed.example":
            return ("127.0.0.1",)
        raise OSError("no such name")

    monkeypatch.setattr("playground.transport.connection.resolve", resolve)
    texts = set()
    for host in ("blocked.example", "closed.example", "unknown.example"):
        with pytest.raises(Unreachable) as caught:
            send_message(HTTPRequest(method="GET", url=f"http://{host}:9/"[:-3] + "/"), loopback_policy())
        texts.add(str(caught.value).replace(host, "HOST"))
    assert texts == {"The API at HOST could not be reached."}


def test_a_document_is_fetched_through_redirects() -> None:
    def serve(_: object, request: object) -> bytes:
        target = getattr(request, "target", "")
        if target == "/openapi.json":
            return http_answer({"openapi": "3.1.0"})
        return http_answer(b"", "301 Moved", {"Location": "/openapi.json"})

    with RecordingServer(serve) as server:
        assert fetch_document(f"{server.url}/old", loopback_policy(subject="document")) == b'{"openapi": "3.1.0"}'
        assert [one.target for one in server.requests] == ["/old", "/openapi.json"]


@pytest.mark.parametrize(
    "location", ["http://127.0.0.1:1/x", "file:///etc/passwd", "//10.0.0.1/x", "http://169.254.169.254/", "http://[bad"]
)
def test_a_redirect_of_a_document_is_checked_like_the_first_address(location: str) -> None:
    with RecordingServer(http_answer(b"", "302 Found", {"Location": location})) as server:
        policy = loopback_policy(subject="document", opened=(), named=frozenset((server.url,)))
        with pytest.raises(TransportError):
            fetch_document(server.url, policy)
        assert len(server.requests) == 1


def test_a_document_has_a_size_limit_a_redirect_limit_and_an_honest_status() -> None:
    with RecordingServer(http_answer(b"x" * 2000)) as server, pytest.raises(TooLarge, match="larger than 1,000 bytes"):
        fetch_document(server.url, loopback_policy(subject="document", max_bytes=1000))
    with (
        RecordingServer(http_answer(b"", "404 Not Found")) as server,
        pytest.raises(DocumentUnavailable, match=r"answered 404 Not Found\.$"),
    ):
        fetch_document(server.url, loopback_policy(subject="document"))
    with RecordingServer(http_answer(b"", "302 Found", {"Location": "/again"})) as server:
        with pytest.raises(DocumentUnavailable, match="more than 5 redirects"):
            fetch_document(server.url, loopback_policy(subject="document"))
        assert len(server.requests) == 6
    with (
        RecordingServer(http_answer(b"half", headers={"Content-Length": "100"})) as server,
        pytest.raises(DocumentUnavailable, match="broke off"),
    ):
        fetch_document(server.url, loopback_policy(subject="document"))


def test_an_answer_that_is_not_http_gives_one_sentence() -> None:
    for raw in (b"", b"hello\r\n", b"\x00\x01", b"SSH-2.0-x\r\n", b"HTTP/1.1 abc\r\n\r\n"):
        with RecordingServer(raw) as server:
            with pytest.raises(BrokenAnswer) as caught:
                send_message(HTTPRequest(method="GET", url=server.url), loopback_policy())
            sentence = f"The API at 127.0.0.1:{server.port} closed the connection without a complete HTTP answer."
            assert str(caught.value) == sentence


@pytest.mark.parametrize("length", ["", "Content-Length: 9000000\r\n"], ids=["until the end", "of a length"])
def test_an_exchange_that_is_closed_before_its_content_is_read_leaves_no_connection(length: str) -> None:
    closed, gone = threading.Event(), threading.Event()

    def pour(connection: socket.socket, _: Recorded) -> None:
        connection.sendall(f"HTTP/1.1 200 OK\r\n{length}\r\n".encode())
        closed.wait(600)
        try:
            for _number in range(200):
                connection.sendall(b"x" * 40_000)
        except OSError:
            gone.set()

    with RecordingServer(pour) as server:
        exchange = Exchange(HTTPRequest(method="GET", url=server.url), loopback_policy())
        exchange.close()
        closed.set()
        assert gone.wait(600), "whoever still holds the exchange does not hold its connection"
        assert exchange.head.status == 200
