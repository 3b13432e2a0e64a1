"""Schemas that mean "file": `format: binary`, or content that is not text (OpenAPI 3.1 section 4.4.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playground.catalog.model import Definitions, Schema
from playground.mediatypes import is_text
from playground.schema.flatten import resolve


def is_binary(schema: Schema, definitions: Definitions) -> bool:
    """Say whether the schema describes bytes, or a list of them."""
    resolved = resolve(schema, definitions)
    if resolved.get("format") == "binary" or resolved.get("type") == "file":
        return True
    if "contentMediaType" in resolved and "contentEncoding" not in resolved:
        return resolved.get("type") != "object" and not is_text(str(resolved["contentMediaType"]))
    items = resolved.get("items")
    if isinstance(items, Mapping):
        return resolve(items, definitions).get("format") == "binary"
    return False


def property_schema(schema: Mapping[str, Any], name: str) -> Schema:
    """Return the schema of one property of a flattened object schema; `True` where it has none."""
    properties = schema.get("properties")
    described = properties.get(name) if isinstance(properties, Mapping) else None
    if described is None:
        described = schema.get("additionalProperties")
    return described if isinstance(described, (Mapping, bool)) else True
