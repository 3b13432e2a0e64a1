"""A WSGI application called in this process gets what a server would give it, and its answer is an answer."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from wsgiref.validate import validator

import pytest
from flask import Flask, Response, request

from playground.messages import BinaryContent, Headers, HTTPRequest
from playground.mount.inside import call_application
from playground.transport.errors import BrokenAnswer

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

app = Flask(__name__)


@app.route("/echo/<path:rest>", methods=["GET", "POST"])
def echo(rest: str) -> Response:
    seen = {
        "method": request.method, "rest": rest, "query": request.args.to_dict(flat=False),
        "body": request.get_data(as_text=True),
        "type": request.content_type, "host": request.host, "header": request.headers.get("X-Header"),
        "cookie": request.cookies.to_dict(),
    }  # fmt: skip
    response = Response(json.dumps(seen), status=201, content_type="application/json")
    response.headers.add("X-Many", "one")
    response.headers.add("X-Many", "two")
    return response


def test_a_message_arrives_whole_and_so_does_the_answer() -> None:
    message = HTTPRequest(
        method="POST",
        url="http://127.0.0.1:8000/echo/a%20b%2Fc/%C3%A9?q=1&q=2",
        headers=Headers.of(
            [("Content-Type", "text/plain"), ("X-Header", "héader"), ("Cookie", "a=1"), ("Cookie", "b=2")]
        ),
        content=BinaryContent(data="Körper".encode()),
    )
    answer = call_application(app, message, 10_000)
    assert (answer.status, answer.reason, answer.truncated) == (201, "CREATED", False)
    assert answer.headers.get_all("x-many") == ("one", "two")
    assert json.loads(answer.body) == {
        "method": "POST", "rest": "a b/c/é", "query": {"q": ["1", "2"]}, "body": "Körper", "type": "text/plain",
        "host": "127.0.0.1:8000", "header": "h\u00c3\u00a9ader", "cookie": {"a": "1", "b": "2"},
    }  # fmt: skip


def test_it_keeps_to_the_rules_of_wsgi() -> None:
    def plain(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [environ["wsgi.input"].read(10)]

    message = HTTPRequest(method="GET", url="http://127.0.0.1:8000/")
    assert call_application(validator(plain), message, 100).body == b""


def test_what_is_larger_than_the_limit_is_cut() -> None:
    def endless(environ: Any, start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [])
        while True:
            yield b"x" * 1000

    answer = call_application(endless, HTTPRequest(method="GET", url="http://127.0.0.1/"), 2500)
    assert (len(answer.body), answer.truncated) == (2500, True)


def test_an_application_that_fails_is_one_sentence_without_its_texts() -> None:
    def broken(environ: Any, start_response: Any) -> Iterable[bytes]:
        raise ValueError("canary-77")

    with pytest.raises(BrokenAnswer) as failed:
        call_application(broken, HTTPRequest(method="GET", url="http://127.0.0.1/"), 100)
    assert "ValueError" in str(failed.value) and "canary-77" not in str(failed.value)
