"""What visitors keep in the sandbox: each for itself, in bounds, and not for ever."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from playground.store import sandbox_session, sandbox_state
from playground.store.errors import StoreError
from playground.store.sandbox_session import ChangedMeanwhile, Record, StateFull
from playground.store.sandbox_state import SandboxState
from playground.store.turns import Turns


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def state(tmp_path: Path, clock: Clock) -> SandboxState:
    return SandboxState(tmp_path / "sandbox.sqlite", clock=clock)


def put(
    state: SandboxState, visitor: str, key: str, content: bytes = b"{}", provider: str = "api", kind: str = ""
) -> Record:
    with state.writing(visitor, provider) as session:
        return session.put(Record(collection="/things", key=key, content=content, kind=kind))


def keys(state: SandboxState, visitor: str, provider: str = "api") -> list[str]:
    with state.reading(visitor, provider) as session:
        return [record.key for record in session.records("/things")]


def test_each_visitor_and_each_api_has_its_own(state: SandboxState) -> None:
    put(state, "a", "1")
    put(state, "b", "2")
    put(state, "a", "3", provider="other")
    assert (keys(state, "a"), keys(state, "b"), keys(state, "a", "other"), keys(state, "c")) == (
        ["1"],
        ["2"],
        ["3"],
        [],
    )


def test_a_changed_thing_keeps_its_place_and_a_deleted_one_is_known(state: SandboxState, clock: Clock) -> None:
    first = put(state, "a", "1")
    put(state, "a", "2")
    clock.now += 5
    again = put(state, "a", "1", b'{"x":1}')
    assert keys(state, "a") == ["1", "2"]
    assert (again.version, again.created, again.updated) == (2, first.created, first.created + 5)
    with state.writing("a", "api") as session:
        session.delete("/things", "1")
        session.delete("/things", "never")
    assert keys(state, "a") == ["2"]
    with state.reading("a", "api") as session:
        gone = session.get("/things", "never")
        assert gone is not None and gone.gone
        assert session.get("/things", "unknown") is None
    put(state, "a", "1")
    assert keys(state, "a") == ["2", "1"], "made anew, it is the last"


def test_things_are_found_by_kind_and_changes_by_number(state: SandboxState) -> None:
    put(state, "a", "1", kind="thing")
    with state.reading("a", "api") as session:
        found = session.find("thing", "1")
        assert found is not None and found.collection == "/things"
        assert session.find("", "1") is None
        since = session.next_change
    put(state, "a", "2", kind="thing")
    with state.reading("a", "api") as session:
        assert [record.key for record in session.changes("/things", since)] == ["2"]
        assert [record.key for record in session.of_kind("thing", 5)] == ["2", "1"]


def test_what_fails_is_undone_whole(state: SandboxState) -> None:
    with pytest.raises(RuntimeError), state.writing("a", "api") as session:
        session.put(Record(collection="/things", key="1", content=b"{}"))
        raise RuntimeError
    assert keys(state, "a") == []


def test_a_visitor_whose_request_is_worked_on_keeps_no_other_waiting(state: SandboxState) -> None:
    with state.writing("a", "api") as session:
        session.put(Record(collection="/things", key="1", content=b"{}"))
        put(state, "b", "1")
        assert keys(state, "b") == ["1"], "it was written down while the other was at work"
        assert [record.key for record in session.records("/things")] == ["1"]
        assert keys(state, "a") == [], "what is not whole yet is seen by nobody else"
    assert keys(state, "a") == ["1"]


def test_what_another_process_changed_meanwhile_is_not_written_over(state: SandboxState) -> None:
    put(state, "a", "1")
    other = SandboxState(state.path, clock=state._clock)
    other._turns = Turns()  # as it is where processes cannot wait for each other
    with pytest.raises(ChangedMeanwhile), state.writing("a", "api") as session:
        session.clear()
        session.put(Record(collection="/things", key="2", content=b"{}"))
        put(other, "a", "3")
    assert keys(state, "a") == ["1", "3"]
    put(state, "a", "4")
    assert keys(other, "a") == ["1", "3", "4"], "and no draft is left behind"


def test_a_draft_is_seen_as_what_is_kept_is(state: SandboxState) -> None:
    put(state, "a", "1", kind="thing")
    put(state, "a", "2", kind="thing")
    with state.writing("a", "api") as session:
        session.put(Record(collection="/things", key="1", content=b"[]", kind="thing"))
        session.put(Record(collection="/things", key="3", content=b"{}", kind="thing"))
        session.delete("/things", "2")
        assert [(one.key, one.content) for one in session.records("/things")] == [("1", b"[]"), ("3", b"{}")]
        assert [one.key for one in session.of_kind("thing", 1)] == ["3"]
        assert session.latest() == {"thing": "3"}
        found = session.get("/things", "2")
        assert found is not None and found.gone
        session.clear()
        assert session.records("/things") == [] and not session.knows("/things")
        session.put(Record(collection="/things", key="4", content=b"{}"))
    assert keys(state, "a") == ["4"]


def test_one_visitor_keeps_no_more_than_one_may(state: SandboxState, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox_session, "MOST_RECORDS", 3)
    monkeypatch.setattr(sandbox_session, "MOST_BYTES", 100)
    monkeypatch.setattr(sandbox_session, "LONGEST_CONTENT", 60)
    for number in range(3):
        put(state, "a", str(number))
    with pytest.raises(StateFull):
        put(state, "a", "more")
    with pytest.raises(StateFull):
        put(state, "a", "0", b"x" * 61)
    put(state, "a", "0", b"x" * 50)
    with pytest.raises(StateFull):
        put(state, "a", "1", b"x" * 55)
    put(state, "b", "1")
    assert keys(state, "a") == ["0", "1", "2"], "what was refused changed nothing"
    state.reset("a", "api")
    put(state, "a", "more")


def test_all_together_keep_no_more_than_they_may_and_the_earliest_are_forgotten(
    state: SandboxState, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox_state, "_TIDY_EACH", 1)
    monkeypatch.setattr(sandbox_state, "MOST_VISITORS", 3)
    monkeypatch.setattr(sandbox_state, "_TIDY_EACH", 2)
    for number in range(6):
        clock.now += 100
        put(state, f"v{number}", "1")
    assert [keys(state, f"v{number}") for number in range(2)] == [[], []]
    assert keys(state, "v5") == ["1"]


def test_a_visitor_that_does_not_come_again_is_forgotten(
    state: SandboxState, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox_state, "_TIDY_EACH", 2)
    put(state, "a", "1")
    clock.now += sandbox_state.LIFETIME + 100
    put(state, "b", "1")
    put(state, "b", "2")
    assert keys(state, "a") == []
    assert keys(state, "b") == ["1", "2"]


def test_the_key_itself_is_nowhere_in_the_file(state: SandboxState, tmp_path: Path) -> None:
    put(state, "canary-visitor-key", "1")
    state.close()
    data = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"canary-visitor-key" not in data


def test_data_sets_are_kept_by_name(state: SandboxState) -> None:
    state.save_dataset("api", "demo", b"{}")
    state.save_dataset("api", "demo", b"[]")
    state.save_dataset("api", "big shop", b"1")
    assert state.datasets("api") == ("big shop", "demo")
    assert (state.dataset("api", "demo"), state.dataset("api", "none"), state.datasets("x")) == (b"[]", None, ())


def test_threads_and_a_second_process_write_without_losing_anything(state: SandboxState, tmp_path: Path) -> None:
    other = SandboxState(tmp_path / "sandbox.sqlite")

    def work(which: SandboxState, name: str) -> None:
        for number in range(20):
            put(which, "a", f"{name}{number}")

    threads = [
        threading.Thread(target=work, args=(which, str(at))) for at, which in enumerate((state, other, state, other))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys(state, "a")) == 80
    with state.reading("a", "api") as session:
        changes = [record.changed for record in session.everything()]
    assert len(set(changes)) == 80


def test_a_file_of_another_application_is_refused_and_one_of_another_format_begun_again(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE x (y)")
    with pytest.raises(StoreError, match="another application"):
        SandboxState(path)
    (tmp_path / "broken.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match="cannot be used"):
        SandboxState(tmp_path / "broken.sqlite")
    ours = tmp_path / "ours.sqlite"
    put(SandboxState(ours), "a", "1")
    with sqlite3.connect(ours) as connection:
        connection.execute("PRAGMA user_version = 99")
    assert keys(SandboxState(ours), "a") == []
