from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from playground.contentviews.json_index import JSONIndex
from playground.contract.check import AT_ONCE
from tests.support.pages import browser_of, document, one, opened, post, site_of, words
from tests.support.servers import RecordingServer, http_answer

ITEMS = [{"id": f"item_{number}", "n": number, "tags": ["a"]} for number in range(150)]
ANSWER = json.dumps({"has_more": False, "data": ITEMS}).encode()


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    with RecordingServer(http_answer(ANSWER, headers={"Content-Type": "application/json"})) as api:
        described = document({"/items": {"get": {"operationId": "items"}}}, server=api.url)
        settings: dict[str, Any] = {"private_networks": opened(api.port), "answers": tmp_path / "answers"}
        with site_of(tmp_path, {"shop": described}, **settings) as app:
            yield browser_of(app)


@pytest.fixture
def token(client: FlaskClient) -> str:
    answer = post(client, "/providers/shop/items/send")
    return str(one(answer, '#answer-save input[name="answer"]')["value"])


def test_an_answer_is_a_tree_first_and_names_its_views(client: FlaskClient) -> None:
    answer = post(client, "/providers/shop/items/send")
    assert [words(button) for button in answer.select(".view-name")] == ["Tree", "Table", "Text", "Raw", "Hex"]
    assert "has_more" in words(one(answer, ".tree"))


@pytest.mark.parametrize("htmx", [True, False])
def test_another_view_is_asked_of_the_kept_bytes(client: FlaskClient, token: str, htmx: bool) -> None:
    answer = post(client, "/answers/view", {"answer": token, "view": "table"}, htmx=htmx)
    assert [words(cell) for cell in answer.select(".data th")] == ["id", "n", "tags"]
    assert len(answer.select(".data tbody tr")) == 101


def test_a_table_is_sorted_and_goes_on(client: FlaskClient, token: str) -> None:
    answer = post(client, "/answers/view", {"answer": token, "sort": "-2"})
    assert words(answer.select(".data tbody tr")[0].select("td")[1]) == "149"
    more = one(answer, ".more-rows button")
    rest = post(client, "/answers/part", {"answer": token, str(more["name"]): str(more["value"])})
    assert words(rest.select("tr")[0].select("td")[1]) == "49"


def test_a_node_is_opened_and_goes_on(client: FlaskClient, token: str) -> None:
    part = post(client, "/answers/part", {"answer": token, "place": "tree 100 1"})
    assert words(part.select("li")[0]).startswith("{ id:")
    assert len(part.select("li[data-address='1.149']")) == 1


def test_find_says_how_often_and_where(client: FlaskClient, token: str) -> None:
    answer = post(client, "/answers/view", {"answer": token, "find": "ITEM_14", "number": "2"})
    assert "2 of 11" in words(one(answer, ".find"))
    assert words(one(answer, ".match code")) == "/data/140/id"


def test_a_filter_is_a_view_again(client: FlaskClient, token: str) -> None:
    answer = post(client, "/answers/view", {"answer": token, "filter": "$.data[?@.n > 147]"})
    assert "2 values selected" in words(answer)
    wrong = post(client, "/answers/view", {"answer": token, "filter": "$["})
    assert "cannot be read" in words(one(wrong, "[role=alert]"))


def test_everything_received_is_saved(client: FlaskClient, token: str) -> None:
    saved = client.post("/answers/save", data={"answer": token})
    assert saved.data == ANSWER
    assert saved.headers["Content-Disposition"] == 'attachment; filename="items.json"'
    assert saved.headers["Content-Security-Policy"] == "sandbox"
    table = client.post("/answers/csv", data={"answer": token})
    assert table.text.splitlines()[:2] == ["id,n,tags", "item_0,0,[1]"]
    some = client.post("/answers/csv", data={"answer": token, "filter": "$.data[?@.n > 147]", "sort": "-2"})
    assert [line.split(",")[0] for line in some.text.splitlines()] == ["id", "item_149", "item_148"]


@pytest.mark.parametrize("path", ["view", "part", "save", "csv"])
def test_an_answer_that_is_gone_is_one_sentence(client: FlaskClient, path: str) -> None:
    answer = client.post(f"/answers/{path}", data={"answer": "nothing"})
    assert answer.status_code == 404
    assert "not kept any longer" in answer.text


def test_no_other_site_reads_an_answer(client: FlaskClient, token: str) -> None:
    answer = client.post("/answers/save", data={"answer": token}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_a_long_answer_is_read_once_to_be_checked_and_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    index = JSONIndex.__init__

    def counted(self: JSONIndex, text: str) -> None:
        read.append(len(text))
        index(self, text)

    monkeypatch.setattr(JSONIndex, "__init__", counted)
    content = {"application/json": {"schema": {"type": "array", "items": {"type": "integer"}}}}
    get = {"operationId": "items", "responses": {"200": {"description": "", "content": content}}}
    long = json.dumps(list(range(AT_ONCE.characters // 4))).encode()
    with RecordingServer(http_answer(long, headers={"Content-Type": "application/json"})) as api:
        described = document({"/items": {"get": get}}, server=api.url)
        with site_of(tmp_path, {"shop": described}, private_networks=opened(api.port)) as app:
            answer = post(browser_of(app), "/providers/shop/items/send")
    assert "Only the first part" in words(one(answer, "#verdict"))
    assert read == [len(long)]
