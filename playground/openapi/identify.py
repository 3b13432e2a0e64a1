"""Which kind of document this is; what is not OpenAPI is named, with what is expected instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from playground.openapi.problems import DocumentError, kind_of, quoted

_EXPECTED = "give an OpenAPI document of version 2.0, 3.0, 3.1 or 3.2"
_FAMILY = re.compile(r"3\.([012])(?:\.\d+(?:-[\w.]+)?)?")


def identify(document: Mapping[str, Any]) -> tuple[str, str]:
    """Return the version as written (`3.0.3`) and its family (`2.0`, `3.0`, `3.1`, `3.2`). Raises `DocumentError`."""
    if not isinstance(document, Mapping):
        raise DocumentError(f"The document is {kind_of(document)}; {_EXPECTED}.")
    if document.get("openapi") is not None:
        version = _written(document["openapi"])
        match = _FAMILY.fullmatch(version)
        if match is None:
            raise DocumentError(f"The OpenAPI version {quoted(version)} is not supported; {_EXPECTED}.")
        family = f"3.{match.group(1)}"
    elif document.get("swagger") is not None:
        version = _written(document["swagger"])
        if version not in ("2.0", "2"):
            raise DocumentError(f"The Swagger version {quoted(version)} is not supported; {_EXPECTED}.")
        version = family = "2.0"
    else:
        raise DocumentError(f"This is {_kind(document)}: it has no `openapi` or `swagger` key; {_EXPECTED}.")
    paths = document.get("paths")
    if not isinstance(paths, Mapping) and not isinstance(document.get("webhooks"), Mapping):
        found = "has no `paths`" if paths is None else f"has `paths` that are {kind_of(paths)}, not an object"
        raise DocumentError(f"This OpenAPI document {found}; it must describe its operations under `paths`.")
    return version, family


def _written(value: Any) -> str:
    # YAML reads an unquoted 3.0 as a number.
    return (
        str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else kind_of(value)
    )


def _kind(document: Mapping[str, Any]) -> str:
    if "asyncapi" in document:
        return "an AsyncAPI document"
    if "swaggerVersion" in document:
        return (
            f"a Swagger {document['swaggerVersion']} document"
            if isinstance(document["swaggerVersion"], str)
            else "old Swagger"
        )
    if document.get("kind") == "discovery#restDescription":
        return "a Google discovery document"
    info = document.get("info")
    if isinstance(info, Mapping) and ("_postman_id" in info or "postman" in str(info.get("schema"))):
        return "a Postman collection"
    if "$schema" in document:
        return "a JSON Schema"
    return "not an OpenAPI document" if document else "an empty object"
