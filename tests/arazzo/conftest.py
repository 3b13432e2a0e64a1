"""A catalogue with one small API, for what looks operations up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from playground.openapi.compile import compile_document
from playground.store import Store, open_store

SHOP: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1"},
    "servers": [{"url": "https://shop.example"}],
    "paths": {
        "/orders/{orderId}": {
            "get": {
                "operationId": "ReadOrder",
                "parameters": [
                    {"name": "orderId", "in": "path", "required": True, "schema": {"type": "string"}},
                    {"name": "X-Trace", "in": "header", "schema": {"type": "string"}},
                ],
                "responses": {"200": {"description": "An order"}},
            }
        },
        "/orders": {
            "get": {"operationId": "listOrders", "responses": {"200": {"description": "Orders"}}},
            "post": {
                "operationId": "makeOrder",
                "requestBody": {
                    "content": {
                        kind: {"schema": {"type": "object", "properties": {"item": {}, "count": {"type": "integer"}}}}
                        for kind in ("application/json", "application/x-www-form-urlencoded")
                    }
                },
                "responses": {"201": {"description": "Made"}},
            },
        },
        "/plain": {"get": {"responses": {"200": {"description": "No name"}}}},
    },
}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "catalog.sqlite") as store:
        result = compile_document(SHOP, name="shop")
        store.replace(result.catalog, b"{}")
        yield store
