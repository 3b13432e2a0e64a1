from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from playground.answers.record import write_record
from tests.answers.test_record import RECORD
from tests.support.pages import one, post, value_of, words
from tests.support.servers import RecordingServer, http_answer
from tests.web.kept.conftest import CANARY

Send = Callable[..., str]
FIRST = {"id": "1", "at": 1, "items": [{"id": "a", "seen": 1}, {"id": "b", "seen": 2}], "tags": ["x", "y"]}
SECOND = {"id": "1", "at": 2, "items": [{"id": "a", "seen": 3}, {"id": "b", "seen": 4}], "tags": ["y", "x"]}


def changed(page: BeautifulSoup) -> list[str]:
    return [words(row) for row in page.select(".changes .where code")]


@pytest.mark.parametrize("htmx", [True, False])
def test_two_answers_differ_member_by_member(client: FlaskClient, sent: Send, htmx: bool) -> None:
    page = post(client, "/answers/compare", {"before": sent(FIRST), "after": sent(SECOND)}, htmx=htmx)
    assert changed(page) == ["/at", "/items/0/seen", "/items/1/seen", "/tags/0", "/tags/1"]
    row = one(page, ".changes li:first-child")
    assert [words(one(row, side)) for side in ("del", "ins")] == ["1", "2"]


def test_what_always_differs_is_left_out_by_a_press_and_comes_back_by_another(client: FlaskClient, sent: Send) -> None:
    form: dict[str, Any] = {"before": sent(FIRST), "after": sent(SECOND), "unordered": "on"}
    page = post(client, "/answers/compare", form)
    assert changed(page) == ["/at", "/items/0/seen", "/items/1/seen"]
    button = page.select('.changes button[name="ignore"]')[1]
    page = post(client, "/answers/compare", {**form, "ignore": str(button["value"])})
    assert changed(page) == ["/at"]
    assert words(one(page, ".ignored code")) == "/items/*/seen"
    page = post(client, "/answers/compare", {**form, "ignored": "/items/*/seen", "ignore": "/at"})
    assert "The content is the same." in words(page)
    page = post(client, "/answers/compare", {**form, "ignored": ["/items/*/seen", "/at"], "notice": "/at"})
    assert changed(page) == ["/at"]


def test_records_of_the_history_are_compared(client: FlaskClient) -> None:
    before, after = replace(RECORD, body=b'{"a":1}'), replace(RECORD, body=b'{"a":2}', status=404)
    form = {"before_record": write_record(before), "after_record": write_record(after)}
    page = post(client, "/answers/compare", form, htmx=False)
    assert changed(page) == ["/a"]
    assert "404" in words(one(page, ".sides"))
    again = {name: str(one(page, f'.comparison input[name="{name}"]')["value"]) for name in ("before", "after")}
    assert changed(post(client, "/answers/compare", again)) == ["/a"]


def test_texts_are_compared_line_by_line(client: FlaskClient) -> None:
    before, after = (replace(RECORD, body=text, content_type="text/plain") for text in (b"one\ntwo\n", b"one\nthree\n"))
    form = {"before_record": write_record(before), "after_record": write_record(after)}
    page = post(client, "/answers/compare", form)
    lines = one(page, ".comparison pre").get_text().splitlines()
    assert "-two" in lines
    assert "+three" in lines


def test_an_answer_is_compared_with_the_documented_example(client: FlaskClient, sent: Send) -> None:
    page = post(client, "/answers/compare", {"after": sent({"id": "1", "more": True}), "with": "example"})
    assert changed(page) == ["/documented", "/more"]
    assert "Documented example of 200" in words(one(page, ".sides"))


def test_an_answer_is_compared_with_the_sandbox(client: FlaskClient, sent: Send, api: RecordingServer) -> None:
    token = sent({"id": "other"})
    asked = len(api.requests)
    page = post(client, "/answers/compare", {"after": token, "with": "sandbox"})
    assert "Answer of the sandbox" in words(one(page, ".sides"))
    assert "/documented" in changed(page)
    assert len(api.requests) == asked, "the sandbox answers alone"


@pytest.mark.parametrize("htmx", [True, False])
def test_a_send_is_compared_with_an_earlier_answer(
    client: FlaskClient, sent: Send, api: RecordingServer, htmx: bool
) -> None:
    token = sent(FIRST)
    api.answer = http_answer(SECOND)
    form = {"path.id": "7", "~compare": token, "gateway_url": "http://localhost/gateway"}
    page = post(client, "/providers/shop/order/send", form, htmx=htmx)
    assert "/at" in changed(page)
    assert words(one(page, "#response .pill")) == "200 OK"
    if not htmx:
        assert value_of(page, "path.id") == "7"
    plain = post(client, "/providers/shop/order/send", {**form, "~compare": "gone"}, htmx=htmx)
    assert not plain.select(".comparison")


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "press Send again"),
        ({"before": "x", "after": "y"}, "press Send again"),
        ({"before_record": "{}", "after_record": "[]"}, "no support bundle"),
    ],
)
def test_what_cannot_be_compared_is_a_sentence(client: FlaskClient, form: dict[str, str], sentence: str) -> None:
    assert sentence in words(one(post(client, "/answers/compare", form), "[role=alert]"))


def test_without_an_example_that_is_said(client: FlaskClient, sent: Send, api: RecordingServer) -> None:
    api.answer = http_answer({}, status="404 Not Found")
    pane = post(client, "/providers/shop/order/send", {"path.id": "7", "gateway_url": "http://localhost/gateway"})
    token = str(one(pane, '#answer-save input[name="answer"]')["value"])
    page = post(client, "/answers/compare", {"after": token, "with": "example"})
    assert "has no example" in words(one(page, "[role=alert]"))


def test_no_secret_of_the_visitor_is_in_what_differs(client: FlaskClient, sent: Send) -> None:
    page = post(client, "/answers/compare", {"before": sent(FIRST), "after": sent({"echo": CANARY})})
    assert CANARY not in str(page)
