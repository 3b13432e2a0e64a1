"""OpenAPI 3.2: as 3.1, with the QUERY method and methods of one's own (OpenAPI 3.2, Path Item Object)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from playground.openapi import v3_1
from playground.openapi.pointers import Where
from playground.openapi.problems import quoted
from playground.openapi.reading import Reading
from playground.openapi.version import METHODS, Described, operations_by_method

_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


def _operations_of(reading: Reading, item: Mapping[str, Any], where: Where) -> Iterator[Described]:
    yield from operations_by_method(reading, item, where)
    if item.get("query") is not None:
        yield "QUERY", item["query"], (where, "query")
    for method, value, place in reading.members(item, "additionalOperations", where):
        # Methods compare with case, so that "query" here would be another method than QUERY.
        if not _TOKEN.fullmatch(method) or method.lower() in (*METHODS, "query"):
            reading.problems.error(place, f"{quoted(method)} cannot be an additional method; it is left out.")
        else:
            yield method, value, place


VERSION = replace(v3_1.VERSION, name="3.2", operations_of=_operations_of)
