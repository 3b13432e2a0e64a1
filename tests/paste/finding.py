"""A description in the catalogue, and pasted texts read for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from playground.catalog.model import Catalog, Entry
from playground.openapi.compile import compile_document
from playground.openapi.parse import parse_document
from playground.paste.match import Match, match_message
from playground.paste.message import PastedMessage
from playground.paste.read import Reading, read_message
from playground.paste.recognise import recognise
from playground.store import Store, open_store


@dataclass(frozen=True)
class Described:
    """One description, compiled and stored."""

    catalog: Catalog
    store: Store

    def entry(self, name: str) -> Entry:
        """Return one operation."""
        return self.store.entry(self.catalog.provider.name, name)

    def match(self, message: PastedMessage, here: str = "") -> Match | None:
        """Return the operation that a message is for."""
        name = self.catalog.provider.name
        return match_message(
            message,
            self.catalog.provider.servers,
            lambda method, path: self.store.routes(name, method, path),
            here=self.entry(here) if here else None,
        )

    def read(self, text: str, here: str = "") -> tuple[str, Reading]:
        """Return the operation's name and what the text says for it; fails if there is none."""
        (message,) = recognise(text)
        match = self.match(message, here)
        assert match is not None, f"no operation for {message.method} {message.url}"
        return match.name, read_message(self.entry(match.name), message, match.base)


@contextmanager
def described(document: Mapping[str, Any] | bytes, folder: Path, name: str = "api") -> Iterator[Described]:
    """Compile a document and keep it in a catalogue below `folder`."""
    data = document if isinstance(document, bytes) else orjson.dumps(document)
    catalog = compile_document(parse_document(data), name=name).catalog
    with open_store(folder / f"{name.replace('/', '-')}.sqlite") as store:
        store.replace(catalog, data)
        yield Described(catalog, store)
