"""Catalogs built by hand for the store's tests."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from pathlib import Path

from playground.catalog.model import (
    Catalog,
    MediaType,
    Operation,
    Parameter,
    Provider,
    RequestBody,
    SecurityScheme,
    Server,
    Tag,
)
from playground.catalog.names import canonical_name
from playground.store.file import FORMAT


def operation(
    operation_id: str, method: str = "GET", path: str = "/", *, tags: tuple[str, ...] = (), **more: object
) -> Operation:
    fields: dict[str, object] = {
        "name": canonical_name(operation_id),
        "method": method,
        "path": path,
        "operation_id": operation_id,
        "tags": tags,
        **more,
    }
    return Operation(**fields)  # type: ignore[arg-type]


def make_older(path: Path) -> None:
    """Put a copy in the place of a catalogue, of the format before: what a process knows of a file it has read once."""
    copy = path.with_suffix(".older")
    shutil.copy2(path, copy)
    with contextlib.closing(sqlite3.connect(copy)) as connection:
        connection.execute(f"PRAGMA user_version = {FORMAT - 1}")
    copy.replace(path)


SHOP = Catalog(
    provider=Provider(
        name="shop",
        title="Shop API",
        version="2024-01-01",
        summary="Sells things",
        servers=(Server(url="https://api.shop.example"),),
        tags=(Tag(name="orders", title="Orders and returns"), Tag(name="unused")),
        security_schemes=(SecurityScheme(name="bearer", type="http", scheme="bearer"),),
    ),
    operations=(
        operation(
            "PostCheckoutSessionsSession",
            "POST",
            "/v1/checkout/sessions/{session}",
            tags=("checkout",),
            summary="Update a session",
            description="Changes what the customer is asked to pay.",
            parameters=(Parameter(name="session", location="path", required=True, schema={"type": "string"}),),
            request_body=RequestBody(
                media_types=(
                    MediaType(
                        name="application/x-www-form-urlencoded",
                        schema={"$ref": "#/$defs/update"},
                    ),
                )
            ),
        ),
        operation("orders/list-for-user", "GET", "/v1/orders", tags=("orders", "users"), summary="List orders"),
        operation("GetOrder", "GET", "/v1/orders/{id}", tags=("orders",), deprecated=True),
        operation("Ping", "GET", "/ping", summary="Überprüfung"),
    ),
    definitions={
        "update": {"type": "object", "properties": {"line_items": {"$ref": "#/$defs/item"}}},
        "item": {"type": "object", "properties": {"n": {"maximum": 2**70, "multipleOf": 0.10}}},
        "any": True,
    },
)


def numbered(number: int, count: int = 40, name: str = "shop") -> Catalog:
    """Return a catalog in which everything tells the same number."""
    return Catalog(
        provider=Provider(name=name, title=f"Shop {number}", version=str(number)),
        operations=tuple(
            operation(f"Op{index}", "GET", f"/{index}", summary=f"Number {number}", tags=(f"tag{number}",))
            for index in range(count)
        ),
        definitions={f"d{index}": {"const": number} for index in range(count)},
    )
