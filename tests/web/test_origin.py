"""Unsafe methods pass only from our own pages, or with a Flask-WTF token."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

SNIPPET = "/providers/stripe/postcheckoutsessionssession/snippet"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost:81"}, 403),
        ({}, 403),
        ({"HX-Request": "true"}, 403),
    ],
)
def test_who_may_post(stranger: FlaskClient, headers: dict[str, str], status: int) -> None:
    answer = stranger.post(SNIPPET, data={}, headers=headers)
    assert answer.status_code == status
    if status == 403:
        assert "did not come from a page of this site" in answer.text


def test_a_client_without_these_headers_may_bring_a_token(stranger: FlaskClient) -> None:
    token = stranger.get("/csrf").get_json()["csrf_token"]
    assert stranger.post(SNIPPET, data={"csrf_token": token}).status_code == 200
    assert stranger.post(SNIPPET, data={"csrf_token": token + "x"}).status_code == 403


def test_reading_is_free(stranger: FlaskClient) -> None:
    assert stranger.get("/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200
