"""An operation in few words: within its bound, and never without a required input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from playground.openapi.compile import compile_document
from playground.schema.flatten import flatten
from playground.store import open_store
from playground.web.agents.describe import LONGEST, describe
from tests.support.needs import need_spec
from tests.support.pages import document


def test_a_long_list_of_optional_members_is_cut_and_required_ones_are_not(tmp_path: Path) -> None:
    names = [f"member_{number}" for number in range(2_000)]
    body = {
        "type": "object",
        "required": ["member_1999"],
        "properties": {name: {"type": "string", "description": "words " * 40} for name in names},
    }
    paths = {"/a": {"post": {"operationId": "make", "requestBody": {
        "required": True, "content": {"application/json": {"schema": body}}}}}}  # fmt: skip
    described = document(paths)
    with open_store(tmp_path / "own.sqlite") as store:
        store.replace(compile_document(described, name="api").catalog, json.dumps(described).encode())
        text = describe(store.entry("api", "make"))
    assert len(text) < LONGEST + 2_500
    assert "- member_1999 (string, required)" in text
    assert "optional members more" in text


@pytest.mark.parametrize("name", ["postcheckoutsessionssession"])
def test_stripes_update_is_short_and_whole(name: str, tmp_path: Path) -> None:
    source = json.loads(need_spec("stripe.json").read_bytes())
    with open_store(tmp_path / "own.sqlite") as store:
        store.replace(compile_document(source, name="stripe").catalog, b"{}")
        entry = store.entry("stripe", name)
        text = describe(entry)
    assert len(text) < 4 * 4_000
    for parameter in entry.operation.parameters:
        assert not parameter.required or f"- {parameter.name} (" in text
    body = entry.operation.request_body
    assert body is not None
    required = flatten(body.media_types[0].schema, entry.definitions).get("required", ())
    for member in required:
        assert f"- {member} (" in text


def test_the_page_tells_clients_and_a_stream_is_refused(client: FlaskClient, stranger: FlaskClient) -> None:
    page = client.get("/mcp", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "claude mcp add --transport http playground http://localhost/mcp" in page.text
    assert stranger.get("/mcp", headers={"Accept": "text/event-stream"}).status_code == 405
    assert stranger.delete("/mcp").status_code in (400, 405)


def test_a_page_of_another_origin_cannot_ask(stranger: FlaskClient) -> None:
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    for header in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = stranger.post("/mcp", json=message, headers={"Accept": "application/json", **header})
        assert answer.status_code == 403
    alone = stranger.post("/mcp", data=b"x" * 1_100_000, headers={"Content-Type": "application/json"})
    assert alone.status_code == 413
