"""What a slip of the keys may have meant: the known word one edit away that most providers use.

Every text one edit away (a letter missing, added, exchanged or swapped with the next) is looked up as the beginning of
a word in the ordered table of words: a few hundred look-ups, whatever the size of the catalogue.
"""

from __future__ import annotations

import sqlite3
import string

import orjson

from playground.store.packing import text

_SHORTEST, _LONGEST = 4, 24
_COMMONER = 20
"""So many times as many providers must use another word before one that exists is taken for a slip."""
_LAST = "\U0010ffff"

_BEST = """
    SELECT near.value, max(word.providers * (1 + (word.word = near.value))) AS weight
    FROM json_each(:near) AS near JOIN word ON word.word >= near.value AND word.word < near.value || :last
    GROUP BY near.value
    ORDER BY substr(near.value, 1, 1) = substr(:word, 1, 1) DESC,
        length(near.value) >= length(:word) OR max(word.word = near.value) DESC, weight DESC, near.value
    LIMIT 1
"""


def corrected(connection: sqlite3.Connection, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words, those that seem misspelt replaced by the likeliest known beginning of a word."""
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
    found: str = best[0]
    return found


def _one_edit_away(word: str) -> list[str]:
    letters = string.ascii_lowercase
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    near = {head + tail[1:] for head, tail in cuts if tail}
    near |= {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    near |= {head + letter + tail[1:] for head, tail in cuts if tail for letter in letters}
    near |= {head + letter + tail for head, tail in cuts for letter in letters}
    # Fewer letters begin too many words to say anything.
    return sorted(one for one in near if len(one) >= _SHORTEST and one != word)
