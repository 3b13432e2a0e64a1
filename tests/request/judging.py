"""Operations of the real descriptions put before the judge: what it reads otherwise than it was put in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from typing import Any, TypeAlias

from bench.pieces import Piece
from playground.catalog.model import Entry, MediaType, Operation, Server
from playground.mediatypes import kind_of
from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document
from playground.request.model import RequestModel
from tests.paste.test_round_trip import filled
from tests.request.judge import Readers, judge
from tests.support.needs import SPECS

SERVER = Server(url="https://judge.test")


Judged: TypeAlias = tuple[str, str, tuple[str, ...], str]
"""Document, operation key, what differs, and the name of the reason (`judged.REASONS`); empty where none is known."""


def judged(per_document: int, largest: int) -> Iterator[Judged]:
    """Judge so many operations of each document up to a size in bytes."""
    for path in sorted(SPECS.rglob("*.json")):
        if path.stat().st_size <= largest:
            yield from judged_piece(Piece(path=path, name=str(path.relative_to(SPECS))), per_document)


def judged_piece(piece: Piece, most: int | None = None) -> Iterator[Judged]:
    """Judge a piece of one document, all its operations or so many drawn ones."""
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
            found = judge(reader, entry, model)
            why = reason_of(entry, model, found) if found else ""
            yield piece.name.removesuffix(".json"), operation.key, found, why


def reason_of(entry: Entry, model: RequestModel, found: tuple[str, ...]) -> str:
    """Return the name of the reason why the judge reads a request otherwise, by what is described; empty for none."""
    operation, words = entry.operation, " ".join(found)
    for name, holds in _REASONS:
        if holds(operation, model, words, entry):
            return name
    return ""


def _media_type(operation: Operation, model: RequestModel) -> MediaType | None:
    described = operation.request_body.media_types if operation.request_body is not None else ()
    return next((one for one in described if one.name == model.media_type), described[0] if described else None)


def _kind(operation: Operation, model: RequestModel) -> str:
    described = _media_type(operation, model)
    return kind_of(described.name) if described is not None else ""


def _in_query(operation: Operation, model: RequestModel, style: str, shape: Callable[[Any], bool]) -> bool:
    values = model.parameters.get("query", {})
    return any(
        parameter.style == style and not parameter.media_type and shape(values[parameter.name])
        for parameter in operation.parameters_in("query")
        if parameter.name in values
    )


def _is_deep(operation: Operation, model: RequestModel, words: str, entry: Entry) -> bool:
    described = _media_type(operation, model)
    in_body = described is not None and any(one.style == "deepObject" for one in described.encoding.values())
    if "Body" in words:
        return in_body
    return _in_query(operation, model, "deepObject", lambda value: True)


def _of_objects(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict | list) for item in value)


def _own_type(operation: Operation) -> bool:
    return any(parameter.name.lower() == "content-type" for parameter in operation.parameters_in("header"))


_VARIABLE = re.compile(r"\{([^{}]*)\}")
_VALUE = "InvalidSchemaValue"
_REASONS: tuple[tuple[str, Callable[[Operation, RequestModel, str, Entry], bool]], ...] = (
    ("query in path", lambda op, model, words, entry: "?" in op.path.partition("#")[0]),
    (
        "odd variable",
        lambda op, model, words, entry: (
            "raises" in words and not all(name.isidentifier() for name in _VARIABLE.findall(op.path))
        ),
    ),
    ("own content type", lambda op, model, words, entry: "MediaTypeNotFound" in words and _own_type(op)),
    (
        "no media type",
        lambda op, model, words, entry: (
            "MediaTypeNotFound" in words
            and "/" not in (_media_type(op, model) or MediaType(name="/")).name.split(";")[0]
        ),
    ),
    (
        "encoded content",
        lambda op, model, words, entry: (
            "MediaTypeDeserializeError" in words and any(one.media_type for one in op.parameters_in("path"))
        ),
    ),
    ("deep object", _is_deep),
    (
        "exploded object",
        lambda op, model, words, entry: (
            "Body" not in words and _in_query(op, model, "form", lambda value: isinstance(value, dict))
        ),
    ),
    (
        "list of objects",
        lambda op, model, words, entry: "Body" not in words and _in_query(op, model, "form", _of_objects),
    ),
    (
        "nested header",
        lambda op, model, words, entry: (
            "ParameterValidationError" in words
            and any(isinstance(value, dict | list) for value in model.parameters.get("header", {}).values())
        ),
    ),
    (
        "text in a form",
        lambda op, model, words, entry: _kind(op, model) == "form" and isinstance(model.body, str) and "Body" in words,
    ),
    ("untyped parts", lambda op, model, words, entry: _kind(op, model) == "multipart" and "Body" in words),
    ("xml", lambda op, model, words, entry: _kind(op, model) == "xml" and "Body" in words),
    ("yaml", lambda op, model, words, entry: _kind(op, model) == "yaml" and "Body" in words),
    (
        "sequence",
        lambda op, model, words, entry: _kind(op, model) in ("lines", "sequence", "events") and "Body" in words,
    ),
    (
        "text of another type",
        lambda op, model, words, entry: (
            "body" in words.lower() and _kind(op, model) in ("unknown", "binary", "text", "image")
        ),
    ),
    (
        "typed items",
        lambda op, model, words, entry: "InvalidParameter" in words and _VALUE in words and "Body" not in words,
    ),
    ("defaults", lambda op, model, words, entry: words == "body: read as another value" and _kind(op, model) == "json"),
    ("bad default", lambda op, model, words, entry: "Body" in words and _kind(op, model) == "json"),
    ("bad pattern", lambda op, model, words, entry: words.startswith("raises TypeError")),
)
