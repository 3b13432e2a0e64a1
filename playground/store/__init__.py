"""The catalogue file: the only SQL. `open_store(path)` gives a `Store`; every failure is a `StoreError`."""

from playground.store.errors import NotACatalogue, OperationNotFound, ProviderNotFound, StoreError, VersionNotFound
from playground.store.file import renew_bundled
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
from playground.store.packing import (
    KeptOperation,
    PackedCatalog,
    PackedUpdate,
    pack,
    pack_update,
)
from playground.store.readers import ReaderStore
from playground.store.source import Squeezed, squeeze
from playground.store.store import Store, open_store
from playground.store.versions import Retention, place_of

__all__ = [
    "KeptOperation",
    "NotACatalogue",
    "OperationNotFound",
    "PackedCatalog",
    "PackedUpdate",
    "ProviderNotFound",
    "ProviderState",
    "ProviderSummary",
    "ProviderVersion",
    "ReaderStore",
    "Retention",
    "Route",
    "SearchResult",
    "Squeezed",
    "Store",
    "StoreError",
    "TagCount",
    "TagGroup",
    "VersionNotFound",
    "Written",
    "open_store",
    "pack",
    "pack_update",
    "place_of",
    "renew_bundled",
    "squeeze",
]
