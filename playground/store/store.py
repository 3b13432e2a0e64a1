"""`Store`: one catalogue file, as the rest of Playground sees it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Set
from pathlib import Path
from typing import Any, Self

from playground.catalog.model import Catalog, Definitions, Entry, Operation, OperationSummary, Provider, Schema
from playground.store.blocks import stored_blocks
from playground.store.cache import RecentlyUsed
from playground.store.connection import Connections
from playground.store.errors import ProviderNotFound, VersionNotFound
from playground.store.file import ensure_catalogue
from playground.store.model import (
    ProviderState,
    ProviderSummary,
    ProviderVersion,
    Route,
    SearchResult,
    TagCount,
    TagGroup,
    Written,
)
from playground.store.operations import (
    KeptNames,
    StoredDefinitions,
    find_routes,
    list_operations,
    operation_ids,
    operation_number,
    operation_places,
    operations_before,
    operations_found_by,
    read_operation,
)
from playground.store.packing import PackedCatalog, PackedUpdate, pack, unpack_value
from playground.store.providers import (
    Identity,
    ReadTags,
    children,
    identify,
    list_providers,
    locate,
    parent,
    read_marks,
    read_provider,
    read_single,
    read_title_and_mark,
    tag_groups,
    webhooks,
)
from playground.store.search import filter_providers, search
from playground.store.source import read_source, stored_parts
from playground.store.versions import (
    EndedOperations,
    Retention,
    list_versions,
    note_changes,
    version_facts,
    version_operations,
    version_webhooks,
)
from playground.store.write import erase_provider, note_bundled, outdated, tidy_index, update_provider, write_provider

_PROVIDERS_KEPT, _NAMES_KEPT = 64, 10_000
_DEFINITION_BYTES, _ENTRY_BYTES = 2_000_000, 300_000  # as JSON
_BLOCK_BYTES = 4_000_000
KEPT_BY_DEFAULT = Retention()
ALL = 1_000_000_000  # a `limit` that leaves nothing out


def open_store(path: Path, on_wait: Callable[[], None] | None = None, retention: Retention = KEPT_BY_DEFAULT) -> Store:
    """Open the catalogue file, made empty when missing. Raises `StoreError`, `NotACatalogue`.

    With `on_wait`, everything waits for a process that has the file locked, and calls it once it does. `retention` says
    which versions stay.
    """
    ensure_catalogue(path)
    return Store(path, on_wait, retention)


class Store:
    """A catalogue for any number of threads; a method sees one state of it, and so do the calls inside `snapshot()`.

    Every method raises `StoreError` when the file cannot be read, and `ProviderNotFound` for an unknown name.
    """

    def __init__(
        self, path: Path, on_wait: Callable[[], None] | None = None, retention: Retention = KEPT_BY_DEFAULT
    ) -> None:
        """Open an existing catalogue file. Raises `StoreError`."""
        self.path, self._retention = path, retention
        self._connections = Connections(path, on_wait)
        # Keys hold a provider's generation: row ids belong to one file, and another may be put in its place.
        self._definitions = RecentlyUsed[tuple[str, int, str], Schema](_DEFINITION_BYTES)
        self._blocks = RecentlyUsed[tuple[str, int], bytes](_BLOCK_BYTES)
        self._names = KeptNames(RecentlyUsed(_NAMES_KEPT), RecentlyUsed(_PROVIDERS_KEPT))
        self._entries = RecentlyUsed[tuple[str, int], Entry](_ENTRY_BYTES)
        self._tags = ReadTags()
        self._ended = EndedOperations()
        self._providers = RecentlyUsed[str, Provider](_PROVIDERS_KEPT)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        self._connections.close()

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all calls of this thread inside the `with` see the same state of the catalogue."""
        with self._connections.reading():
            yield

    def revision(self) -> str:
        """Return a short text that changes with every change of the catalogue."""
        with self._connections.reading() as connection:
            revision: str = connection.execute("SELECT revision FROM state").fetchone()[0]
            return revision

    def generation(self, name: str) -> str:
        """Return a short text that changes whenever anything of the provider does."""
        with self._connections.reading() as connection:
            return self._identify(connection, name).generation

    def providers(self) -> tuple[ProviderSummary, ...]:
        """Return all providers by name."""
        with self._connections.reading() as connection:
            return list_providers(connection)

    def filter_providers(self, query: str) -> SearchResult:
        """Return every provider that holds all words of the query, best first; slips of the keys are corrected."""
        with self._connections.reading() as connection:
            return filter_providers(connection, query)

    def provider(self, name: str) -> Provider:
        """Return one provider's facts."""
        with self._connections.reading() as connection:
            return self._provider(self._identify(connection, name))

    def tags(self, name: str) -> tuple[TagCount, ...]:
        """Return the provider's tags with their operations counted; the last may be the empty one, for the untagged."""
        with self._connections.reading() as connection:
            return self._tags.of(connection, self._identify(connection, name))

    def tag_groups(self, name: str) -> tuple[TagGroup, ...]:
        """Return the provider's tags in groups, every tag once; empty when the document groups none."""
        with self._connections.reading() as connection:
            identity = self._identify(connection, name)
            return tag_groups(self._provider(identity), self._tags.of(connection, identity))

    def webhooks(self, name: str) -> tuple[tuple[Operation, ...], Definitions]:
        """Return the operations that the API itself sends, and the definitions their schemas refer to.

        The `path` of each is the webhook's name.
        """
        with self._connections.reading() as connection:
            identity = self._identify(connection, name)
            return webhooks(connection, identity.provider), self._definitions_of(identity)

    def definitions(self, name: str) -> Definitions:
        """Return a provider's shared schemas by name; each is read as it is asked for."""
        with self._connections.reading() as connection:
            return self._definitions_of(self._identify(connection, name))

    def children(self, name: str) -> tuple[ProviderSummary, ...]:
        """Return the providers below `name/`, by name; `name` itself need not be one."""
        with self._connections.reading() as connection:
            return children(connection, name)

    def parent(self, name: str) -> ProviderSummary | None:
        """Return the nearest provider above: `google` for `google/books`, if there is one of that name."""
        with self._connections.reading() as connection:
            return parent(connection, name)

    def operations(
        self, name: str, *, tag: str | None = None, query: str = "", limit: int = ALL, offset: int = 0,
        hidden: bool = False,
    ) -> tuple[OperationSummary, ...]:  # fmt: skip
        """Return the provider's operations in the document's order; `tag=""` means those without a tag.

        `hidden` adds those that the description hides from lists.
        """
        with self._connections.reading() as connection:
            number = self._identify(connection, name).provider
            return list_operations(connection, number, tag=tag, query=query, limit=limit, offset=offset, hidden=hidden)

    def operations_before(self, name: str, operation: str, tag: str) -> int:
        """Return how many operations of a tag come before one, given by any accepted name, in the document."""
        with self._connections.reading() as connection:
            identity = self._identify(connection, name)
            number = operation_number(connection, name, identity, operation, self._names.rows)
            return operations_before(connection, identity.provider, number, tag)

    def operation_ids(self, name: str) -> Mapping[str, str]:
        """Return the operationIds of the provider's operations by canonical name, empty where there is none."""
        with self._connections.reading() as connection:
            return operation_ids(connection, self._identify(connection, name).provider)

    def entry(self, name: str, operation: str) -> Entry:
        """Return an operation by any accepted name (docs/protocol.md). Raises `OperationNotFound` too.

        The definitions are read as they are asked for, and stay those of this generation for at least a minute. Entries
        used lately are shared between threads and requests: never change one.
        """
        with self._connections.reading() as connection:
            identity = self._identify(connection, name)
            key = (identity.generation, operation_number(connection, name, identity, operation, self._names.rows))
            if (cached := self._entries.get(key)) is not None:
                return cached
            blocks = stored_blocks(connection, self._blocks, identity.generation)
            read, size = read_operation(connection, blocks, key[1])
            entry = Entry(provider=self._provider(identity), operation=read, definitions=self._definitions_of(identity))
            self._entries.put(key, entry, size)
            return entry

    def routes(self, name: str, method: str, path: str) -> tuple[Route, ...]:
        """Return the operations whose method and path template this is a request of, the most literal first.

        `path` is encoded and without query; it starts where the templates do, after a server's own path.
        """
        with self._connections.reading() as connection:
            return find_routes(connection, self._identify(connection, name).provider, method, path)

    def locate(self, path: str) -> tuple[str, str]:
        """Split `google/books/volumes.list` into the provider's name and the rest, which may be empty or unknown."""
        with self._connections.reading() as connection:
            return locate(connection, path, self._names.rows)

    def search(self, text: str, limit: int = 20, apis: int | None = None, *, task: bool = False) -> SearchResult:
        """Return at most `limit` operations and `apis` (else `limit`) providers for a text: words, or a `task`."""
        with self._connections.reading() as connection:
            return search(connection, text, limit, limit if apis is None else apis, task=task)

    def source(self, name: str) -> bytes:
        """Return the document the provider was compiled from, byte for byte."""
        with self._connections.reading() as connection:
            return read_source(connection, self._identify(connection, name).provider)

    def origin(self, name: str) -> Mapping[str, Any]:
        """Return where a provider's description came from and what was given with it, as `pack` got them."""
        with self._connections.reading() as connection:
            content = read_single(connection, "origin", self._identify(connection, name).provider)
        return unpack_value(content) if content else {}

    def marks(self) -> Mapping[str, str]:
        """Return the mark of every provider: a digest of its description, a blank, one of the compiler; or nothing."""
        with self._connections.reading() as connection:
            return read_marks(connection)

    def state(self, name: str) -> ProviderState:
        """Return what an update of the provider by `update` begins at."""
        with self._connections.reading() as connection:
            identity = self._identify(connection, name)
            title, mark = read_title_and_mark(connection, identity.provider)
            return ProviderState(
                generation=identity.generation,
                number=identity.number,
                title=title,
                mark=mark,
                outline=read_single(connection, "outline", identity.provider),
                operations=operation_places(connection, identity.provider),
                definitions=self._definitions_of(identity),
                source=stored_parts(connection, identity.provider),
            )

    def operations_found_by(self, name: str, definitions: Set[str]) -> tuple[Operation, ...]:
        """Return the operations that a search finds by words which depend on one of these definitions."""
        with self._connections.reading() as connection:
            return tuple(operations_found_by(connection, self._identify(connection, name).provider, definitions))

    def versions(self, name: str) -> tuple[ProviderVersion, ...]:
        """Return the versions of a provider that are kept, the newest first, each with what changed."""
        with self._connections.reading() as connection:
            return list_versions(connection, self._identify(connection, name).provider)

    def catalog(self, name: str, number: int | None = None) -> Catalog:
        """Return a whole version of a provider, by default the current one. Raises `VersionNotFound`.

        Its definitions are read as they are asked for; the operations of an earlier version are in no order.
        """
        with self._connections.reading() as connection:
            identity = self._identify(connection, name)
            wanted = identity._replace(number=identity.number if number is None else number)
            provider = version_facts(connection, identity.provider, wanted.number)
            if provider is None:
                raise VersionNotFound(name, wanted.number)
            return Catalog(
                provider=provider,
                operations=version_operations(connection, identity.provider, wanted.number),
                webhooks=version_webhooks(connection, identity.provider, wanted.number),
                definitions=self._definitions_of(wanted),
            )

    def earlier_entries(self, name: str, operation: str) -> tuple[tuple[ProviderVersion, Entry], ...]:
        """Return an operation as earlier versions had it, the latest first. Raises `OperationNotFound`.

        It is known by its method and path, whatever its variables were called, else by its name.
        """
        with self._connections.reading() as connection:
            identity, provider = self._identify(connection, name), self.provider(name)
            current = self.entry(name, operation).operation
            found = self._ended.lives(connection, identity.provider, identity.number, identity.generation, current)
            return tuple(
                (
                    version,
                    Entry(
                        provider=provider,
                        operation=was,
                        definitions=self._definitions_of(identity._replace(number=version.number)),
                    ),
                )
                for version, was in found
            )

    def removed_operations(self, name: str, operation: str) -> tuple[tuple[float, Operation], ...]:
        """Return the operations that went by a name in earlier versions, the latest first, and when each ended."""
        with self._connections.reading() as connection:
            identity = self._identify(connection, name)
            return self._ended.named(connection, identity.provider, identity.generation, operation)

    def note_changes(self, name: str, number: int, changes: Mapping[str, Any]) -> None:
        """Keep what changed with a version, judged, in the place of what the write noted."""
        with self._connections.writing() as connection:
            note_changes(connection, self._identify(connection, name).provider, number, changes)
        self._connections.settle()

    def replace(self, catalog: Catalog, source: bytes) -> Written:
        """Replace the provider of the catalog's name in one step that readers see whole or not at all."""
        return self.write(pack(catalog, source))

    def write(self, packed: PackedCatalog, *, settle: bool = True) -> Written:
        """Replace a provider as `replace` does, with a catalog that was packed before, perhaps in another process.

        Without `settle` what was written may stay in the log: call `tidy` after the last of many writes.
        """
        with self._connections.writing() as connection:
            written = write_provider(connection, packed, bundled=False, retention=self._retention)
        if settle:
            self._connections.settle()
        return written

    def update(self, packed: PackedUpdate) -> Written | None:
        """Change what differs of a provider, in one step; `None` if somebody else has changed it since."""
        with self._connections.writing() as connection:
            written = update_provider(connection, packed, self._retention)
        self._connections.settle()
        return written

    def tidy(self) -> None:
        """Make searches fast again after many writes, and move all of them into the file itself."""
        with self._connections.writing() as connection:
            tidy_index(connection)
        self._connections.shrink()
        self._connections.settle()

    def remove(self, name: str) -> None:
        """Remove a provider; a bundled one does not come back."""
        with self._connections.writing() as connection:
            if not erase_provider(connection, name):
                raise ProviderNotFound(name)
            note_bundled(connection, name, "")
        self._connections.settle()

    def outdated(self, digests: Mapping[str, str]) -> tuple[str, ...]:
        """Return which of the bundled descriptions (name to digest) are to be written by `write_bundled`."""
        with self._connections.reading() as connection:
            return tuple(name for name, digest in digests.items() if outdated(connection, name, digest))

    def write_bundled(self, packed: PackedCatalog, digest: str) -> None:
        """Write a bundled description, unless another process did, or the user put or removed something there."""
        with self._connections.writing() as connection:
            if outdated(connection, packed.name, digest):
                write_provider(connection, packed, bundled=True, retention=self._retention)
                note_bundled(connection, packed.name, digest)
        self._connections.settle()

    def _identify(self, connection: sqlite3.Connection, name: str) -> Identity:
        return identify(connection, name)

    def _definitions_of(self, identity: Identity) -> StoredDefinitions:
        return StoredDefinitions(self._connections, self._definitions, self._blocks, self._names, identity)

    def _provider(self, identity: Identity) -> Provider:
        known = self._providers.get(identity.generation)
        if known is None:
            with self._connections.reading() as connection:
                known = read_provider(connection, identity.provider)
            self._providers.put(identity.generation, known, 1)
        return known
