"""One at a time for each key, and no crowd that waits for one."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from playground.store import turns
from playground.store.errors import StoreError
from playground.store.turns import Turns


def test_each_key_has_its_own_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "WAIT_SECONDS", 0.01)
    kept = Turns()
    with kept.of(b"a"), kept.of(b"b"), pytest.raises(StoreError, match="busy"), kept.of(b"a"):
        pass
    with kept.of(b"a"):
        pass


def test_a_crowd_of_one_visitor_is_sent_away_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "MOST_WAITING", 0)
    monkeypatch.setattr(turns, "WAIT_SECONDS", 3600)
    kept = Turns()
    with kept.of(b"a"), pytest.raises(StoreError, match="try again"), kept.of(b"a"):
        pass


def test_processes_take_turns_by_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "WAIT_SECONDS", 0.01)
    one, other = Turns(tmp_path / "turns"), Turns(tmp_path / "turns")
    with one.of(b"abcdef1"), other.of(b"abcdeg1"), pytest.raises(StoreError, match="busy"), other.of(b"abcdef1"):
        pass
    with other.of(b"abcdef1"):
        pass


def test_a_file_that_cannot_be_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"), Turns(tmp_path / "none" / "turns").of(b"abcdef"):
        pass


def test_those_who_wait_come_one_after_another() -> None:
    kept, inside, seen = Turns(), [0], []

    def come() -> None:
        with kept.of(b"a"):
            inside[0] += 1
            seen.append(inside[0])
            inside[0] -= 1

    threads = [threading.Thread(target=come) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [1] * 8
