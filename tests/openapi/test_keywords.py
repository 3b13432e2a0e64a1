"""Keywords of every dialect are read as draft 2020-12; those of a wrong shape are left out."""

from __future__ import annotations

from typing import Any

import pytest

from tests.openapi.documents import schema_of, with_schema


@pytest.mark.parametrize(
    ("described", "read"),
    [
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
        ({"nullable": True, "type": "string"}, {"type": ["string", "null"]}),
        ({"type": "string", "nullable": False}, {"type": "string"}),
        ({"type": "string", "x-nullable": True}, {"type": ["string", "null"]}),
        ({"type": ["string", "integer"], "nullable": True}, {"type": ["string", "integer", "null"]}),
        ({"allOf": [{}], "nullable": True}, {"allOf": [{}], "nullable": True}),
        ({"minimum": 1, "exclusiveMinimum": True}, {"exclusiveMinimum": 1}),
        ({"exclusiveMaximum": True, "maximum": 9}, {"exclusiveMaximum": 9}),
        ({"maximum": 9, "exclusiveMaximum": False}, {"maximum": 9}),
        ({"exclusiveMinimum": True}, {}),
        ({"exclusiveMinimum": 3}, {"exclusiveMinimum": 3}),
        ({"type": "file"}, {"type": "string", "format": "binary"}),
        ({"type": "string", "format": "binary"}, {"type": "string", "format": "binary"}),
        (
            {"contentMediaType": "image/png"},
            {"contentMediaType": "image/png", "type": "string", "format": "binary"},
        ),
        (
            {"type": "string", "contentMediaType": "image/png", "contentEncoding": "base64"},
            {"type": "string", "contentMediaType": "image/png", "contentEncoding": "base64"},
        ),
        ({"type": "string", "contentMediaType": "application/json"},) * 2,
        (
            {"items": [{"type": "string"}], "additionalItems": False},
            {"prefixItems": [{"type": "string"}], "items": False},
        ),
        ({"discriminator": "kind"}, {"discriminator": {"propertyName": "kind"}}),
        ({"example": {"a": None}, "default": 1, "xml": {"name": "x"}, "x-enum-varnames": ["A"]},) * 2,
        ({"description": "d", "readOnly": True, "writeOnly": False, "deprecated": True},) * 2,
        ({"title": 404, "description": None, "deprecated": "true"}, {"title": "404", "deprecated": True}),
        (
            {"$id": "x", "$schema": "y", "$anchor": "z", "$defs": {"A": {}}, "definitions": {}, "type": "null"},
            {"type": "null"},
        ),
        ({"type": "any"}, {}),
        ({"type": ["string", "what"]}, {"type": "string"}),
        ({"type": {}}, {}),
        ({"required": True, "enum": [], "minLength": -1, "multipleOf": 0, "maximum": "5", "pattern": []}, {}),
        ({"maxLength": 5.0, "examples": {"a": {"value": 1}, "b": 2}}, {"maxLength": 5, "examples": [1, 2]}),
        ({"required": ["a", 1, {}], "deprecated": [], "readOnly": "no"}, {"required": ["a", "1"]}),
        ({"contentMediaType": 7, "examples": 7, "minProperties": True}, {}),
        ({"properties": [], "allOf": {}, "anyOf": [], "items": {}}, {"items": {}}),
        (True, True),
        (False, False),
        ({}, {}),
    ],
)
def test_keywords_are_read_as_draft_2020_12(described: Any, read: Any) -> None:
    assert schema_of(with_schema(described)) == read
    assert schema_of(with_schema({"properties": {"p": described}})) == {"properties": {"p": read}}
