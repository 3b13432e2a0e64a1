"""A recorded exchange answers the same request of its visitor, and travels with the data set."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from playground.sandbox.datasets import DataSetError, dump, load
from playground.sandbox.recording import Recording, key_of, read_written, record, written
from tests.sandbox.clients import Client, value
from tests.sandbox.clients import written as described

ANSWER = b'{"id": "cus_real", "email": "real@example.com", "created_at": "2026-01-02T03:04:05Z"}'


@pytest.fixture
def shop(state: Path) -> Client:
    return Client(described("shop"), state, headers={"X-Key": "k"})


def keep(client: Client, method: str, target: str, body: Any = None, **said: Any) -> None:
    """Record an exchange for the request that the client would send."""
    seen: list[str] = []
    sandbox = client.sandbox
    respond = sandbox.respond

    def note(call: Any) -> Any:
        seen.append(key_of(call.entry, call.request, call.path))
        return respond(call)

    sandbox.respond = note  # type: ignore[method-assign]
    try:
        client.of("nobody")(method, target, body)
    finally:
        sandbox.respond = respond  # type: ignore[method-assign]
    recording = Recording(**{"key": seen[0], "request": f"{method} {target}", "status": 200,
                             "content_type": "application/json", "content": ANSWER, **said})  # fmt: skip
    with sandbox.session(client.visitor, client.catalog.provider.name, writing=True) as session:
        record(session, recording)


def test_the_same_request_gets_it_whoever_signed_it(shop: Client) -> None:
    keep(shop, "GET", "/customers?limit=3&email=a@example.com")
    assert shop("GET", "/customers?email=a@example.com&limit=3").body == ANSWER
    assert shop("GET", "/customers?email=a@example.com&limit=3", X_Key="another").body == ANSWER
    assert shop("GET", "/customers?limit=4").body != ANSWER
    assert shop.of("grace")("GET", "/customers?email=a@example.com&limit=3").body != ANSWER


def test_content_is_the_same_in_any_order_of_members(shop: Client) -> None:
    keep(shop, "POST", "/customers", {"email": "a@example.com", "name": "Ada"}, status=202)
    again = shop("POST", "/customers", {"name": "Ada", "email": "a@example.com"})
    assert (again.status, again.body) == (202, ANSWER)
    assert shop("POST", "/customers", {"name": "Bob", "email": "a@example.com"}).status == 201


def test_what_a_request_asks_for_goes_before_it(shop: Client) -> None:
    keep(shop, "GET", "/customers/cus_1")
    assert shop("GET", "/customers/cus_1").body == ANSWER
    assert shop("GET", "/customers/cus_1", Prefer="code=404").status == 404
    assert shop("HEAD", "/customers/cus_1").body == b""


def test_it_is_in_the_data_set_and_comes_back_with_it(shop: Client) -> None:
    keep(shop, "GET", "/customers/cus_1")
    name = shop.catalog.provider.name
    saved = dump(shop.sandbox, name, "ada")
    assert saved["examples"][0]["value"]["id"] == "cus_real"
    load(shop.sandbox, name, "grace", json.dumps(saved).encode())
    assert value(shop.of("grace")("GET", "/customers/cus_1")) == json.loads(ANSWER)


def test_other_content_is_kept_byte_for_byte() -> None:
    one = Recording(key="0" * 32, request="GET /x", status=200, content_type="image/png", content=b"\x89PNG\xff")
    assert read_written(json.loads(json.dumps(written(one)))) == one


@pytest.mark.parametrize(
    "example",
    [7, {}, {"key": "x", "status": 200}, {"key": "0" * 32, "status": 99}, {"key": "0" * 32, "status": "200"},
     {"key": "0" * 32, "status": 200, "content": "%"},
     {"key": "0" * 32, "status": 200, "content_type": "a\r\nX-Injected: b"}],
)  # fmt: skip
def test_a_data_set_with_other_examples_is_refused(shop: Client, example: Any) -> None:
    content = json.dumps({"collections": {}, "examples": [example]}).encode()
    with pytest.raises(DataSetError, match="examples"):
        load(shop.sandbox, shop.catalog.provider.name, "ada", content)
