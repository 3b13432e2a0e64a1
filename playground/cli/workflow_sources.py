"""Where the source descriptions of an Arazzo document are, for `playground scenario run`."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from playground.arazzo.document import Document, Source
from playground.arazzo.requests import Bound, bound_in
from playground.cli.failures import Failure
from playground.cli.options import opened
from playground.config import Settings
from playground.imports.archives import SourceError as UnreadableSource
from playground.imports.descriptions import import_description, parse_source
from playground.imports.names import usable_name
from playground.imports.sources import Source as Described
from playground.imports.sources import fetch_source, is_url, read_source
from playground.openapi.compile import CompileOptions
from playground.openapi.problems import DocumentError
from playground.store import Store, open_store
from playground.text.visible import terminal_line
from playground.transport.egress import document_policy
from playground.transport.errors import TransportError


class Sources:
    """Where the operations of a document's sources are: files beside it, the catalogue, or what its URLs give."""

    def __init__(
        self, document: Document, file: str, chosen: tuple[str, ...], settings: Settings, stack: ExitStack
    ) -> None:
        self._document = document
        self._folder = Path(file).parent if file != "-" else Path()
        self._settings = settings
        self._stack = stack
        self._chosen: dict[str, str] = {}
        self._bound: dict[str, Bound | None] = {}
        self._files: Store | None = None
        self._catalogue: Store | None = None
        for text in chosen:
            name, equals, place = text.partition("=")
            if not equals or document.source(name) is None:
                names = ", ".join(source.name for source in document.sources)
                raise Failure(f"--source {terminal_line(text)}: write NAME=FILE or NAME=PROVIDER; names are {names}.")
            self._chosen[name] = place

    def bound(self, name: str) -> Bound | None:
        """Return where a source's operations are; `None` where nobody knows. Raises `Failure` for a broken file."""
        if name not in self._bound:
            source = self._document.source(name)
            self._bound[name] = None if source is None or source.type != "openapi" else self._find(source)
        return self._bound[name]

    def _find(self, source: Source) -> Bound | None:
        chosen = self._chosen.get(source.name, "")
        if chosen and (is_url(chosen) or Path(chosen).is_file()):
            return self._read(source.name, chosen, is_typed=True)
        if not chosen and not is_url(source.url):
            beside = self._folder / unquote(source.url)
            if beside.is_file():
                return self._read(source.name, str(beside), is_typed=True)
        if self._catalogue is None:
            self._catalogue = self._stack.enter_context(opened(self._settings))
        found = bound_in(self._document, self._catalogue, self._chosen)(source.name)
        if found is not None and (not chosen or found.provider == chosen):
            return found
        if chosen:
            raise Failure(f"--source {source.name}: there is no file and no API of the catalogue named {chosen}.")
        return self._read(source.name, source.url) if is_url(source.url) else None

    def _read(self, name: str, place: str, *, is_typed: bool = False) -> Bound:
        """Return a source read from its place; an address that only the document names must be a public one."""
        if self._files is None:
            folder = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="playground-"))
            self._files = self._stack.enter_context(open_store(Path(folder) / "catalog.sqlite"))
        options = CompileOptions(name=usable_name(name))
        try:
            source = read_source(place, self._settings) if is_typed else _fetched(place, self._settings)
            description = parse_source(source)
            options = replace(options, source_url=description.url)
            import_description(self._files, description, options)
        except (UnreadableSource, DocumentError, TransportError) as error:
            raise Failure(f"The description of the source {name}, {place}: {error}") from None
        return Bound(self._files, options.name, is_strange=not is_typed)


def _fetched(url: str, settings: Settings) -> Described:
    policy = replace(document_policy(url, settings.private_networks), named=frozenset())
    source = fetch_source(url, policy)
    assert source is not None  # noqa: S101 - nothing was known before
    return source
