"""Operations with bodies, and what is read of a text pasted for one."""

from __future__ import annotations

from typing import Any

from playground.catalog.model import Entry
from playground.openapi.compile import compile_document
from playground.paste.match import Base, bases, split_url
from playground.paste.message import PastedMessage
from playground.paste.read import Reading, read_message
from playground.paste.recognise import recognise

FORM, MULTIPART, JSON = "application/x-www-form-urlencoded", "multipart/form-data", "application/json"
STRING, INTEGER, OBJECT = {"type": "string"}, {"type": "integer"}, {"type": "object"}


def an_object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def entry_of(
    content: dict[str, Any] | None = None, *, path: str = "/x", parameters: tuple[Any, ...] = (), version: str = "3.0.3"
) -> Entry:
    body = {"requestBody": {"content": content}} if content else {}
    named = [{"name": name, "in": "path", "required": True, "schema": STRING} for name in ("id",) if "{id}" in path]
    document = {
        "openapi": version, "info": {"title": "x", "version": "1"}, "servers": [{"url": "https://a.test"}],
        "paths": {path: {"post": {"parameters": [*named, *parameters], **body,
                                  "responses": {"200": {"description": "ok"}}}}},
    }  # fmt: skip
    catalog = compile_document(document, name="x").catalog
    return Entry(provider=catalog.provider, operation=catalog.operations[0], definitions=catalog.definitions)


def read(entry: Entry, text: str) -> Reading:
    """Read the only message of a text."""
    (message,) = recognise(text)
    return read_one(entry, message)


def read_one(entry: Entry, message: PastedMessage) -> Reading:
    base = next(bases(split_url(message.url), entry.provider.servers)) if message.url else Base(path="")
    return read_message(entry, message, base)


def told(reading: Reading, words: str) -> bool:
    return any(words in sentence for sentence in reading.unplaced)


# Forms


def query(name: str, schema: Any, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, **more}


PARTS = an_object(
    meta=an_object(a=INTEGER), note=STRING, photo={"type": "string", "format": "binary"}, any={},
    tags={"type": "array", "items": STRING},
)  # fmt: skip
