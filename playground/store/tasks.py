"""The operations that a task needs, which somebody says in words of their own: "add songs to a playlist".

A search (`search.py`) wants every word, as people expect of a field. Here any word may be missing: verbs say a
method, a word may be one of its synonyms or another form of itself, and rare words say more than common ones.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from playground.catalog.model import OperationSummary
from playground.store.index import matching, words_of
from playground.store.operations import SUMMARY_COLUMNS, summary_of
from playground.store.packing import text

MOST_ROWS = 1_500
"""Operations that a word may bring in; a word of more only ranks what others bring."""
MOST_CANDIDATES = 250
_NAMING = "{name path tags title provider}"
_MOST_SUMMED = 6_000
_MOST_WITH_ALL = 100
_SHORTEST = 2
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W_A-Za-z\d]+")
_SMALL = frozenset(
    " ".join(
        (
            "a an and are as at be by can do does for from get's has have her his how i in into is it its just like",
            "many me much my need of on one or our out please several so some that the their them there they this to",
            "up us via want what when where which will with you your api rest http endpoint operation",
        )
    ).split()
)
"""Words that say nothing of an operation."""
_VERBS = {
    "POST": "add create make new register insert post send upload start generate submit invite open give run begin "
    "schedule build issue publish write share sign turn capture copy",
    "GET": "get list show read find fetch retrieve view see look search check which who status download latest all "
    "export count current",
    "PUT": "update change edit set modify rename replace save turn pause adjust enable disable",
    "DELETE": "delete remove destroy erase drop revoke unlink unblock unlock unfollow unpin clear uninstall",
}
_ALIKE = (
    "song track", "picture photo image", "avatar picture", "message chat post", "remove delete destroy",
    "money balance refund payment payout", "person people user member account", "member user", "music player playback",
    "stop cancel", "make create", "new create", "late delay", "earlier previous version", "watch view session",
    "customer client", "workspace team", "mail email", "phone telephone", "add create", "change update",
    "block blacklist ban", "unblock blacklist", "link url", "car vehicle", "vehicle route", "place location",
    "position location", "trip journey", "plan journey", "station stop", "bill invoice", "login signin auth",
    "authentication auth authenticate", "reminder remind", "group team", "picture thumbnail", "job task run",
    "schedule create", "snap match", "reachable isochrone", "optimize optimization", "free occupancy", "tube line",
    "collaborator collaboration", "share collaboration permission", "speech audio", "popular top", "points write",
    "esports match", "data query", "gps device position", "kubeconfig config credential", "words text",
)  # fmt: skip
"""Words that often mean the same in the names of operations."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A word of the task: its forms and synonyms, how much it says, and the rows that have it anywhere."""

    stem: str
    alike: frozenset[str]
    weight: float
    rows: frozenset[int]
    is_verb: bool


def find_for_task(connection: sqlite3.Connection, query: str, limit: int) -> tuple[OperationSummary, ...]:
    """Return at most `limit` operations for a task, best first; empty without a word that says something."""
    words = [word.casefold() for word in words_of(query)]
    telling = list(dict.fromkeys(word for word in words if word not in _SMALL and len(word) >= _SHORTEST))
    if not telling:
        return ()
    (last,) = connection.execute("SELECT coalesce(max(id), 1) FROM operation").fetchone()
    asked = [_asked(connection, word, last) for word in telling]
    rows = list(dict.fromkeys((*_with_all(connection, asked), *_candidates(asked))))
    if not rows:
        return ()
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(rows), 500):
        marks = ",".join(map(str, rows[start : start + 500]))
        found += connection.execute(
            f"SELECT operation.id, {SUMMARY_COLUMNS} WHERE NOT hidden AND operation.id IN ({marks})"
        ).fetchall()
    methods = _methods(words)
    scored = [(-_score(row, asked, methods), len(row[5]), row[0], row) for row in found]
    scored.sort(key=lambda pair: pair[:3])
    return tuple(summary_of(row[1:]) for *_, row in scored[:limit])


def _asked(connection: sqlite3.Connection, word: str, last: int) -> _Asked:
    stem = _stem(word)
    alike = _synonyms().get(stem, frozenset())
    own = _rows(connection, (stem,))
    rows = own | (_rows(connection, alike) if len(own) < MOST_ROWS else frozenset())
    weight = math.log(1 + last / (1 + len(own or rows)))
    is_verb = any(word in verbs.split() for verbs in _VERBS.values())
    return _Asked(stem=stem, alike=alike, weight=weight * (0.5 if is_verb else 1.0), rows=rows, is_verb=is_verb)


def _rows(connection: sqlite3.Connection, stems: Iterable[str]) -> frozenset[int]:
    expression = " OR ".join(f'"{text(stem)}" *' for stem in stems if stem)
    if not expression:
        return frozenset()
    named = matching(connection, f"{_NAMING} : ({expression})", limit=MOST_ROWS)
    if len(named) >= MOST_ROWS:
        return frozenset(named)
    return frozenset(named) | frozenset(matching(connection, expression, limit=MOST_ROWS))


def _with_all(connection: sqlite3.Connection, asked: Sequence[_Asked]) -> list[int]:
    """Return some rows that name all things of the task, and the two rarest: of common words these are the best."""
    things = sorted((one for one in asked if not one.is_verb), key=lambda one: -one.weight)
    rows: list[int] = []
    for some in (things, things[:2]):
        if len(some) > 1:
            expression = " AND ".join(f'{_NAMING} : "{text(one.stem)}" *' for one in some)
            rows += matching(connection, expression, limit=_MOST_WITH_ALL)
    return rows


def _candidates(asked: Sequence[_Asked]) -> list[int]:
    """Return the rows that rank: those of the words that say most, then of the others while there is room."""
    rows: dict[int, float] = {}
    for one in sorted(asked, key=lambda one: len(one.rows)):
        for row in one.rows:
            if row in rows:
                rows[row] += one.weight
            elif len(rows) < _MOST_SUMMED:
                rows[row] = one.weight
    return sorted(rows, key=lambda row: -rows[row])[:MOST_CANDIDATES]


def _methods(words: Sequence[str]) -> frozenset[str]:
    """Return the methods that the task's first verb says."""
    for word in words:
        methods = {method for method, verbs in _VERBS.items() if word in verbs.split()}
        if methods:
            return frozenset(methods | ({"PATCH", "POST"} if "PUT" in methods else set()))
    return frozenset()


def _score(row: Sequence[Any], asked: Sequence[_Asked], methods: frozenset[str]) -> float:
    number, provider, provider_title, name, method, path, title, summary, tag, deprecated = row
    steps = [step for step in path.split("/") if step]
    fixed = [step for step in steps if "{" not in step]
    named = _stems(f"{name} {' '.join(fixed)} {title or summary}")
    inside, ends = _stems(" ".join(steps)), _stems(fixed[-1] if fixed else "")
    owner, tagged = _stems(f"{provider} {provider_title}"), _stems(tag)
    score, heard = 0.0, 0
    for one in asked:
        if one.stem in named:
            score += one.weight * (1.35 if one.stem in ends else 1.1)
        elif one.stem in owner or any(len(one.stem) >= 4 and part.startswith(one.stem) for part in owner):
            score += one.weight * 1.1
        elif _begins(one.stem, named):
            score += one.weight * 0.9
        elif one.alike & named:
            score += one.weight * 0.8
        elif one.stem in tagged or one.stem in inside:
            score += one.weight * 0.6
        elif number in one.rows:
            score += one.weight * 0.35
        else:
            continue
        heard += 1
    if methods:
        score += 2.0 if method in methods else -1.0
    # What an operation has beside the task: an operation that is only about this is meant rather.
    strange = [stem for stem in _stems(" ".join(fixed)) if not _is_asked(stem, asked)]
    score -= 0.45 * len(strange) + 0.25 * sum("{" in step for step in steps) + (1.0 if deprecated else 0.0)
    return score + 0.3 * heard


def _is_asked(stem: str, asked: Sequence[_Asked]) -> bool:
    return len(stem) < 3 or any(stem == one.stem or stem in one.alike or _near(stem, one.stem) for one in asked)


def _begins(stem: str, stems: frozenset[str]) -> bool:
    return any(_near(stem, other) for other in stems)


def _near(one: str, other: str) -> bool:
    """Tell whether two stems are forms of one word: `optimiz` and `optimization`, `playlist` and `playlists`."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 4 and long.startswith(short)


@lru_cache(maxsize=20_000)
def _stems(words: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in _WORD.findall(words))


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """Return a word without the ending that makes it a plural or a form of a verb."""
    word = word.casefold()
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    for ending, least in (("ations", 5), ("ation", 5), ("ings", 4), ("ing", 4), ("ches", 2), ("shes", 2), ("sses", 2)):
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: -len(ending)] + {"ches": "ch", "shes": "sh", "sses": "ss"}.get(ending, "")
    if len(word) > 4 and word.endswith("ed") and not word.endswith("eed"):
        return word[:-2].rstrip("e")
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in _ALIKE:
        stems = {_stem(word) for word in group.split()}
        for stem in stems:
            found.setdefault(stem, set()).update(stems - {stem})
    return {stem: frozenset(others) for stem, others in found.items()}
