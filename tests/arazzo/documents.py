"""Arazzo documents for tests, built of what a test is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.arazzo.document import Document
from playground.arazzo.expressions import Exchange
from playground.arazzo.read import document_of
from playground.messages import Headers


def written(*steps: Mapping[str, Any], more: Mapping[str, Any] | None = None, **workflow: Any) -> dict[str, Any]:
    """Return a document of one workflow, `main`, with these steps; `more` are further members of the document."""
    value: dict[str, Any] = {
        "arazzo": "1.0.1",
        "info": {"title": "Test", "version": "1"},
        "sourceDescriptions": [{"name": "shop", "url": "shop.yaml", "type": "openapi"}],
        "workflows": [{"workflowId": "main", "steps": list(steps), **workflow}],
    }
    for name, member in (more or {}).items():
        value[name] = [*value[name], *member] if name == "workflows" else member
    return value


def read(*steps: Mapping[str, Any], **members: Any) -> Document:
    """Return the typed document of `written`."""
    return document_of(written(*steps, **members))


def step(name: str, **members: Any) -> dict[str, Any]:
    """Return a step that calls the operation of its own name."""
    called = {} if members.keys() & {"workflowId", "operationPath", "operationId"} else {"operationId": name}
    return {"stepId": name, **called, **members}


def answer(status: int = 200, body: Any = None, **headers: str) -> Exchange:
    """Return an answered request."""
    pairs = Headers.of((name.replace("_", "-"), value) for name, value in headers.items())
    return Exchange(status=status, body=body, headers=pairs, method="GET", url="https://shop.example/x?a=1")
