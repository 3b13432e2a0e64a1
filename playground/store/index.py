"""The full-text index (FTS5): words and beginnings of words, in any order, and the correction of slips of the keys.

A look-up stops at its limit instead of ranking the whole index, so a common word costs no more than a rare one
(https://www.sqlite.org/fts5.html). A correction looks up every text one edit away (a letter missing, added, exchanged
or swapped with the next) in the ordered table of words: a few hundred look-ups, whatever the size of the catalogue.
"""

from __future__ import annotations

import re
import sqlite3
import string
from collections.abc import Sequence
from typing import Literal

import orjson

from playground.store.marked import ANYWHERE, marked_query
from playground.store.packing import text

_WORD = re.compile(r"[^\W_]+")
LONGEST_QUERY = 200
_MOST_WORDS = 8
CANDIDATES = 24
"""How many matches are ranked at least; of more, those in the naming columns."""

_SHORTEST, _LONGEST = 4, 24
_COMMONER = 20
"""How many times as many providers must use another word before a known word is taken for a slip."""
_LAST = "\U0010ffff"

_BEST = """
    SELECT near.value, max(word.providers * (1 + (word.word = near.value))) AS weight
    FROM json_each(:near) AS near JOIN word ON word.word >= near.value AND word.word < near.value || :last
    GROUP BY near.value
    ORDER BY substr(near.value, 1, 1) = substr(:word, 1, 1) DESC,
        length(near.value) >= length(:word) OR max(word.word = near.value) DESC, weight DESC, near.value
    LIMIT 1
"""


def words_of(query: str, *, most: int = _MOST_WORDS) -> tuple[str, ...]:
    """Return the first words of a visitor's query: its runs of letters and digits."""
    return tuple(_WORD.findall(text(query[:LONGEST_QUERY])))[:most]


def all_words(words: Sequence[str], places: str = ANYWHERE, *, whole: bool = False) -> str:
    """Return the expression for "each word begins a word in one of these places" of the index of operations."""
    return " AND ".join(f"({marked_query(text(word), places, whole=whole)})" for word in words)


def match_expression(words: Sequence[str], columns: str = "", *, whole: bool = False) -> str:
    """Return the expression for "each word begins a word in these columns" of the index of providers."""
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
        # The index splits letters newer than its Unicode tables, and cannot look up the phrase that results.
        if str(error).startswith("fts5:"):
            return []
        raise
    return [number for (number,) in rows]


def candidates(
    connection: sqlite3.Connection,
    words: Sequence[str],
    naming: str,
    limit: int,
    *,
    index: Literal["search", "provider_search"] = "search",
    anywhere: Sequence[int] | None = None,
) -> list[int]:
    """Return the row ids worth ranking where `limit` are shown: all matches if they are few.

    Of many, those with the words whole in the `naming` places or columns come first, then those with words that begin
    so there, then some others. `anywhere` are the first matches, as many as are worth ranking or more, where they are
    known.
    """
    most, expression = max(limit, CANDIDATES), all_words if index == "search" else match_expression
    if anywhere is None:
        anywhere = matching(connection, expression(words), limit=most, index=index)
    if len(anywhere) < most:
        return list(anywhere)
    rows: dict[int, None] = {}
    for whole in (True, False):
        rows |= dict.fromkeys(matching(connection, expression(words, naming, whole=whole), limit=most, index=index))
        if len(rows) >= most:
            return list(rows)
    return list(rows | dict.fromkeys(anywhere[:most]))


def corrected(connection: sqlite3.Connection, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words with misspelt ones replaced by the likeliest known beginning of a word."""
    return tuple(_likeliest(connection, word) for word in words)


def _likeliest(connection: sqlite3.Connection, typed: str) -> str:
    word = text(typed.casefold())
    if not (_SHORTEST <= len(word) <= _LONGEST and word.isalpha()):
        return typed
    (known,) = connection.execute(
        "SELECT max(providers) FROM word WHERE word >= ? AND word < ? || ?", (word, word, _LAST)
    ).fetchone()
    near = orjson.dumps(_one_edit_away(word)).decode()
    best = connection.execute(_BEST, {"near": near, "last": _LAST, "word": word}).fetchone()
    if best is None or best[1] <= (known or 0) * _COMMONER:
        return typed
    likeliest: str = best[0]
    return likeliest


def _one_edit_away(word: str) -> list[str]:
    letters = string.ascii_lowercase
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    near = {head + tail[1:] for head, tail in cuts if tail}
    near |= {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    near |= {head + letter + tail[1:] for head, tail in cuts if tail for letter in letters}
    near |= {head + letter + tail for head, tail in cuts for letter in letters}
    # Fewer letters begin too many words.
    return sorted(edited for edited in near if len(edited) >= _SHORTEST and edited != word)
