"""A kept answer as code, on the page: types, the exchange, an example for the description."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient

from tests.support.pages import browser_of, document, one, opened, post, site_of, words
from tests.support.servers import RecordingServer, http_answer

SECRET = "canary-7d3e91f2"
REFERENCE = {"$ref": "#/components/schemas/Row"}
ROW = {
    "type": "object",
    "required": ["id"],
    "properties": {"id": {"type": "integer"}, "next": REFERENCE},
}
JSON = {"application/json": {"schema": {"type": "array", "items": REFERENCE}}}
LINES = {"application/x-ndjson": {"schema": REFERENCE}}


@pytest.fixture
def api() -> Iterator[RecordingServer]:
    with RecordingServer() as server:
        yield server


@pytest.fixture
def client(api: RecordingServer, tmp_path: Path) -> Iterator[FlaskClient]:
    get = {"operationId": "rows", "responses": {"2XX": {"description": "", "content": {**JSON, **LINES}}}}
    bare = {"operationId": "bare", "responses": {"200": {"description": ""}}}
    described: dict[str, Any] = document({"/rows": {"get": get}, "/bare": {"get": bare}}, server=api.url)
    described["components"]["schemas"] = {"Row": ROW}
    settings: dict[str, Any] = {"private_networks": opened(api.port), "answers": tmp_path / "answers"}
    with site_of(tmp_path, {"shop": described}, **settings) as app:
        yield browser_of(app)


def code(client: FlaskClient, operation: str, wanted: str, *, htmx: bool = True, **form: str) -> Any:
    credential = json.dumps({"credential": {"type": "bearer_token", "token": SECRET}})
    sent = post(client, f"/providers/shop/{operation}/send", {"credential": credential})
    token = str(one(sent, '#answer-form input[name="answer"]')["value"])
    return post(client, "/answers/code", {"answer": token, "as": wanted, **form}, htmx=htmx)


def text_of(answer: Any) -> str:
    return str(one(answer, "#answer-code-text").get_text())


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("typescript", "export type Answer = Row[];"),
        ("typeddict", "class Row(TypedDict):\n    id: int\n    next: NotRequired[Row]"),
        ("pydantic", "class Row(BaseModel):\n    id: int\n    next: Row | None = None"),
        ("go", 'type Row struct {\n\tId int64 `json:"id"`\n\tNext *Row `json:"next,omitempty"`\n}'),
    ],
)
def test_types_come_from_the_schema(client: FlaskClient, api: RecordingServer, wanted: str, expected: str) -> None:
    api.answer = http_answer([{"id": 1}])
    for htmx in (True, False):
        answer = code(client, "rows", wanted, htmx=htmx)
        assert expected in text_of(answer)
        assert "From the schema of the description." in words(answer)


def test_without_a_schema_types_are_read_from_the_answer(client: FlaskClient, api: RecordingServer) -> None:
    api.answer = http_answer({"name": "x", "tags": ["a"]})
    answer = code(client, "bare", "typescript")
    assert text_of(answer) == "export interface Answer {\n  name: string;\n  tags: string[];\n}\n"
    assert "Read from this answer" in words(answer)


def test_of_a_stream_an_item_has_the_type(client: FlaskClient, api: RecordingServer) -> None:
    api.answer = http_answer('{"id":1}\n{"id":2}\n', headers={"Content-Type": "application/x-ndjson"})
    assert "export interface Row {" in text_of(code(client, "rows", "typescript"))


def test_the_exchange_holds_no_secret(client: FlaskClient, api: RecordingServer) -> None:
    api.answer = http_answer({"you": SECRET}, headers={"X-Echo": f"Bearer {SECRET}"})
    text = text_of(code(client, "rows", "exchange"))
    assert text.startswith("$ curl -i ")
    assert "\nHTTP/1.1 200 OK\n" in text
    assert '"you"' in text
    assert SECRET not in text


def test_an_example_is_a_patch_of_the_description(client: FlaskClient, api: RecordingServer) -> None:
    api.answer = http_answer([{"id": 1}])
    patch = yaml.safe_load(text_of(code(client, "rows", "example", name="first rows")))
    content = patch["paths"]["/rows"]["get"]["responses"]["2XX"]["content"]["application/json"]
    assert content["examples"]["first rows"]["value"] == [{"id": 1}]


def test_what_has_no_types_says_so(client: FlaskClient, api: RecordingServer) -> None:
    api.answer = http_answer("text", headers={"Content-Type": "text/plain"})
    assert "This answer is no JSON." in words(code(client, "bare", "go"))
    gone = post(client, "/answers/code", {"answer": "unknown", "as": "go"})
    assert "not kept any longer" in words(gone)
