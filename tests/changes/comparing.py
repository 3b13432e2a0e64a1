"""Two states of one description, and what differs between them."""

from __future__ import annotations

import json
from typing import Any

import playground
from playground.catalog.model import Catalog
from playground.changes.compare import compare
from playground.changes.model import Comparison, from_json
from playground.text.wording import Said


def thing_document(schema: Any = None, **operation: Any) -> dict[str, Any]:
    schema = {"type": "object", "properties": {"a": {"type": "string"}}} if schema is None else schema
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
    described = {
        "operationId": "change",
        "parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}}],
        "requestBody": {"content": content},
        "responses": {"200": {"description": "Fine", "content": content}, "404": {"description": "None"}},
        **operation,
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/things/{id}": {"put": described}},
        "components": {
            "schemas": {"Thing": schema},
            "securitySchemes": {name: {"type": "http", "scheme": "bearer"} for name in ("one", "two")},
        },
    }


def catalog_of(document: dict[str, Any]) -> Catalog:
    return playground.compile_document(document).catalog


def compared(before: dict[str, Any], after: dict[str, Any]) -> Comparison:
    comparison = compare(catalog_of(before), catalog_of(after))
    again = from_json(json.loads(json.dumps(comparison.to_json())))
    assert again == comparison
    # A page says each in its reader's language, when it is compared and when it comes out of the catalogue.
    for version in (comparison, again):
        assert all(isinstance(change.text, Said) for one in version.changed for change in one.changes)
    return comparison


def changes_of(before: dict[str, Any], after: dict[str, Any]) -> dict[tuple[str, str], bool]:
    comparison = compared(before, after)
    assert not comparison.added and not comparison.removed
    return {(change.place, change.rule): change.breaking for one in comparison.changed for change in one.changes}


def thing(**more: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"a": more}}
