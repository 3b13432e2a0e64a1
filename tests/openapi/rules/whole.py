"""A valid document of each version that uses every object, and how a test breaks one."""

from __future__ import annotations

import copy
import json
from typing import Any

from playground.openapi.compile import compile_document
from tests.openapi.documents import swagger

_SCHEMA: dict[str, Any] = {
    "type": "object",
    "title": "T",
    "required": ["id"],
    "properties": {
        "id": {"type": "string", "readOnly": True, "pattern": "^[a-z]+$", "maxLength": 9, "default": "a"},
        "n": {"type": "number", "minimum": 0, "multipleOf": 0.5, "enum": [1, 2]},
        "list": {"type": "array", "items": {"$ref": "#/components/schemas/S"}, "minItems": 1, "uniqueItems": True},
        "pet": {
            "oneOf": [{"$ref": "#/components/schemas/S"}],
            "discriminator": {"propertyName": "id", "mapping": {"s": "#/components/schemas/S"}},
        },
    },
    "additionalProperties": False,
    "xml": {"name": "x", "namespace": "https://example.com/ns", "prefix": "p"},
    "externalDocs": {"url": "https://example.com/docs"},
    "example": {"id": "a"},
}
_PLAIN: dict[str, Any] = {"type": "string"}
_SERVER = {
    "url": "https://{host}/v1",
    "description": "d",
    "variables": {"host": {"default": "a.example", "enum": ["a.example", "b.example"], "description": "d"}},
}
_HEADER = {"description": "d", "required": True, "schema": _PLAIN, "example": "x"}
_MEDIA_TYPE = {"schema": {"$ref": "#/components/schemas/S"}, "examples": {"e": {"$ref": "#/components/examples/E"}}}
_FORM = {
    "schema": {"type": "object", "properties": {"file": {"type": "string"}}},
    "encoding": {"file": {"contentType": "image/png", "headers": {"X-A": _HEADER}}},
}
_OPERATION: dict[str, Any] = {
    "tags": ["t"],
    "summary": "s",
    "description": "d",
    "externalDocs": {"url": "https://example.com", "description": "d"},
    "operationId": "op",
    "parameters": [
        {"name": "q", "in": "query", "style": "form", "explode": True, "allowReserved": True, "schema": _PLAIN},
        {"name": "X-B", "in": "header", "content": {"application/json": {"schema": _PLAIN}}},
        {"$ref": "#/components/parameters/P"},
    ],
    "requestBody": {"description": "d", "required": True, "content": {"multipart/form-data": _FORM}},
    "responses": {
        "200": {
            "description": "d",
            "headers": {"X-C": {"$ref": "#/components/headers/H"}},
            "content": {"application/json": _MEDIA_TYPE},
            "links": {"l": {"operationId": "op", "parameters": {"id": "$response.body#/id"}, "description": "d"}},
        },
        "default": {"$ref": "#/components/responses/R"},
    },
    "callbacks": {"c": {"{$request.body#/url}": {"post": {"responses": {"200": {"description": "d"}}}}}},
    "deprecated": False,
    "security": [{"key": []}, {"oauth": ["read"]}],
    "servers": [_SERVER],
}
_FLOW = {"authorizationUrl": "https://example.com/a", "tokenUrl": "https://example.com/t", "scopes": {"read": "r"}}

V3_0: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {
        "title": "T",
        "version": "1.0.0",
        "description": "d",
        "termsOfService": "https://example.com/terms",
        "contact": {"name": "n", "url": "https://example.com", "email": "a@example.com"},
        "license": {"name": "MIT", "url": "https://example.com/license"},
    },
    "servers": [_SERVER],
    "paths": {
        "/a/{id}": {
            "summary": "s",
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": _PLAIN}],
            "post": _OPERATION,
            "get": {"responses": {"2XX": {"description": "d"}}},
        }
    },
    "components": {
        "schemas": {"S": _SCHEMA},
        "responses": {"R": {"description": "d"}},
        "parameters": {"P": {"name": "p", "in": "cookie", "schema": _PLAIN, "example": "x"}},
        "examples": {"E": {"summary": "s", "value": {"id": "a"}}},
        "requestBodies": {"B": {"content": {"text/plain": {"schema": _PLAIN}}}},
        "headers": {"H": _HEADER},
        "securitySchemes": {
            "key": {"type": "apiKey", "name": "k", "in": "header", "description": "d"},
            "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
            "oauth": {"type": "oauth2", "flows": {"authorizationCode": _FLOW}},
            "oidc": {"type": "openIdConnect", "openIdConnectUrl": "https://example.com/.well-known"},
        },
        "links": {"L": {"operationRef": "#/paths/~1a~1%7Bid%7D/get"}},
        "callbacks": {"C": {"$request.query.url": {"post": {"responses": {"200": {"description": "d"}}}}}},
    },
    "security": [{}],
    "tags": [{"name": "t", "description": "d", "externalDocs": {"url": "https://example.com"}}],
    "externalDocs": {"url": "https://example.com"},
}


def _later(openapi: str) -> dict[str, Any]:
    document = copy.deepcopy(V3_0)
    document["openapi"] = openapi
    document["info"]["summary"] = "s"
    document["webhooks"] = {"w": {"post": {"requestBody": {"content": {"application/json": {}}}}}}
    document["components"]["pathItems"] = {"I": {"get": {}}}
    document["components"]["securitySchemes"]["tls"] = {"type": "mutualTLS"}
    return document


V3_0 = json.loads(json.dumps(V3_0))  # no object of it is another one
V3_1 = _later("3.1.1")
V3_2 = _later("3.2.0")
V3_2["$self"] = "https://example.com/openapi.json"
V3_2["servers"][0]["name"] = "production"
V3_2["tags"] += [{"name": "u", "parent": "t", "kind": "nav", "summary": "s"}]
V3_2["components"]["mediaTypes"] = {"M": {"itemSchema": {"type": "integer"}, "itemEncoding": {"contentType": "a/b"}}}
V3_2["components"]["examples"]["D"] = {"dataValue": {"id": "a"}, "serializedValue": '{"id":"a"}'}
V3_2["paths"]["/b"] = {
    "query": {"parameters": [{"name": "w", "in": "querystring", "content": {"application/json": {"schema": {}}}}]},
    "additionalOperations": {"COPY": {"responses": {"200": {"summary": "s"}}}},
}

V2_0: dict[str, Any] = swagger(
    {
        "/a/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "type": "string"}],
            "post": {
                "tags": ["t"],
                "operationId": "op",
                "consumes": ["multipart/form-data"],
                "produces": ["application/json"],
                "schemes": ["https"],
                "parameters": [
                    {"name": "f", "in": "formData", "type": "file", "required": True},
                    {
                        "name": "q",
                        "in": "query",
                        "type": "array",
                        "items": {"type": "string"},
                        "collectionFormat": "multi",
                    },
                    {"$ref": "#/parameters/H"},
                ],
                "responses": {
                    "200": {
                        "description": "d",
                        "schema": {"$ref": "#/definitions/D"},
                        "headers": {"X": {"type": "integer", "description": "d"}},
                        "examples": {"application/json": {"k": "a"}},
                    },
                    "default": {"$ref": "#/responses/R"},
                },
                "security": [{"o": ["s"]}],
                "deprecated": False,
            },
            "put": {
                "parameters": [{"name": "b", "in": "body", "schema": {"$ref": "#/definitions/D"}}],
                "responses": {"204": {"description": "d"}},
            },
        }
    },
    host="example.com",
    basePath="/v1",
    schemes=["https"],
    consumes=["application/json"],
    produces=["application/json"],
    parameters={"H": {"name": "h", "in": "header", "type": "boolean", "default": True}},
    responses={"R": {"description": "d"}},
    definitions={
        "D": {
            "type": "object",
            "discriminator": "k",
            "required": ["k"],
            "properties": {"k": {"type": "string"}, "l": {"type": "array", "items": {"$ref": "#/definitions/D"}}},
            "xml": {"name": "x", "attribute": True},
        }
    },
    securityDefinitions={
        "o": {"type": "oauth2", "flow": "implicit", "authorizationUrl": "https://example.com", "scopes": {"s": "d"}},
        "b": {"type": "basic"},
        "k": {"type": "apiKey", "name": "k", "in": "query"},
    },
    security=[{"o": ["s"]}],
    tags=[{"name": "t"}],
    externalDocs={"url": "https://example.com"},
)
WHOLE = {"2.0": V2_0, "3.0": V3_0, "3.1": V3_1, "3.2": V3_2}
ABSENT = object()


def broken(family: str, *changes: tuple[str, Any]) -> dict[str, Any]:
    """Return the whole document of a version with members replaced, added, or removed (`ABSENT`), by JSON Pointer."""
    document = copy.deepcopy(WHOLE[family])
    for pointer, value in changes:
        *above, last = [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]
        holder: Any = document
        for token in above:
            holder = holder[int(token)] if isinstance(holder, list) else holder.setdefault(token, {})
        if isinstance(holder, list):
            holder[int(last) : int(last) + 1] = [] if value is ABSENT else [value]
        elif value is ABSENT:
            del holder[last]
        else:
            holder[last] = value
    return document


def found(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Return pointer and message of every problem of a document."""
    compiled = compile_document(document, name="x", rules=True)
    return [(problem.pointer, problem.message) for problem in compiled.problems]
