"""Operations of the real descriptions put before the judge: what it reads otherwise than it was put in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

from playground.catalog.model import Entry, Server
from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document
from tests.needs import SPECS
from tests.paste.test_round_trip import filled
from tests.request.judge import judge, reader_of

SERVER = Server(url="https://judge.test")


def judged(per_document: int, largest: int) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Give document, operation key and what differs, for so many operations of each document up to a size in bytes."""
    for path in sorted(SPECS.rglob("*.json")):
        if path.stat().st_size > largest:
            continue
        document = parse_document(path.read_bytes())
        catalog = compile_document(document, name="x").catalog
        reader = reader_of(document, SERVER.url)
        if reader is None:
            continue
        operations = list(catalog.operations)
        Random(path.name).shuffle(operations)
        name = str(path.relative_to(SPECS)).removesuffix(".json")
        for operation in operations[:per_document]:
            entry = Entry(
                provider=replace(catalog.provider, servers=(SERVER,)),
                operation=replace(operation, servers=(SERVER,)),
                definitions=catalog.definitions,
            )
            # Parameters that are credentials too: a visitor types them into the form, and they are sent as typed.
            model: Any = filled(entry)
            if model is not None:
                yield name, operation.key, judge(reader, entry, model)
