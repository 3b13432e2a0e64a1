"""What readers look for, open and send, counted for the operator where the operator wants it: numbers, and no reader.

Counts wait for a moment in memory and are written together. What cannot be written is dropped: no page waits or fails
for the sake of a number.
"""

from __future__ import annotations

import atexit
import logging
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator

from flask import current_app, has_request_context, request

from playground.catalog.model import Entry
from playground.contract.verdict import Verdict
from playground.gateway.answer import Answer
from playground.store import StoreError
from playground.store.owner_counts import Counted, OwnerCounts, Searched
from playground.web.site import OWN_SITE
from playground.web.visitor import visitor

log = logging.getLogger("playground.owner")

OPENED = "playground.opened"
"""The key in a request's environment under which is which operation's page it asks for."""
WAIT = 2.0
"""Seconds that a count waits for others before all are written."""
MOST_WAITING = 2_000
_MOST_WORDS = 6
_SHORTEST, _LONGEST = 3, 20
_LETTERS = re.compile(rf"[^\W\d_]{{{_SHORTEST},{_LONGEST}}}")
_JOINTS = re.compile(r"[\s/.,:;?!'\"()-]+")
_ASCII = re.compile(r"[a-z]+")
_NO_WORD = re.compile(r"[bcdfghjklmnpqrstvwxz]{6}|^[^aeiouy]{5,}$")
"""What letters of a key look like rather than a word."""
_DAY = 86_400


class Recorder:
    """Counts of one process on their way to the file; safe to be used by threads at the same time."""

    def __init__(self, counts: OwnerCounts, clock: Callable[[], float] = time.time) -> None:
        self.counts = counts
        self._clock = clock
        self._lock, self._writing = threading.Lock(), threading.Lock()
        self._waiting: Counter[Counted] = Counter()
        self._searches: list[Searched] = []
        self._timer: threading.Timer | None = None
        atexit.register(self.flush)

    def count(self, provider: str, operation: str, what: str) -> None:
        """Count one thing about an operation."""
        with self._lock:
            if len(self._waiting) < MOST_WAITING:
                self._waiting[Counted(provider, operation, what)] += 1
            self._write_soon()

    def search(self, query: str, who: str, *, found: bool) -> None:
        """Count the words of a search."""
        searches = [Searched(word, self.counts.mark_of(who, word), found) for word in words_of(query)]
        with self._lock:
            if len(self._searches) < MOST_WAITING:
                self._searches += searches
            self._write_soon()

    def _write_soon(self) -> None:
        if self._timer is None:
            self._timer = threading.Timer(WAIT, self.flush)
            self._timer.daemon = True
            self._timer.start()

    def flush(self) -> None:
        """Write what waits; where another thread is at it, it has ended after this."""
        with self._writing:
            self._flush()

    def _flush(self) -> None:
        with self._lock:
            waiting, searches = self._waiting, self._searches
            self._waiting, self._searches, self._timer = Counter(), [], None
        if not waiting and not searches:
            return
        try:
            self.counts.add(self.today(), waiting, searches)
        except StoreError as error:
            log.warning("owner's counts were not written: %s", error)

    def today(self) -> int:
        """Return the number of the day since 1970."""
        return int(self._clock() // _DAY)


def words_of(query: str) -> tuple[str, ...]:
    """Return the words of a search that may be kept: of letters alone, and none of a text that may be a secret.

    An address, a number, a key or a URL among them takes its neighbours along: they are about it.
    """
    words = []
    for token in query.split()[: _MOST_WORDS * 2]:
        if _is_private(token):
            return ()
        words += [part.casefold() for part in _JOINTS.split(token) if _LETTERS.fullmatch(part)]
    return tuple(dict.fromkeys(words))[:_MOST_WORDS]


def _is_private(token: str) -> bool:
    parts = _JOINTS.split(token)
    if any(mark in token for mark in "@=+\\") or "//" in token or len(token) > 2 * _LONGEST:
        return True
    # Two digits or more: a number, a date, a key. One: `v2`, `oauth2`.
    return any(_is_secret(part) for part in parts) or len(re.findall(r"\d", token)) > 1


def _is_secret(part: str) -> bool:
    letters = part.replace("_", "")
    if len(letters) > _LONGEST:
        return True
    inner = sum(character.isupper() for character in letters[1:])
    if inner > 3 and not letters.isupper():
        return True
    return bool(_ASCII.fullmatch(letters.casefold()) and _NO_WORD.search(letters.casefold()))


def recorder() -> Recorder | None:
    """Return what counts, `None` where nothing is to be counted: without the operator's wish, on a visitor's site."""
    if not has_request_context() or OWN_SITE in request.environ:
        return None
    found: Recorder | None = current_app.extensions.get("owner")
    return found


def note_search(query: str, *, found: bool) -> None:
    """Count a search."""
    if query and (counting := recorder()) is not None:
        counting.search(query, visitor(), found=found)


def note_opened(entry: Entry) -> None:
    """Count an operation's page; one that is given again from what is ready is counted there (`web/ready.py`)."""
    request.environ[OPENED] = (entry.provider.name, entry.operation.name)
    _note(entry, "opened")


def note_sent(entry: Entry, answer: Answer) -> None:
    """Count a call, and what became of it."""
    for what in _became(answer):
        _note(entry, what)


def note_findings(entry: Entry, verdict: Verdict) -> None:
    """Count an answer that differs from the description: once, whatever the number of its findings."""
    if any(finding.severity == "error" for finding in verdict.findings):
        _note(entry, "contradicts")


def note_limited(entry: Entry) -> None:
    """Count a call that a limit refused."""
    _note(entry, "sent")
    _note(entry, "none: limit")


def _became(answer: Answer) -> Iterator[str]:
    yield "sent"
    if answer.response is not None:
        yield f"{min(max(answer.response.status // 100, 1), 9)}xx"
        if answer.response.origin == "sandbox":
            yield "sandbox"
    else:
        step = answer.step if re.fullmatch(r"[a-z-]{1,20}", answer.step) else "other"
        yield f"none: {step}"


def _note(entry: Entry, what: str) -> None:
    if (counting := recorder()) is not None:
        counting.count(entry.provider.name, entry.operation.name, what)
