from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from playground.answers.record import write_record
from playground.web.kept.shown import request_text, time_text
from tests.answers.test_record import RECORD
from tests.support.pages import one, post, value_of, words
from tests.web.kept.test_routes import ANSWER

Send = Callable[..., str]


def test_a_record_from_the_history_is_a_pane_that_can_be_asked_again(client: FlaskClient, sent: Send) -> None:
    record = client.post("/answers/record", data={"answer": sent(ANSWER)}).text
    pane = post(client, "/answers/open", {"record": record, "from": "history"})
    assert "This answer came on 20" in words(one(pane, ".kept-note"))
    token = str(one(pane, '#answer-save input[name="answer"]')["value"])
    again = client.post("/answers/record", data={"answer": token}).text
    assert json.loads(again)["response"]["body"] == json.loads(record)["response"]["body"]
    assert json.loads(again)["at"] == json.loads(record)["at"]


def test_a_file_names_no_server_that_the_description_does_not(client: FlaskClient) -> None:
    hostile = replace(RECORD, provider="shop", operation="order", arguments={"id": "1"}, server="https://evil.example")
    page = post(client, "/answers/open", {"file": (io.BytesIO(write_record(hostile).encode()), "b")}, htmx=False)
    assert "evil.example" not in value_of(page, "server")
    assert "The description has changed since." in words(one(page, ".kept-note"))


@pytest.mark.parametrize(
    ("at", "text"),
    [
        ("2026-11-30T10:00:00.123Z", "2026-11-30 10:00:00 UTC"),
        ("", ""),
        ("yesterday", "yesterday"),
        ("x" * 99, "x" * 40),
    ],
)
def test_a_time_is_read_or_left_as_it_is(at: str, text: str) -> None:
    assert time_text(at) == text


def test_a_request_is_written_as_http_writes_it() -> None:
    text = request_text(replace(RECORD, request_body="a=1"))
    assert text == "GET /v1/customers?limit=1 HTTP/1.1\nHost: api.example.com\nAccept: application/json\n\na=1"
    assert request_text(replace(RECORD, url="", request_headers=())) == "GET\n"
