"""What is counted of readers, and which words of their searches may be kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from playground.store.owner_counts import OwnerCounts
from playground.web.owner import record as module
from playground.web.owner.record import Recorder, words_of


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("Refund a payment", ("refund", "payment")),
        ("list-orders of customers", ("list", "orders", "customers")),
        ("Kündigung bestätigen", ("kündigung", "bestätigen")),
        ("決済する", ("決済する",)),
        ("id to be", ()),
        ("GET /v1/charges", ("get", "charges")),
        ("one two three four five six seven eight", ("one", "two", "three", "four", "five", "six")),
        ("orders orders Orders", ("orders",)),
        ("", ()),
    ],
)
def test_words_of_letters_are_kept(query: str, words: tuple[str, ...]) -> None:
    assert words_of(query) == words


@pytest.mark.parametrize(
    "query",
    [
        "sk_live_canary4242abc",
        "order of ada@example.com",
        "invoice 4711 of ada",
        "born 1815-12-10",
        "https://api.example.com/orders?key=abc",
        "Bearer QWxhZGRpbjpvcGVuIHNlc2FtZQ",
        "token AbCdEfGhIjKlMn",
        "password=hunter",
        "ghpxkcdwqrtzvbnmlkj key",
        "AKIAIOSFODNNEXAMPLEKEYS customers",
        "+49 30 901820",
        "wJalrXUtnFEMIbPxRfiCYEXAMPLE",
        "x" * 300,
    ],
)
def test_a_search_that_may_hold_a_secret_or_a_person_is_not_looked_at(query: str) -> None:
    assert words_of(query) == ()


def test_what_waits_is_bounded_and_what_cannot_be_written_is_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "WAIT", 3600.0)
    monkeypatch.setattr(module, "MOST_WAITING", 3)
    counting = Recorder(OwnerCounts(tmp_path / "owner.sqlite", b"key"), clock=lambda: 86_400.0 * 9)
    for at in range(9):
        counting.count("shop", f"op{at}", "opened")
    counting.flush()
    assert len(counting.counts.counts(9)) == 3
    (tmp_path / "owner.sqlite").write_bytes(b"no database at all, and long enough to be looked at")
    counting.count("shop", "op", "opened")
    counting.flush()
    assert "owner's counts were not written" in caplog.text
