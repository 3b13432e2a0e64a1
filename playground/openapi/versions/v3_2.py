"""OpenAPI 3.2: as 3.1, with the QUERY method and additional methods (OpenAPI 3.2, Path Item Object)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from playground.openapi.document import DocumentReader
from playground.openapi.pointers import Where
from playground.openapi.versions import v3_1
from playground.openapi.versions.base import DescribedOperation, additional_operations, operations_by_method


def _operations_of(reader: DocumentReader, item: Mapping[str, Any], where: Where) -> Iterator[DescribedOperation]:
    yield from operations_by_method(reader, item, where)
    if item.get("query") is not None:
        yield "QUERY", item["query"], (where, "query")
    yield from additional_operations(reader, item, where)


VERSION = replace(v3_1.VERSION, name="3.2", operations_of=_operations_of)
