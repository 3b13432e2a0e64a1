"""Bodies and responses: media types, encodings, headers, sequences of 3.2."""

from __future__ import annotations

from typing import Any

import pytest

from playground.catalog.model import Encoding, Example, MediaType, Parameter, RequestBody, Response, ResponseHeader
from tests.openapi.documents import compiled, document, messages, operation

TEXT = {"type": "string"}


def body(described: Any, **more: Any) -> RequestBody | None:
    return operation(document({"/a": {"post": {"requestBody": described}}}, **more)).request_body


def responses(described: Any, **more: Any) -> tuple[Response, ...]:
    return operation(document({"/a": {"get": {"responses": described}}}, **more)).responses


def test_media_types_keep_their_order_and_spelling() -> None:
    names = ["applicationjson;version=2018-01-01", "application/json; charset=utf-8", "", "*/*", "codecs=opus", "x-a/b"]
    found = body({"required": True, "description": "d", "content": {name: {"schema": TEXT} for name in names}})
    assert found == RequestBody(
        media_types=tuple(MediaType(name=name, schema=TEXT) for name in names), required=True, description="d"
    )


def test_a_media_type_may_have_no_schema() -> None:
    assert body({"content": {"a/b": {}}}) == RequestBody(media_types=(MediaType(name="a/b"),))


@pytest.mark.parametrize(
    "described", [{}, {"content": {}}, {"content": 7}, {"content": {"a/b": 7}}, 7, [], {"$ref": "#/x"}]
)
def test_a_body_without_content_is_none_and_a_problem(described: Any) -> None:
    assert body(described) is None
    assert messages(document({"/a": {"post": {"requestBody": described}}}))


def test_examples_and_encodings_come_along() -> None:
    media_type = {
        "schema": {"type": "object"},
        "example": {"a": 1},
        "examples": {"n": {"summary": "s", "value": {"a": 2}}},
        "encoding": {
            "file": {"contentType": "image/png", "headers": {"X-A": {"schema": TEXT, "description": "d"}}},
            "list": {"style": "form", "explode": False, "allowReserved": True},
            "x-mine": {"style": "deepObject"},
            "bad": 7,
        },
    }
    found = body({"content": {"multipart/form-data": media_type}})
    assert found is not None
    (read,) = found.media_types
    assert read.examples == (Example(name="n", value={"a": 2}, summary="s"), Example(name="", value={"a": 1}))
    header = Parameter(name="X-A", location="header", schema=TEXT, description="d")
    assert read.encoding == {
        "file": Encoding(content_type="image/png", headers=(header,)),
        "list": Encoding(style="form", explode=False, allow_reserved=True),
        "x-mine": Encoding(style="deepObject"),
    }


def test_a_body_by_reference_is_shared() -> None:
    shared = {"requestBodies": {"b": {"content": {"a/b": {"schema": TEXT}}}}}
    reference = {"requestBody": {"$ref": "#/components/requestBodies/b"}}
    value = document({"/a": {"post": reference, "put": reference}}, components=shared)
    first, second = compiled(value).catalog.operations
    assert first.request_body is not None
    assert first.request_body is second.request_body


def test_responses_have_statuses_headers_and_media_types() -> None:
    described = {
        "200": {
            "description": "ok",
            "content": {"application/json": {"schema": TEXT}, "code": {"schema": TEXT}},
            "headers": {
                "X-Rate": {"schema": {"type": "integer"}, "required": True, "description": "d"},
                "x-json": {"content": {"application/json": {"schema": {"type": "object"}}}},
                "Bad": 7,
            },
        },
        "4xx": {"$ref": "#/components/responses/error"},
        "default": {"$ref": "#/components/responses/error", "description": "ours"},
        "x-internal": {},
        "600": {},
        "OK": {},
        "500": "no",
    }
    components = {"responses": {"error": {"description": "theirs"}}}
    assert responses(described, components=components) == (
        Response(
            status="200",
            description="ok",
            media_types=(MediaType(name="application/json", schema=TEXT), MediaType(name="code", schema=TEXT)),
            headers=(
                ResponseHeader(name="X-Rate", schema={"type": "integer"}, required=True, description="d"),
                ResponseHeader(name="x-json", schema={"type": "object"}),
            ),
        ),
        Response(status="4XX", description="theirs"),
        Response(status="default", description="ours"),
    )
    found = messages(document({"/a": {"get": {"responses": described}}}, components=components))
    places = ["/paths/~1a/get/responses/" + end for end in ("200/headers/Bad", "600", "OK", "500")]
    assert [message.split()[1] for message in found] == places


def test_examples_with_references_inside_are_values() -> None:
    example = {"$ref": "#/definitely/not/here"}
    found = responses({"200": {"content": {"application/json": {"example": example}}}})
    assert found[0].media_types[0].examples == (Example(name="", value=example),)


def test_media_types_by_reference() -> None:
    components = {"mediaTypes": {"m": {"schema": TEXT}}}
    found = body({"content": {"a/b": {"$ref": "#/components/mediaTypes/m"}}}, components=components, openapi="3.2.0")
    assert found == RequestBody(media_types=(MediaType(name="a/b", schema=TEXT),))


def _media_type(described: dict[str, Any], name: str = "multipart/mixed") -> MediaType:
    found = body({"content": {name: described}}, openapi="3.2.0")
    assert found is not None
    return found.media_types[0]


def test_a_sequence_is_the_list_of_its_items() -> None:
    item = {"type": "object", "properties": {"a": TEXT}}
    assert _media_type({"itemSchema": item}, "application/jsonl").schema == {"type": "array", "items": item}
    both = _media_type({"schema": {"type": "array", "minItems": 1}, "itemSchema": item})
    assert both.item_schema == item
    assert both.schema == {"allOf": [{"type": "array", "minItems": 1}, {"type": "array", "items": item}]}


def test_parts_without_names_have_encodings_by_position() -> None:
    media_type = _media_type(
        {
            "itemSchema": {},
            "prefixEncoding": [{"contentType": "application/json"}, 7, {"$ref": "#/components/x"}],
            "itemEncoding": {"contentType": "image/*", "headers": {"Content-ID": {"schema": TEXT, "required": True}}},
        }
    )
    assert media_type.prefix_encoding == (Encoding(content_type="application/json"), Encoding(), Encoding())
    header = Parameter(name="Content-ID", location="header", schema=TEXT, required=True)
    assert media_type.item_encoding == Encoding(content_type="image/*", headers=(header,))


def test_a_part_that_is_multipart_itself_has_encodings_of_its_own() -> None:
    inner = {"contentType": "multipart/mixed", "itemEncoding": {"contentType": "text/csv"}}
    media_type = _media_type({"encoding": {"files": inner}, "itemEncoding": {"encoding": {"a": {"style": "form"}}}})
    assert media_type.encoding["files"].item_encoding == Encoding(content_type="text/csv")
    assert media_type.item_encoding == Encoding(encoding={"a": Encoding(style="form")})


def test_encodings_that_never_end_are_cut() -> None:
    endless: dict[str, Any] = {"contentType": "a/b"}
    for _ in range(50):
        endless = {"itemEncoding": endless}
    value = document(
        {"/a": {"post": {"requestBody": {"content": {"multipart/mixed": {"itemEncoding": endless}}}}}}, openapi="3.2.0"
    )
    assert [message for message in messages(value) if "nested deeper" in message]
    loop = {"mediaTypes": {"m": {"itemEncoding": {"$ref": "#/components/mediaTypes/m/itemEncoding"}}}}
    assert body({"content": {"a/b": {"$ref": "#/components/mediaTypes/m"}}}, openapi="3.2.0", components=loop)
