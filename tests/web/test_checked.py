"""What the description says of an answer, on the page: the sentence, the findings, marks in the tree, all of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.support.pages import browser_of, document, one, opened, post, site_of, words
from tests.support.servers import RecordingServer, http_answer

LINE = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}}
DESCRIBED = {**document(
    {
        "/orders": {"get": {"operationId": "orders", "responses": {"200": {"description": "", "content": {
            "application/json": {"schema": {"type": "object", "properties": {
                "rows": {"type": "array", "items": {"$ref": "#/components/schemas/Row"}}}}},
            "application/x-ndjson": {"schema": {"$ref": "#/components/schemas/Row"}},
        }}}}},
        "/bare": {"get": {"operationId": "bare", "responses": {"200": {"description": ""}}}},
    },
), "components": {"schemas": {"Row": LINE}}}  # fmt: skip


@pytest.fixture
def api() -> Iterator[RecordingServer]:
    with RecordingServer() as server:
        yield server


@pytest.fixture
def client(api: RecordingServer, tmp_path: Path) -> Iterator[FlaskClient]:
    settings: dict[str, Any] = {"private_networks": opened(api.port), "answers": tmp_path / "answers"}
    with site_of(tmp_path, {"shop": {**DESCRIBED, "servers": [{"url": api.url}]}}, **settings) as app:
        yield browser_of(app)


def send(client: FlaskClient, api: RecordingServer, body: Any, **headers: str) -> Any:
    api.answer = http_answer(body, headers={name.replace("_", "-"): value for name, value in headers.items()})
    return post(client, "/providers/shop/orders/send")


def test_an_answer_as_described_says_so(client: FlaskClient, api: RecordingServer) -> None:
    answer = send(client, api, {"rows": [{"id": 1}]})
    assert words(one(answer, "#verdict")) == "Matches the description."
    assert not answer.select(".mark")


def test_findings_name_pointer_rule_and_place_and_mark_the_node(client: FlaskClient, api: RecordingServer) -> None:
    answer = send(client, api, {"rows": [{"id": 1}, {"id": "x", "extra": 1}, {}]})
    wrong, missing, extra = answer.select("#verdict .findings > li")
    assert words(wrong) == (
        "Difference: /rows/1/id This is of the type string, not integer. Show "
        '"type": "integer" in the description at #/components/schemas/Row/properties/id/type'
    )
    assert words(missing).startswith("Difference: /rows/2/id id is missing.")
    assert words(extra).startswith("Note: /rows/1/extra The description does not mention extra.")
    marked = {item["data-address"]: words(item.select(".mark")[0]) for item in answer.select(".tree .marked")}
    assert marked == {"0.1.0": "difference 1", "0.2": "difference 2", "0.1.1": "note 3"}
    assert {link["href"] for link in answer.select(".mark")} == {"#finding-1", "#finding-2", "#finding-3"}
    token = one(answer, '#answer-form input[name="answer"]')["value"]
    again = post(client, "/answers/view", {"answer": str(token), "view": "tree"})
    assert len(again.select(".tree .marked")) == 3


def test_a_finding_far_away_is_shown_on_demand(client: FlaskClient, api: RecordingServer) -> None:
    rows: list[dict[str, Any]] = [{"id": number} for number in range(450)]
    rows[333] = {"id": "x"}
    answer = send(client, api, {"rows": rows})
    assert not answer.select(".tree .marked")
    show = one(answer, "#verdict .findings button")
    token = str(one(answer, '#answer-form input[name="answer"]')["value"])
    for htmx in (True, False):
        shown = post(client, "/answers/view", {"answer": token, str(show["name"]): str(show["value"])}, htmx=htmx)
        (found,) = shown.select(".tree .found.marked")
        assert found["data-address"] == "0.333.0"
        assert all("open" in details.attrs for details in found.parents if details.name == "details")
        before, after = shown.select(".tree .more-nodes")
        assert [words(button) for button in (before, after)] == ["100 before", "50 more"]
    part = post(client, "/answers/part", {"answer": token, "place": str(before["value"])})
    addresses = [
        item["data-address"] for item in part.select("li[data-address]") if item["data-address"].count(".") == 1
    ]
    assert addresses == [f"0.{number}" for number in range(200, 300)]
    assert [words(button) for button in part.select(".more-nodes")] == ["100 before"]


def test_a_streamed_answer_is_checked_item_by_item_and_viewed_as_rows(
    client: FlaskClient, api: RecordingServer
) -> None:
    lines = "".join(json.dumps({"id": number if number != 3 else "x"}) + "\n" for number in range(6))
    answer = send(client, api, lines, Content_Type="application/x-ndjson")
    (finding,) = answer.select("#verdict .findings > li")
    assert words(finding).startswith("Difference: item 4 /id This is of the type string")
    assert [words(mark) for mark in answer.select(".parts > li:nth-of-type(4) > details > summary .mark")] == [
        "difference 1"
    ]
    assert "open" in answer.select(".parts > li:nth-of-type(4) > details")[0].attrs


def test_an_answer_without_a_described_body(client: FlaskClient, api: RecordingServer) -> None:
    api.answer = http_answer(b"x", "418 Teapot", {"Content-Type": "text/plain"})
    answer = post(client, "/providers/shop/bare/send")
    assert "status 418 is not documented; documented are 200." in words(one(answer, "#verdict"))


def test_what_was_left_out_is_checked_when_it_is_asked_for(client: FlaskClient, api: RecordingServer) -> None:
    rows: list[dict[str, Any]] = [{"id": number} for number in range(30_000)]
    rows[29_000] = {"id": None}
    answer = send(client, api, {"rows": rows})
    verdict = one(answer, "#verdict")
    assert "Nothing contradicts the description." in words(verdict)
    assert words(verdict.select("button")[-1]) == "Check all of it"
    token = str(one(answer, '#answer-form input[name="answer"]')["value"])
    for htmx in (True, False):
        whole = post(client, "/answers/check", {"answer": token}, htmx=htmx)
        assert "/rows/29000/id This is of the type null, not integer." in words(one(whole, "#verdict"))
    gone = post(client, "/answers/check", {"answer": "unknown"})
    assert "not kept any longer" in words(gone)


def test_nothing_of_a_secret_or_hidden_is_in_a_finding(client: FlaskClient, api: RecordingServer) -> None:
    secret = "canary-5a1f0e9b"
    api.answer = http_answer({"rows": [{"id": 1, secret: 1, "\u202ekcab": 2}]})
    form = {"credential": json.dumps({"credential": {"type": "bearer_token", "token": secret}})}
    answer = post(client, "/providers/shop/orders/send", form)
    verdict = words(one(answer, "#verdict"))
    assert "⟨U+202E⟩kcab" in verdict
    assert "\u202e" not in str(answer)
    assert secret not in str(answer)
