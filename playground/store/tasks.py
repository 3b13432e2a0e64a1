"""The operations that a task needs, which somebody says in words of their own: "add songs to a playlist".

A search (`search.py`) wants every word, as people expect of a field. Here any word may be missing: verbs say a
method, a word may be one of its synonyms or another form of itself, and rare words say more than common ones.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from playground.catalog.model import OperationSummary
from playground.store.index import all_words, matching, words_of
from playground.store.marked import ANYWHERE, NAME, OWNER, SHOWN, marked_query
from playground.store.operations import SUMMARY_COLUMNS, summary_of
from playground.store.packing import text

MOST_ROWS = 1_500
"""Operations that a word may bring in; a word of more only ranks what others bring."""
MOST_CANDIDATES = 250
_NAMING = NAME + OWNER + SHOWN
_MOST_SUMMED = 6_000
_MOST_WITH_ALL = 100
_SHORTEST = 2
_ELSEWHERE = 0.35
"""How much a word says that stands in a description only."""
_LEAST_OF_AN_API = 4.0
"""What the name of an API says at least, however many operations it has."""
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W_A-Za-z\d]+")
_SMALL = frozenset(
    " ".join(
        (
            "a about already also am an and another any anybody anyone anything are as at be been being between",
            "both by can could currently do does doing each either else ever every exactly for from get's had has",
            "have having he her here him his how i if in into is it its itself just left let like many may me",
            "might mine more most much must my need needs no nobody not of off on once one only or other others",
            "our ours out over own please quite several shall she should so some somebody someone something still",
            "such than that the their theirs them then there these they thing things this those though three",
            "through to together too two under until up upon us using very via want wants was we were what when",
            "where whether while will with within without would you your yours api apis rest http https endpoint",
            "endpoints operation operations",
        )
    ).split()
)
"""Words that say nothing of an operation."""
_MOST_SAID, _MOST_WORDS = 40, 10
"""Words of a task that are read, and of those that say something."""
_VERBS = {
    "POST": "add create make new register insert post send upload start generate submit invite open give run begin "
    "schedule build issue publish write share sign turn capture copy put place launch deploy import buy order book pay "
    "charge ask request duplicate clone fork attach assign connect join reboot restart restore trigger execute enroll "
    "subscribe import translate convert log record report notify alert call dial merge transfer archive verify "
    "validate detect stop",
    "GET": "get list show read find fetch retrieve view see look search check which who whose what where when whether "
    "status download latest all export count current is are does display browse lookup details statistics",
    "PUT": "update change edit set modify rename replace save turn pause adjust enable disable assign move transfer "
    "rotate resize star mark switch put follow",
    "DELETE": "delete remove destroy erase drop revoke unlink unblock unlock unfollow unpin clear uninstall cancel "
    "discard empty purge stop unsubscribe unassign detach disconnect withdraw kick",
}
_PLAIN = frozenset(
    ("add", "create", "make", "new", "get", "list", "show", "read", "find", "fetch", "retrieve", "view", "see", "look",
     "check", "which", "who", "all", "update", "change", "edit", "set", "modify", "delete", "remove", "send", "post",
     "give", "open", "run", "start", "put", "use")
)  # fmt: skip
"""Verbs that nearly every API has: they say a method and little else."""
_LEAST_NEAR = 4
_ENDINGS = frozenset(
    ("s", "es", "e", "ed", "er", "ers", "or", "ors", "ing", "ings", "ion", "ions", "ation", "ations", "ment", "ments",
     "al", "ity", "ive", "able", "ible", "ly", "y", "ance", "ence", "ness", "ure", "ization", "isation", "ize", "ise",
     "ship")
)  # fmt: skip
"""Ends of words that make another form of one."""
_CUT = (("ations", 5), ("ation", 5), ("ates", 5), ("ate", 5), ("ings", 4), ("ing", 4), ("ches", 2), ("shes", 2),
        ("sses", 2))  # fmt: skip
"""Ends that a stem does without, each where this many letters are left."""
_WRITING = frozenset(("POST", "PUT", "PATCH"))
_QUANTITIES = frozenset(("many", "much", "long", "often", "old", "big", "large", "far"))
"""What after "how" asks for a number, and not for a way to do something."""
_ALIKE = (
    # People, and what belongs to them.
    "customer client", "person people user member account", "member user participant", "contact person",
    "collaborator collaboration", "employee staff worker", "owner author creator", "admin administrator",
    "login signin auth session", "logout signout", "authentication auth authenticate", "password passphrase credential",
    "kubeconfig config credential", "key token secret", "role permission right access", "avatar picture photo",
    "group team", "workspace team organization", "organisation organization company org", "me current self my",
    # Messages.
    "message chat post text sms", "mail email message", "phone telephone", "call dial", "reaction emoji",
    "notification alert notify", "comment reply note", "thread conversation discussion", "channel room conversation",
    "reminder remind", "subscribe subscription follow", "ban block blacklist", "unblock blacklist unban",
    "mute silence", "invite invitation",
    # Money and trade.
    "money balance refund payment payout cash fund", "bill invoice", "buy purchase order checkout", "cart basket",
    "price cost rate", "product item good", "shipping delivery shipment", "discount coupon voucher promotion",
    "tax vat", "transfer payout transaction",
    # Things that are kept.
    "picture photo image", "picture thumbnail preview", "song track", "music player playback", "speech audio voice",
    "popular top trending", "book volume", "movie film video", "document file", "folder directory", "trash bin recycle",
    "version revision history log", "earlier previous version history", "link url", "label tag",
    "attachment file attach",
    "shelf bookshelf collection", "list collection index", "record row entry document", "points write", "data query",
    "words text", "page site", "template blueprint",
    # Places and ways.
    "car vehicle", "vehicle route", "place location", "position location", "gps device position", "trip journey",
    "plan journey", "station stop", "late delay", "free occupancy", "tube line", "reachable isochrone",
    "optimize optimization", "snap match", "direction route", "map tile", "address location", "weather forecast",
    "distance matrix",
    # Work and machines.
    "job task run execution", "ticket issue", "bug issue", "status state transition", "workflow pipeline", "run start",
    "build compile", "log output event", "log worklog audit", "usage metric statistic stats", "use usage used",
    "health status ping", "server instance machine node vm", "node worker", "scale resize", "size resize",
    "restart reboot", "stop cancel terminate kill", "unused prune", "clean prune purge", "error failure exception",
    "hook webhook callback", "schedule cron", "schedule create", "setting preference configuration config option",
    "limit quota", "left remaining", "container pod", "deploy deployment release", "release publish",
    "repo repository", "review reviewer", "watcher watch subscriber",
    # What is done.
    "remove delete destroy erase", "empty clear delete", "make create", "new create", "add create insert", "add append",
    "change update modify edit", "rename update", "duplicate copy clone", "watch view session", "find search lookup",
    "share collaboration permission", "download export", "upload import", "attach connect", "detach disconnect",
    "ask request", "check verify validate", "execute run invoke", "esports match", "detect identify recognize",
    "generate create", "send post", "enable activate", "disable deactivate", "suspend pause", "continue resume",
)  # fmt: skip
"""Words that often mean the same in the names of operations."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A word of the task: its forms and synonyms, how much it says, and rows.

    `own` have the word itself in a name, `named` it or a synonym, `rows` one of them anywhere; `apis` are some of those
    of APIs that are called so.
    """

    stem: str
    alike: frozenset[str]
    weight: float
    own: frozenset[int]
    named: frozenset[int]
    rows: frozenset[int]
    apis: frozenset[int]
    is_verb: bool


def find_for_task(connection: sqlite3.Connection, query: str, limit: int) -> tuple[OperationSummary, ...]:
    """Return at most `limit` operations for a task, best first; empty without a word that says something."""
    words = [word.casefold() for word in words_of(query, most=_MOST_SAID)]
    telling = list(dict.fromkeys(word for word in words if word not in _SMALL and len(word) >= _SHORTEST))[:_MOST_WORDS]
    if not telling:
        return ()
    (last,) = connection.execute("SELECT coalesce(max(id), 1) FROM operation").fetchone()
    asked = _of_apis(connection, [_asked(connection, word, last) for word in telling])
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
    own, rows = _rows(connection, (stem,))
    weight = math.log(1 + last / (1 + len(rows)))
    named = own
    if len(rows) < MOST_ROWS and alike:
        also, others = _rows(connection, sorted(alike))
        weight = weight if rows else math.log(1 + last / (1 + len(others)))
        named, rows = own | also, rows | others
    is_verb = word in _PLAIN
    return _Asked(
        stem=stem, alike=alike, weight=weight * (0.5 if is_verb else 1.0), own=own, named=named, rows=rows,
        apis=frozenset(matching(connection, _expression((stem,), OWNER), limit=MOST_ROWS)), is_verb=is_verb,
    )  # fmt: skip


def _expression(stems: Iterable[str], places: str) -> str:
    return " OR ".join(marked_query(text(stem), places) for stem in stems if stem)


def _rows(connection: sqlite3.Connection, stems: Sequence[str]) -> tuple[frozenset[int], frozenset[int]]:
    """Return rows that match in a name, and rows that match anywhere: all of them, or as many as a word brings in."""
    named = frozenset(matching(connection, _expression(stems, _NAMING), limit=MOST_ROWS))
    if len(named) >= MOST_ROWS:
        return named, named
    return named, named | frozenset(matching(connection, _expression(stems, ANYWHERE), limit=MOST_ROWS))


def _of_apis(connection: sqlite3.Connection, asked: Sequence[_Asked]) -> list[_Asked]:
    """Return the words with all rows that they have in the APIs that others of them name, however common they are."""
    apis = [word for word in asked if word.apis and not word.is_verb]
    found = []
    for word in asked:
        own, alike = set(word.own), set(word.named)
        for api in apis if len(word.rows) >= MOST_ROWS else ():
            if api is not word:
                of_it = f"({_expression((api.stem,), OWNER)}) AND "
                own.update(matching(connection, f"{of_it} ({_expression((word.stem,), _NAMING)})", limit=MOST_ROWS))
                if word.alike:
                    others = _expression(sorted(word.alike), _NAMING)
                    alike.update(matching(connection, f"{of_it} ({others})", limit=MOST_ROWS))
        named = frozenset(own | alike)
        found.append(replace(word, own=frozenset(own), named=named, rows=word.rows | named))
    return found


def _with_all(connection: sqlite3.Connection, asked: Sequence[_Asked]) -> list[int]:
    """Return some rows that name all things of the task, and the two rarest: of common words these are the best."""
    things = sorted((word for word in asked if not word.is_verb), key=lambda word: -word.weight)
    rows: list[int] = []
    for some in (things, things[:2]):
        if len(some) > 1:
            rows += matching(connection, all_words([word.stem for word in some], _NAMING), limit=_MOST_WITH_ALL)
    return rows


def _candidates(asked: Sequence[_Asked]) -> list[int]:
    """Return the rows that rank: those of the words that say most, then of the others while there is room."""
    rows: dict[int, float] = {}
    for word in sorted(asked, key=lambda word: len(word.rows)):
        for row in word.rows:
            weight = word.weight * (1.1 if row in word.own else 0.8 if row in word.named else _ELSEWHERE)
            if row in rows:
                rows[row] += weight
            elif len(rows) < _MOST_SUMMED:
                rows[row] = weight
    return sorted(rows, key=lambda row: -rows[row])[:MOST_CANDIDATES]


def _methods(words: Sequence[str]) -> frozenset[str]:
    """Return the methods that the task's first verb says."""
    for word, following in zip(words, (*words[1:], ""), strict=True):
        if word == "how" and following in _QUANTITIES:
            return frozenset(("GET",))
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
    for word in asked:
        if word.stem in owner or any(len(word.stem) >= 4 and part.startswith(word.stem) for part in owner):
            # Who names an API means that one.
            score += max(word.weight, _LEAST_OF_AN_API) * 1.6
        elif word.stem in named:
            score += word.weight * (1.35 if word.stem in ends else 1.1)
        elif _begins(word.stem, named):
            score += word.weight * 0.9
        elif word.alike & named:
            score += word.weight * 0.8
        elif word.stem in tagged or word.stem in inside:
            score += word.weight * 0.6
        elif number in word.rows:
            score += word.weight * _ELSEWHERE
        else:
            continue
        heard += 1
    # Who wants to write may mean another method that does.
    if methods:
        score += 2.0 if method in methods else 0.5 if "GET" not in methods and method in _WRITING else -1.0
    elif method == "GET":
        score += 0.4
    # What an operation has beside the task: an operation that is only about this is meant rather.
    strange = [stem for stem in _stems(" ".join(fixed)) if not _is_asked(stem, asked)]
    score -= 0.45 * len(strange) + 0.25 * sum("{" in step for step in steps) + (1.0 if deprecated else 0.0)
    return score + 0.3 * heard


def _is_asked(stem: str, asked: Sequence[_Asked]) -> bool:
    return len(stem) < 3 or any(stem == word.stem or stem in word.alike or _near(word.stem, stem) for word in asked)


def _begins(asked: str, names: frozenset[str]) -> bool:
    return any(_near(asked, name) for name in names)


def _near(asked: str, name: str) -> bool:
    """Tell whether a stem of a name is a form of one that is asked for, or a compound that begins with it.

    `optimization` is of `optimiz`, and `changelog` of `change`; but `screen` is not what `screenshot` asks for.
    """
    if len(asked) <= len(name):
        return len(asked) >= _LEAST_NEAR and name.startswith(asked)
    return len(name) >= _LEAST_NEAR and asked.startswith(name) and asked[len(name) :] in _ENDINGS


@lru_cache(maxsize=20_000)
def _stems(words: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in _WORD.findall(words))


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """Return a word without the ending that makes it a plural or a form of a verb."""
    word = word.casefold()
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    for ending, least in (
        ("ations", 5),
        ("ation", 5),
        ("ates", 5),
        ("ate", 5),
        ("ings", 4),
        ("ing", 4),
        ("ches", 2),
        ("shes", 2),
        ("sses", 2),
    ):
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
