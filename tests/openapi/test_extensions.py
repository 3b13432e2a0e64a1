"""Extensions that change what a visitor sees, links, tag groups, and what 3.2 adds."""

from __future__ import annotations

from typing import Any

import pytest

from playground.catalog.model import Catalog, CodeSample, Entry, Link, NavigationGroup, Operation
from playground.messages import TextContent
from playground.openapi.compile import compile_document
from playground.request.build import build_request
from playground.request.model import RequestModel
from tests.openapi.documents import compiled, document, messages, operation


def _entry_url(value: dict[str, Any], **query: Any) -> str:
    catalog = compile_document(value, name="test", server="https://api.example").catalog
    return build_request(catalog_entry(catalog), RequestModel(parameters={"query": query})).url


def catalog_entry(catalog: Catalog) -> Entry:
    return Entry(provider=catalog.provider, operation=catalog.operations[0], definitions=catalog.definitions)


def _read(**fields: Any) -> Operation:
    return operation(document({"/a": {"get": fields}}))


def test_code_samples_are_kept() -> None:
    samples = [{"lang": "curl", "label": "cURL", "source": "curl x"}]
    assert _read(**{"x-codeSamples": samples}).code_samples == (
        CodeSample(language="curl", label="cURL", source="curl x"),
    )


@pytest.mark.parametrize("key", ["x-internal", "x-hidden", "x-excluded", "x-scalar-ignore"])
@pytest.mark.parametrize(("value", "hidden"), [(True, True), (False, False), ("no", False)])
def test_an_operation_may_ask_to_be_in_no_list(key: str, value: Any, hidden: bool) -> None:
    assert _read(**{key: value}).hidden is hidden


def test_a_path_item_and_a_tag_hide_their_operations() -> None:
    paths = {"/a": {"x-internal": True, "get": {}}, "/b": {"get": {"tags": ["t"]}}, "/c": {"get": {"tags": ["u"]}}}
    tags = [{"name": "t", "x-internal": True}, {"name": "u"}, 1]
    found = compiled(document(paths, tags=tags)).catalog.operations
    assert [one.hidden for one in found] == [True, True, False]


def test_tag_groups_and_parents_are_kept() -> None:
    value = document(
        {"/a": {"get": {"tags": ["t"]}}},
        tags=[{"name": "t", "parent": "p"}, {"name": "p", "summary": "Parent"}],
        **{"x-tagGroups": [{"name": "One", "tags": ["t", "p"]}, {"tags": ["t"]}, 1, {"name": "Two", "tags": 1}]},  # type: ignore[arg-type]
    )
    provider = compiled(value).catalog.provider
    assert provider.groups == (NavigationGroup(title="One", tags=("t", "p")), NavigationGroup(title="Two"))
    assert [(tag.name, tag.title, tag.parent) for tag in provider.tags] == [("t", "", "p"), ("p", "Parent", "")]
    assert [one.split()[1] for one in messages(value)] == ["/x-tagGroups/2", "/x-tagGroups/3/tags"]


def test_links_of_a_response_are_kept() -> None:
    links = {
        "next": {"operationId": "getB", "parameters": {"id": "$response.body#/id"}, "description": "Then"},
        "other": {"$ref": "#/components/links/L"},
        "broken": {},
    }
    value = document(
        {"/a": {"get": {"responses": {"200": {"description": "", "links": links}}}}},
        components={"links": {"L": {"operationRef": "#/paths/~1b/get", "requestBody": {"a": 1}}}},
    )
    assert operation(value).responses[0].links == (
        Link(name="next", operation_id="getB", parameters={"id": "$response.body#/id"}, description="Then"),
        Link(name="other", operation_ref="#/paths/~1b/get", request_body={"a": 1}),
    )
    assert messages(value) == [
        "warning /paths/~1a/get/responses/200/links/broken This link names no operation; it is left out."
    ]


def test_a_stream_is_the_list_of_its_items() -> None:
    content = {"application/jsonl": {"itemSchema": {"type": "integer"}}}
    value = document(
        {"/a": {"post": {"requestBody": {"content": content}}}}, openapi="3.2.0", servers=[{"url": "https://a.example"}]
    )
    body = operation(value).request_body
    assert body is not None
    assert body.media_types[0].item_schema == {"type": "integer"}
    assert body.media_types[0].schema == {"type": "array", "items": {"type": "integer"}}
    sent = build_request(catalog_entry(compiled(value).catalog), RequestModel(body=[1, 2]))
    assert sent.content == TextContent(text="1\n2\n")


def _querystring(media_type: str, schema: Any) -> dict[str, Any]:
    parameter = {"name": "q", "in": "querystring", "content": {media_type: {"schema": schema}}}
    return document({"/a": {"get": {"parameters": [parameter]}}}, openapi="3.2.0")


def test_a_form_as_the_whole_query_is_sent_member_by_member() -> None:
    value = _querystring("application/x-www-form-urlencoded", {"type": "object"})
    assert _entry_url(value, q={"a": "x y", "b": 2}) == "https://api.example/a?a=x%20y&b=2"


def test_json_as_the_whole_query_is_sent_without_a_name() -> None:
    value = _querystring("application/json", {"type": "object"})
    assert _entry_url(value, q={"a": [1]}) == "https://api.example/a?%7B%22a%22%3A%5B1%5D%7D"


def test_a_whole_query_without_content_is_a_problem() -> None:
    value = document({"/a": {"get": {"parameters": [{"name": "q", "in": "querystring"}]}}}, openapi="3.2.0")
    assert messages(value) == [
        "error /paths/~1a/get/parameters/0 A querystring parameter needs a content; it is left out."
    ]


def test_methods_of_ones_own_are_read_before_3_2_too() -> None:
    value = document({"/a": {"x-oai-additionalOperations": {"COPY": {"summary": "c"}, "get": {}}}})
    assert operation(value).key == "COPY /a"
    assert len(messages(value)) == 1
