"""A reader of its own of raw OpenAPI 3 documents, for counting: it shares no code with the compiler on purpose."""

from __future__ import annotations

import re
import urllib.parse
from dataclasses import dataclass
from typing import Any

VERBS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


@dataclass(frozen=True)
class Counted:
    """What one operation of a document holds, as plain sets."""

    parameters: frozenset[tuple[str, str]]
    required: frozenset[tuple[str, str]]
    body_types: tuple[str, ...]
    responses: frozenset[tuple[str, str]]
    security: frozenset[frozenset[str]] | None
    tags: frozenset[str]
    properties: frozenset[str]


def target(document: Any, value: Any) -> Any:
    """Follow references until something else comes."""
    for _ in range(100):
        if not (isinstance(value, dict) and isinstance(value.get("$ref"), str)):
            return value
        pointer = value["$ref"]
        assert pointer.startswith("#/"), pointer
        value = document
        for step in pointer[2:].split("/"):
            step = urllib.parse.unquote(step).replace("~1", "/").replace("~0", "~")
            value = value[int(step)] if isinstance(value, list) else target(document, value)[step]
    raise AssertionError("a reference does not end")


def count(document: dict[str, Any]) -> dict[str, Counted]:
    """Return every operation of a document by method and path."""
    found = {}
    for path, raw in document["paths"].items():
        item = target(document, raw)
        for verb in VERBS & item.keys():
            found[f"{verb.upper()} {path}"] = _operation(document, path, item, item[verb])
    return found


def _operation(document: dict[str, Any], path: str, item: dict[str, Any], operation: dict[str, Any]) -> Counted:
    merged: dict[tuple[str, str], bool] = {}
    for holder in (item, operation):
        for raw in holder.get("parameters") or []:
            one = target(document, raw)
            name = str(one["name"])
            key = (one["in"], name.casefold() if one["in"] == "header" else name)
            merged[key] = one["in"] == "path" or one.get("required") is True
    for variable in re.findall(r"\{([^{}]+)\}", path):
        in_query = "?" in path and f"{{{variable}}}" in path[path.index("?") :] and ("query", variable) in merged
        if not in_query:
            merged.setdefault(("path", variable), True)
    body = target(document, operation.get("requestBody") or {})
    content = body.get("content") or {}
    responses = {
        (status.upper() if status != "default" else status, media_type)
        for status, raw in (operation.get("responses") or {}).items()
        if not status.startswith("x-")
        for media_type in [*(target(document, raw).get("content") or {}), ""]
    }
    return Counted(
        parameters=frozenset(merged),
        required=frozenset(key for key, required in merged.items() if required),
        body_types=tuple(content),
        responses=frozenset(responses),
        security=_security(document, operation),
        tags=frozenset(operation.get("tags") or []),
        properties=_properties(document, content),
    )


def _security(document: dict[str, Any], operation: dict[str, Any]) -> frozenset[frozenset[str]] | None:
    listed = operation.get("security", document.get("security"))
    return None if listed is None else frozenset(frozenset(one) for one in listed)


def _properties(document: dict[str, Any], content: dict[str, Any]) -> frozenset[str]:
    """The names right below the first media type's schema, where it is a plain object."""
    for media_type in content.values():
        schema = target(document, media_type.get("schema") or {})
        return frozenset(schema.get("properties") or {})
    return frozenset()
