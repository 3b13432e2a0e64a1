"""A search over the whole catalogue and its ranking; one with few results corrects slips of the keys."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence, Set
from typing import Any

from playground.catalog.model import OperationSummary
from playground.store.index import (
    CANDIDATES,
    LONGEST_QUERY,
    all_words,
    candidates,
    corrected,
    matching,
    words_of,
)
from playground.store.marked import NAME, OWNER, marked_query
from playground.store.model import COUNTED, ProviderSummary, SearchResult
from playground.store.operations import SUMMARY_COLUMNS, summary_of
from playground.store.packing import text
from playground.store.providers import holding_providers, read_summaries
from playground.store.tasks import find_for_task

_FEW = 3
"""Fewer results than this let a search try the query with its slips of the keys corrected."""
_LONGEST_FILTER = 200
_OPERATION_NAMES = NAME + OWNER
"""The places of the index that name an operation."""
_PROVIDER_NAMES = "{name title}"
"""The columns of the index that name a provider."""
_SMALL = frozenset(("a", "an", "the", "of"))
"""Words that people write between those of a name."""


def search(connection: sqlite3.Connection, query: str, limit: int, apis: int, *, task: bool = False) -> SearchResult:
    """Return at most `apis` providers and at most `limit` operations for any text that a visitor typed.

    The text of a `task` says it in words of its own, of which any may be missing (`tasks.py`).
    """
    if task and (needed := find_for_task(connection, query, limit)):
        return _for_task(connection, query, limit, apis, needed)
    words = words_of(query)
    providers = _by_name(_search_providers(connection, words, apis))
    best, total = _search_operations(connection, query, limit)
    operations, instead = dict.fromkeys(best), ""
    if words and len(providers) + len(operations) < min(limit, _FEW):
        meant = corrected(connection, words)
        if meant != words:
            nothing = not providers and not operations
            for provider in _search_providers(connection, meant, apis):
                providers.setdefault(provider.name, provider)
            best, count = _search_operations(connection, " ".join(meant), limit)
            operations |= dict.fromkeys(best)
            total = max(total, count)
            instead = " ".join(meant) if nothing and (providers or operations) else ""
    if words and not providers and not operations:
        providers = _by_name(holding_providers(connection, words, apis))
    shown = tuple(operations)[:limit]
    return SearchResult(
        providers=tuple(providers.values())[:apis], operations=shown, instead=instead, total=max(total, len(shown))
    )


def _for_task(
    connection: sqlite3.Connection, query: str, limit: int, apis: int, needed: tuple[OperationSummary, ...]
) -> SearchResult:
    found = search(connection, query, limit, apis)
    # Who gives a name as it is means that operation.
    folded = query.strip().casefold()
    exact = [
        operation
        for operation in found.operations
        if folded in (operation.name.casefold(), f"{operation.method} {operation.path}".casefold())
    ]
    operations = tuple(dict.fromkeys((*exact, *needed, *found.operations)))[:limit]
    return SearchResult(
        providers=found.providers, operations=operations, total=max(found.total, len(operations)), instead=""
    )


def filter_providers(connection: sqlite3.Connection, query: str) -> SearchResult:
    """Return all providers that hold every word; where none does, those that hold the corrected words."""
    words = tuple(text(query[:_LONGEST_FILTER]).split())
    providers, instead = holding_providers(connection, words), ""
    if words and not providers:
        meant = corrected(connection, words)
        providers = holding_providers(connection, meant) if meant != words else ()
        instead = " ".join(meant) if providers else ""
    return SearchResult(providers=providers, instead=instead)


def _by_name(providers: tuple[ProviderSummary, ...]) -> dict[str, ProviderSummary]:
    return {provider.name: provider for provider in providers}


def _search_providers(
    connection: sqlite3.Connection, words: tuple[str, ...], limit: int
) -> tuple[ProviderSummary, ...]:
    """Return providers in whose name, title or summary every word begins a word, the likeliest first."""
    if not words:
        return ()
    marks = ",".join(map(str, candidates(connection, words, _PROVIDER_NAMES, limit, index="provider_search")))
    rows = connection.execute(f"SELECT name, title, listed, id FROM provider WHERE id IN ({marks})").fetchall()  # noqa: S608
    first = text(words[0]).casefold()
    rows.sort(key=lambda row: _rank_provider(row, first))
    best = {row[0]: place for place, row in enumerate(rows[:limit])}
    listed = read_summaries(connection, f"WHERE id IN ({','.join(str(row[3]) for row in rows[:limit])})")
    return tuple(sorted(listed, key=lambda provider: best[provider.name]))


def _rank_provider(row: tuple[str, str, int, int], first: str) -> tuple[bool, bool, bool, bool, int, str]:
    name, title, operations, _ = row
    titled = title.casefold().startswith(first)
    return name != first, not name.startswith(first), not titled, first not in name, -operations, name


def _search_operations(
    connection: sqlite3.Connection, query: str, limit: int
) -> tuple[tuple[OperationSummary, ...], int]:
    """Return the operations of all providers that match best, best first, at most `limit`; and how many match."""
    words = _telling_words(words_of(query))
    folded = [word.casefold() for word in words]
    joined = "".join(folded)
    # People write "create a customer" for createcustomer, and nothing else would rank that name first.
    numbers = (
        matching(connection, marked_query(joined, NAME, whole=True), limit=max(limit, CANDIDATES))
        if len(words) > 1
        else []
    )
    matches = matching(connection, all_words(words), limit=max(limit, COUNTED))
    if len(numbers) < limit:
        numbers += candidates(connection, words, _OPERATION_NAMES, limit, anywhere=matches)
    marks = ",".join(map(str, numbers))
    rows = connection.execute(f"SELECT {SUMMARY_COLUMNS} WHERE operation.id IN ({marks})").fetchall()
    exact = {text(query[:LONGEST_QUERY]).strip().casefold(), joined}
    rows.sort(key=lambda row: _rank_operation(row, exact, folded))
    return tuple(summary_of(row) for row in rows[:limit]), min(len(matches), COUNTED)


def _telling_words(words: tuple[str, ...]) -> tuple[str, ...]:
    # The last may be the beginning of another word.
    return (*(word for word in words[:-1] if word.casefold() not in _SMALL), *words[-1:])


def _rank_operation(
    row: Sequence[Any], typed: Set[str], words: list[str]
) -> tuple[bool, bool, int, int, bool, int, int]:
    """Exact names first, then names that begin with the query, then by the place of its words, then short names."""
    provider, provider_title, name, _, path, title, summary, tag, deprecated = row
    title = title or summary
    folded = name.casefold()
    missing = [word for word in words if word not in folded]
    unnamed, unshown = len(missing), len(missing)
    if missing:
        named = f"{provider} {provider_title}".casefold()
        elsewhere = [word for word in missing if word not in named]
        unnamed = unshown = len(elsewhere)
        if elsewhere:
            shown = f"{path} {tag} {title}".casefold()
            unshown = sum(word not in shown for word in elsewhere)
    exact = not typed.isdisjoint((folded, path.casefold(), title.casefold()))
    begins = any(phrase and folded.startswith(phrase) for phrase in typed)
    return not exact, not begins, unnamed, unshown, bool(deprecated), len(missing), len(folded)
