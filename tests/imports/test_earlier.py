"""What was made for an earlier version of an API: found, named, and where it may go."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from playground.imports.descriptions import Description, digest_of, import_description
from playground.imports.earlier import (
    earlier_entry,
    find_entry,
    find_removed,
    read_earlier_arguments,
    read_made,
    tell_gone,
)
from playground.openapi.compile import CompileOptions
from playground.request.errors import UnknownArgument
from playground.request.fingerprint import definition_digest
from playground.store import OperationNotFound, Store, open_store


def document(paths: dict[str, Any], **schemas: Any) -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }


def operation(name: str, *parameters: str, summary: str = "") -> dict[str, Any]:
    places = [name.partition(".") for name in parameters]
    return {
        "operationId": name,
        "summary": summary,
        "parameters": [
            {"in": place, "name": word, "required": place == "path", "schema": {"type": "string"}}
            for place, _, word in places
        ],
    }


def put(store: Store, value: dict[str, Any]) -> None:
    data = json.dumps(value).encode()
    import_description(
        store, Description(document=value, source=data, digest=digest_of(data)), CompileOptions(name="shop")
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "catalog.sqlite") as opened:
        yield opened


def test_an_operation_of_the_same_place_is_the_same_operation(store: Store) -> None:
    put(store, document({"/orders/{id}": {"get": operation("getOrder", "path.id")}}))
    put(store, document({"/orders/{order}": {"get": operation("readOrder", "path.order")}}))
    entry, removed = find_entry(store, "shop", "getOrder")
    assert entry.operation.operation_id == "readOrder"
    assert removed is not None and removed.same is not None
    assert str(removed.sentence).startswith("getorder is called readorder since 20")
    made = read_made(store, "shop", "GET /orders/{id}", {"id": "7"})
    assert made.model.parameters == {"path": {"order": "7"}}
    assert "path.id is called path.order" in made.note


def test_what_became_of_an_operation_elsewhere_is_offered_only(store: Store) -> None:
    old = operation("listOrders", summary="List all orders of a customer")
    put(store, document({"/orders": {"get": old}, "/pets": {"get": operation("listPets")}}))
    new = operation("ordersOfCustomer", summary="List all orders of a customer")
    put(store, document({"/customers/orders": {"get": new}, "/pets": {"get": operation("listPets")}}))
    removed = find_removed(store, "shop", "listOrders")
    assert removed is not None and removed.same is None
    assert [one.name for one in removed.likely] == ["ordersofcustomer"]
    with pytest.raises(OperationNotFound):
        find_entry(store, "shop", "listOrders")
    assert find_removed(store, "shop", "neverThere") is None


def test_the_version_of_a_digest_is_found_also_where_only_a_definition_differs(store: Store) -> None:
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}}
    paths = {"/orders": {"post": {"operationId": "add", "requestBody": body}}}
    put(store, document(paths, Order={"type": "object", "properties": {"qty": {"type": "integer"}}}))
    digest = definition_digest(store.entry("shop", "add"))
    put(store, document(paths, Order={"type": "object", "properties": {"quantity": {"type": "integer"}}}))
    entry = store.entry("shop", "add")
    assert definition_digest(entry) != digest
    earlier, ended = earlier_entry(store, entry, digest)
    assert earlier is not None and ended
    assert "qty" in str(earlier.definitions["Order"]) and "quantity" not in str(earlier.definitions["Order"])
    assert earlier_entry(store, entry, "00000000") == (None, "")
    found = read_earlier_arguments(store, entry, {"qty": 3})
    assert found is not None
    assert "body/qty is gone, perhaps body/quantity now" in tell_gone(*found)


def test_saved_arguments_are_refused_with_what_they_may_be_now(store: Store) -> None:
    put(store, document({"/orders": {"get": operation("list", "query.status", "query.limit")}}))
    put(store, document({"/orders": {"get": operation("list", "query.state", "query.limit")}}))
    with pytest.raises(UnknownArgument, match=r"query\.status is gone, perhaps query\.state now"):
        read_made(store, "shop", "list", {"status": "open", "limit": "5"})
    with pytest.raises(UnknownArgument, match="no input named “other”"):
        read_made(store, "shop", "list", {"other": 1})
