from __future__ import annotations

from collections.abc import Sequence

import jsonschema

from playground.catalog.model import Entry, MediaType, OperationSummary, RequestBody
from playground.gateway.describe import config, describe_tool, find_tools, health, input_schema, list_tools
from playground.store.model import SearchResult
from tests.gateway.entries import entry


class Source:
    def operations(self, name: str, *, limit: int = 500) -> Sequence[OperationSummary]:
        named = [f"one{number}" for number in range(5)]
        return [
            OperationSummary(provider=name, provider_title="", name=one, method="GET", path="/", title=one)
            for one in named
        ][:limit]

    def search(self, query: str, *, limit: int = 10) -> SearchResult:
        found = [*self.operations("stripe"), *self.operations("google/books")]
        return SearchResult(operations=tuple(one for one in found if query in one.name)[:limit])

    def entry(self, name: str, operation: str) -> Entry:
        return entry(name=operation, provider={"name": name})


def test_health_and_config_are_what_clients_read() -> None:
    assert health() == {"status": "ok", "service": "gateway"}
    assert config("1.2") == {
        "mode": "none",
        "auth": {},
        "features": {"ephemeralCredentials": True, "streaming": True, "playground": 1},
        "version": "1.2",
    }


def test_tools_are_listed_up_to_a_limit() -> None:
    listed = list_tools(Source(), ["stripe", "google/books"], limit=7)
    assert listed["workspace_id"] == "playground"
    assert [one["name"] for one in listed["tools"]] == [
        "stripe.one0", "stripe.one1", "stripe.one2", "stripe.one3", "stripe.one4",
        "google/books.one0", "google/books.one1",
    ]  # fmt: skip


def test_tools_are_found_by_words_and_namespace() -> None:
    found = find_tools(Source(), "one1")
    assert (found["success"], found["count"], found["namespaces"]) == (True, 2, ["google/books", "stripe"])
    assert [one["name"] for one in found["tools"]] == ["stripe.one1", "google/books.one1"]
    only = find_tools(Source(), "one", providers=("google/books",), limit=2)
    assert [one["name"] for one in only["tools"]] == ["google/books.one0", "google/books.one1"]
    assert find_tools(Source(), "  ")["tools"] == []


def test_a_tool_has_the_schema_of_its_flat_arguments() -> None:
    tool = describe_tool(entry(summary="Update a session"))
    assert (tool["provider"], tool["operation"]) == ("stripe", "postcheckoutsessionssession")
    assert tool["description"] == "Update a session"
    schema = tool["inputSchema"]
    assert list(schema["properties"]) == ["session", "dry", "metadata", "line_items", "note"]
    assert schema["required"] == ["session"]
    assert set(schema["$defs"]) == {"item"}
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate({"session": "cs_1", "line_items": [{"price": "p", "next": {"price": "q"}}]})
    assert not validator.is_valid({"line_items": [{"next": {"price": 1}}], "session": "x"})
    assert not validator.is_valid({"dry": True})


def test_a_body_that_is_no_object_or_shares_a_name_is_whole() -> None:
    shared = {"type": "object", "properties": {"session": {"type": "string"}}}
    for schema in ({"type": "string"}, shared, True):
        body = RequestBody(media_types=(MediaType(name="application/json", schema=schema),), required=True)
        described = input_schema(entry(request_body=body))
        assert described["properties"]["body"] == schema
        assert described["required"] == ["session", "body"]
