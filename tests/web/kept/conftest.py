"""A site with an API that answers what a test gives it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.support.pages import browser_of, document, one, opened, post, site_of
from tests.support.servers import RecordingServer, http_answer

CANARY = "canary-7f3a9c-secret"


@pytest.fixture
def api() -> Iterator[RecordingServer]:
    with RecordingServer() as server:
        yield server


@pytest.fixture
def client(tmp_path: Path, api: RecordingServer) -> Iterator[FlaskClient]:
    password = {"type": "string", "format": "password"}
    order = {"type": "object", "properties": {"note": {"type": "string"}, "pin": password}}
    paths: dict[str, Any] = {
        "/items/{id}": {
            "post": {
                "operationId": "order",
                "summary": "Order an item",
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
                    {"name": "limit", "in": "query", "schema": {"type": "integer"}},
                    {"name": "api_key", "in": "query", "schema": {"type": "string"}},
                ],
                "requestBody": {"content": {"application/json": {"schema": order}}},
                "responses": {"200": {"description": "ok", "content": {"application/json": {
                    "schema": {"type": "object"}, "example": {"id": "1", "documented": True}}}}},
            }
        }
    }  # fmt: skip
    schemes = {"token": {"type": "http", "scheme": "bearer"}}
    described = document(paths, server=api.url, schemes=schemes, security=[{"token": []}], title="Shop API")
    settings: dict[str, Any] = {"private_networks": opened(api.port), "answers": tmp_path / "answers"}
    with site_of(tmp_path, {"shop": described}, **settings) as app:
        yield browser_of(app)


@pytest.fixture
def sent(client: FlaskClient, api: RecordingServer) -> Callable[..., str]:
    """Return what sends the form and returns the token of its answer."""

    def send(answer: Any, *, headers: dict[str, str] | None = None, **form: str) -> str:
        data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        api.answer = http_answer(data, headers={"Content-Type": "application/json", **(headers or {})})
        credential = {"type": "bearer", "token": CANARY}
        filled = {
            "path.id": "7", "query.limit": "2", "query.api_key": CANARY, "body/note": "hello", "body/pin": CANARY,
            "credential": json.dumps({"credential": credential}), "gateway_url": "http://localhost/gateway", **form,
        }  # fmt: skip
        page = post(client, "/providers/shop/order/send", filled)
        return str(one(page, '#answer-save input[name="answer"]')["value"])

    return send
