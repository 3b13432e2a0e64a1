"""Documents that nobody sane would write: read or refused, never anything else."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.catalog.codec import decode, encode
from playground.catalog.model import Catalog
from playground.openapi.compile import compile_document
from playground.openapi.problems import DocumentError
from tests.openapi.documents import document, swagger

SCHEMA = {
    "type": "object",
    "required": ["a"],
    "properties": {
        "a": {"type": "array", "items": {"$ref": "#/components/schemas/S"}},
        "b": {"enum": [1], "minimum": 0},
    },
    "allOf": [{"discriminator": {"propertyName": "a", "mapping": {"x": "S"}}}, {"nullable": True, "type": "string"}],
    "additionalProperties": {"maxLength": 3, "exclusiveMinimum": True, "minimum": 3},
}
PARAMETER = {
    "name": "q",
    "in": "query",
    "style": "form",
    "explode": True,
    "schema": SCHEMA,
    "examples": {"e": {"value": 1}},
}
BODY = {"content": {"multipart/form-data": {"schema": SCHEMA, "encoding": {"a": {"headers": {"X": {"schema": {}}}}}}}}
RESPONSES = {
    "200": {
        "description": "d",
        "headers": {"X": {"schema": {}}},
        "content": {"a/b": {"example": 1}, "application/jsonl": {"itemSchema": {"type": "integer"}}},
        "links": {"l": {"operationId": "o", "parameters": {"b": "$response.body"}}},
    }
}
SENT = {"post": {"requestBody": {"content": {"a/b": {}}}, "x-internal": True}}
NEWER = document(
    {
        "/a/{b}": {
            "parameters": [PARAMETER, {"$ref": "#/components/parameters/P"}],
            "post": {
                "operationId": "o",
                "tags": ["t"],
                "requestBody": BODY,
                "responses": RESPONSES,
                "security": [{"k": []}],
                "callbacks": {"c": {"$url": SENT}, "d": {"$ref": "#/components/callbacks/C"}},
                "x-codeSamples": [{"lang": "sh", "source": "ls"}],
            },
            "servers": [{"url": "/{v}", "variables": {"v": {"default": "1", "enum": ["1"]}}}],
        },
        "/c": {"$ref": "#/paths/~1a~1{b}"},
        "/d": {"get": {"parameters": [{"in": "querystring", "content": {"application/json": {"schema": {}}}}]}},
    },
    openapi="3.2.0",
    components={
        "schemas": {"S": SCHEMA},
        "callbacks": {"C": {"$url": SENT}},
        "parameters": {"P": {"name": "h", "in": "header", "content": {"application/json": {"schema": {}}}}},
        "securitySchemes": {"k": {"type": "oauth2", "flows": {"implicit": {"scopes": {"s": "d"}}}}},
    },
    tags=[{"name": "t", "x-displayName": "T", "parent": "u"}, {"name": "u"}],
    webhooks={"w": SENT},
    **{"x-tagGroups": [{"name": "G", "tags": ["t"]}]},
    security=[{}],
    externalDocs={"url": "https://example.com"},
)
OLDER = swagger(
    {
        "/a/{b}": {
            "parameters": [
                {"name": "b", "in": "path", "type": "array", "collectionFormat": "csv", "items": {"type": "string"}}
            ],
            "post": {
                "consumes": ["multipart/form-data"],
                "parameters": [{"name": "f", "in": "formData", "type": "file"}, {"$ref": "#/parameters/q"}],
                "responses": {
                    "200": {"schema": {"$ref": "#/definitions/D"}, "examples": {"a/b": 1}, "headers": {"X": {}}}
                },
            },
            "put": {"parameters": [{"name": "x", "in": "body", "schema": {"$ref": "#/definitions/D"}, "x-example": 1}]},
        }
    },
    host="example.com",
    basePath="/v1",
    schemes=["https"],
    produces=["a/b"],
    parameters={"q": {"name": "q", "in": "query", "type": "string"}},
    definitions={"D": {"discriminator": "k", "properties": {"d": {"$ref": "#/definitions/D"}}}},
    securityDefinitions={"o": {"type": "oauth2", "flow": "implicit", "scopes": {"s": "d"}}},
    security=[{"o": ["s"]}],
)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    members = value.items() if isinstance(value, dict) else enumerate(value)
    for key, member in members:
        yield value, key
        if isinstance(member, dict | list):
            yield from places(member)


ODD: list[Any] = [None, True, False, 0, -1, 1.5, 10**30, "", "x", "#/paths", [], [None], [[]], {}, {"": None}, {"a": 1}]
ODD += [
    {"$ref": "#"},
    {"$ref": "#/paths/~1c"},
    {"$ref": 1},
    {"$ref": "#/components/schemas/S"},
    {"x-a": {}},
    "{",
    "é\ud800",
]
PARTS = 6
"""Tests that share the odd values: together they compile some thousands of documents."""


@pytest.mark.parametrize(
    "part", [part if part < 2 else pytest.param(part, marks=pytest.mark.long) for part in range(PARTS)]
)
@pytest.mark.parametrize("value", [NEWER, OLDER], ids=["3.2", "2.0"])
def test_no_wrong_value_at_any_place_stops_the_import(value: Any, part: int) -> None:
    broken = copy.deepcopy(value)
    for holder, key in list(places(broken)):
        sound = holder[key]
        for odd in ODD[part::PARTS]:
            holder[key] = odd
            compile_or_refuse(broken)
        holder[key] = sound


def compile_or_refuse(value: Any) -> None:
    try:
        found = compile_document(value, name="x", source_url="https://example.com/x.json", rules=True)
    except DocumentError as error:
        assert str(error).endswith(".")
        return
    for problem in found.problems:
        assert "\n" not in problem.message
        assert len(problem.message) < 400
    catalog = found.catalog
    assert decode(Catalog, encode(catalog)) == catalog
    hash(catalog.operations[0].servers if catalog.operations else 0)


PIECES = st.sampled_from(
    [*ODD, SCHEMA, PARAMETER, BODY, RESPONSES, NEWER["paths"], OLDER["paths"], ["a"], "get", "body"]
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from([NEWER, OLDER]), st.lists(st.tuples(st.integers(0, 10_000), PIECES), min_size=2, max_size=6))
def test_no_mixture_of_pieces_stops_the_import(value: Any, changes: list[tuple[int, Any]]) -> None:
    broken = copy.deepcopy(value)
    for number, piece in changes:
        found = list(places(broken))
        if found:
            holder, key = found[number % len(found)]
            holder[key] = copy.deepcopy(piece)
    compile_or_refuse(broken)
