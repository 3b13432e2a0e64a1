"""Words as the full-text index of operations keeps them: folded, each behind a letter that says where it stands.

A list of operations for each pair of place and word takes a third of the room of one list for each word that names the
columns of every operation; and a word that stands in several places is kept where it says most.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

NAME, OWNER, SHOWN, ELSEWHERE = "n", "p", "s", "o"
"""In an operation's name; in those of its provider; in what a list shows beside (path, tags, title); in nothing else
than what it says of itself and the names of its inputs."""
ANYWHERE = NAME + OWNER + SHOWN + ELSEWHERE
_WORD = re.compile(r"[^\W_]+")
_BLANKS = {code: " " for code in range(128) if not chr(code).isalnum()}
_MARKS = "’‘“”–—…\u00a0"
"""Of no word, and all that most English texts have beyond ASCII."""
_ACCENTS = re.compile("[\u0300-\u036f]+")


def fold(word: str) -> str:
    """Return a word in small letters without accents."""
    if word.isascii():
        return word.lower()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFD", word.lower()))
    return unicodedata.normalize("NFC", plain)


def folded_words(text: str) -> dict[str, None]:
    """Return the words of a text, each once, in their order: runs of letters and digits."""
    if text.isascii():
        return dict.fromkeys(text.translate(_BLANKS).lower().split())
    plain = text
    for mark in _MARKS:
        plain = plain.replace(mark, " ")
    if plain.isascii():
        return folded_words(plain)
    return dict.fromkeys(map(fold, _WORD.findall(unicodedata.normalize("NFC", text))))


def marked_words(
    named: Collection[str], owner: Collection[str], beside: Iterable[str], elsewhere: Iterable[str]
) -> str:
    """Return the words of one operation, folded already, as the index takes them."""
    beside = [word for word in beside if word not in named]
    known = {*named, *owner, *beside}
    return " ".join(
        (
            *(NAME + word for word in named),
            *(OWNER + word for word in owner),
            *(SHOWN + word for word in beside),
            *(ELSEWHERE + word for word in elsewhere if word not in known),
        )
    )


def marked_query(word: str, places: str = ANYWHERE, *, whole: bool = False) -> str:
    """Return the FTS5 expression for "this begins a word in one of these places" (`whole`: is one)."""
    folded = fold(word)
    return " OR ".join(f'"{place}{folded}"{"" if whole else " *"}' for place in places)
