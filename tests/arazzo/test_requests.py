"""A planned call becomes a request of the catalogue, wherever the document says its operation is."""

from __future__ import annotations

from typing import Any

import pytest

from playground.arazzo.requests import Bound, SourceError, bound_in, build, content_of, entry_of
from playground.arazzo.run import Run
from playground.messages import Headers, HTTPResponse
from playground.request.errors import RequestError
from playground.store import Store
from tests.arazzo.documents import read, step, written


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ({"operationId": "ReadOrder"}, "readorder"),
        ({"operationId": "readOrder"}, "readorder"),
        ({"operationId": "$sourceDescriptions.shop.listOrders"}, "listorders"),
        ({"operationPath": "{$sourceDescriptions.shop.url}#/paths/~1orders/post"}, "makeorder"),
        ({"operationPath": "{$sourceDescriptions.shop.url}#/paths/~1orders~1{orderId}/get"}, "readorder"),
        ({"operationPath": "{$sourceDescriptions.shop.url}#/paths/~1orders~1%7BorderId%7D/get"}, "readorder"),
        ({"operationPath": "{$sourceDescriptions.shop.url}#/paths/~1plain"}, "getPlain"),
    ],
)
def test_an_operation_is_found_by_id_and_by_path(shop: Store, called: Any, name: str) -> None:
    document = read(step("s", **called))
    bound, entry = entry_of(document, document.workflows[0].steps[0], bound_in(document, shop, {}))
    assert (bound, entry.operation.name.lower()) == (Bound(shop, "shop"), name.lower())


@pytest.mark.parametrize(
    ("called", "sentence"),
    [
        ({"operationId": "gone"}, "gone is no operation of the API: check its name in the description."),
        (
            {"operationPath": "{$sourceDescriptions.shop.url}#/paths/~1orders"},
            "{$sourceDescriptions.shop.url}#/paths/~1orders is no operation of the API: check its name in the "
            "description.",
        ),
    ],
)
def test_an_operation_that_is_not_there_is_named(shop: Store, called: Any, sentence: str) -> None:
    document = read(step("s", **called))
    with pytest.raises(SourceError) as raised:
        entry_of(document, document.workflows[0].steps[0], bound_in(document, shop, {}))
    assert str(raised.value) == sentence


def test_a_source_is_found_as_chosen_as_exported_or_by_its_name(shop: Store) -> None:
    value = written(step("s"))
    sources: list[dict[str, Any]] = [
        {"name": "other", "url": "x.yaml"},
        {"name": "other", "url": "https://here.example/providers/shop/openapi.json"},
        {"name": "other", "url": "x.yaml", "x-playground-provider": "shop"},
        {"name": "Shop", "url": "x.yaml"},
    ]
    for source in sources:
        document = read(step("s"), more={**value, "sourceDescriptions": [source], "workflows": []})
        found = bound_in(document, shop, {})(source["name"])
        assert (found is not None) is (source is not sources[0])
        assert bound_in(document, shop, {source["name"]: "shop"})(source["name"]) == Bound(shop, "shop")
    document = read(step("s"), more={"sourceDescriptions": [sources[0]]})
    with pytest.raises(SourceError) as raised:
        entry_of(document, document.workflows[0].steps[0], bound_in(document, shop, {}))
    assert raised.value.source == "other"


def built(shop: Store, **members: Any) -> Any:
    document = read(step("s", **members))
    call = Run(document, "main", {}).plan()
    assert call is not None
    return build(call, entry_of(document, call.step, bound_in(document, shop, {}))[1], None)


def test_parameters_go_where_the_document_says(shop: Store) -> None:
    parameters = [
        {"name": "order_id", "in": "path", "value": 7},
        {"name": "x-trace", "in": "header", "value": "t"},
        {"name": "more", "in": "query", "value": "q"},
        {"name": "session", "in": "cookie", "value": "c"},
    ]
    message = built(shop, operationId="ReadOrder", parameters=parameters).message
    assert message.url == "https://shop.example/orders/7?more=q"
    assert (message.headers.get("X-Trace"), message.headers.get("Cookie")) == ("t", "session=c")


@pytest.mark.parametrize(
    ("body", "sent"),
    [
        ({"payload": {"item": "a", "count": 2}}, b'{"item":"a","count":2}'),
        ({"payload": '{"count": 1.50}', "contentType": "application/json"}, b'{"count":1.50}'),
        ({"payload": {"item": "a b"}, "contentType": "application/x-www-form-urlencoded"}, b"item=a+b"),
        ({"payload": "item=x&count=3", "contentType": "application/x-www-form-urlencoded"}, b"item=x&count=3"),
    ],
)
def test_bodies_are_written_as_their_media_type_says(shop: Store, body: Any, sent: bytes) -> None:
    assert built(shop, operationId="makeOrder", requestBody=body).message.body.replace(b"%20", b"+") == sent


def test_a_parameter_that_the_path_lacks_is_refused(shop: Store) -> None:
    with pytest.raises(RequestError, match="no path parameter named"):
        built(shop, operationId="ReadOrder", parameters=[{"name": "elsewhere", "in": "path", "value": 1}])


def test_json_content_is_a_value_and_other_content_a_text() -> None:
    json = Headers.of([("Content-Type", "application/json")])
    assert content_of(HTTPResponse(status=200, headers=json, body=b'{"a": 1}')) == ('{"a": 1}', {"a": 1})
    assert content_of(HTTPResponse(status=200, headers=json, body=b"{")) == ("{", "{")
    assert content_of(HTTPResponse(status=200, body=b"plain")) == ("plain", "plain")
    assert content_of(HTTPResponse(status=204)) == ("", None)
