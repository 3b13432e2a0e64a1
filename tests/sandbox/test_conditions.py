"""Idempotency keys, entity tags and conditional requests, where they are described."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sandbox.clients import Client, value, written


@pytest.fixture
def shop(state: Path) -> Client:
    return Client(written("shop"), state, headers={"X-Key": "k"})


def test_the_same_key_gives_the_same_answer_once(shop: Client) -> None:
    body = {"email": "a@example.com"}
    first = shop("POST", "/customers", body, Idempotency_Key="one")
    again = shop("POST", "/customers", body, Idempotency_Key="one")
    assert (again.status, again.body) == (first.status, first.body)
    assert again.headers.get("Idempotent-Replayed") == "true"
    assert len(value(shop("GET", "/customers"))["data"]) == 1
    other = shop("POST", "/customers", body, Idempotency_Key="two")
    assert value(other)["id"] != value(first)["id"]
    assert (
        shop.of("grace")("POST", "/customers", body, Idempotency_Key="one").headers.get("Idempotent-Replayed") is None
    )


def test_the_same_key_with_another_request_is_refused(shop: Client) -> None:
    shop("POST", "/customers", {"email": "a@example.com"}, Idempotency_Key="one")
    answer = shop("POST", "/customers", {"email": "b@example.com"}, Idempotency_Key="one")
    assert answer.status == 409
    assert "Idempotency-Key" in value(answer)["error"]["message"]


def test_an_unchanged_thing_is_not_sent_again(shop: Client) -> None:
    customer = value(shop("POST", "/customers", {"email": "a@example.com"}))
    path = f"/customers/{customer['id']}"
    tag = shop("GET", path).headers.get("ETag") or ""
    assert tag.startswith('"')
    same = shop("GET", path, If_None_Match=f'"x", W/{tag}')
    assert (same.status, same.body, same.headers.get("ETag")) == (304, b"", tag)
    shop("PATCH", path, {"name": "New"})
    changed = shop("GET", path, If_None_Match=tag)
    assert changed.status == 200
    assert changed.headers.get("ETag") != tag


def test_a_change_of_what_was_changed_meanwhile_is_refused(shop: Client) -> None:
    customer = value(shop("POST", "/customers", {"email": "a@example.com"}))
    path = f"/customers/{customer['id']}"
    tag = shop("GET", path).headers.get("ETag") or ""
    assert shop("PATCH", path, {"name": "Mine"}, If_Match=tag).status == 200
    late = shop("PATCH", path, {"name": "Late"}, If_Match=tag)
    assert late.status == 412
    assert "If-Match" in value(late)["error"]["message"]
    assert value(shop("GET", path))["name"] == "Mine"
    assert shop("PATCH", path, {"name": "Any"}, If_Match="*").status == 200
    assert shop("PUT", path, {"email": "x@example.com"}, If_None_Match="*").status == 412
    assert shop("PUT", "/customers/cus_new", {"email": "x@example.com"}, If_Match="*").status == 412
