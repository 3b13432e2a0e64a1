"""What the figures of agents look for: a required input that a text leaves out."""

from __future__ import annotations

import json
from pathlib import Path

from bench.agents import left_out, listed_tools
from playground.openapi.compile import compile_document
from playground.store import open_store
from playground.web.agents.describe import describe
from tests.support.pages import document


def test_a_required_input_that_is_not_named_is_found(tmp_path: Path) -> None:
    body = {"type": "object", "required": ["id", "given"], "properties": {
        "id": {"type": "string", "readOnly": True}, "given": {"type": "string"}}}  # fmt: skip
    limit = {"name": "limit", "in": "query", "required": True, "schema": {"type": "integer"}}
    paths = {"/a": {"post": {"operationId": "make", "parameters": [limit], "requestBody": {
        "required": True, "content": {"application/json": {"schema": body}}}}}}  # fmt: skip
    described = document(paths)
    with open_store(tmp_path / "own.sqlite") as store:
        store.replace(compile_document(described, name="api").catalog, json.dumps(described).encode())
        entry = store.entry("api", "make")
        assert left_out(entry, describe(entry)) == []
        assert left_out(entry, "- limit (query") == ["given"]
        assert '"search"' in listed_tools(store)
