"""Webhooks and callbacks are kept apart from what a visitor can send."""

from __future__ import annotations

from typing import Any

import pytest

from playground.openapi.compile import compile_document
from playground.openapi.problems import LimitError, Limits
from tests.openapi.documents import compiled, document, messages, operation

BODY = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Event"}}}}
SENT: dict[str, Any] = {"post": {"summary": "An order was paid", "requestBody": BODY}}
SCHEMAS = {"schemas": {"Event": {"type": "object"}}}


@pytest.mark.parametrize("key", ["webhooks", "x-webhooks"])
def test_webhooks_are_listed_and_are_no_operations(key: str) -> None:
    catalog = compiled(document({"/a": {"get": {}}}, components=SCHEMAS, **{key: {"order.paid": SENT}})).catalog  # type: ignore[arg-type]
    assert [one.key for one in catalog.operations] == ["GET /a"]
    (webhook,) = catalog.webhooks
    assert (webhook.method, webhook.path, webhook.name) == ("POST", "order.paid", "postOrderPaid")
    assert webhook.summary == "An order was paid"
    assert webhook.request_body is not None
    assert webhook.request_body.media_types[0].schema == {"$ref": "#/$defs/Event"}
    assert "Event" in catalog.definitions


def test_a_document_may_have_webhooks_only() -> None:
    value = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "webhooks": {"a": SENT}}
    assert [webhook.path for webhook in compiled(value | {"components": SCHEMAS}).catalog.webhooks] == ["a"]


def test_a_webhook_may_be_a_reference_to_a_path_item() -> None:
    value = document(
        openapi="3.1.0", components={**SCHEMAS, "pathItems": {"P": SENT}},
        webhooks={"a": {"$ref": "#/components/pathItems/P"}, "x-b": SENT},
    )  # fmt: skip
    assert [webhook.summary for webhook in compiled(value).catalog.webhooks] == ["An order was paid"]


def test_a_webhook_takes_no_name_from_an_operation() -> None:
    sent = {"post": {"operationId": "a"}}
    catalog = compiled(document({"/a": {"get": {"operationId": "a"}}}, webhooks={"w": sent})).catalog
    assert [one.name for one in (*catalog.operations, *catalog.webhooks)] == ["a", "a"]


def test_callbacks_stand_with_their_operation() -> None:
    callbacks = {"paid": {"{$request.body#/url}": SENT, "x-note": 1}, "shared": {"$ref": "#/components/callbacks/C"}}
    value = document(
        {"/a": {"post": {"callbacks": callbacks}}}, components={**SCHEMAS, "callbacks": {"C": {"$url": SENT}}}
    )
    found = operation(value).callbacks
    assert [one.name for one in found] == ["paid", "shared"]
    assert [one.path for callback in found for one in callback.operations] == ["{$request.body#/url}", "$url"]
    # Runtime expressions are no path variables.
    assert found[0].operations[0].parameters == ()
    assert messages(value) == []


def test_callbacks_of_callbacks_end() -> None:
    callback: dict[str, Any] = {"u": {"post": {"callbacks": {"again": {"$ref": "#/components/callbacks/C"}}}}}
    value = document(
        {"/a": {"post": {"callbacks": {"c": {"$ref": "#/components/callbacks/C"}}}}},
        components={"callbacks": {"C": callback}},
    )
    (found,) = operation(value).callbacks
    assert found.operations[0].callbacks == ()


def test_broken_ones_are_problems_and_cost_nothing_else() -> None:
    value = document(
        {"/a": {"post": {"callbacks": {"a": 1, "b": {"u": []}, "c": {"u": SENT}}}}}, webhooks=[], components=SCHEMAS
    )
    found = messages(value)
    assert [callback.name for callback in operation(value).callbacks] == ["c"]
    assert [one.split()[1] for one in found] == [
        "/paths/~1a/post/callbacks/a",
        "/paths/~1a/post/callbacks/b/u",
        "/webhooks",
    ]


def test_callbacks_count_towards_the_limits() -> None:
    many = {f"u{index}": SENT for index in range(40)}
    paths = {f"/{index}": {"post": {"callbacks": {"c": {"$ref": "#/components/callbacks/C"}}}} for index in range(40)}
    value = document(paths, components={**SCHEMAS, "callbacks": {"C": many}})
    assert len(compile_document(value, name="t").catalog.operations) == 40
    for limits in (Limits(parts=1000), Limits(operations=39)):
        with pytest.raises(LimitError):
            compile_document(value, name="t", limits=limits)
