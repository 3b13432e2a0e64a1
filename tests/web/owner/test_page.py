"""`/owner`: only with the token, which is in no address, and with numbers only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from playground.app import create_app
from playground.config import Settings
from playground.startup import open_catalog
from playground.web.owner import page as module

TOKEN = "canary-owner-token-0123456789"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    settings = Settings(catalog=tmp_path / "catalog.sqlite", owner_token=TOKEN)
    with open_catalog(settings) as store:
        yield create_app(settings, store)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client


def table(client: FlaskClient, title: str) -> list[list[str]]:
    page = BeautifulSoup(client.get("/owner", headers=BEARER).text, "html.parser")
    rows = page.select(f"section[aria-labelledby={title}] tbody tr")
    return [[" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")] for row in rows]


def test_without_a_token_there_is_no_such_page(tmp_path: Path) -> None:
    settings = Settings(catalog=tmp_path / "catalog.sqlite")
    with open_catalog(settings) as store:
        client = create_app(settings, store).test_client()
        nothing = client.get("/nosuch")
        for address in ("/owner", "/owner/metrics"):
            answer = client.get(address, headers=BEARER)
            assert (answer.status_code, answer.text) == (404, nothing.text)
        client.get("/providers/tour/listplanets")
    assert not list(tmp_path.glob("*owner*"))


def test_operations_are_counted_with_what_became_of_them(client: FlaskClient) -> None:
    operation = "/providers/stripe/postcustomers"
    client.get(operation)
    client.get(operation)
    client.post(f"{operation}/send", data={"server": "sandbox"})
    client.post(f"{operation}/send", data={"server": "http://10.0.0.1"})
    client.post("/gateway/tools/stripe/postcustomers", json={"args": {}, "options": {"server": "sandbox"}})
    [row] = table(client, "operations-title")
    assert row[0] == "stripe postcustomers"
    assert row[1] == "2"
    assert int(row[2]) >= 2
    assert int(row[3]) >= 2
    metrics = client.get("/owner/metrics", headers=BEARER)
    assert 'playground_operation_total{api="stripe",operation="postcustomers",what="opened"} 2.0' in metrics.text
    assert metrics.headers["Cache-Control"] == "no-store"


def test_words_that_recur_are_shown_with_those_not_found(app: Flask, client: FlaskClient) -> None:
    for at in range(8):
        reader = {"REMOTE_ADDR": f"192.0.2.{at}"}
        for query in ("zebrafish", "zebra", "customer", f"ada@example.com {at}"):
            client.get("/search", query_string={"q": query}, environ_overrides=reader)
            client.get("/providers", query_string={"q": query}, environ_overrides=reader)
    client.get("/search?q=lonelyword")
    missing = table(client, "missing-title")
    assert [row[0] for row in missing] == ["zebrafish"]
    assert int(missing[0][2]) >= 3
    assert "customer" in [row[0] for row in table(client, "words-title")]
    written = b"".join(path.read_bytes() for path in app.extensions["owner"].counts.path.parent.glob("*owner*"))
    for private in (b"lonelyword", b"example", b"192.0.2"):
        assert private not in written


def test_a_browser_signs_in_by_a_form_and_out_again(client: FlaskClient) -> None:
    page = client.get("/owner")
    assert page.status_code == 200
    assert 'type="password"' in page.text and "opened" not in page.text
    answer = client.post("/owner", data={"token": TOKEN})
    assert answer.status_code == 303
    cookie = answer.headers["Set-Cookie"]
    assert TOKEN not in cookie and TOKEN not in answer.location
    for word in ("HttpOnly", "SameSite=Strict", "Path=/owner"):
        assert word in cookie
    shown = client.get("/owner?days=7")
    assert "Operations" in shown.text and TOKEN not in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    client.post("/owner/out")
    assert 'type="password"' in client.get("/owner").text


@pytest.mark.parametrize(
    "cookie", ["", ".", "9999999999.", "9999999999.0000", f"9999999999.{TOKEN}", "x.y", "99999999999999999.z", "é.é"]
)
def test_a_cookie_made_by_hand_shows_nothing(app: Flask, cookie: str) -> None:
    client = app.test_client()
    client.set_cookie(module.COOKIE, cookie, path="/owner")
    assert 'type="password"' in client.get("/owner").text
    assert client.get("/owner/metrics").status_code == 401


def test_a_cookie_ends(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS", -1)
    ended = client.post("/owner", data={"token": TOKEN}).headers["Set-Cookie"].partition("=")[2].partition(";")[0]
    other = app.test_client()
    other.set_cookie(module.COOKIE, ended, path="/owner")
    assert 'type="password"' in other.get("/owner").text


def test_wrong_tokens_are_refused_and_not_for_ever_listened_to(client: FlaskClient) -> None:
    for address in (f"/owner?token={TOKEN}", f"/owner/metrics?token={TOKEN}"):
        assert "Operations" not in client.get(address).text
    assert client.get("/owner/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert client.get("/owner", headers={"Authorization": f"Basic {TOKEN}"}).status_code == 401
    answer = client.post("/owner", data={"token": "wrong"})
    assert answer.status_code == 403 and "That is not the token" in answer.text
    statuses = [client.post("/owner", data={"token": f"wrong {at}"}).status_code for at in range(12)]
    assert statuses[-1] == 429
    stranger = client.post("/owner", data={"token": TOKEN}, headers={"Sec-Fetch-Site": "cross-site"})
    assert stranger.status_code == 403
