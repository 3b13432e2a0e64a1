"""Full-text search over operations (FTS5): words and beginnings of words, in any order.

Matches are taken tier by tier (name, then path and tags, then the rest) without ranking the whole index, so a common
word costs no more than a rare one. https://www.sqlite.org/fts5.html
"""

from __future__ import annotations

import re
import sqlite3

from playground.store.packing import text

_WORD = re.compile(r"[^\W_]+")
_LONGEST_QUERY = 200
_MOST_WORDS = 8
_CANDIDATES = 200
_TIERS = ("{name provider}", "{name path tags summary provider}", "")


def words_of(query: str) -> tuple[str, ...]:
    """Return the words of a visitor's query; everything that is not a letter or digit only parts them."""
    return tuple(_WORD.findall(text(query[:_LONGEST_QUERY])))[:_MOST_WORDS]


def match_expression(query: str, columns: str = "") -> str:
    """Return the FTS5 expression for "each word begins a word here", empty if the query holds no word."""
    prefix = f"{columns} : " if columns else ""
    return " AND ".join(f'{prefix}"{word}" *' for word in words_of(query))


def matching(
    connection: sqlite3.Connection, expression: str, first: int = 0, last: int = 2**62, limit: int = -1
) -> list[int]:
    """Return the row ids between `first` and `last` that match, ascending; `limit` -1 means all."""
    if not expression:
        return []
    try:
        rows = connection.execute(
            "SELECT rowid FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?",
            (expression, first, last, limit),
        ).fetchall()
    except sqlite3.OperationalError as error:
        # The index splits some letters newer than its Unicode tables, and cannot look for the phrase that makes.
        if str(error).startswith("fts5:"):
            return []
        raise
    return [number for (number,) in rows]


def search_operations(connection: sqlite3.Connection, query: str, limit: int) -> list[int]:
    """Return the row ids of the best matches, best first."""
    found: dict[int, None] = {}
    for columns in _TIERS:
        if len(found) >= limit:
            break
        candidates = matching(connection, match_expression(query, columns), limit=max(limit, _CANDIDATES))
        fresh = [number for number in candidates if number not in found]
        found.update(dict.fromkeys(_ranked(connection, fresh, query)))
    return list(found)[:limit]


def _ranked(connection: sqlite3.Connection, numbers: list[int], query: str) -> list[int]:
    """Exact names first, then names that begin with the query, then short ones."""
    typed = text(query[:_LONGEST_QUERY]).strip().casefold()
    words = [word.casefold() for word in words_of(query)]
    marks = ",".join(map(str, numbers))
    rows = connection.execute(f"SELECT id, name, path FROM operation WHERE id IN ({marks})").fetchall()  # noqa: S608

    def rank(row: tuple[int, str, str]) -> tuple[bool, bool, int, int, int]:
        number, name, path = row
        folded = name.casefold()
        missing = sum(word not in folded for word in words)
        exact = typed in (folded, path.casefold())
        return not exact, not folded.startswith(typed or "\0"), missing, len(name), number

    return [row[0] for row in sorted(rows, key=rank)]
