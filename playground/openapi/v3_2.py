"""OpenAPI 3.2: as 3.1, with the QUERY method and methods of one's own (OpenAPI 3.2, Path Item Object)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from playground.openapi import v3_1
from playground.openapi.pointers import Where
from playground.openapi.reading import Reading
from playground.openapi.version import Described, additional_operations, operations_by_method


def _operations_of(reading: Reading, item: Mapping[str, Any], where: Where) -> Iterator[Described]:
    yield from operations_by_method(reading, item, where)
    if item.get("query") is not None:
        yield "QUERY", item["query"], (where, "query")
    yield from additional_operations(reading, item, where)


VERSION = replace(v3_1.VERSION, name="3.2", operations_of=_operations_of)
