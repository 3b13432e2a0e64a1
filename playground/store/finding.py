"""A search over the whole catalogue; one that finds little is done once more with slips of the keys corrected."""

from __future__ import annotations

import sqlite3

from playground.store.model import ProviderSummary, SearchResult
from playground.store.operations import search_operations
from playground.store.packing import text
from playground.store.providers import holding_providers, search_providers
from playground.store.search import words_of
from playground.store.spelling import corrected

_LITTLE = 3
_LONGEST_FILTER = 200


def search(connection: sqlite3.Connection, query: str, limit: int, apis: int) -> SearchResult:
    """Return at most `apis` providers and at most `limit` operations for what a visitor typed, whatever it is."""
    words = words_of(query)
    providers = _by_name(search_providers(connection, words, apis))
    operations = dict.fromkeys(search_operations(connection, query, limit))
    instead = ""
    if words and len(providers) + len(operations) < min(limit, _LITTLE):
        meant = corrected(connection, words)
        if meant != words:
            nothing = not providers and not operations
            for search_provider in search_providers(connection, meant, apis):
                providers.setdefault(search_provider.name, search_provider)
            operations |= dict.fromkeys(search_operations(connection, " ".join(meant), limit))
            instead = " ".join(meant) if nothing and (providers or operations) else ""
    if words and not providers and not operations:
        providers = _by_name(holding_providers(connection, words, apis))
    return SearchResult(
        providers=tuple(providers.values())[:apis], operations=tuple(operations)[:limit], instead=instead
    )


def filter_providers(connection: sqlite3.Connection, query: str) -> SearchResult:
    """Return all providers that hold every word; where none does, those that hold what the words may have meant."""
    words = tuple(text(query[:_LONGEST_FILTER]).split())
    found, instead = holding_providers(connection, words), ""
    if words and not found:
        meant = corrected(connection, words)
        found = holding_providers(connection, meant) if meant != words else ()
        instead = " ".join(meant) if found else ""
    return SearchResult(providers=found, instead=instead)


def _by_name(providers: tuple[ProviderSummary, ...]) -> dict[str, ProviderSummary]:
    return {provider.name: provider for provider in providers}
