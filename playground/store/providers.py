"""Reading providers: lists, one with all its facts, names, tags, the source document."""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Sequence

from playground.catalog.codec import decode
from playground.catalog.model import Provider
from playground.store.errors import ProviderNotFound
from playground.store.model import ProviderSummary, TagCount
from playground.store.packing import text, unpack_value
from playground.store.search import candidates

_SUMMARY = "SELECT name, title, version, summary, listed FROM provider JOIN told ON told.provider = provider.id"
_TELLING = "{name title}"
_MOST_SEGMENTS = 32


def list_providers(connection: sqlite3.Connection) -> tuple[ProviderSummary, ...]:
    """Return every provider, by name."""
    return summaries(connection, "ORDER BY name")


def summaries(
    connection: sqlite3.Connection, clause: str, values: Sequence[object] = ()
) -> tuple[ProviderSummary, ...]:
    """Return the providers that a clause of ours (`WHERE …`, `ORDER BY …`) leaves."""
    return tuple(_summary(row) for row in connection.execute(f"{_SUMMARY} {clause}", tuple(values)))


def search_providers(connection: sqlite3.Connection, words: tuple[str, ...], limit: int) -> tuple[ProviderSummary, ...]:
    """Return providers in whose name, title or summary every word begins a word, the likeliest first."""
    if not words:
        return ()
    marks = ",".join(map(str, candidates(connection, words, _TELLING, limit, index="provider_search")))
    rows = connection.execute(f"SELECT name, title, listed, id FROM provider WHERE id IN ({marks})").fetchall()  # noqa: S608
    first = text(words[0]).casefold()
    rows.sort(key=lambda row: _rank(row, first))
    best = {row[0]: place for place, row in enumerate(rows[:limit])}
    kept = summaries(connection, f"WHERE id IN ({','.join(str(row[3]) for row in rows[:limit])})")
    return tuple(sorted(kept, key=lambda one: best[one.name]))


def _rank(row: tuple[str, str, int, int], first: str) -> tuple[bool, bool, bool, bool, int, str]:
    name, title, operations, _ = row
    titled = title.casefold().startswith(first)
    return name != first, not name.startswith(first), not titled, first not in name, -operations, name


def holding_providers(
    connection: sqlite3.Connection, words: tuple[str, ...], limit: int = -1
) -> tuple[ProviderSummary, ...]:
    """Return providers whose name, title or summary hold every word, even inside a word; this reads every provider's.

    Those that begin with the first word come first; a `limit` of -1 means all.
    """
    if not words:
        return ()
    folded = [text(word).casefold() for word in words]
    holds = " AND ".join("instr(words, ?) > 0" for _ in folded)
    query = (
        f"{_SUMMARY} WHERE {holds} ORDER BY name != ?, substr(name, 1, ?) != ?,"
        " substr(lower(title), 1, ?) != ?, instr(name, ?) = 0, listed DESC, name LIMIT ?"
    )
    first, length = folded[0], len(folded[0])
    rows = connection.execute(query, (*folded, first, length, first, length, first, first, limit))
    return tuple(_summary(row) for row in rows)


def _summary(row: tuple[str, str, str, str, int]) -> ProviderSummary:
    name, title, version, summary, operations = row
    return ProviderSummary(name=name, title=title, version=version, summary=summary, operations=operations)


def identify(connection: sqlite3.Connection, name: str) -> tuple[int, str]:
    """Return a provider's row id and generation. Raises `ProviderNotFound`."""
    row = connection.execute("SELECT id, generation FROM provider WHERE name = ?", (text(name),)).fetchone()
    if row is None:
        raise ProviderNotFound(name, _similar(connection, name))
    number, generation = row
    return number, generation


def _similar(connection: sqlite3.Connection, name: str) -> tuple[str, ...]:
    words = text(name[:80]).casefold().replace("/", " ").split()
    found = holding_providers(connection, tuple(words), 3)
    return tuple(provider.name for provider in found)


def read_provider(connection: sqlite3.Connection, number: int) -> Provider:
    """Return all facts of the provider with that row id."""
    (content,) = connection.execute("SELECT content FROM facts WHERE provider = ?", (number,)).fetchone()
    return decode(Provider, unpack_value(content))


def read_source(connection: sqlite3.Connection, number: int) -> bytes:
    """Return the document a provider was compiled from, as it was given."""
    (content,) = connection.execute("SELECT content FROM source WHERE provider = ?", (number,)).fetchone()
    return gzip.decompress(content)


def list_tags(connection: sqlite3.Connection, number: int) -> tuple[TagCount, ...]:
    """Return a provider's tags that have operations, in the document's order, the untagged rest last."""
    rows = connection.execute("SELECT name, title, operations FROM tag WHERE provider = ? ORDER BY position", (number,))
    return tuple(TagCount(name=name, title=title, count=count) for name, title, count in rows)


def locate(connection: sqlite3.Connection, path: str) -> tuple[str, str]:
    """Split `google/books/volumes.list` into the provider's name and the rest, which may be empty or unknown.

    The longest provider whose rest is one of its operations wins, then the longest provider. Raises `ProviderNotFound`.
    """
    segments = text(path).strip("/").split("/")
    found: list[tuple[str, str]] = []
    for count in range(min(len(segments), _MOST_SEGMENTS), 0, -1):
        name, rest = "/".join(segments[:count]), "/".join(segments[count:])
        row = connection.execute("SELECT id FROM provider WHERE name = ?", (name,)).fetchone()
        if row is None:
            continue
        if not rest or find_operation(connection, row[0], rest) is not None:
            return name, rest
        found.append((name, rest))
    if not found:
        raise ProviderNotFound(path.strip("/"), _similar(connection, segments[0]))
    return found[0]


def find_operation(connection: sqlite3.Connection, number: int, name: str) -> int | None:
    """Return the row id of the operation with that accepted name (contract section 7), or `None`."""
    method, blank, path = name.partition(" ")
    spellings = [name, f"{method.upper()} {path}"] if blank and path.startswith("/") else [name]
    for spelling in spellings:
        row = connection.execute(
            "SELECT operation FROM alias WHERE provider = ? AND name = ?", (number, text(spelling))
        ).fetchone()
        if row is not None:
            operation: int = row[0]
            return operation
    return None
