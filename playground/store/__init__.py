"""The catalogue file: the only SQL. `open_store(path)` gives a `Store`; every failure is a `StoreError`."""

from playground.store.errors import NotACatalogue, OperationNotFound, ProviderNotFound, StoreError
from playground.store.model import ProviderSummary, Route, SearchResult, TagCount, TagGroup
from playground.store.packing import PackedCatalog, Squeezed, pack, squeeze
from playground.store.store import Store, open_store

__all__ = [
    "NotACatalogue",
    "OperationNotFound",
    "PackedCatalog",
    "ProviderNotFound",
    "ProviderSummary",
    "Route",
    "SearchResult",
    "Squeezed",
    "Store",
    "StoreError",
    "TagCount",
    "TagGroup",
    "open_store",
    "pack",
    "squeeze",
]
