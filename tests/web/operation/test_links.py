"""What lies beyond a request: links of answers, callbacks, webhooks, and what a description says about sending."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.support.pages import browser_of, document, get, one, post, site_of, words

EVENT = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string", "description": "Which *order*."},
        "lines": {"type": "array", "items": {"type": "integer"}},
        **{f"more{number}": {"type": "string"} for number in range(30)},
    },
}
PLAIN = {"content": {"text/plain": {"schema": {"type": "string"}}}}
BODY = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Event"}}}}


def shop() -> dict[str, Any]:
    links = {
        "ById": {"operationId": "getOrder", "parameters": {"id": "$response.body#/id"}, "description": "Look at it."},
        "ByPath": {"operationRef": "#/paths/~1orders~1{id}/get", "requestBody": {"a": 1}},
        "Elsewhere": {"operationRef": "https://other.example/openapi.json#/paths/~1x/get"},
    }
    paths = {
        "/orders": {
            "post": {
                "operationId": "createOrder",
                "responses": {"201": {"description": "Made", "links": links}},
                "callbacks": {
                    "onPaid": {
                        "{$request.body#/url}": {
                            "post": {
                                "summary": "An order was paid",
                                "requestBody": BODY,
                                "responses": {"204": {"description": "Taken"}},
                            }
                        }
                    },
                    "onText": {"{$request.query.at}": {"put": {"requestBody": PLAIN}}},
                },
                "x-beta": True,
                "x-rate-limit": {"per": "minute"},
                "x-deprecated-description": "Use **orders/v2**.",
            }
        },
        "/orders/{id}": {
            "get": {"operationId": "getOrder", "summary": "Read <an> order", "x-explorer-enabled": False,
                    "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]}
        },
    }  # fmt: skip
    webhooks = {f"event{number}": {"post": {"summary": f"Event {number}", "requestBody": BODY}} for number in range(70)}
    return document(paths) | {
        "openapi": "3.1.0",
        "webhooks": webhooks,
        "components": {"schemas": {"Event": EVENT}},
        "tags": [{"name": "About paging", "x-traitTag": True, "description": "Pages have a `cursor`."}],
    }


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    with site_of(tmp_path_factory.mktemp("beyond"), {"shop": shop()}) as app:
        yield browser_of(app)


def test_an_answer_says_what_it_leads_on_to(visitor: FlaskClient) -> None:
    page = get(visitor, "/providers/shop/createorder")
    first, second, third = page.select(".leads-on > li")
    assert words(first) == "201 GET Read <an> order Look at it. id $response.body#/id"
    assert one(first, "a")["href"] == "/providers/shop/getorder"
    assert one(second, "a")["href"] == "/providers/shop/getorder"
    assert words(second).endswith('body {"a":1}')
    assert not third.select("a")
    assert "https://other.example/openapi.json#/paths/~1x/get" in words(third)


def test_callbacks_are_shown_as_they_will_arrive(visitor: FlaskClient) -> None:
    page = get(visitor, "/providers/shop/createorder")
    paid, text = page.select("section:has(#callbacks-title) details")
    assert words(one(paid, "summary")) == "POST An order was paid {$request.body#/url}"
    assert "Carries application/json" in words(paid)
    assert [words(name) for name in paid.select("dt")][:2] == ["id required", "lines"]
    assert [words(told) for told in paid.select("dd")][:2] == ["string Which order.", "list of integers"]
    assert len(paid.select("dt")) == 20
    assert "and 12 more" in words(paid)
    assert "Expects 204" in words(paid)
    assert words(one(text, "summary")) == "PUT onText {$request.query.at}"
    assert "Carries text/plain : string" in words(text)


def test_webhooks_are_shown_with_what_they_carry(visitor: FlaskClient) -> None:
    page = get(visitor, "/providers/shop")
    section = one(page, "section:has(> #webhooks)")
    first = section.select("details")[0]
    assert words(one(first, "summary")) == "POST event0 Event 0"
    assert "id required string Which order." in words(first)
    assert len(section.select("details")) == 60
    assert "and 10 more webhooks" in words(section)
    assert "Pages have a cursor ." in words(one(page, "section:has(> #topics)"))


def test_badges_notices_and_other_extensions_are_there(visitor: FlaskClient) -> None:
    page = get(visitor, "/providers/shop/createorder")
    assert {"deprecated", "beta"} <= {words(tag) for tag in page.select(".operation-head .tag")}
    assert words(one(page, ".operation-head .notice")) == "Use orders/v2 ."
    assert words(one(page, ".extensions dl")) == 'x-rate-limit {"per":"minute"}'


def test_what_is_not_to_be_sent_has_no_send_and_is_not_sent(visitor: FlaskClient) -> None:
    page = get(visitor, "/providers/shop/getorder")
    assert not page.select("[data-send]")
    assert "asks not to send from a page" in words(one(page, ".send-bar"))
    assert page.select("#snippet-text")
    answer = post(visitor, "/providers/shop/getorder/send", {"path.id": "1"})
    assert "asks not to send from a page" in words(answer)


def test_the_markdown_says_the_same(visitor: FlaskClient) -> None:
    text = visitor.get("/providers/shop/createorder.md").text
    assert "## Next operations" in text
    assert "- `201` [Read \\<an\\> order](http://localhost/providers/shop/getorder.md), `id` from" in text
    assert "## Callbacks\n\n### An order was paid\n\n`POST {$request.body#/url}`" in text
    assert "| `id` | string | yes | Which order. |" in text
    assert "Carries `text/plain`: string." in text
    assert "Use **orders/v2**." in text
    assert "## Webhooks\n\n### Event 0" in visitor.get("/providers/shop.md").text


def test_an_operation_without_any_of_it_says_nothing_of_it(client: FlaskClient) -> None:
    text = client.get("/providers/stripe/getcustomers").text
    assert "Next operations" not in text
    assert "Callbacks" not in text
    assert "Extensions" not in text
    assert 'href="/providers/stripe/getcustomers.md"' in text
