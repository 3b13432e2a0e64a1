from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.support.pages import browser_of, document, get, one, opened, post, site_of, value_of, words
from tests.support.servers import RecordingServer, http_answer

ANSWER = {"object": "list", "has_more": True, "data": [
    {"object": "customer", "id": "cus_1", "order_id": 3, "name": "Ada\n\"x\"", "session_token": "canary-secret-9"},
    {"object": "customer", "id": "cus_2", "big": 12345678901234567890, "active": True}]}  # fmt: skip


def query(name: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": {"type": "string", **schema}}


PATHS: dict[str, Any] = {
    "/customers": {
        "get": {
            "operationId": "list",
            "parameters": [query("limit"), query("starting_after"), query("ending_before")],
            "responses": {"200": {"description": "", "links": {
                "first": {"operationId": "show", "parameters": {"customer": "$response.body#/data/0/id"}},
                "nowhere": {"operationId": "nothing"},
            }}},
        }
    },
    "/customers/{customer}": {
        "get": {
            "operationId": "show",
            "summary": "Show a customer",
            "parameters": [{"name": "customer", "in": "path", "required": True, "schema": {"type": "string"}}],
        }
    },
    "/orders/{id}": {
        "get": {
            "operationId": "order",
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}],
        }
    },
}  # fmt: skip


@pytest.fixture
def api() -> Iterator[RecordingServer]:
    with RecordingServer(http_answer(ANSWER)) as server:
        yield server


@pytest.fixture
def client(tmp_path: Path, api: RecordingServer) -> Iterator[FlaskClient]:
    settings: dict[str, Any] = {"private_networks": opened(api.port), "answers": tmp_path / "answers"}
    with site_of(tmp_path, {"shop": document(PATHS, server=api.url)}, **settings) as app:
        yield browser_of(app)


@pytest.fixture
def token(client: FlaskClient) -> str:
    pane = post(client, "/providers/shop/list/send", {"query.limit": "2"})
    return str(one(pane, '#answer-save input[name="answer"]')["value"])


@pytest.mark.parametrize("place", [{"address": "2.0.1"}, {"pointer": "/data/0/id"}, {"pointer": "data/0/id"}])
@pytest.mark.parametrize("htmx", [True, False])
def test_a_value_says_where_it_is_and_where_it_fits(
    client: FlaskClient, token: str, place: dict[str, str], htmx: bool
) -> None:
    card = post(client, "/answers/value", {"answer": token, **place}, htmx=htmx)
    assert one(card, "#handle-value").get_text() == "cus_1"
    assert one(card, "#handle-pointer").get_text() == "/data/0/id"
    assert one(card, "#handle-path").get_text() == "$['data'][0]['id']"
    use = one(card, ".uses form")
    assert "Show a customer as customer in the path" in words(use)
    assert use["action"] == "/providers/shop/show/form"
    assert use.has_attr("data-sends")


def test_a_use_opens_the_other_form_filled_in_without_a_script(client: FlaskClient, token: str) -> None:
    card = post(client, "/answers/value", {"answer": token, "pointer": "/data/0/id"})
    use = one(card, ".uses form")
    fields = {str(field["name"]): str(field["value"]) for field in use.select("input")}
    page = post(client, str(use["action"]), fields, htmx=False)
    assert value_of(page, "path.customer") == "cus_1"


def test_an_identifier_that_is_a_number_fits_by_the_name_of_its_thing(client: FlaskClient, token: str) -> None:
    card = post(client, "/answers/value", {"answer": token, "pointer": "/data/0/order_id"})
    assert one(card, '.uses input[name="~arguments"]')["value"] == '{"id":3}'


@pytest.mark.parametrize(
    ("pointer", "text"),
    [
        ("/data/0/name", 'Ada\n"x"'), ("/data/1/big", "12345678901234567890"), ("/data/1/active", "true"),
        ("/has_more", "true"), ("/data/1", '{"object": "customer", "id": "cus_2"'),
    ],
)  # fmt: skip
def test_a_value_is_copied_as_it_is_spelled(client: FlaskClient, token: str, pointer: str, text: str) -> None:
    card = post(client, "/answers/value", {"answer": token, "pointer": pointer})
    assert one(card, "#handle-value").get_text().startswith(text)


def test_a_secret_is_used_nowhere(client: FlaskClient, token: str) -> None:
    card = post(client, "/answers/value", {"answer": token, "pointer": "/data/0/session_token"})
    assert not card.select(".uses")


@pytest.mark.parametrize(
    "place", [{"pointer": "/nothing"}, {"address": "9.9"}, {"address": "x"}, {"pointer": "/data/x"}]
)
def test_a_place_that_is_not_there_is_a_sentence(client: FlaskClient, token: str, place: dict[str, str]) -> None:
    assert "check the pointer" in words(post(client, "/answers/value", {"answer": token, **place}))
    assert "press Send again" in words(post(client, "/answers/value", {"answer": "x", **place}))


def test_only_json_has_values(client: FlaskClient, api: RecordingServer) -> None:
    api.answer = http_answer("plain", headers={"Content-Type": "text/plain"})
    pane = post(client, "/providers/shop/list/send")
    token = str(one(pane, '#answer-save input[name="answer"]')["value"])
    assert "whole JSON" in words(post(client, "/answers/value", {"answer": token, "pointer": "/a"}))
    assert not pane.select("#use-value")


def test_a_value_is_taken_into_the_last_step_of_its_operation(client: FlaskClient) -> None:
    asked = {"operation": "shop/list", "pointer": "/data/0/id", "name": "id"}
    first = client.post("/scenarios/take", data={"scenario": "", **asked}).text
    assert json.loads(first)["steps"] == [{"operation": "shop/list", "take": {"id": "/data/0/id"}}]
    again = client.post("/scenarios/take", data={"scenario": first, **asked}).text
    assert json.loads(again) == json.loads(first)
    other = client.post("/scenarios/take", data={"scenario": again, **asked, "pointer": "/data/1/id"}).text
    assert json.loads(other)["steps"][0]["take"] == {"id": "/data/0/id", "id_2": "/data/1/id"}
    odd = client.post("/scenarios/take", data={"scenario": "", **asked, "name": "9 lives!"}).text
    assert list(json.loads(odd)["steps"][0]["take"]) == ["_9_lives"]


@pytest.mark.parametrize(
    "asked", [{"operation": "nonsense", "pointer": "/a"}, {"operation": "shop/list", "pointer": "no pointer"}]
)
def test_what_no_scenario_may_hold_is_refused(client: FlaskClient, asked: dict[str, str]) -> None:
    answer = client.post("/scenarios/take", data={"scenario": "", "name": "x", **asked})
    assert answer.status_code == 422
    assert get(client, "/scenarios")
