"""What differs between the versions of OpenAPI, as one value per version."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from playground.catalog.model import Parameter, RequestBody, Response, SecurityScheme, Server
from playground.openapi.pointers import Where
from playground.openapi.problems import quoted
from playground.openapi.reading import Reading

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

Inputs: TypeAlias = tuple[tuple[Parameter, ...], RequestBody | None]
Described: TypeAlias = tuple[str, Any, Where]
"""A method in capitals, the Operation Object as found, and its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """How one version is read.

    `read_common` reads what a path item gives all its operations, `read_inputs` an operation's parameters and body with
    it; `read_servers` returns a document's servers; an operation's own come first, then its path item's.
    """

    name: str
    all_siblings: bool
    operations_of: Callable[[Reading, Mapping[str, Any], Where], Iterator[Described]]
    read_common: Callable[[Reading, Mapping[str, Any], Where], Any]
    read_inputs: Callable[[Reading, Any, Mapping[str, Any], Where], Inputs]
    read_responses: Callable[[Reading, Mapping[str, Any], Where], tuple[Response, ...]]
    read_servers: Callable[[Reading, Mapping[str, Any], Where], tuple[Server, ...]]
    read_security_schemes: Callable[[Reading], tuple[SecurityScheme, ...]]


_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


def additional_operations(
    reading: Reading, item: Mapping[str, Any], where: Where, key: str = "additionalOperations"
) -> Iterator[Described]:
    """Yield the operations of a path item whose methods no version has a field for."""
    for method, value, place in reading.members(item, key, where):
        # Methods compare with case, so that "query" here would be another method than QUERY.
        if not _TOKEN.fullmatch(method) or method.lower() in (*METHODS, "query"):
            reading.problems.error(place, f"{quoted(method)} cannot be an additional method; it is left out.")
        else:
            yield method, value, place


_PATH_ITEM_FIELDS = frozenset(
    ("$ref", "summary", "description", "servers", "parameters", "additionalOperations", "query")
)


def operations_by_method(reading: Reading, item: Mapping[str, Any], where: Where) -> Iterator[Described]:
    """Yield the operations of a path item, in the document's order."""
    for key, value in item.items():
        if key in METHODS:
            yield key.upper(), value, (where, key)
        elif key == "x-oai-additionalOperations":
            yield from additional_operations(reading, item, where, key)
        elif key not in _PATH_ITEM_FIELDS and not key.startswith("x-"):
            reading.problems.warn(
                (where, key),
                "This is not a method that the version knows; it is left out: correct its name, or begin it with x-.",
            )
