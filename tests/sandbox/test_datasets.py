"""A visitor's things as one document: looked at, saved and loaded again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from playground.sandbox.datasets import DataSetError, dump, load, read
from tests.sandbox.clients import Client, value, written


@pytest.fixture
def shop(state: Path) -> Client:
    return Client(written("shop"), state, headers={"X-Key": "k"})


def test_what_is_dumped_can_be_loaded_by_another_visitor(shop: Client) -> None:
    customer = value(shop("POST", "/customers", {"email": "a@example.com"}))
    shop("POST", f"/customers/{customer['id']}/orders", {"items": [{"sku": "ABC-123", "quantity": 1}]})
    shop("PUT", "/settings", {"theme": "dark"})
    document = dump(shop.sandbox, "api", "ada")
    assert document["provider"] == "api"
    assert document["collections"]["/customers"] == [customer]
    assert load(shop.sandbox, "api", "grace", json.dumps(document).encode()) == 3
    grace = shop.of("grace")
    assert value(grace("GET", f"/customers/{customer['id']}")) == {**customer, "orders_count": 1}
    assert len(value(grace("GET", f"/customers/{customer['id']}/orders"))) == 1
    assert value(grace("GET", "/settings"))["theme"] == "dark"
    assert dump(shop.sandbox, "api", "grace") == document


def test_files_are_kept_in_base64(state: Path) -> None:
    store = Client(written("store"), state)
    store("PUT", "/photos/cat.bin", b"\x00\xff", kind="image/png")
    document = json.dumps(dump(store.sandbox, "api", "ada")).encode()
    load(store.sandbox, "api", "grace", document)
    got = store.of("grace")("GET", "/photos/cat.bin")
    assert (got.body, got.headers.get("Content-Type")) == (b"\x00\xff", "image/png")


def test_a_set_written_by_hand(shop: Client) -> None:
    written_set = {
        "collections": {"/customers": [{"id": "cus_a", "email": "a@example.com"}], "/customers/cus_a/orders": []}
    }
    assert load(shop.sandbox, "api", "ada", json.dumps(written_set).encode()) == 1
    assert value(shop("GET", "/customers/cus_a"))["email"] == "a@example.com"
    assert value(shop("GET", "/customers/cus_a/orders")) == []


WRONG: list[tuple[bytes, str]] = [
    (b"nothing", "A data set is a JSON document"),
    (b"\xff", "A data set is a JSON document"),
    (b"[]", 'Write {"collections"'),
    (b'{"collections": {"customers": []}}', "must be a path"),
    (b'{"collections": {"/customers": {}}}', "must be a path, and hold a list"),
    (json.dumps({"collections": {"/a": [{}] * 2001}}).encode(), "at most 2000"),
]


@pytest.mark.parametrize(("content", "words"), WRONG)
def test_a_set_that_cannot_be_read_says_what_to_write(content: bytes, words: str) -> None:
    with pytest.raises(DataSetError) as raised:
        read(content)
    assert words in str(raised.value)


def test_a_set_that_is_too_large_changes_nothing(shop: Client) -> None:
    customer = value(shop("POST", "/customers", {"email": "a@example.com"}))
    huge: Any = {"collections": {"/customers": [{"id": str(n), "note": "x" * 60_000} for n in range(400)]}}
    with pytest.raises(DataSetError):
        load(shop.sandbox, "api", "ada", json.dumps(huge).encode())
    assert value(shop("GET", "/customers"))["data"] == [customer]
