from __future__ import annotations

from typing import Any

import pytest

from playground.answers.followups import Exchange, arguments_of_link, pages_of
from playground.catalog.model import Entry
from playground.openapi.compile import compile_document
from playground.request.arguments import from_arguments
from tests.support.pages import document

URL = "https://api.example.com/v1/items?limit=2"


def entry_of(*names: str) -> Entry:
    parameters = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in names]
    paths = {"/v1/items": {"get": {"operationId": "items", "parameters": parameters}}}
    catalog = compile_document(document(paths), name="shop").catalog
    return Entry(provider=catalog.provider, operation=catalog.operations[0], definitions=catalog.definitions)


def pages(
    value: Any, *names: str, asked: dict[str, Any] | None = None, link: str = "", url: str = URL
) -> dict[str, dict[str, str]]:
    entry = entry_of(*names)
    headers = (("Link", link),) if link else ()
    exchange = Exchange(
        entry=entry, model=from_arguments(entry, asked or {}), url=url, status=200, headers=headers, value=value
    )
    return {page.relation: dict(page.inputs) for page in pages_of(exchange)}


TWO = [{"id": "a"}, {"id": "b"}]


@pytest.mark.parametrize(
    ("value", "names", "asked", "expected"),
    [
        # A list that has more, by its last element.
        ({"has_more": True, "data": TWO}, ("starting_after",), {}, {"next": {"query.starting_after": "b"}}),
        ({"has_more": False, "data": TWO}, ("starting_after",), {}, {}),
        (
            {"has_more": False, "data": TWO}, ("starting_after", "ending_before"), {"starting_after": "z"},
            {"previous": {"query.ending_before": "a", "query.starting_after": ""}},
        ),
        # Cursors and tokens, also wrapped.
        ({"next_cursor": "c2", "data": TWO}, ("cursor",), {}, {"next": {"query.cursor": "c2"}}),
        ({"nextPageToken": "t"}, ("pageToken", "page"), {}, {"next": {"query.pageToken": "t"}}),
        ({"response_metadata": {"next_cursor": "x"}}, ("cursor",), {}, {"next": {"query.cursor": "x"}}),
        ({"response_metadata": {"next_cursor": ""}}, ("cursor",), {}, {}),
        ({"paging": {"cursors": {"after": "y"}}}, ("after",), {}, {"next": {"query.after": "y"}}),
        ({"pageInfo": {"endCursor": "e", "hasNextPage": False}}, ("after",), {}, {}),
        ({"next_cursor": "c2"}, ("cursor",), {"cursor": "c2"}, {}),
        ({"next_cursor": None, "data": []}, ("cursor",), {}, {}),
        # Addresses in the body.
        (
            {"next": f"{URL}&offset=4&api_key=s", "previous": None}, ("offset", "limit", "api_key"), {"limit": "2"},
            {"next": {"query.offset": "4"}},
        ),
        ({"_links": {"next": {"href": "/v1/items?page=3"}}}, ("page",), {"page": "2"}, {
            "next": {"query.page": "3"}, "previous": {"query.page": "1"}}),
        ({"@odata.nextLink": "https://x/v1/items?$skip=5"}, ("$skip",), {}, {"next": {"query.$skip": "5"}}),
        ({"next": "https://api.example.com/v1/others?page=3"}, ("page",), {}, {}),
        # Numbers of pages, and offsets.
        ({"page": 2, "total_pages": 3}, ("page",), {"page": "2"}, {
            "next": {"query.page": "3"}, "previous": {"query.page": "1"}}),
        ({"total_pages": 3}, ("page",), {"page": "3"}, {"previous": {"query.page": "2"}}),
        ({"total": 5, "items": TWO}, ("offset",), {"offset": "2"}, {
            "next": {"query.offset": "4"}, "previous": {"query.offset": "0"}}),
        ({"total": 2, "items": TWO}, ("offset",), {}, {}),
        # Nothing to go on with.
        ({"data": TWO}, ("limit",), {}, {}), ([], ("page",), {}, {}), (None, ("page",), {}, {}),
        ("x", ("page",), {}, {}),
    ],
)  # fmt: skip
def test_an_answer_tells_of_further_pages(
    value: Any, names: tuple[str, ...], asked: dict[str, Any], expected: dict[str, dict[str, str]]
) -> None:
    assert pages(value, *names, asked=asked) == expected


def test_the_field_link_goes_before_all_else() -> None:
    link = (
        '<https://api.example.com/v1/items?page=3&per_page=2>; rel="next", '
        "<https://api.example.com/v1/items?page=9>; rel=last, "
        '<https://api.example.com/v1/items?page=1>; rel="prev first"'
    )
    found = pages({"total_pages": 4}, "page", "per_page", asked={"page": "2"}, link=link)
    assert found == {
        "next": {"query.page": "3", "query.per_page": "2"}, "last": {"query.page": "9"},
        "previous": {"query.page": "1"}, "first": {"query.page": "1"},
    }  # fmt: skip


@pytest.mark.parametrize(
    "link", ["", "<", "<>;rel=next", '<http://[>; rel="next"', "<x>;" * 2_000, "<https://evil/?page=2>"]
)
def test_a_field_that_is_no_link_is_nothing(link: str) -> None:
    assert pages({}, "page", link=link) == {}


TARGET = {
    "/items/{id}": {
        "put": {
            "operationId": "put",
            "parameters": [
                {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
                {"name": "id", "in": "query", "schema": {"type": "string"}},
                {"name": "note", "in": "query", "schema": {"type": "string"}},
            ],
            "requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}},
        },
        "get": {
            "operationId": "from",
            "parameters": [{"name": "limit", "in": "query", "schema": {"type": "integer"}}],
            "responses": {"200": {"description": "", "links": {
                "all": {"operationId": "put", "parameters": {
                    "path.id": "$response.body#/data/0/id", "note": "n{$request.query.limit}-{$response.header.X-A}"},
                    "requestBody": "$response.body#/data/0"},
                "constant": {"operationId": "put", "parameters": {"path.id": "7"}},
                "status": {"operationId": "put", "parameters": {"path.id": "$statusCode", "note": "$method"}},
                "missing": {"operationId": "put", "parameters": {"path.id": "$response.body#/nothing"}},
                "unknown": {"operationId": "put", "parameters": {"other": "1"}},
            }}},
        },
    }
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("all", {"params": {"id": "a"}, "note": "n2-v", "body": {"id": "a"}}),
        ("constant", {"params": {"id": "7"}}),
        ("status", {"params": {"id": 200}, "note": "GET"}),
        ("missing", None),
        ("unknown", None),
    ],
)
def test_a_link_of_the_description_is_filled_in_from_the_exchange(name: str, expected: dict[str, Any] | None) -> None:
    catalog = compile_document(document(TARGET), name="shop").catalog
    made = {
        operation.operation_id: Entry(
            provider=catalog.provider, operation=operation, definitions=catalog.definitions
        )
        for operation in catalog.operations
    }  # fmt: skip
    exchange = Exchange(
        entry=made["from"], model=from_arguments(made["from"], {"limit": 2}), url=URL, status=200,
        headers=(("x-a", "v"),), value={"data": TWO},
    )  # fmt: skip
    link = next(link for link in made["from"].operation.responses[0].links if link.name == name)
    assert arguments_of_link(exchange, link, made["put"]) == expected
