"""Which version of OpenAPI a document has, and what differs between the versions, as one value a version."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from playground.catalog.model import Parameter, RequestBody, Response, SecurityScheme, Server
from playground.openapi.document import DocumentReader
from playground.openapi.pointers import Where
from playground.openapi.problems import DocumentError, kind_of, quoted
from playground.text.wording import say

_EXPECTED = say("give an OpenAPI document of version 2.0, 3.0, 3.1 or 3.2")
_FAMILY = re.compile(r"3\.([012])(?:\.\d+(?:-[\w.]+)?)?")
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_PATH_ITEM_FIELDS = frozenset(
    ("$ref", "summary", "description", "servers", "parameters", "additionalOperations", "query")
)

Inputs: TypeAlias = tuple[tuple[Parameter, ...], RequestBody | None]
ReadInputs: TypeAlias = Callable[[Mapping[str, Any], Where], Inputs]
"""Reads the parameters and the body of an operation, with what its path item gives all operations."""
DescribedOperation: TypeAlias = tuple[str, Any, Where]
"""A method in capitals, the unread Operation Object, and its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """How one version is read; the functions take the reader and, but for the last, an object with its place.

    `all_siblings` says that keywords beside a `$ref` of a schema count. `operations_of` yields the operations of a path
    item, `read_item` returns what reads the inputs of each; `read_servers` reads those of a document, path item or
    operation.
    """

    name: str
    all_siblings: bool
    operations_of: Callable[[DocumentReader, Mapping[str, Any], Where], Iterator[DescribedOperation]]
    read_item: Callable[[DocumentReader, Mapping[str, Any], Where], ReadInputs]
    read_responses: Callable[[DocumentReader, Mapping[str, Any], Where], tuple[Response, ...]]
    read_servers: Callable[[DocumentReader, Mapping[str, Any], Where], tuple[Server, ...]]
    read_security_schemes: Callable[[DocumentReader], tuple[SecurityScheme, ...]]


def identify(document: Mapping[str, Any]) -> tuple[str, str]:
    """Return the version as written (`3.0.3`) and its family (`2.0`, `3.0`, `3.1`, `3.2`). Raises `DocumentError`."""
    if not isinstance(document, Mapping):
        raise DocumentError(
            say("The document is %(document)s; %(expected)s.", document=kind_of(document), expected=_EXPECTED)
        )
    if document.get("openapi") is not None:
        version = _written(document["openapi"])
        match = _FAMILY.fullmatch(version)
        if match is None:
            raise DocumentError(
                say(
                    "The OpenAPI version %(version)s is not supported; %(expected)s.",
                    version=quoted(version),
                    expected=_EXPECTED,
                )
            )
        family = f"3.{match.group(1)}"
    elif document.get("swagger") is not None:
        version = _written(document["swagger"])
        if version not in ("2.0", "2"):
            raise DocumentError(
                say(
                    "The Swagger version %(version)s is not supported; %(expected)s.",
                    version=quoted(version),
                    expected=_EXPECTED,
                )
            )
        version = family = "2.0"
    else:
        raise DocumentError(
            say(
                "This is %(document)s: it has no `openapi` or `swagger` key; %(expected)s.",
                document=_kind(document),
                expected=_EXPECTED,
            )
        )
    paths = document.get("paths")
    # A document of shared components alone is whole since 3.1.
    others = () if family in ("2.0", "3.0") else ("webhooks", "components")
    if not isinstance(paths, Mapping) and not any(isinstance(document.get(key), Mapping) for key in others):
        raise DocumentError(
            say("This OpenAPI document has no `paths`; it must describe its operations there.")
            if paths is None
            else say(
                "This OpenAPI document has `paths` that are %(kind)s, not an object; it must describe its operations "
                "there.",
                kind=kind_of(paths),
            )
        )
    return version, family


def _written(value: Any) -> str:
    # YAML reads an unquoted 3.0 as a number.
    return (
        str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else kind_of(value)
    )


def _kind(document: Mapping[str, Any]) -> str:
    if "asyncapi" in document:
        return say("an AsyncAPI document")
    if "swaggerVersion" in document:
        return (
            say("a Swagger %(version)s document", version=document["swaggerVersion"])
            if isinstance(document["swaggerVersion"], str)
            else say("old Swagger")
        )
    if document.get("kind") == "discovery#restDescription":
        return say("a Google discovery document")
    info = document.get("info")
    if isinstance(info, Mapping) and ("_postman_id" in info or "postman" in str(info.get("schema"))):
        return say("a Postman collection")
    if "$schema" in document:
        return say("a JSON Schema")
    return say("not an OpenAPI document") if document else say("an empty object")


def additional_operations(
    reader: DocumentReader, item: Mapping[str, Any], where: Where, key: str = "additionalOperations"
) -> Iterator[DescribedOperation]:
    """Yield the operations of a path item whose methods no version has a field for."""
    for method, value, place in reader.members(item, key, where):
        # Methods compare with case, so that "query" here would be another method than QUERY.
        if not _TOKEN.fullmatch(method) or method.lower() in (*METHODS, "query"):
            reader.problems.error(place, f"{quoted(method)} cannot be an additional method; it is left out: rename it.")
        else:
            yield method, value, place


def operations_by_method(reader: DocumentReader, item: Mapping[str, Any], where: Where) -> Iterator[DescribedOperation]:
    """Yield the operations of a path item, in the document's order."""
    for key, value in item.items():
        if key in METHODS:
            yield key.upper(), value, (where, key)
        elif key == "x-oai-additionalOperations":
            yield from additional_operations(reader, item, where, key)
        elif key not in _PATH_ITEM_FIELDS and not key.startswith("x-"):
            reader.problems.warn(
                (where, key),
                "This is not a method that the version knows; it is left out: correct its name, or begin it with x-.",
            )
