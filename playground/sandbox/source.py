"""Where the sandbox reads descriptions: a catalogue of many APIs, or one that is compiled in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from playground import jsontext
from playground.catalog.model import Catalog, Definitions, Entry, Operation, OperationSummary, Server
from playground.sandbox.routes import Route, Routes
from playground.store import ProviderNotFound
from playground.store.cache import RecentlyUsed

_KEPT = 24
"""APIs whose paths are kept as a tree."""


class Source(Protocol):
    """What the sandbox asks of a catalogue; `playground.store.Store` is one."""

    def generation(self, name: str) -> str:
        """Return a short text that changes whenever the API's description does. Raises `ProviderNotFound`."""

    def operations(self, name: str, *, hidden: bool = False) -> Iterable[OperationSummary]:
        """Return the API's operations; `hidden` ones are in no list."""

    def entry(self, name: str, operation: str) -> Entry:
        """Return an operation by its name."""

    def webhooks(self, name: str) -> tuple[tuple[Operation, ...], Definitions]:
        """Return the operations that the API itself sends, and the definitions that they refer to."""

    def source(self, name: str) -> bytes:
        """Return the description's text, empty where it is not kept. Raises `ProviderNotFound`."""


class MemorySource:
    """One API, compiled and kept in memory."""

    def __init__(self, catalog: Catalog, document: Mapping[str, Any] | None = None) -> None:
        """Take a compiled description, and the document that it was compiled from."""
        self._catalog = catalog
        self._document = document
        self._entries = {
            operation.name: Entry(provider=catalog.provider, operation=operation, definitions=catalog.definitions)
            for operation in catalog.operations
        }

    def generation(self, name: str) -> str:
        """Return the same text each time."""
        if name != self._catalog.provider.name:
            raise ProviderNotFound(name)
        return "memory"

    def operations(self, name: str, *, hidden: bool = False) -> Iterable[OperationSummary]:
        """Return the operations, by their summaries: what people call one is worked out where somebody reads it."""
        return [
            OperationSummary(
                provider=name, provider_title=self._catalog.provider.title, name=operation.name,
                title=operation.summary,
                method=operation.method, path=operation.path,
            )
            for operation in self._catalog.operations
        ]  # fmt: skip

    def entry(self, name: str, operation: str) -> Entry:
        """Return an operation by its name."""
        return self._entries[operation]

    def webhooks(self, name: str) -> tuple[tuple[Operation, ...], Definitions]:
        """Return the operations that the API itself sends."""
        return self._catalog.webhooks, self._catalog.definitions

    def source(self, name: str) -> bytes:
        """Return the document as JSON."""
        return b"" if self._document is None else jsontext.encode(self._document)


class EntrySource:
    """One operation alone, where there is no catalogue around it."""

    def __init__(self, entry: Entry) -> None:
        """Take an operation."""
        self._entry = entry

    def generation(self, name: str) -> str:
        """Return the same text each time."""
        return "entry"

    def operations(self, name: str, *, hidden: bool = False) -> Iterable[OperationSummary]:
        """Return the one operation."""
        operation = self._entry.operation
        return [
            OperationSummary(
                provider=name, provider_title=self._entry.provider.title, name=operation.name, title=operation.title,
                method=operation.method, path=operation.path,
            )
        ]  # fmt: skip

    def entry(self, name: str, operation: str) -> Entry:
        """Return the one operation."""
        return self._entry

    def webhooks(self, name: str) -> tuple[tuple[Operation, ...], Definitions]:
        """Return none: they are not known here."""
        return (), self._entry.definitions

    def source(self, name: str) -> bytes:
        """Return nothing: it is not known here."""
        return b""


class RouteTables:
    """The route trees of the APIs asked for lately."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._tables = RecentlyUsed[tuple[str, str], tuple[Routes, tuple[str, ...]]](_KEPT)

    def of(self, provider: str) -> tuple[Routes, tuple[str, ...]]:
        """Return an API's routes, and the paths of its servers' addresses. Raises `ProviderNotFound`."""
        generation = self._source.generation(provider)
        table = self._tables.get((provider, generation))
        if table is None:
            summaries = self._source.operations(provider, hidden=True)
            routes = Routes(
                (Route(summary.name, summary.method.upper(), summary.path) for summary in summaries), generation
            )
            table = routes, self._prefixes(provider, routes)
            self._tables.put((provider, generation), table)
        return table

    def _prefixes(self, provider: str, routes: Routes) -> tuple[str, ...]:
        """Return the paths that the described servers have before the operations' own, the longest first."""
        if not routes.routes:
            return ()
        entry = self._source.entry(provider, routes.routes[0].name)
        servers = (*entry.operation.servers, *entry.provider.servers)
        paths = {_path_of(server) for server in servers} - {""}
        return tuple(sorted(paths, key=len, reverse=True))


def _path_of(server: Server) -> str:
    """Return the path of a server's address with its variables' defaults, without a slash at the end."""
    url = server.url
    for variable in server.variables:
        url = url.replace(f"{{{variable.name}}}", variable.default)
    rest = url.partition("://")[2] if "://" in url else url.lstrip("/") if url.startswith("//") else f"x{url}"
    return "/" + rest.partition("/")[2].strip("/") if rest.partition("/")[2].strip("/") else ""
