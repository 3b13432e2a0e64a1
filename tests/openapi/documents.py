"""Small documents for the tests of this package."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playground.catalog.model import Operation
from playground.openapi.compile import Compiled, compile_document

SPECS = Path(__file__).parents[2] / ".." / "shared" / "specs"


def document(paths: Mapping[str, Any] | None = None, *, openapi: str = "3.0.3", **more: Any) -> dict[str, Any]:
    return {"openapi": openapi, "info": {"title": "Test", "version": "1"}, "paths": dict(paths or {}), **more}


def swagger(paths: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {"swagger": "2.0", "info": {"title": "Test", "version": "1"}, "paths": dict(paths or {}), **more}


def compiled(value: Mapping[str, Any], **options: Any) -> Compiled:
    return compile_document(value, name="test", **options)


def operation(value: Mapping[str, Any], **options: Any) -> Operation:
    """Return the only operation of a document."""
    (only,) = compiled(value, **options).catalog.operations
    return only


def with_schema(schema: Any, *, openapi: Any = "3.0.3", **schemas: Any) -> dict[str, Any]:
    """Return a document whose only body has the schema; keywords become component schemas."""
    body = {"content": {"application/json": {"schema": schema}}}
    return document({"/a": {"post": {"requestBody": body}}}, openapi=openapi, components={"schemas": schemas})


def schema_of(value: Mapping[str, Any]) -> Any:
    body = operation(value).request_body
    assert body is not None
    return body.media_types[0].schema


def messages(value: Mapping[str, Any], **options: Any) -> list[str]:
    return [
        f"{problem.severity} {problem.pointer} {problem.message}" for problem in compiled(value, **options).problems
    ]
