"""The sandbox on an operation's page: one address for page, snippet and any client, outcomes, data, reset."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from playground.app import create_app
from playground.config import Settings
from playground.store import Store, open_store
from tests.sandbox.clients import written
from tests.support.pages import HTMX, browser_of, document, get, one, opened, parsed, site_of, words
from tests.support.servers import RecordingServer, http_answer
from tests.web.test_sandbox_api import save

PAGE = "/providers/shop/createcustomer"
READ = "/providers/shop/readcustomer"
ADDRESS = "http://localhost/sandbox/shop"
SENT = {"server": "sandbox", "body/email": "ada@example.com", "target": "shell_curl", "via": "direct"}


@pytest.fixture
def site(tmp_path: Path, bundled_store: Store) -> Iterator[Flask]:
    store = open_store(tmp_path / "catalog.sqlite")
    save(store, "shop", written("shop"))
    app = create_app(Settings(catalog=tmp_path / "catalog.sqlite"), store)
    yield app
    store.close()


@pytest.fixture
def visitor(site: Flask) -> FlaskClient:
    return browser_of(site)


def ask(client: FlaskClient, action: str, visitor: str = "ada", page: str = PAGE, **fields: str) -> BeautifulSoup:
    headers = {**HTMX, **({"Playground-Visitor": visitor} if visitor else {})}
    named = {name.replace("__", "~").replace("_o_", "-"): text for name, text in fields.items()}
    answer = client.post(f"{page}/{action}", data={**SENT, **named}, headers=headers)
    assert answer.status_code == 200, answer.text[:1000]
    return parsed(answer.text)


def made(client: FlaskClient, visitor: str = "ada") -> str:
    """Make a customer on the page and return its key."""
    assert "201" in words(ask(client, "send", visitor))
    shown = client.get("/sandbox/shop/~data", headers={"Playground-Visitor": visitor}).json
    assert shown is not None
    return str(shown["collections"]["/customers"][0]["id"])


def test_url_and_snippet_are_those_of_the_address(visitor: FlaskClient) -> None:
    page = ask(visitor, "snippet", "")
    assert words(one(page, "#live-url")) == f"POST {ADDRESS}/customers"
    code = one(page, "#snippet").get_text()
    assert f"{ADDRESS}/customers" in code
    assert "Playground-Visitor" not in code
    assert "sandbox.invalid" not in str(page)


def test_a_snippet_names_who_made_the_things_and_the_outcome(visitor: FlaskClient) -> None:
    code = one(ask(visitor, "snippet", __prefer="code=409", __prefer_o_more="seed=7"), "#snippet").get_text()
    assert "Playground-Visitor: ada" in code
    assert "Prefer: code=409, seed=7" in code
    other = one(ask(visitor, "snippet", server="https://shop.example.com", __prefer="code=409"), "#snippet").get_text()
    assert "Prefer" not in other
    assert "Playground-Visitor" not in other


def test_a_key_that_is_no_header_field_is_left_out(visitor: FlaskClient) -> None:
    answer = visitor.post(f"{PAGE}/snippet", data={**SENT, "~prefer-more": "seed=7\r\nX-Injected: 1"}, headers=HTMX)
    assert "X-Injected" not in answer.text
    assert answer.status_code == 200


def test_the_first_page_has_no_key_and_names_the_address(client: FlaskClient) -> None:
    page = get(client, "/providers/stripe/postcustomers", **{"Playground-Visitor": "ada-lovelace"})
    assert one(page, "#live-url")["title"] == "http://localhost/sandbox/stripe/v1/customers"
    assert words(one(page, ".sandbox-bar .note code")) == "http://localhost/sandbox/stripe"
    assert "ada-lovelace" not in str(page)
    other = client.get("/providers/stripe/postcustomers", base_url="http://127.0.0.1")
    assert "http://127.0.0.1/sandbox/stripe/v1/customers" in other.text
    assert "http://localhost" not in other.text


def test_outcomes_are_those_of_the_description_and_then_trouble(visitor: FlaskClient) -> None:
    listed = [str(option["value"]) for option in ask(visitor, "servers", page=READ).select("#sandbox-outcome option")]
    assert listed[0] == ""
    assert {"code=404", "example=ada", "example=grace", "dynamic=true", "failure=timeout"} <= set(listed)
    shown = ask(visitor, "send", page=READ, **{"path.customer_id": "x"}, __prefer="code=404")
    assert "404" in words(one(shown, ".status-line"))
    named = ask(visitor, "send", page=READ, **{"path.customer_id": "x"}, __prefer="example=grace")
    assert "grace@example.com" in named.get_text()


def test_what_is_sent_from_the_page_is_kept_and_shown(visitor: FlaskClient) -> None:
    key = made(visitor)
    data = ask(visitor, "sandbox", __sandbox="data")
    assert "/customers" in words(data)
    assert key in words(data)
    kept = json.loads(one(data, "#sandbox-data-set").get_text())
    assert [thing["id"] for thing in kept["collections"]["/customers"]] == [key]
    assert "ada@example.com" in ask(visitor, "send", page=READ, **{"path.customer_id": key}).get_text()
    assert key not in str(ask(visitor, "sandbox", "grace", __sandbox="data"))


def test_reset_forgets_what_one_visitor_made(visitor: FlaskClient) -> None:
    key, other = made(visitor), made(visitor, "grace")
    after = ask(visitor, "sandbox", __sandbox="reset")
    assert key not in str(after)
    assert "forgotten" in words(after)
    assert other in str(ask(visitor, "sandbox", "grace", __sandbox="data"))


def test_a_data_set_is_loaded_by_link_unless_something_is_there(site: Flask, visitor: FlaskClient) -> None:
    state = site.extensions["playground"].calls.sandbox.state
    things = {"collections": {"/customers": [{"id": "cus_demo", "email": "demo@example.com"}]}}
    state.save_dataset("shop", "demo", json.dumps(things).encode())
    fresh = ask(visitor, "sandbox", __sandbox="offer:demo")
    assert "cus_demo" in str(fresh)
    key = made(visitor, "grace")
    offered = ask(visitor, "sandbox", "grace", __sandbox="offer:demo")
    assert key in str(offered)
    assert "cus_demo" not in str(offered)
    button = one(offered, "button[value='load:demo']")
    assert "cus_demo" in str(ask(visitor, "sandbox", "grace", __sandbox=str(button["value"])))
    assert "no data set of that name" in words(ask(visitor, "sandbox", __sandbox="load:none"))


def test_without_a_key_nothing_is_kept_and_the_page_says_so(visitor: FlaskClient) -> None:
    assert "no key" in words(ask(visitor, "sandbox", "", __sandbox="data"))
    assert "201" in words(ask(visitor, "send", ""))
    assert visitor.get("/sandbox/shop/~data").json == {"provider": "shop", "collections": {}}


def test_what_strangers_wrote_is_text_on_the_page(visitor: FlaskClient) -> None:
    answer = visitor.post("/sandbox/shop/customers", json={"email": "a@example.com", "name": "<img src=x onerror=1>"},
                          headers={"X-Key": "k", "Playground-Visitor": "ada"})  # fmt: skip
    assert answer.status_code in (201, 422)
    assert not ask(visitor, "sandbox", __sandbox="data").select("img")


CANARY = "sk_canary_4711_recorded"


def test_a_real_answer_is_kept_as_the_sandboxs_without_its_secrets(tmp_path: Path) -> None:
    real = {"id": 7, "name": "the real one", "access_token": "tok_canary_4712", "echo": f"Bearer {CANARY}"}
    described = {"/things/{id}": {"get": {
        "operationId": "thing", "responses": {"200": {"description": "ok"}}, "security": [{"token": []}],
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}],
    }}}  # fmt: skip
    schemes = {"token": {"type": "http", "scheme": "bearer"}}
    with RecordingServer(http_answer(real)) as api:
        api_document = document(described, server=api.url, schemes=schemes)
        with site_of(tmp_path, {"things": api_document}, private_networks=opened(api.port)) as app:
            client, page = browser_of(app), "/providers/things/thing"
            headers = {**HTMX, "Playground-Visitor": "ada"}
            credential = json.dumps({"credential": {"type": "bearer_token", "token": CANARY}})
            form = {"server": api.url, "path.id": "7", "credential": credential}
            shown = parsed(client.post(f"{page}/send", data=form, headers=headers).text)
            assert "the real one" in shown.get_text()
            keep = one(shown, "form[data-sandbox]")
            token = str(one(keep, "[name=answer]")["value"])
            said = client.post(f"{page}/sandbox", data={"answer": token, "~sandbox": "keep"}, headers=headers)
            assert "same request" in said.text
            asked = {"Authorization": "Bearer other", "Playground-Visitor": "ada"}
            answer = client.get("/sandbox/things/things/7", headers=asked)
            assert answer.json is not None
            assert answer.json["name"] == "the real one"
            kept = client.get("/sandbox/things/~data", headers=asked).text
            assert "the real one" in kept
            for secret in (CANARY, "tok_canary_4712"):
                assert secret not in answer.text
                assert secret not in kept
            other = client.get("/sandbox/things/things/7", headers={**asked, "Playground-Visitor": "grace"})
            assert "the real one" not in other.text
            assert "GET /things/7" in client.post(f"{page}/sandbox", data={"~sandbox": "data"}, headers=headers).text


def test_an_answer_that_is_gone_cannot_be_kept(visitor: FlaskClient) -> None:
    headers = {**HTMX, "Playground-Visitor": "ada"}
    assert visitor.post(f"{PAGE}/sandbox", data={"answer": "x", "~sandbox": "keep"}, headers=headers).status_code == 404
