"""What a method takes and gives back, by the rules of flat arguments."""

from __future__ import annotations

from typing import Any

import pytest

from playground.sdk.definitions import NamedTypes
from playground.sdk.signatures import Signature, write_signature
from tests.support.sdk.packages import catalog_of, document, entries_of


def signature(described: dict[str, Any]) -> Signature:
    path = "/things/{id}" if ID in described.get("parameters", ()) else "/things"
    catalog = catalog_of(document({path: {"post": {"operationId": "put", **described}}}))
    (entry,) = entries_of(catalog)
    types = NamedTypes(catalog.definitions)
    found = write_signature(entry, types.naming("input"), types.naming("output"))
    return Signature(
        arguments=" ".join(found.arguments.split()), required=found.required, result=" ".join(found.result.split())
    )


def parameter(name: str, location: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": location, "schema": {"type": "string"}, "required": location == "path", **more}


def body(schema: Any, kind: str = "application/json", **more: Any) -> dict[str, Any]:
    return {"requestBody": {"content": {kind: {"schema": schema}}, **more}}


ID = parameter("id", "path")
NOTE = {"type": "object", "properties": {"note": {"type": "string"}}, "required": ["note"]}


@pytest.mark.parametrize(
    ("described", "arguments", "required"),
    [
        ({}, "", False),
        ({"parameters": [parameter("q", "query")]}, "{ q?: string; }", False),
        ({"parameters": [ID]}, "{ id: string; }", True),
        ({"parameters": [ID], **body(NOTE)}, "{ id: string; note?: string; }", True),
        (body(NOTE, required=True), "{ note: string; }", True),
        (body({"type": "array"}, required=True), "{ body: unknown[]; }", True),
        (body({"type": "object"}), "{ body?: { [key: string]: unknown }; [key: string]: unknown; }",
         False),
        (body({"type": "string"}, "text/plain"), "{ body?: string; }", False),
        (body({}, "application/pdf"), "{ body?: FileArgument; }", False),
        (body({"oneOf": [NOTE, {"type": "integer"}]}, "*/*"),
         "{ body?: { note: string; } | number; }", False),
        (body({"type": "string"}, "*/*"), "{ body?: FileArgument; }", False),
        (body(NOTE | {"additionalProperties": True}), "{ note?: string; [key: string]: unknown; }",
         False),
        # A name that is the path's and the body's: the body is given whole.
        ({"parameters": [ID], **body({"properties": {"id": {"type": "integer"}, "note": {"type": "string"}}})},
         "{ id: string; note?: string; body?: { id?: number; note?: string; }; }", True),
        # A name in two places: one value for both, or each by itself.
        ({"parameters": [ID, parameter("id", "query")]},
         "{ id?: string; params?: { id?: string; }; query?: { id?: string; }; }", False),
        ({"parameters": [parameter("it's", "query"), parameter("X-Y", "header")]},
         r"{ 'it\'s'?: string; 'X-Y'?: string; }", False),
    ],
)  # fmt: skip
def test_arguments(described: dict[str, Any], arguments: str, required: bool) -> None:
    found = signature(described)
    assert found.arguments.replace("| {", "{") == arguments
    assert found.required is required


def test_bodies_of_several_media_types_are_a_choice_and_equal_ones_are_written_once() -> None:
    content = {"application/json": {"schema": NOTE}, "application/x-www-form-urlencoded": {"schema": NOTE}}
    assert signature({"requestBody": {"content": content}}).arguments == "{ note?: string; }"
    content["text/plain"] = {"schema": {"type": "string"}}
    assert signature({"requestBody": {"content": content}}).arguments == "{ note?: string; } | { body?: string; }"


def answers(**statuses: Any) -> dict[str, Any]:
    return {"responses": {status.strip("_"): {"description": "", **one} for status, one in statuses.items()}}


JSON = {"content": {"application/json": {"schema": {"type": "integer"}}}}


@pytest.mark.parametrize(
    ("described", "result"),
    [
        ({}, "unknown"),
        (answers(_204={}), "undefined"),
        (answers(_200=JSON, _204={}), "number | undefined"),
        (answers(_200={}), "unknown"),
        (answers(_404=JSON, default={"content": {"text/csv": {}}}), "string"),
        (answers(_2XX={"content": {"application/pdf": {}}}), "BlobLike"),
        (
            answers(_200={"content": {"text/html": {}, "application/json": JSON["content"]["application/json"]}}),
            "number",
        ),
        (answers(_200={"content": {"application/xml": {"schema": {"type": "object"}}}}), "string"),
    ],
)
def test_results(described: dict[str, Any], result: str) -> None:
    assert signature(described).result == result
