"""One input said twice, or out of place: the address names the operation, the first text of a field is its value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from tests.support.pages import browser_of, document, opened, site_of
from tests.support.servers import RecordingServer, http_answer

PAGE = "/providers/shop/order"
GATEWAY = "/gateway/tools/shop/order"


def described(server: str) -> dict[str, Any]:
    text = {"schema": {"type": "string"}}
    body = {"type": "object", "properties": {"note": {"type": "string"}}}
    operation = {
        "operationId": "order",
        "parameters": [{"name": "id", "in": "path", "required": True, **text}, {"name": "q", "in": "query", **text}],
        "requestBody": {"content": {"application/json": {"schema": body}}},
        "responses": {},
    }
    return document({"/orders/{id}": {"post": operation}}, server=server)


@dataclass
class Scene:
    """A site with two APIs of the same operations, of which only the first may ever be called."""

    client: FlaskClient
    shop: RecordingServer
    other: RecordingServer


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with RecordingServer(http_answer({})) as shop, RecordingServer(http_answer({})) as other:
        apis = {"shop": described(shop.url), "other": described(other.url)}
        with site_of(tmp_path, apis, private_networks=(*opened(shop.port), *opened(other.port))) as site:
            yield Scene(client=browser_of(site), shop=shop, other=other)


TYPED = [("path.id", "1"), ("body/note", "mine"), ("body~mode", "form")]


@pytest.mark.parametrize(
    "said_too",
    [
        [("provider", "other"), ("operation", "none"), ("_method", "DELETE"), ("url", "http://127.0.0.1:1/")],
        [("path.id", "2"), ("body/note", "theirs"), ("body~mode", "raw"), ("body~raw", '{"note":"raw"}')],
        [("path.q", "6"), ("path", "7"), ("body", "8")],
    ],
)
@pytest.mark.parametrize("query", ["", "?provider=other&path.id=9&body/note=query&server=sandbox&gateway_url=http://x"])
def test_a_send_takes_what_the_form_said_first(scene: Scene, said_too: list[tuple[str, str]], query: str) -> None:
    pairs = MultiDict([*TYPED, ("server", scene.shop.url), *said_too, ("server", scene.other.url)])
    answer = scene.client.post(f"{PAGE}/send{query}", data=pairs)
    assert answer.status_code == 200
    assert not scene.other.requests
    assert [request.line for request in scene.shop.requests] == ["POST /orders/1 HTTP/1.1"]
    assert scene.shop.request.body == b'{"note":"mine"}'


def test_an_added_parameter_of_the_name_of_another_is_beside_it(scene: Scene) -> None:
    pairs = [*TYPED, ("server", scene.shop.url), ("query.id", "3"), ("header.id", "4")]
    assert scene.client.post(f"{PAGE}/send", data=MultiDict(pairs)).status_code == 200
    assert scene.shop.request.line == "POST /orders/1?id=3 HTTP/1.1"
    assert scene.shop.request.header("id") == "4"


@pytest.mark.parametrize(
    "call",
    [
        {"args": {"id": "1", "note": "mine"}, "provider": "other", "operation": "none"},
        {"args": {"id": "1", "note": "mine"}, "id": "2", "note": "theirs"},
    ],
)
def test_a_wrapped_call_is_what_its_address_and_arguments_say(scene: Scene, call: dict[str, Any]) -> None:
    scene.client.post(f"{GATEWAY}?id=9&provider=other&q=query", json=call)
    assert not scene.other.requests
    for recorded in scene.shop.requests:
        assert recorded.line == "POST /orders/1 HTTP/1.1"
        assert recorded.body == b'{"note":"mine"}'


def test_a_key_that_stands_twice_in_a_call_is_read_one_way(scene: Scene) -> None:
    call = b'{"args": {"id": "1", "id": "2", "note": "mine"}, "args": {"id": "3"}}'
    answer = scene.client.post(GATEWAY, data=call, content_type="application/json")
    assert not scene.other.requests
    sent = [request.line for request in scene.shop.requests]
    # Refused, or read as every JSON parser reads it: the last one. Never a mixture.
    assert (answer.status_code, sent) in [(400, []), (200, ["POST /orders/3 HTTP/1.1"])]
