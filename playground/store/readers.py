"""A catalogue as a reader with limited rights sees it: what is hidden is in no list and no search."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping

from playground.store.errors import ProviderNotFound, StoreError
from playground.store.model import COUNTED, ProviderSummary, SearchResult
from playground.store.providers import Identity, aliases_of, children, find_operation, identify, list_providers
from playground.store.search import filter_providers, search
from playground.store.store import Store
from playground.store.write import outdated
from playground.text.wording import say

_MOST_SEGMENTS = 40


class ReaderStore(Store):
    """The part of a store whose providers `may_see` names; `key` tells it from other parts, in every cache.

    It shares the store's connections and its caches, and writes nothing.
    """

    def __init__(self, store: Store, may_see: Callable[[str], bool], key: str) -> None:
        self.__dict__.update(store.__dict__)
        self.whole = store
        self._may_see = may_see
        self._key = key

    def close(self) -> None:
        """Leave the file open: it is the whole store's."""

    def revision(self) -> str:
        """Return a short text that changes with every change of the catalogue, another one for each part."""
        return f"{self.whole.revision()}-{self._key}"

    def generation(self, name: str) -> str:
        """Return a short text that changes whenever anything of the provider does, another one for each part."""
        return f"{super().generation(name)}-{self._key}"

    def providers(self) -> tuple[ProviderSummary, ...]:
        """Return the providers that may be seen, by name."""
        with self._connections.reading() as connection:
            return self._seen(list_providers(connection))

    def children(self, name: str) -> tuple[ProviderSummary, ...]:
        """Return the providers below `name/` that may be seen."""
        with self._connections.reading() as connection:
            return self._seen(children(connection, name))

    def parent(self, name: str) -> ProviderSummary | None:
        """Return the nearest provider above that may be seen."""
        found = self.whole.parent(name)
        while found is not None and not self._may_see(found.name):
            found = self.whole.parent(found.name)
        return found

    def filter_providers(self, query: str) -> SearchResult:
        """Return the providers that may be seen and hold all words of the query."""
        with self._connections.reading() as connection:
            found = filter_providers(connection, query)
        seen = self._seen(found.providers)
        # A word that only what is hidden holds is no correction.
        return SearchResult(providers=seen, instead=found.instead if seen else "")

    def search(self, text: str, limit: int = 20, apis: int | None = None, *, task: bool = False) -> SearchResult:
        """Return operations and providers that may be seen, for any text that was typed."""
        with self._connections.reading() as connection:
            found = search(connection, text, COUNTED, COUNTED, task=task)
        providers = self._seen(found.providers)
        operations = tuple(operation for operation in found.operations if self._may_see(operation.provider))
        return SearchResult(
            providers=providers[: limit if apis is None else apis],
            operations=operations[:limit],
            instead=found.instead if providers or operations else "",
            total=len(operations),
        )

    def locate(self, path: str) -> tuple[str, str]:
        """Split a path into a provider that may be seen and the rest. Raises `ProviderNotFound`."""
        segments = path.strip("/").split("/")
        possible: list[tuple[str, str]] = []
        with self._connections.reading() as connection:
            for count in range(min(len(segments), _MOST_SEGMENTS), 0, -1):
                name, rest = "/".join(segments[:count]), "/".join(segments[count:])
                try:
                    identity = self._identify(connection, name)
                except ProviderNotFound:
                    continue
                if not rest or find_operation(aliases_of(connection, identity, self._names.rows), rest) is not None:
                    return name, rest
                possible.append((name, rest))
        if not possible:
            raise ProviderNotFound(path.strip("/"))
        return possible[0]

    def marks(self) -> Mapping[str, str]:
        """Return the marks of the providers that may be seen."""
        return {name: mark for name, mark in self.whole.marks().items() if self._may_see(name)}

    def outdated(self, digests: Mapping[str, str]) -> tuple[str, ...]:
        """Return which bundled descriptions that may be seen are to be written."""
        with self._connections.reading() as connection:
            return tuple(
                name for name, digest in digests.items() if self._may_see(name) and outdated(connection, name, digest)
            )

    def note_changes(self, name: str, number: int, changes: Mapping[str, object]) -> None:
        """Refuse: a reader writes nothing."""
        raise _no_writing()

    def write(self, packed: object, *, settle: bool = True) -> object:  # type: ignore[override]
        """Refuse: a reader writes nothing."""
        raise _no_writing()

    def update(self, packed: object) -> None:
        """Refuse: a reader writes nothing."""
        raise _no_writing()

    def write_bundled(self, packed: object, digest: str) -> None:
        """Refuse: a reader writes nothing."""
        raise _no_writing()

    def remove(self, name: str) -> None:
        """Refuse: a reader writes nothing."""
        raise _no_writing()

    def tidy(self) -> None:
        """Refuse: a reader writes nothing."""
        raise _no_writing()

    def _seen(self, providers: tuple[ProviderSummary, ...]) -> tuple[ProviderSummary, ...]:
        return tuple(provider for provider in providers if self._may_see(provider.name))

    def _identify(self, connection: sqlite3.Connection, name: str) -> Identity:
        # What is hidden and what does not exist are refused in the same words: no name is suggested.
        if not self._may_see(name):
            raise ProviderNotFound(name)
        try:
            return identify(connection, name)
        except ProviderNotFound:
            raise ProviderNotFound(name) from None


def _no_writing() -> StoreError:
    return StoreError(say("Readers of this site change nothing in its catalogue."))
