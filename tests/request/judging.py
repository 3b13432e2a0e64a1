"""Operations of the real descriptions put before the judge: what it reads otherwise than it was put in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

from bench.pieces import Piece
from playground.catalog.model import Entry, Server
from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document
from tests.paste.test_round_trip import filled
from tests.request.judge import Readers, judge
from tests.support.needs import SPECS

SERVER = Server(url="https://judge.test")


def judged(per_document: int, largest: int) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Give document, operation key and what differs, for so many operations of each document up to a size in bytes."""
    for path in sorted(SPECS.rglob("*.json")):
        if path.stat().st_size <= largest:
            yield from judged_piece(Piece(path=path, name=str(path.relative_to(SPECS))), per_document)


def judged_piece(piece: Piece, most: int | None = None) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Give the same for a piece of one document, of all its operations or so many drawn ones."""
    document = parse_document(piece.path.read_bytes())
    catalog = compile_document(document, name="x").catalog
    operations = list(piece.of(catalog.operations))
    readers = Readers(document, SERVER.url)
    Random(piece.path.name).shuffle(operations)
    for operation in operations[:most]:
        entry = Entry(
            provider=replace(catalog.provider, servers=(SERVER,)),
            operation=replace(operation, servers=(SERVER,)),
            definitions=catalog.definitions,
        )
        # Parameters that are credentials too: a visitor types them into the form, and they are sent as typed.
        model: Any = filled(entry)
        reader = readers.of(operation.key.partition(" ")[2]) if model is not None else None
        if reader is not None:
            yield piece.name.removesuffix(".json"), operation.key, judge(reader, entry, model)
