"""A catalogue file that is replaced, removed, restored, cut off or locked while it is read."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.store import NotACatalogue, Store, StoreError, open_store
from playground.store.errors import CatalogueMissing
from tests.store.catalogs import SHOP, numbered


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "catalog.sqlite") as opened:
        opened.replace(numbered(1), b"1")
        yield opened


def _other(tmp_path: Path, number: int, operations: int = 20) -> Path:
    path = tmp_path / "other.sqlite"
    with open_store(path) as other:
        other.replace(numbered(number, operations), str(number).encode())
    return path


def _version(store: Store) -> str:
    return store.provider("shop").version


def test_a_file_put_in_its_place_is_read_at_once(store: Store, tmp_path: Path) -> None:
    assert _version(store) == "1"
    for number in (2, 3):
        _other(tmp_path, number, 300 * number).replace(store.path)
        assert _version(store) == str(number)
        assert store.entry("shop", "op7").definitions["d7"] == {"const": number}
        assert {operation.summary for operation in store.search("op").operations} == {f"Number {number}"}
        assert store.source("shop") == str(number).encode()


def test_the_log_of_the_old_file_is_not_mixed_into_the_new_one(store: Store, tmp_path: Path) -> None:
    with store._connections.writing() as connection:
        connection.execute("UPDATE state SET revision = 'only in the log'")
    assert store.revision() == "only in the log"
    assert store.path.with_name("catalog.sqlite-wal").stat().st_size > 0
    _other(tmp_path, 2, 500).replace(store.path)
    assert store.revision() != "only in the log"
    assert _version(store) == "2"
    with sqlite3.connect(store.path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_what_was_written_is_in_the_file_itself(store: Store, tmp_path: Path) -> None:
    store.replace(numbered(4), b"4")
    shutil.copy(store.path, tmp_path / "copy.sqlite")
    with open_store(tmp_path / "copy.sqlite") as copy:
        assert _version(copy) == "4"


def test_a_page_that_is_being_drawn_still_reads_the_old_file(store: Store, tmp_path: Path) -> None:
    entry = store.entry("shop", "op7")
    webhooks, definitions = store.webhooks("shop")
    with store.snapshot():
        _other(tmp_path, 2).replace(store.path)
        assert _version(store) == "1"
        assert entry.definitions["d7"] == {"const": 1}
    assert _version(store) == "2"
    assert entry.definitions["d8"] == {"const": 1}
    assert definitions["d9"] == {"const": 1}
    assert len(entry.definitions) == len(list(definitions)) > 20
    assert webhooks == ()
    with store.snapshot():
        assert _version(store) == "2"
        assert entry.definitions["d10"] == {"const": 1}


def test_the_old_file_is_read_although_another_thread_has_the_only_connection_to_it(
    store: Store, tmp_path: Path
) -> None:
    entry = store.entry("shop", "op7")
    lent, replaced, found = threading.Event(), threading.Event(), list[object]()

    def hold() -> None:
        with store.snapshot():
            lent.set()
            replaced.wait()
            time.sleep(0.05)

    holder = threading.Thread(target=hold)
    holder.start()
    lent.wait()
    _other(tmp_path, 2).replace(store.path)
    assert _version(store) == "2"
    reader = threading.Thread(target=lambda: found.append(entry.definitions["d8"]))
    reader.start()
    replaced.set()
    reader.join()
    holder.join()
    assert found == [{"const": 1}]


def test_the_old_file_is_let_go_after_a_while(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.store.connection._OLD_FILE_SECONDS", 0.0)
    entry = store.entry("shop", "op7")
    before = _open_files()
    for number in range(2, 12):
        _other(tmp_path, number).replace(store.path)
        assert _version(store) == str(number)
    assert _open_files() - before < 8
    with pytest.raises(StoreError, match="was replaced while this was read: ask for it again"):
        entry.definitions["d8"]


def _open_files() -> int:
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.is_dir() else 0


def test_readers_meet_no_error_while_files_are_put_in_its_place(store: Store, tmp_path: Path) -> None:
    done, problems, seen = threading.Event(), list[str](), set[str]()

    def read() -> None:
        while not done.is_set():
            try:
                with store.snapshot():
                    version, summaries = _version(store), {one.summary for one in store.operations("shop")}
                entry = store.entry("shop", "op7")
                if summaries != {f"Number {version}"} or entry.definitions["d7"] != {
                    "const": int(entry.provider.version)
                }:
                    problems.append(f"{version}: {summaries}, {entry.provider.version}")
                seen.add(version)
            except StoreError as error:
                problems.append(str(error))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(2, 30):
        _other(tmp_path, number).replace(store.path)
        while number % 9 == 0 and str(number) not in seen and not problems:
            assert all(reader.is_alive() for reader in readers)
            time.sleep(0.01)
    assert _version(store) == "29"
    done.set()
    for reader in readers:
        reader.join()
    assert problems == []
    assert len(seen) > 2


def test_a_removed_file_is_told_and_read_again_when_it_is_back(store: Store, tmp_path: Path) -> None:
    entry = store.entry("shop", "op7")
    away = tmp_path / "away.sqlite"
    store.path.rename(away)
    for _ in range(2):
        with pytest.raises(CatalogueMissing, match="is gone: put the file back, or add its descriptions again"):
            store.providers()
    away.rename(store.path)
    assert _version(store) == "1"
    assert entry.definitions["d8"] == {"const": 1}
    store.path.unlink()
    with pytest.raises(CatalogueMissing):
        store.entry("shop", "op7")
    with open_store(store.path) as again:
        again.replace(SHOP, b"")
    assert [provider.title for provider in store.providers()] == [SHOP.provider.title]


def test_a_file_that_is_cut_off_is_told_and_read_again_when_it_is_whole(store: Store) -> None:
    whole = store.path.read_bytes()
    os.truncate(store.path, len(whole) // 2)
    with pytest.raises(NotACatalogue, match="is cut off: put the whole file back"):
        store.providers()
    os.truncate(store.path, 0)
    with pytest.raises(NotACatalogue, match="is not a Playground catalogue"):
        store.providers()
    restored = store.path.with_name("restored.sqlite")
    restored.write_bytes(whole)
    restored.replace(store.path)
    assert _version(store) == "1"


def test_another_kind_of_file_is_told(store: Store, tmp_path: Path) -> None:
    other = tmp_path / "page.html"
    other.write_text("<!doctype html>" * 100)
    other.replace(store.path)
    with pytest.raises(NotACatalogue, match="is not a Playground catalogue"):
        store.providers()
    _other(tmp_path, 2).replace(store.path)
    assert _version(store) == "2"


def test_a_file_that_another_process_locks_is_told_within_two_seconds(store: Store) -> None:
    locker = sqlite3.connect(store.path, isolation_level=None)
    locker.execute("PRAGMA locking_mode = EXCLUSIVE")
    store.close()  # a lock of all the file is given when nobody reads
    locker.execute("BEGIN EXCLUSIVE")
    locker.execute("UPDATE state SET revision = 'locked'")
    began = time.monotonic()
    with pytest.raises(StoreError, match="is being written by another process: try again later"):
        open_store(store.path)
    assert time.monotonic() - began < 20
    locker.close()
    with open_store(store.path) as again:
        assert _version(again) == "1"


def test_who_writes_waits_for_a_lock_and_says_so(store: Store) -> None:
    told: list[str] = []
    path = store.path
    store.close()
    locker = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    locker.execute("PRAGMA locking_mode = EXCLUSIVE")
    locker.execute("BEGIN EXCLUSIVE")
    locker.execute("UPDATE state SET revision = 'locked'")
    release = [locker.close]

    def tell() -> None:
        # Only who was told is let go on, however slow the machine is.
        told.append("waiting")
        release.pop()()

    with open_store(path, on_wait=tell) as again:
        assert len(told) == 1
        with sqlite3.connect(path, isolation_level=None, check_same_thread=False) as writer:
            writer.execute("BEGIN IMMEDIATE")
            release.append(writer.rollback)
            again.replace(numbered(2), b"")
        writer.close()
        assert len(told) == 2
        assert _version(again) == "2"


def test_a_copied_file_with_another_journal_can_be_written(store: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    with sqlite3.connect(store.path) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))
    connection.close()
    copy.replace(store.path)
    assert _version(store) == "1"
    store.replace(numbered(2), b"")
    assert _version(store) == "2"
