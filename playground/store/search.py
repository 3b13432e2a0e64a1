"""Full-text look-ups (FTS5): words and beginnings of words, in any order, never more rows than asked for.

A look-up stops at its limit instead of ranking a whole index, so a common word costs no more than a rare one.
https://www.sqlite.org/fts5.html
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from typing import Literal

from playground.store.packing import text

_WORD = re.compile(r"[^\W_]+")
LONGEST_QUERY = 200
_MOST_WORDS = 8
CANDIDATES = 24
"""So many matches are ranked, or as many as are asked for; of more, those in the telling columns."""


def words_of(query: str) -> tuple[str, ...]:
    """Return the words of a visitor's query; everything that is not a letter or digit only parts them."""
    return tuple(_WORD.findall(text(query[:LONGEST_QUERY])))[:_MOST_WORDS]


def match_expression(words: Sequence[str], columns: str = "", *, whole: bool = False) -> str:
    """Return the FTS5 expression for "each word begins a word here" (`whole`: is one), empty without words."""
    prefix = f"{columns} : " if columns else ""
    return " AND ".join(f'{prefix}"{word}"{"" if whole else " *"}' for word in words)


def matching(
    connection: sqlite3.Connection,
    expression: str,
    first: int = 0,
    last: int = 2**62,
    limit: int = -1,
    *,
    index: Literal["search", "provider_search"] = "search",
) -> list[int]:
    """Return the row ids between `first` and `last` that match, ascending; `limit` -1 means all."""
    if not expression:
        return []
    try:
        rows = connection.execute(
            f"SELECT rowid FROM {index} WHERE {index} MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?",  # noqa: S608
            (expression, first, last, limit),
        ).fetchall()
    except sqlite3.OperationalError as error:
        # The index splits some letters newer than its Unicode tables, and cannot look for the phrase that makes.
        if str(error).startswith("fts5:"):
            return []
        raise
    return [number for (number,) in rows]


def candidates(
    connection: sqlite3.Connection,
    words: Sequence[str],
    telling: str,
    limit: int,
    *,
    index: Literal["search", "provider_search"] = "search",
) -> list[int]:
    """Return the row ids worth ranking where `limit` are to be shown: everything that matches if that is few.

    Else first what holds the words whole in the `telling` columns, then words that begin so there, then some others.
    """
    most = max(limit, CANDIDATES)
    some = matching(connection, match_expression(words), limit=most, index=index)
    if len(some) < most:
        return some
    found: dict[int, None] = {}
    for whole in (True, False):
        expression = match_expression(words, telling, whole=whole)
        found |= dict.fromkeys(matching(connection, expression, limit=most, index=index))
        if len(found) >= most:
            return list(found)
    return list(found | dict.fromkeys(some))
