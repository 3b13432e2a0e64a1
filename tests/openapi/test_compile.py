"""A whole document becomes a catalogue: order, names, limits, facts; one bad operation costs no other."""

from __future__ import annotations

import weakref
from typing import Any

import pytest

from playground.catalog.model import Server, Tag
from playground.openapi.problems import MAX_PROBLEMS, LimitError, Limits
from playground.startup import without_gc
from tests.openapi.documents import compiled, document, messages, operation, with_schema


def names(value: Any, **options: Any) -> list[str]:
    return [one.name for one in compiled(value, **options).catalog.operations]


def test_operations_come_in_the_documents_order_with_all_their_facts() -> None:
    described = {
        "operationId": "GetThing",
        "summary": "s",
        "description": "d",
        "tags": ["b", "a", "b", 7],
        "deprecated": True,
        "externalDocs": {"url": "https://docs.example.com", "description": "more"},
        "responses": {},
    }
    value = document(
        {"/b": {"put": {}, "get": described}, "/a": {"x-internal": True, "summary": "of the path", "post": {}}}
    )
    first, second, third = compiled(value).catalog.operations
    assert [one.key for one in (first, second, third)] == ["PUT /b", "GET /b", "POST /a"]
    assert (second.name, second.operation_id, second.summary, second.description) == ("getthing", "GetThing", "s", "d")
    assert second.tags == ("b", "a", "7")
    assert second.deprecated
    assert second.external_docs is not None
    assert second.external_docs.url == "https://docs.example.com"
    assert third.summary == "of the path"
    assert third.name == "postA"


def test_names_are_unique_and_prefixes_are_cut() -> None:
    paths = {f"/{i}": {"get": {"operationId": "books.volumes.list"}} for i in range(3)}
    assert names(document(paths), strip_prefix="books.") == ["volumesList", "volumesList_2", "volumesList_3"]
    assert names(document(paths)) == ["booksVolumesList", "booksVolumesList_2", "booksVolumesList_3"]
    stripped = compiled(document(paths), strip_prefix="books.").catalog.operations[0]
    assert stripped.operation_id == "volumes.list"
    assert sum("is used twice" in message for message in messages(document(paths))) == 2


def test_a_numbered_name_does_not_take_one_that_exists() -> None:
    ids = ["a", "a_2", "a", "a", "a-2"]
    found = names(document({f"/{i}": {"get": {"operationId": one}} for i, one in enumerate(ids)}))
    assert found == ["a", "a2", "a_2", "a_3", "a2_2"]


@pytest.mark.parametrize("given", [None, [], {}])
def test_without_an_operation_id_method_and_path_make_the_name(given: Any) -> None:
    assert names(document({"/v1/charges/{id}": {"post": {"operationId": given}}})) == ["postV1ChargesId"]


@pytest.mark.parametrize("given", ["", "  "])
def test_an_empty_operation_id_is_named_by_an_underscore(given: str) -> None:
    value = document({"/a": {"get": {"operationId": given}, "put": {"operationId": "", "tags": ["x"]}}})
    assert names(value) == ["_", "__2"]
    assert messages(value)[0] == (
        "warning /paths/~1a/get/operationId "
        "The operationId is empty, so the operation is named _: give it text, or remove it."
    )


def test_an_operation_id_that_is_only_the_prefix_is_kept() -> None:
    assert names(document({"/a": {"get": {"operationId": "books."}}}), strip_prefix="books.") == ["books"]


@pytest.mark.cpu(20)
def test_twenty_thousand_operations_of_one_name_are_quick() -> None:
    found = names(document({f"/{i}": {"get": {"operationId": "same"}} for i in range(20_000)}))
    assert found[-1] == "same_20000"


def test_one_bad_operation_leaves_the_others() -> None:
    value = document(
        {"/a": {"get": "nonsense", "post": None, "put": {}}, "/b": 5, "/c": {"get": []}, "/d": {"get": {}}}
    )
    assert [one.key for one in compiled(value).catalog.operations] == ["PUT /a", "GET /d"]
    found = messages(value)
    assert [message.split()[1] for message in found] == [
        "/paths/~1a/get",
        "/paths/~1a/post",
        "/paths/~1b",
        "/paths/~1c/get",
    ]
    assert all(message.startswith("error") for message in found)


def test_path_items_by_reference() -> None:
    shared = {"parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}}], "get": {"operationId": "x"}}
    value = document(
        {"/a": {"$ref": "#/components/pathItems/p"}, "/b": {"$ref": "#/paths/~1a", "post": {}}, "/c": {"$ref": "#/no"}},
        openapi="3.1.0",
        components={"pathItems": {"p": shared}},
    )
    catalog = compiled(value).catalog
    assert [one.key for one in catalog.operations] == ["GET /a", "GET /b", "POST /b"]
    assert all(one.parameters[0].name == "q" for one in catalog.operations)
    assert [message.split()[1] for message in messages(value) if message.startswith("error")] == ["/paths/~1c"]


@pytest.mark.cpu(10)
def test_one_large_path_item_behind_many_references_is_read_once() -> None:
    big = {"type": "object", "properties": {str(i): {"type": "string"} for i in range(2000)}}
    body = {"content": {"application/json": {"schema": big}}}
    value = document({"/z": {"post": {"requestBody": body}}, **{f"/{i}": {"$ref": "#/paths/~1z"} for i in range(5000)}})
    operations = compiled(value).catalog.operations
    assert len(operations) == 5001
    assert operations[0].request_body is operations[-1].request_body


def test_limits_on_operations_and_their_parts_are_named() -> None:
    value = document({f"/{i}": {"get": {"responses": {"200": {}}}} for i in range(10)})
    for limits, limit in ((Limits(operations=9), "operations"), (Limits(parts=9), "parts")):
        with pytest.raises(LimitError) as caught:
            compiled(value, limits=limits)
        assert caught.value.limit == limit
    assert len(compiled(value, limits=Limits(operations=10, parts=10)).catalog.operations) == 10


def test_problems_are_counted_beyond_a_thousand() -> None:
    found = messages(document({f"/{i}": 5 for i in range(MAX_PROBLEMS + 50)}))
    assert len(found) == MAX_PROBLEMS + 1
    assert found[-1] == "warning  There are 50 more problems that are not listed."


def test_the_provider_has_the_documents_facts() -> None:
    value = document(
        {"/a": {"get": {"tags": ["used", "known"]}}},
        tags=[{"name": "known", "x-displayName": "Known things", "description": "d"}, {"name": "known"}, 7, {}],
        externalDocs={"url": "https://user:pw@docs.example.com:8443/start"},
        servers=[{"url": "https://api.example.com"}],
    )
    value["info"] = {
        "title": " T ",
        "version": 1.5,
        "summary": "s",
        "description": "d",
        "contact": {"name": "n", "url": "javascript:alert(1)", "email": "e@example.com", "x": 1},
        "license": {"name": "MIT", "url": "https://example.com/l"},
    }
    provider = compiled(value, sandbox_first=True).catalog.provider
    assert (provider.name, provider.title, provider.version) == ("test", "T", "1.5")
    assert (provider.summary, provider.description, provider.sandbox_first) == ("s", "d", True)
    assert provider.contact == {"name": "n", "email": "e@example.com"}
    assert provider.license == {"name": "MIT", "url": "https://example.com/l"}
    assert provider.tags == (Tag(name="known", title="Known things", description="d"), Tag(name="used"))
    assert provider.base_url == "https://docs.example.com:8443"
    assert compiled(value, title="Other").catalog.provider.title == "Other"


def test_relative_links_point_to_docs_then_server_then_source() -> None:
    templated = {"url": "https://{region}.example.com/v1", "variables": {"region": {"default": "eu"}}}
    assert compiled(document(servers=[templated])).catalog.provider.base_url == "https://eu.example.com"
    source = "https://specs.example.org/a/openapi.json"
    assert (
        compiled(document(servers=[{"url": "{x}"}]), source_url=source).catalog.provider.base_url
        == "https://specs.example.org"
    )
    assert compiled(document()).catalog.provider.base_url == ""
    bad = document(externalDocs={"url": "javascript:alert(1)"})
    assert compiled(bad).catalog.provider.base_url == ""
    assert compiled(bad).catalog.provider.external_docs is None


def test_info_may_be_missing() -> None:
    value = {"openapi": "3.0.0", "paths": {}}
    assert compiled(value).catalog.provider.title == "test"
    assert 'has no "info"' in messages(value)[0]


def test_a_server_override_replaces_all() -> None:
    value = document(
        {"/a": {"servers": [{"url": "https://b"}], "get": {"servers": [{"url": "https://c"}]}}},
        servers=[{"url": "https://a"}],
    )
    catalog = compiled(value, server="https://mine.example.com").catalog
    assert catalog.provider.servers == catalog.operations[0].servers == (Server(url="https://mine.example.com"),)


def test_trace_takes_no_body() -> None:
    body: dict[str, Any] = {"content": {"text/plain": {}}}
    assert operation(document({"/a": {"trace": {"requestBody": body}}})).request_body is None
    assert operation(document({"/a": {"delete": {"requestBody": body}}})).request_body is not None


def test_only_reached_definitions_are_kept_from_every_place() -> None:
    def ref(name: str) -> dict[str, Any]:
        return {"schema": {"$ref": f"#/components/schemas/{name}"}}

    value = document(
        {
            "/a": {
                "parameters": [{"name": "p", "in": "query", **ref("P")}],
                "post": {
                    "requestBody": {
                        "content": {
                            "multipart/form-data": {**ref("B"), "encoding": {"x": {"headers": {"X-E": ref("E")}}}}
                        }
                    },
                    "responses": {"200": {"headers": {"X-H": ref("H")}, "content": {"a/b": ref("R")}}},
                },
            }
        },
        components={"schemas": {name: {"title": name} for name in "PBEHRU"}},
    )
    assert sorted(compiled(value).catalog.definitions) == ["B", "E", "H", "P", "R"]


def test_a_document_with_every_key_of_a_wrong_kind_is_still_read() -> None:
    broken = {"tags": "x", "parameters": {}, "responses": [], "security": {}, "requestBody": []}
    value = document({"/a": {"parameters": 5, "servers": {}, "get": broken}}, servers={}, tags={}, security={})
    value |= {"components": [], "externalDocs": []}
    value["info"] = []
    assert operation(value).key == "GET /a"
    assert len(messages(value)) >= 9
    assert operation({**with_schema({}), "components": {"schemas": 3, "securitySchemes": []}}).key == "POST /a"


class _Watched(dict[str, Any]):
    """A document that a weak reference can lead to."""


@pytest.mark.parametrize("version", ["2.0", "3.0.3", "3.1.0"])
def test_a_compiled_document_goes_with_its_last_reference(version: str) -> None:
    paths = {"/a/{id}": {"parameters": [{"name": "id", "in": "path", "required": True}], "get": {"responses": {}}}}
    value = _Watched(document(paths, openapi=version))
    if version == "2.0":
        value["swagger"] = value.pop("openapi")
    watched = weakref.ref(value)
    with without_gc():
        kept = compiled(value, rules=True, outline=True)
        del value
        assert watched() is None
    assert len(kept.catalog.operations) == 1
