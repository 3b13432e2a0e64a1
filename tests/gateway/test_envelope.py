"""Answers on the wire: data to the last digit, facts for our own clients, failures as one sentence."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from playground.gateway.answer import Answer
from playground.gateway.envelope import write_answer
from playground.messages import Headers, HTTPRequest, HTTPResponse

JSON = "application/json"


def answer(body: bytes, media_type: str = JSON, status: int = 200, reason: str = "OK", **changes: Any) -> Answer:
    response = HTTPResponse(
        status=status, reason=reason, headers=Headers((("Content-Type", media_type), ("X-A", "1"), ("X-A", "2"))),
        body=body, timings=(("dns", 1.23456), ("total", 9.0)), **changes,
    )  # fmt: skip
    request = HTTPRequest(method="POST", url="https://api.example.com/v1?key=•••")
    return Answer(request=request, response=response, request_id="r1", duration_ms=12.3456)


def test_data_is_the_apis_json_to_the_last_digit() -> None:
    text = b'{"n": 1.0, "big": 123456789012345678901234567890, "e": 1E5, "z": 0.10, "t": "\\u00e9"}'
    status, body = write_answer(answer(text), own=False)
    assert status == 200
    assert body.startswith(b'{"data":' + text + b',"meta":{')
    meta = json.loads(body)["meta"]
    assert (meta["requestId"], meta["durationMs"]) == ("r1", 12.346)
    assert meta["upstream"]["timings"] == {"dns": 1.235, "total": 9.0}
    assert meta["upstream"]["headers"] == [["Content-Type", JSON], ["X-A", "1"], ["X-A", "2"]]
    assert set(json.loads(body)) == {"data", "meta"}
    assert "body" not in meta["upstream"]


@pytest.mark.parametrize(
    ("body", "media_type", "data"),
    [
        (b"hello", "text/plain", "hello"),
        (b"caf\xe9", "text/plain; charset=ISO-8859-1", "café"),
        (b"\xff\xfe\x00", "application/octet-stream", "��\x00"),
        (b'{"a":', JSON, '{"a":'),
        (b'\xef\xbb\xbf{"a":1}', "application/problem+json", {"a": 1}),
        (b"[1]", "text/plain", "[1]"),
        (b"null", JSON, None),
    ],
)
def test_data_that_is_not_json_is_text(body: bytes, media_type: str, data: Any) -> None:
    assert json.loads(write_answer(answer(body, media_type), own=False)[1])["data"] == data


@pytest.mark.parametrize("status", [200, 204, 205])
def test_an_answer_without_content_has_no_data(status: int) -> None:
    _, body = write_answer(answer(b"" if status == 200 else b"x", status=status), own=False)
    assert set(json.loads(body)) == {"meta"}


@pytest.mark.parametrize("status", [404, 500, 302])
def test_an_apis_failure_is_a_500_with_its_text_for_others_and_an_answer_for_us(status: int) -> None:
    failed = answer(b'{"error":{"code":"x"}}', status=status, reason="Not Found")
    code, body = write_answer(failed, own=False)
    assert code == 500
    assert json.loads(body) == {"error": f'Request failed: {status} Not Found\n{{"error":{{"code":"x"}}}}'}
    code, body = write_answer(failed, own=True)
    assert code == 200
    value = json.loads(body)
    assert value["data"] == {"error": {"code": "x"}}
    upstream = value["meta"]["upstream"]
    assert (upstream["status"], upstream["reason"], upstream["method"]) == (status, "Not Found", "POST")
    assert upstream["url"] == "https://api.example.com/v1?key=•••"
    assert base64.b64decode(upstream["body"]) == b'{"error":{"code":"x"}}'


def test_our_own_failure_is_one_string() -> None:
    assert write_answer(Answer(error="No.", status=502), own=False) == (502, b'{"error":"No."}')


def test_our_own_client_is_told_how_far_the_call_came() -> None:
    given = Answer(error="No.", status=400, step="request", field="path.id", request_id="r1", duration_ms=1.5)
    status, body = write_answer(given, own=True)
    assert (status, json.loads(body)) == (
        400,
        {"error": "No.", "meta": {"requestId": "r1", "durationMs": 1.5, "step": "request", "field": "path.id"}},
    )
