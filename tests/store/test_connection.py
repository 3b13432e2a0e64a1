"""Readers and writers at the same time, in threads and processes; writes that are cut off."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from playground.store import Store, StoreError, open_store
from tests.store.catalogs import SHOP, numbered

ROOT = Path(__file__).parents[2]


def _child(code: str, *arguments: str, stdin: int | None = None) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code, *arguments],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdin=stdin, stdout=subprocess.PIPE,
    )  # fmt: skip


def _open_files() -> int:
    folder = Path("/proc/self/fd")
    return len(list(folder.iterdir())) if folder.is_dir() else 0


def test_readers_see_only_whole_states_while_another_process_replaces(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite"
    with open_store(path) as store:
        store.replace(numbered(0), b"0")
        done, problems, seen = threading.Event(), list[str](), set[str]()

        def read() -> None:
            while not done.is_set():
                with store.snapshot():
                    number = store.provider("shop").version
                    summaries = {operation.summary for operation in store.operations("shop")}
                    tags = {tag.name for tag in store.tags("shop")}
                    found = {operation.summary for operation in store.search("op").operations}
                entry = store.entry("shop", "op7")
                own = entry.definitions["d7"]
                seen.add(number)
                if {summaries == {f"Number {number}"}, tags == {f"tag{number}"}, found == summaries} != {True}:
                    problems.append(f"{number}: {summaries} {tags} {found}")
                if own != {"const": int(entry.provider.version)}:
                    problems.append(f"{entry.provider.version}: {own}")

        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        writer = _child(
            "import sys; from pathlib import Path; from playground.store import open_store;"
            "from tests.store.catalogs import numbered\n"
            "with open_store(Path(sys.argv[1])) as store:\n"
            "    for number in range(1, 40): store.replace(numbered(number), b''); number % 13 or input()",
            str(path),
            stdin=subprocess.PIPE,
        )
        assert writer.stdin is not None and writer.stdout is not None
        for number in ("13", "26", "39"):
            # It goes on once somebody has seen this one, however slow they are.
            while number not in seen and problems == [] and any(reader.is_alive() for reader in readers):
                time.sleep(0.01)
            writer.stdin.write(b"\n")
            writer.stdin.flush()
        assert writer.wait() == 0
        writer.stdin.close()
        writer.stdout.close()
        assert store.provider("shop").version == "39"
        done.set()
        for reader in readers:
            reader.join()
    assert problems == []
    assert len(seen) > 2


def test_a_killed_replace_leaves_the_old_state(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite"
    with open_store(path) as store:
        store.replace(SHOP, b"{}")
        generation = store.generation("shop")
    child = _child(
        "import sys, time; from pathlib import Path; from playground.store import rows, open_store;"
        "from tests.store.catalogs import numbered\n"
        "def stop(*_): print('midway', flush=True); time.sleep(60)\n"
        "rows.write_names = stop\n"
        "open_store(Path(sys.argv[1])).replace(numbered(1, 5000), b'')",
        str(path),
    )
    assert child.stdout is not None
    with child.stdout as lines:
        assert lines.readline() == b"midway\n"
        with open_store(path) as store:
            assert store.generation("shop") == generation
        child.send_signal(signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL
    with open_store(path) as store:
        assert store.generation("shop") == generation
        assert [operation.name for operation in store.operations("shop")] == [
            operation.name for operation in SHOP.operations
        ]
        assert store.search("checkout").operations[0].name == "postcheckoutsessionssession"
        store.replace(numbered(2), b"")
        assert store.provider("shop").version == "2"


def test_a_write_that_fails_leaves_the_old_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(tmp_path / "catalog.sqlite") as store:
        store.replace(SHOP, b"{}")

        def fail(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("playground.store.rows.write_names", fail)
        with pytest.raises(KeyboardInterrupt):
            store.replace(numbered(1), b"")
        monkeypatch.undo()
        assert store.provider("shop") == SHOP.provider
        assert len(store.operations("shop")) == 4
        store.replace(numbered(1), b"")


def test_two_writers_wait_for_each_other(tmp_path: Path) -> None:
    with open_store(tmp_path / "catalog.sqlite") as one, open_store(one.path) as other:
        writers = [
            threading.Thread(target=store.replace, args=(numbered(number, name=f"p{number}"), b""))
            for number, store in enumerate([one, other] * 5)
        ]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        assert len(one.providers()) == 10


def test_a_thread_that_ends_gives_its_connection_back(tmp_path: Path) -> None:
    with open_store(tmp_path / "catalog.sqlite") as store:
        before = _open_files()
        for _ in range(30):
            thread = threading.Thread(target=store.providers)
            thread.start()
            thread.join()
        after = _open_files()
        assert after - before < 10


def test_reading_by_turns_uses_one_connection_and_at_once_several(tmp_path: Path) -> None:
    with open_store(tmp_path / "catalog.sqlite") as store:
        seen = list[int]()
        together = threading.Barrier(6)

        def read(wait: bool) -> None:
            with store._connections.reading() as connection:
                seen.append(id(connection))
                if wait:
                    together.wait()

        for wait, expected in ((False, 1), (True, 6)):
            seen.clear()
            threads = [threading.Thread(target=read, args=(wait,)) for _ in range(6)]
            for thread in threads:
                thread.start()
                if not wait:
                    thread.join()
            for thread in threads:
                thread.join()
            assert len(set(seen)) == expected
        assert len(store._connections._idle) == 4


def test_a_store_opened_before_a_fork_works_in_the_child(tmp_path: Path) -> None:
    child = _child(
        "import os, sys; from pathlib import Path; from playground.store import open_store;"
        "from tests.store.catalogs import numbered\n"
        "store = open_store(Path(sys.argv[1])); store.replace(numbered(1), b'')\n"
        "if os.fork() == 0:\n"
        "    store.replace(numbered(2), b''); assert store.provider('shop').version == '2'\n"
        "    store.close(); os._exit(0)\n"
        "assert os.wait()[1] == 0; assert store.provider('shop').version == '2'",
        str(tmp_path / "catalog.sqlite"),
    )
    assert child.wait() == 0
    assert child.stdout is not None
    child.stdout.close()


def test_damage_found_later_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite"
    with open_store(path) as store:
        store.replace(numbered(1, 500), b"")
    data = bytearray(path.read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    path.write_bytes(data)
    with (
        pytest.raises(StoreError, match=r"is damaged: move it away|cannot be used") as caught,
        contextlib.closing(Store(path)) as store,
    ):
        store.providers()
    assert "\n" not in str(caught.value)


def test_a_busy_catalogue_is_said_to_be_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.store.connection._WAIT_SECONDS", 0.1)
    with open_store(tmp_path / "catalog.sqlite") as store:
        began = time.monotonic()
        with store._connections.writing(), pytest.raises(StoreError, match="another process: try again later"):
            store.replace(SHOP, b"")
        assert time.monotonic() - began < 30  # of the 60 seconds that are waited otherwise


def test_a_writer_in_another_process_never_takes_the_log_from_under_a_reader(tmp_path: Path) -> None:
    with open_store(tmp_path / "catalog.sqlite") as store:
        store.replace(numbered(1), b"")
        # Each thread has a connection of its own; making one must not take away the locks of the others.
        thread = threading.Thread(target=store.providers)
        thread.start()
        thread.join()
        for number in (2, 3):
            child = _child(
                "import sys; from pathlib import Path; from playground.store import open_store;"
                "from tests.store.catalogs import numbered\n"
                "with open_store(Path(sys.argv[1])) as store: store.replace(numbered(int(sys.argv[2])), b'')",
                str(store.path), str(number),
            )  # fmt: skip
            assert child.wait() == 0
            assert child.stdout is not None
            child.stdout.close()
            assert store.provider("shop").version == str(number)
