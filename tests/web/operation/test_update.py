"""What an update brings: all that changes, or the code and the URL alone, and what further keys will change."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from playground.web.operation.update import TYPED
from tests.support.pages import HTMX, browser_of, document, one, parsed, roots, site_of

OPERATION = {
    "operationId": "write",
    "parameters": [
        {"name": "word", "in": "query", "schema": {"type": "string"}},
        {"name": "code", "in": "query", "schema": {"type": "string", "pattern": "^[a-z]{3}$"}},
        {"name": "ids", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
    ],
    "requestBody": {"content": {"application/json": {"schema": {"properties": {"name": {"type": "string"}}}}}},
    "responses": {},
}
FORM = {"body~mode": "form", "body~shown": "form", "target": "shell_curl"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    described = {"desk": document({"/things": {"post": OPERATION}})}
    with site_of(tmp_path_factory.mktemp("desk"), described) as app:
        yield browser_of(app)


def test_all_that_changes_comes_after_a_pause(desk: FlaskClient) -> None:
    fields = {**FORM, "query.code": "toolong", "query.ids/0": "x", "query.ids~item": "0", "body/name": "n"}
    answer = parsed(desk.post("/providers/desk/write/snippet", data=fields, headers=HTMX).text)
    assert set(roots(answer)) == {"snippet", "live-url", "problems", "f-query__ids-wire", "body-raw"}
    assert one(answer, "#body-raw").get_text().strip() == '{\n  "name": "n"\n}'
    assert len(answer.select("#problems li")) == 1


@pytest.mark.parametrize(("name", "all_of_it"), [("query.word", True), ("query.code", False), ("query.gone", False)])
def test_a_key_brings_all_the_rest_where_no_pause_will(desk: FlaskClient, name: str, all_of_it: bool) -> None:
    fields = {**FORM, name: "abc", "~typed": name, "~brief": TYPED}
    answer = parsed(desk.post("/providers/desk/write/snippet", data=fields, headers=HTMX).text)
    assert (set(roots(answer)) == {"snippet", "live-url"}) is not all_of_it


def test_a_brief_answer_speaks_of_code_and_url_alone(desk: FlaskClient) -> None:
    fields = {**FORM, "query.code": "abc", "~typed": "query.code"}
    for brief, places in (({}, {"snippet-text", "live-url"}), ({"~brief": TYPED}, {"snippet-text", "live-url"})):
        answer = desk.post("/providers/desk/write/snippet", data={**fields, **brief}, headers=HTMX)
        assert set(json.loads(answer.headers["HX-Trigger-After-Swap"])["typed"]["places"]) == places
    fields = {**FORM, "query.ids/0": "abc", "query.ids~item": "0", "~typed": "query.ids/0"}
    answer = desk.post("/providers/desk/write/snippet", data=fields, headers=HTMX)
    assert "f-query__ids-wire" in json.loads(answer.headers["HX-Trigger-After-Swap"])["typed"]["places"]


def test_what_is_told_stays_short(desk: FlaskClient) -> None:
    fields = {**FORM, **{f"query.ids/{row}": "abc" for row in range(300)}, "query.word": "abc", "~typed": "query.word"}
    fields |= {"query.word": "w"}
    answer = desk.post("/providers/desk/write/snippet", data=fields, headers=HTMX)
    assert len(answer.headers.get("HX-Trigger-After-Swap", "")) <= 3000
