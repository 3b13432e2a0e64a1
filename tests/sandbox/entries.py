"""Entries for the sandbox's tests: compiled documents, and small ones made by hand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from playground import bundled
from playground.catalog.model import (
    Catalog,
    Definitions,
    Entry,
    Example,
    MediaType,
    Operation,
    Provider,
    Response,
    ResponseHeader,
    Schema,
)
from playground.messages import Headers, HTTPRequest, HTTPResponse
from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document
from playground.request.model import RequestModel
from playground.sandbox.answering import answer


@cache
def catalog_of(path: Path, name: str) -> Catalog:
    return compile_document(parse_document(path.read_bytes()), name=name).catalog


def bundled_catalog(name: str) -> Catalog:
    return catalog_of(Path(bundled.__file__).parent / f"{name}.yaml", name)


def entry_of(catalog: Catalog, name: str) -> Entry:
    operation = next(one for one in catalog.operations if one.name == name)
    return Entry(provider=catalog.provider, operation=operation, definitions=catalog.definitions)


def media(name: str = "application/json", schema: Schema = True, **examples: Any) -> MediaType:
    return MediaType(
        name=name, schema=schema, examples=tuple(Example(name=key, value=value) for key, value in examples.items())
    )


def response(status: str, *media_types: MediaType, headers: Mapping[str, Schema] | None = None) -> Response:
    fields = tuple(ResponseHeader(name=name, schema=schema) for name, schema in (headers or {}).items())
    return Response(status=status, media_types=media_types, headers=fields)


def made(
    *responses: Response, definitions: Definitions | None = None, method: str = "GET", path: str = "/things"
) -> Entry:
    operation = Operation(name="made", method=method, path=path, responses=responses)
    return Entry(provider=Provider(name="made", title="Made"), operation=operation, definitions=definitions or {})


def ask(entry: Entry, model: RequestModel | None = None, **fields: str) -> HTTPResponse:
    """Send the request to the sandbox with header fields (`prefer="code=404"`)."""
    headers = Headers.of(fields.items())
    request = HTTPRequest(method=entry.operation.method, url="https://sandbox.invalid/", headers=headers)
    return answer(entry, request, model or RequestModel())


def misfits(value: Any, schema: Schema, definitions: Definitions) -> list[str]:
    """Return what an independent validator holds against the value."""
    whole = {"$defs": dict(definitions), "allOf": [schema]}
    return [f"{error.json_path}: {error.message[:200]}" for error in Draft202012Validator(whole).iter_errors(value)]
