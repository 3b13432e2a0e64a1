"""Counts for the operator: words only once they recur, bounds, forgetting, several processes."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from playground.store import StoreError
from playground.store import owner_counts as module
from playground.store.owner_counts import Counted, OwnerCounts, Searched, SearchedWord


@pytest.fixture
def counts(tmp_path: Path) -> OwnerCounts:
    return OwnerCounts(tmp_path / "owner.sqlite", b"key")


def searched(counts: OwnerCounts, word: str, *visitors: str, found: bool = False) -> list[Searched]:
    return [Searched(word, counts.mark_of(visitor, word), found) for visitor in visitors]


def test_a_word_is_written_only_once_it_has_come_from_three_visitors(counts: OwnerCounts) -> None:
    counts.add(5, {}, searched(counts, "canaryword", "a", "a", "a", "b"))
    assert counts.words(0) == ()
    assert b"canaryword" not in b"".join(path.read_bytes() for path in counts.path.parent.iterdir())
    counts.add(6, {}, searched(counts, "canaryword", "c"))
    assert counts.words(0) == (SearchedWord("canaryword", 3, 3),)
    assert counts.words(6) == (SearchedWord("canaryword", 1, 1),)


def test_what_was_found_later_is_no_longer_missing(counts: OwnerCounts) -> None:
    visitors = [f"visitor {at}" for at in range(200)]
    counts.add(5, {}, searched(counts, "refund", *visitors))
    [word] = counts.words(0)
    assert word.unfound == word.visitors > 50
    counts.add(5, {}, searched(counts, "refund", *visitors, found=True))
    assert counts.words(0) == (SearchedWord("refund", word.visitors, 0),)


def test_marks_of_one_visitor_differ_from_word_to_word(counts: OwnerCounts) -> None:
    assert len({counts.mark_of("192.0.2.1", f"word {at}") for at in range(300)}) > 30
    assert counts.mark_of("192.0.2.1", "word") == counts.mark_of("192.0.2.1", "word")


def test_numbers_are_added_and_old_days_forgotten(counts: OwnerCounts) -> None:
    opened, sent = Counted("shop", "list", "opened"), Counted("shop", "list", "sent")
    counts.add(5, {opened: 2, sent: 1}, [])
    counts.add(6, {opened: 3}, searched(counts, "old", "a", "b", "c", "d"))
    assert counts.counts(0) == {("shop", "list"): {"opened": 5, "sent": 1}}
    assert counts.counts(6) == {("shop", "list"): {"opened": 3}}
    counts.add(6 + module.KEPT_DAYS, {opened: 1}, [])
    assert counts.counts(0) == {("shop", "list"): {"opened": 1}}
    assert counts.words(0) == ()
    with sqlite3.connect(counts.path) as connection:
        assert connection.execute("SELECT count(*) FROM word").fetchone() == (0,)
    connection.close()


def test_how_much_a_day_holds_is_bounded(counts: OwnerCounts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WORDS_A_DAY", 3)
    monkeypatch.setattr(module, "MOST_COUNTS_A_DAY", 3)
    for at in range(9):
        words = searched(counts, f"word{'abcdefghi'[at]}", "a", "b", "c", "d", "e")
        counts.add(5, {Counted("shop", f"op{at}", "opened"): 1}, words)
    counts.add(5, {Counted("shop", "op0", "opened"): 1}, [])
    assert len(counts.words(0)) == 3
    assert counts.counts(0)["shop", "op0"] == {"opened": 2}
    assert len(counts.counts(0)) == 3


def test_several_writers_lose_nothing(counts: OwnerCounts) -> None:
    def work() -> None:
        other = OwnerCounts(counts.path, b"key")
        for _ in range(10):
            other.add(5, {Counted("shop", "list", "opened"): 1}, [])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts.counts(0) == {("shop", "list"): {"opened": 40}}


def test_a_file_that_cannot_be_used_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "owner.sqlite").write_text("no database at all, and long enough to be looked at")
    with pytest.raises(StoreError, match="cannot be used"):
        OwnerCounts(tmp_path / "owner.sqlite", b"key").counts(0)
