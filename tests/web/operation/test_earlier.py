"""Links, drafts, kept answers and steps that were made for an earlier description, opened on the new one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from playground.app import create_app
from playground.config import Settings
from playground.imports.earlier import judge
from playground.request.fingerprint import definition_digest
from playground.store import Store, open_store
from tests.imports.test_earlier import document, operation, put

OLD = document(
    {
        "/orders/{id}": {"get": operation("getOrder", "path.id", "query.status", "query.<b>")},
        "/pets": {"get": operation("listPets", "query.kind")},
    }
)
NEW = document(
    {
        "/orders/{order}": {"get": operation("readOrder", "path.order", "query.state")},
        "/pets": {"get": operation("listPets", "query.kind")},
    }
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "catalog.sqlite") as opened:
        put(opened, OLD)
        yield opened


@pytest.fixture
def client(store: Store) -> FlaskClient:
    client = create_app(Settings(catalog=store.path), store).test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    return client


def renew(store: Store, value: dict[str, Any] = NEW) -> str:
    digest = definition_digest(store.entry("shop", "getOrder"))
    before = store.state("shop").number
    put(store, value)
    assert store.state("shop").number == before + 1
    return digest


def opened(client: FlaskClient, **pairs: str) -> BeautifulSoup:
    answer = client.post("/providers/shop/readorder/form", data=pairs, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def inputs(page: BeautifulSoup) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for control in page.select("input[name]"):
        found.setdefault(str(control["name"]), []).append(str(control.get("value", "")))
    return found


def test_a_link_says_what_went_and_offers_what_it_may_be(store: Store, client: FlaskClient) -> None:
    digest = renew(store)
    page = opened(
        client, **{"~from": digest, "path.id": "7", "query.status": "open", "query.<b>": "<script>alert(1)</script>"}
    )
    note = page.select_one("#earlier")
    assert note is not None
    told = " ".join(note.get_text(" ", strip=True).split())
    assert "These values were made for the description before 20" in told
    assert "id is called order now." in told
    assert "status is not described any more, and is sent all the same: open Use it for state" in told
    assert page.select("script") == []
    filled = inputs(page)
    assert filled["path.order"] == ["7"]
    assert filled["query.status"] == ["open"]
    [button] = page.select('button[name="~move"]')
    moved = opened(client, **{name: texts[0] for name, texts in filled.items() if name != "~gone"},
                   **{"~gone": filled["~gone"][0], "~move": str(button["value"])})  # fmt: skip
    filled = inputs(moved)
    assert filled["query.state"] == ["open"]
    assert "query.status" not in filled
    assert filled["path.order"] == ["7"]


def test_a_link_of_now_says_nothing(store: Store, client: FlaskClient) -> None:
    renew(store)
    now = definition_digest(store.entry("shop", "readOrder"))
    for digest in (now, ""):
        assert opened(client, **{"~from": digest, "path.order": "7"}).select("#earlier") == []
    assert opened(client, **{"~from": "0" * 8, "path.order": "7"}).select("#earlier") == []


@pytest.mark.parametrize("text", ["", "x", "9 query.state", "0 query.nosuch", "0", "0 body/x", "-1 query.state"])
def test_a_move_that_was_not_offered_moves_nothing(store: Store, client: FlaskClient, text: str) -> None:
    renew(store)
    gone = json.dumps(["query.status", "open", ["query.state"], True])
    filled = inputs(opened(client, **{"~gone": gone, "~move": text, "query.status": "open"}))
    assert filled["query.status"] == ["open"]
    assert filled["query.state"] == [""]


@pytest.mark.parametrize("text", ["", "[", "[1,2,3,4]", '["a", 1, [2], true]', "{}", '["<i>", "<i>", ["<i>"], 1]'])
def test_a_note_made_by_hand_is_only_text(store: Store, client: FlaskClient, text: str) -> None:
    renew(store)
    assert opened(client, **{"~gone": text, "~gone/renamed": text, "~gone/more": text}).select("i") == []


def test_the_address_of_a_renamed_operation_leads_to_it(store: Store, client: FlaskClient) -> None:
    renew(store)
    for address in ("/providers/shop/getorder", "/embed/providers/shop/getOrder?theme=dark"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer.location.partition("?")[0].endswith("/providers/shop/readorder")
    store_page = client.get("/providers/shop/getorder", follow_redirects=True)
    assert 'data-operation="shop/readorder"' in store_page.text


def test_an_operation_that_was_removed_is_told_of_with_what_it_may_be(store: Store, client: FlaskClient) -> None:
    moved = document({"/v2/orders/{id}": {"get": operation("readOrders", "path.id", "query.status")}})
    renew(store, moved)
    answer = client.get("/providers/shop/getOrder")
    assert answer.status_code == 404
    assert "getorder was removed on 20" in answer.text
    assert 'href="/providers/shop/readorders" data-keeps-hash' in answer.text
    told = client.post("/gateway/tools/shop/getOrder", json={})
    assert told.status_code == 404


def test_the_page_says_when_the_operation_changed_last(store: Store, client: FlaskClient) -> None:
    assert "changed-on" not in client.get("/providers/shop/listpets").text
    value = document({**NEW["paths"], "/pets": {"get": operation("listPets", "query.kind", "query.size", "query.age")}})
    before = store.state("shop").number
    put(store, value)
    page = client.get("/providers/shop/listpets").text
    assert "Changed on 20" in page and "fields" not in page.partition("changed-on")[2].partition("</p>")[0]
    from playground.store import Written

    judge(store, "shop", Written(number=before + 1, before=before))
    put(store, {**value, "info": {"title": "Shop", "version": "2"}})
    page = client.get("/providers/shop/listpets").text
    [link] = BeautifulSoup(page, "html.parser").select(".changed-on a")
    assert " ".join(link.get_text().split()).endswith(": 2 fields")
    address, _, place = str(link["href"]).partition("#")
    assert BeautifulSoup(client.get(address).text, "html.parser").select_one(f"details[id='{place}']") is not None


def test_a_kept_answer_and_a_step_of_an_earlier_version_fill_the_new_form(store: Store, client: FlaskClient) -> None:
    renew(store)
    arguments = json.dumps({"id": "7", "status": "open"})
    page = opened(client, **{"~arguments": arguments})
    assert inputs(page)["path.order"] == ["7"]
    assert page.select("#earlier")
    scenario = {"playground": "scenario", "version": 1, "title": "t", "steps": [
        {"operation": "shop/getorder", "title": "s", "arguments": {"id": "7", "status": "open"}}]}  # fmt: skip
    shown = client.post("/scenarios", data={"scenario": json.dumps(scenario)}).text
    assert "getorder is called readorder since 20" in shown
    assert "query.status is gone, perhaps query.state now" in shown
