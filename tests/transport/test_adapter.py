"""What requests and urllib3 would do to a message, its answer or our log, and do not."""

from __future__ import annotations

import logging
from http.cookiejar import CookieJar

import pytest

from playground.messages import Headers, HTTPRequest, JSONContent
from playground.transport.adapter import USER_AGENT, ExactFields
from playground.transport.exchange import send_message
from tests.support.servers import RecordingServer, http_answer
from tests.transport.policies import loopback_policy

CANARY = "canary-5f1d"


def send(server: RecordingServer, target: str = "/", method: str = "GET", *pairs: tuple[str, str]) -> None:
    message = HTTPRequest(method=method, url=server.url + target, headers=Headers.of(pairs))
    assert send_message(message, loopback_policy()).status == 200


@pytest.mark.parametrize("target", ["//double", "/a%2fb", "/a%2Fb?x=%c3%a9", "/?", "/%7e~", "/a//b/", "/:@!$&'()*+,;="])
def test_the_target_is_written_as_it_is(target: str) -> None:
    with RecordingServer() as server:
        send(server, target)
        assert server.request.target == target


def test_repeated_fields_keep_their_places_and_spellings() -> None:
    pairs = (("X-A", "1"), ("X-B", "2"), ("x-a", "3"), ("X-B", "4"), ("X-A", "5"))
    with RecordingServer() as server:
        send(server, "/", "GET", *pairs)
        assert server.request.headers[3:] == pairs


@pytest.mark.parametrize("method", ["GET", "QUERY", "REPORT", "DELETE"])
def test_no_field_is_added_beside_ours(method: str) -> None:
    with RecordingServer() as server:
        send(server, "/", method)
        assert server.request.names == ["Host", "User-Agent", "Accept-Encoding"]
        assert server.request.header("User-Agent") == USER_AGENT


def test_a_value_that_means_something_to_urllib3_is_a_value() -> None:
    with RecordingServer() as server:
        send(server, "/", "GET", ("Accept-Encoding", "@@@SKIP_HEADER@@@"), ("X-A", "@@@SKIP_HEADER@@@"))
        assert server.request.headers[2:] == (
            ("Accept-Encoding", "@@@SKIP_HEADER@@@"),
            ("X-A", "@@@SKIP_HEADER@@@"),
        )


@pytest.mark.parametrize(
    "broken", [b"no colon in this line\r\n", b"X-A: 1\r\n folded\r\nbroken\r\n", b" leading: blank\r\n", b"\x00: x\r\n"]
)
def test_a_broken_field_of_the_answer_puts_no_url_into_the_log(broken: bytes, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answer = b"HTTP/1.1 200 OK\r\n" + broken + b"Content-Length: 2\r\n\r\nhi"
    with RecordingServer(answer) as server:
        send(server, f"/?api_key={CANARY}", "GET", ("Authorization", f"Bearer {CANARY}"))
    assert CANARY not in caplog.text


def test_no_cookie_is_read_from_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A head of 98 such fields takes the reader of cookies 3.8 seconds of processor time."""

    def refuse(*_: object) -> None:
        raise AssertionError("cookies were read")

    monkeypatch.setattr(CookieJar, "extract_cookies", refuse)
    monkeypatch.setattr(CookieJar, "make_cookies", refuse)
    with RecordingServer(http_answer(b"x", headers={"Set-Cookie": "a=b" + ";x" * 30_000})) as server:
        send(server)


def test_fields_are_a_mapping_by_name_without_case() -> None:
    fields = ExactFields([("X-A", "1"), ("Content-Length", "2"), ("x-a", "é")])
    assert fields["x-a"] == b"1"
    assert "content-length" in fields
    assert fields.get("Host") is None
    assert list(fields) == ["X-A", "Content-Length", "x-a"]
    assert fields.items() == [("X-A", b"1"), ("Content-Length", b"2"), ("x-a", "é".encode())]


def test_content_is_sent_under_its_length_and_not_in_chunks() -> None:
    with RecordingServer() as server:
        message = HTTPRequest(method="POST", url=server.url, content=JSONContent(text="{}"))
        send_message(message, loopback_policy())
        assert server.request.header("Transfer-Encoding") is None
        assert (server.request.header("Content-Length"), server.request.body) == ("2", b"{}")
