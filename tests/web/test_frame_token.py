"""A form in a frame without an origin posts with the token of the page for frames, and with nothing else."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from playground.web.security import frame_token
from tests.web.pages import UPDATE, get, one

SNIPPET = f"{UPDATE}/snippet"
NAME = "stripe/postcheckoutsessionssession"
DAY = 86_400
NULL = {"Origin": "null", "Sec-Fetch-Site": "cross-site", "HX-Request": "true"}


def token_of(client: FlaskClient, path: str = UPDATE) -> str:
    return str(one(get(client, f"/embed{path}"), 'input[name="~frame"]')["value"])


def test_a_sandboxed_frame_may_post_and_read_the_answer(stranger: FlaskClient) -> None:
    answer = stranger.post(SNIPPET, data={"~frame": token_of(stranger), "path.session": "cs_1"}, headers=NULL)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "null"
    assert "HX-Retarget" in answer.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "cs_1" in answer.text


def test_the_browser_may_ask_first(stranger: FlaskClient) -> None:
    answer = stranger.options(SNIPPET, headers={"Origin": "null", "Access-Control-Request-Method": "POST"})
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "null"
    assert "HX-Request" in answer.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("token", ["", "0" * 40, "another"])
def test_without_the_token_it_is_refused(stranger: FlaskClient, token: str) -> None:
    given = token_of(stranger, "/providers/tour/ping") if token == "another" else token
    assert stranger.post(SNIPPET, data={"~frame": given}, headers=NULL).status_code == 403


def test_the_token_helps_no_page_that_has_an_origin(stranger: FlaskClient) -> None:
    headers = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    answer = stranger.post(SNIPPET, data={"~frame": token_of(stranger)}, headers=headers)
    assert answer.status_code == 403
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("path", ["/", UPDATE, f"/embed{UPDATE}", "/catalog/index.json", "/gateway/health", "/csrf"])
def test_no_page_can_be_read_from_a_frame_without_an_origin(stranger: FlaskClient, path: str) -> None:
    assert "Access-Control-Allow-Origin" not in stranger.get(path, headers={"Origin": "null"}).headers


def test_the_page_of_the_site_itself_holds_no_token(stranger: FlaskClient) -> None:
    assert not get(stranger, UPDATE).select('[name="~frame"]')


def test_a_token_is_of_one_day_and_accepted_on_the_next(
    app: Flask, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        token = frame_token(NAME, now=100 * DAY)
        assert frame_token(NAME, now=101 * DAY - 1) == token
        assert frame_token(NAME, now=101 * DAY) != token
        assert frame_token("tour/ping", now=100 * DAY) != token
    for day, status in [(100, 200), (101, 200), (102, 403), (99, 403)]:
        monkeypatch.setattr("playground.web.security.time.time", lambda day=day: day * DAY + 5.0)
        assert stranger.post(SNIPPET, data={"~frame": token}, headers=NULL).status_code == status
