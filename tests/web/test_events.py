"""Composing events: filled from the sandbox, signed, shown as a request, sent to loopback on a local site only."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from playground.app import create_app
from playground.config import Settings
from playground.store import Store, open_store
from tests.sandbox.clients import written
from tests.support.pages import HTMX, browser_of, get, one, parsed, words
from tests.support.servers import RecordingServer, http_answer
from tests.web.test_sandbox_api import save

WEBHOOK = "/events/orders?webhook=order.created"
CALLBACK = "/events/orders?operation=createorder&callback=shipped&method=POST"
SECRET = "whsec_canary_4711"


@pytest.fixture
def store(tmp_path: Path, bundled_store: Store) -> Iterator[Store]:
    made = open_store(tmp_path / "catalog.sqlite")
    save(made, "orders", written("orders"))
    yield made
    made.close()


def browser(store: Store, *, local: bool) -> FlaskClient:
    return browser_of(create_app(Settings(catalog=store.path, local=local), store))


@pytest.fixture
def local(store: Store) -> FlaskClient:
    return browser(store, local=True)


@pytest.fixture
def hosted(store: Store) -> FlaskClient:
    return browser(store, local=False)


def post(client: FlaskClient, path: str = WEBHOOK, **fields: str) -> BeautifulSoup:
    data = {name.replace("do_", "~do"): text for name, text in fields.items()}
    answer = client.post(path, data=data, headers={**HTMX, "Playground-Visitor": "ada"})
    assert answer.status_code == 200, answer.text[:500]
    return parsed(answer.text)


def content(page: BeautifulSoup) -> str:
    return one(page, "textarea").get_text().removeprefix("\n")


def test_webhooks_and_callbacks_lead_to_where_they_are_composed(local: FlaskClient) -> None:
    assert str(get(local, "/providers/orders").select(".outgoing a.button")[0]["href"]) == WEBHOOK
    link = one(get(local, "/providers/orders/createorder"), ".outgoing a.button")
    assert str(link["href"]) == CALLBACK
    assert "An order was shipped" in words(get(local, CALLBACK))


def test_an_event_is_filled_from_what_the_visitor_made(local: FlaskClient) -> None:
    made = local.post("/sandbox/orders/orders", json={"item": "a mug"}, headers={"Playground-Visitor": "ada"}).json
    assert json.loads(content(post(local)))["data"]["object"] == made
    assert json.loads(content(post(local, CALLBACK)))["order"] == made
    stranger = parsed(local.post(WEBHOOK, headers={**HTMX, "Playground-Visitor": "grace"}).text)
    assert json.loads(content(stranger))["data"]["object"] != made


def test_it_is_signed_and_sent_to_loopback_on_a_local_site(local: FlaskClient) -> None:
    with RecordingServer(http_answer({"taken": True})) as server:
        text = content(post(local))
        page = post(local, do_="send", url=f"{server.url}/hooks?a=1", body=text, secret=SECRET)
        assert "200 OK" in words(page), words(page)
        assert '"taken"' in words(page)
        [sent] = server.requests
        assert sent.target == "/hooks?a=1"
        expected = "sha256=" + hmac.new(SECRET.encode(), sent.body, hashlib.sha256).hexdigest()
        assert sent.header("X-Orders-Signature-256") == expected
        assert sent.header("X-Orders-Event") == "order"
        assert json.loads(sent.body) == json.loads(text)
        assert SECRET not in str(page)
        assert expected in str(page), "the request and the command show the signature"


def test_a_hosted_site_sends_to_no_address_that_is_typed(hosted: FlaskClient) -> None:
    with RecordingServer(http_answer({})) as server:
        page = post(hosted, do_="send", url=f"{server.url}/hooks", body="{}")
        assert server.requests == []
        assert one(page, ".notice")
        assert f"{server.url}/hooks" in page.select("details pre")[-1].get_text(), "it can be sent by hand"


@pytest.mark.parametrize("url", ["ftp://x", "javascript:alert(1)", "localhost", "http://", "http://a b/", "http://[::"])
def test_what_is_no_address_is_said(local: FlaskClient, url: str) -> None:
    assert "is no address" in words(one(post(local, do_="send", url=url, body="{}"), ".notice"))


def test_nothing_is_sent_without_an_address(local: FlaskClient) -> None:
    assert "Say where" in words(one(post(local, do_="send", url="", body="{}"), ".notice"))


@pytest.mark.parametrize(
    "path",
    ["/events/none?webhook=x", "/events/orders?webhook=none", "/events/orders", "/events/orders?operation=none",
     "/events/orders?operation=createorder&callback=none&method=POST"],
)  # fmt: skip
def test_an_event_that_is_not_there_is_not_found(local: FlaskClient, path: str) -> None:
    assert local.get(path).status_code == 404


def test_a_stranger_cannot_make_a_browser_send_one(store: Store) -> None:
    client = create_app(Settings(catalog=store.path, local=True), store).test_client()
    answer = client.post(WEBHOOK, data={"~do": "send", "url": "http://127.0.0.1:1/"},
                         headers={"Sec-Fetch-Site": "cross-site"})  # fmt: skip
    assert answer.status_code == 403


def test_the_data_of_the_sandbox_lists_the_events_that_were_caused(local: FlaskClient) -> None:
    local.post("/sandbox/orders/orders", json={"item": "a mug"}, headers={"Playground-Visitor": "ada"})
    data = post(local, "/providers/orders/createorder/sandbox", **{"~sandbox": "data", "server": "sandbox"})
    listed = one(data, "#sandbox-data > details")
    assert [str(link["href"]) for link in listed.select("a")] == [CALLBACK, WEBHOOK]
    assert [words(code) for code in listed.select("code")] == ["shipped", "order.created"]
