"""What readers do, counted for the operator: an SQLite file beside the catalogue, for any number of processes.

Nothing of a visitor is in it. A word of a search is a number under its digest until it has come from several visitors;
only then its text is written. 64 marks for each word and day count the visitors, and identify none.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from playground.store.errors import StoreError
from playground.text.wording import say

APPLICATION_ID = 0x5472796F
RECURS = 3
"""Visitors that a word has to come from before its text is kept."""
KEPT_DAYS = 90
MOST_WORDS_A_DAY, MOST_COUNTS_A_DAY = 20_000, 200_000
_MARKS = 64
_WAIT_SECONDS = 30
"""For other processes that write; nobody's page waits for it."""
_SCHEMA = f"""
PRAGMA application_id = {APPLICATION_ID};
CREATE TABLE IF NOT EXISTS counted (
    day INTEGER NOT NULL, provider TEXT NOT NULL, operation TEXT NOT NULL, what TEXT NOT NULL,
    number INTEGER NOT NULL, PRIMARY KEY (day, provider, operation, what)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS searched (
    day INTEGER NOT NULL, digest BLOB NOT NULL, marks INTEGER NOT NULL, unfound INTEGER NOT NULL,
    PRIMARY KEY (day, digest)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS word (digest BLOB PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
"""


class Counted(NamedTuple):
    """One kind of thing that is counted: `what` is a word of ours, such as `opened`."""

    provider: str
    operation: str
    what: str


@dataclass(frozen=True, slots=True)
class Searched:
    """A word that was looked for: by whom is a mark from 0 to 63, `found` tells whether there was anything."""

    word: str
    mark: int
    found: bool


@dataclass(frozen=True, slots=True)
class SearchedWord:
    """A word that recurs: how many visitors looked for it, a day at a time, and how many of them found nothing."""

    text: str
    visitors: int
    unfound: int


class OwnerCounts:
    """The file. Every method raises `StoreError` where it cannot be used."""

    def __init__(self, path: Path, key: bytes) -> None:
        """`key` is what digests are made with: processes of one site have one."""
        self.path = path
        self._key = hashlib.sha256(b"owner counts " + key).digest()

    def mark_of(self, visitor: str, word: str) -> int:
        """Return a visitor's mark for a word; for another word it is another one."""
        return hmac.digest(self._key, f"{word}\n{visitor}".encode("utf-8", "replace"), "sha256")[0] % _MARKS

    def add(self, day: int, counts: Mapping[Counted, int], searches: Sequence[Searched]) -> None:
        """Add counts and searches of a day (its number since 1970)."""
        with self._writing() as connection:
            (rows,) = connection.execute("SELECT count(*) FROM counted WHERE day = ?", (day,)).fetchone()
            for counted, number in counts.items():
                if (
                    rows < MOST_COUNTS_A_DAY
                    or connection.execute(
                        "SELECT 1 FROM counted WHERE day = ? AND provider = ? AND operation = ? AND what = ?",
                        (day, *counted),
                    ).fetchone()
                ):
                    connection.execute(
                        "INSERT INTO counted VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET number = number + ?",
                        (day, *counted, number, number),
                    )
                    rows += 1
            (words,) = connection.execute("SELECT count(*) FROM searched WHERE day = ?", (day,)).fetchone()
            for search in searches:
                words += self._add_search(connection, day, search, room=words < MOST_WORDS_A_DAY)
            self._forget(connection, day)

    def _add_search(self, connection: sqlite3.Connection, day: int, search: Searched, *, room: bool) -> int:
        digest = hmac.digest(self._key, search.word.encode("utf-8", "replace"), "sha256")[:16]
        row = connection.execute(
            "SELECT marks, unfound FROM searched WHERE day = ? AND digest = ?", (day, digest)
        ).fetchone()
        if row is None and not room:
            return 0
        mark = 1 << search.mark
        marks, unfound = (_unsigned(value) for value in row or (0, 0))
        marks |= mark
        unfound = unfound & ~mark if search.found else unfound | mark
        connection.execute(
            "INSERT OR REPLACE INTO searched VALUES (?, ?, ?, ?)", (day, digest, _signed(marks), _signed(unfound))
        )
        seen = 0
        for (known,) in connection.execute("SELECT marks FROM searched WHERE digest = ?", (digest,)):
            seen |= _unsigned(known)
        if seen.bit_count() >= RECURS:
            connection.execute("INSERT OR IGNORE INTO word VALUES (?, ?)", (digest, search.word))
        return int(row is None)

    def _forget(self, connection: sqlite3.Connection, day: int) -> None:
        for table in ("counted", "searched"):
            # Days to come are those of a clock that was wrong.
            connection.execute(
                f"DELETE FROM {table} WHERE day <= ? OR day > ?",  # noqa: S608 - our own names
                (day - KEPT_DAYS, day + 1),
            )
        connection.execute("DELETE FROM word WHERE digest NOT IN (SELECT digest FROM searched)")

    def counts(self, since: int) -> dict[tuple[str, str], dict[str, int]]:
        """Return what was counted of each operation from a day on, by provider and operation."""
        found: dict[tuple[str, str], dict[str, int]] = {}
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT provider, operation, what, sum(number) FROM counted WHERE day >= ? GROUP BY 1, 2, 3", (since,)
            )
            for provider, operation, what, number in rows:
                found.setdefault((provider, operation), {})[what] = number
        return found

    def words(self, since: int) -> tuple[SearchedWord, ...]:
        """Return the words that recur and were looked for from a day on, those of most visitors first."""
        found: dict[str, list[int]] = {}
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT text, marks, unfound FROM searched JOIN word USING (digest) WHERE day >= ?", (since,)
            )
            for text, marks, unfound in rows:
                sums = found.setdefault(text, [0, 0])
                sums[0] += _unsigned(marks).bit_count()
                sums[1] += _unsigned(unfound).bit_count()
        words = (SearchedWord(text, visitors, unfound) for text, (visitors, unfound) in found.items())
        return tuple(sorted(words, key=lambda word: (-word.visitors, word.text)))

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._opened() as connection:
            yield connection

    @contextlib.contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            # One for each use: rare, and right in processes that were forked.
            with contextlib.closing(
                sqlite3.connect(self.path, timeout=_WAIT_SECONDS, isolation_level=None)
            ) as connection:
                _prepare(connection)
                yield connection
        except sqlite3.Error as error:
            raise StoreError(
                say("%(path)s cannot be used (%(reason)s): check its permissions and the room on its disk.",
                    path=str(self.path), reason=str(error))
            ) from None  # fmt: skip


def _prepare(connection: sqlite3.Connection) -> None:
    """Make the tables once: this takes the file for itself, and at each use others would wait for it."""
    end = time.monotonic() + _WAIT_SECONDS
    while connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'word'").fetchone() is None:
        try:
            connection.execute("PRAGMA journal_mode = wal")
            connection.executescript(_SCHEMA)
        except sqlite3.OperationalError as error:
            # SQLite waits for no other process here.
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.01)


def _signed(marks: int) -> int:
    return marks - (1 << _MARKS) if marks >> (_MARKS - 1) else marks


def _unsigned(marks: int) -> int:
    return marks & ((1 << _MARKS) - 1)
