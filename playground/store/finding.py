"""A search over the whole catalogue; one that finds little is done once more with slips of the keys corrected."""

from __future__ import annotations

import sqlite3

from playground.store.model import SearchResult
from playground.store.operations import summaries_of
from playground.store.providers import find_providers
from playground.store.search import search_operations, words_of
from playground.store.spelling import corrected

_LITTLE = 3


def search(connection: sqlite3.Connection, query: str, limit: int) -> SearchResult:
    """Return at most `limit` providers and at most `limit` operations for what a visitor typed, whatever it is."""
    words = words_of(query)
    providers = {one.name: one for one in find_providers(connection, words, limit)}
    operations = dict.fromkeys(search_operations(connection, query, limit))
    instead = ""
    if words and len(providers) + len(operations) < min(limit, _LITTLE):
        meant = corrected(connection, words)
        if meant != words:
            nothing = not providers and not operations
            for one in find_providers(connection, meant, limit):
                providers.setdefault(one.name, one)
            operations |= dict.fromkeys(search_operations(connection, " ".join(meant), limit))
            instead = " ".join(meant) if nothing and (providers or operations) else ""
    return SearchResult(
        providers=tuple(providers.values())[:limit],
        operations=summaries_of(connection, list(operations)[:limit]),
        instead=instead,
    )
