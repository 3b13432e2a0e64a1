"""Which files are taken for a catalogue; what is refused stays byte for byte what it was."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from playground.store import NotACatalogue, StoreError, open_store, renew_bundled
from playground.store.file import APPLICATION_ID, FORMAT
from tests.store.catalogs import SHOP, make_older


def _nothing(path: Path) -> None:
    path.write_bytes(b"")


def _words(path: Path) -> None:
    path.write_text("openapi: 3.1.0\n" * 50)


def _foreign(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript("CREATE TABLE provider (id); PRAGMA application_id = 7; PRAGMA user_version = 1")


def _bare(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE mine (id)")


def _newer(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            f"CREATE TABLE mine (id); PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 999"
        )


def _older(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"CREATE TABLE mine (id); PRAGMA application_id = {APPLICATION_ID}")


def _header_only(path: Path) -> None:
    open_store(path).close()
    path.write_bytes(path.read_bytes()[:100] + os.urandom(8000))


def _rubbish(path: Path) -> None:
    open_store(path).close()
    data = path.read_bytes()
    path.write_bytes(data[:100] + os.urandom(len(data) - 100))


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (_nothing, "is not a Playground catalogue"),
        (_words, "is not a Playground catalogue"),
        (_foreign, "is a database of another application"),
        (_bare, "is a database of another application"),
        (_newer, "was written by a newer Playground: update"),
        (_older, "was written by an older Playground: move it away"),
        (_header_only, "is cut off"),
        (_rubbish, "is damaged"),
    ],
)
def test_a_file_that_is_not_a_catalogue_is_refused_untouched(
    tmp_path: Path, make: Callable[[Path], None], sentence: str
) -> None:
    path = tmp_path / "catalog.sqlite"
    make(path)
    before = hashlib.sha256(path.read_bytes()).digest()
    with pytest.raises(NotACatalogue, match=sentence) as caught:
        open_store(path)
    assert "\n" not in str(caught.value)
    assert hashlib.sha256(path.read_bytes()).digest() == before
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotACatalogue, match="is not a file"):
        open_store(tmp_path)


def test_a_path_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be used"):
        open_store(tmp_path / "file" / "catalog.sqlite")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="Permission denied"):
        open_store(tmp_path / "catalog.sqlite")


def test_a_new_catalogue_leaves_no_other_file_and_has_the_usual_mode(tmp_path: Path) -> None:
    path = tmp_path / "odd #? name%20.sqlite"
    open_store(path).close()
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~umask


def test_what_a_deleted_catalogue_left_behind_is_not_taken_in(tmp_path: Path) -> None:
    path, log = tmp_path / "catalog.sqlite", tmp_path / "catalog.sqlite-wal"
    with open_store(path) as store:
        store.replace(SHOP, b"")
        left = log.read_bytes()
    path.unlink()
    log.write_bytes(left)
    with open_store(path) as store:
        assert store.providers() == ()


def test_what_stands_in_the_log_alone_is_the_users_as_well(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite"
    open_store(path).close()
    make_older(path)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "INSERT INTO provider (name, title, version, generation, number, operations, listed, first, bundled, mark)"
            " VALUES ('mine', '', '', '', 1, 0, 0, 1, 0, '')"
        )
        connection.commit()
        assert not renew_bundled(path)
        connection.execute("DELETE FROM provider")
        connection.commit()
        assert renew_bundled(path)
        assert not renew_bundled(path)


def test_the_number_of_a_file_that_is_gone_tells_nothing_of_the_next(tmp_path: Path) -> None:
    gone, path = tmp_path / "gone.sqlite", tmp_path / "catalog.sqlite"
    open_store(gone).close()
    gone.rename(path)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {FORMAT - 1}")
    assert renew_bundled(path)


def test_a_file_that_is_opened_by_two_names_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, link = tmp_path / "catalog.sqlite", tmp_path / "link.sqlite"
    with open_store(path):
        link.symlink_to(path)
        monkeypatch.setattr("playground.store.file._check_header", pytest.fail)
        open_store(link).close()


def test_a_file_that_is_put_back_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What still reads it would lose its locks."""
    path, aside, other = tmp_path / "catalog.sqlite", tmp_path / "aside.sqlite", tmp_path / "other.sqlite"
    open_store(other).close()
    with open_store(path):
        path.rename(aside)
        other.rename(path)
        open_store(path).close()
        aside.replace(path)
        monkeypatch.setattr("playground.store.file._check_header", pytest.fail)
        open_store(path).close()


def test_a_link_to_an_older_catalogue_stays_one(tmp_path: Path) -> None:
    path, link = tmp_path / "kept" / "catalog.sqlite", tmp_path / "catalog.sqlite"
    open_store(path).close()
    make_older(path)
    link.symlink_to(path)
    assert renew_bundled(link)
    assert link.is_symlink()
    open_store(link).close()


@pytest.mark.parametrize("make", [_nothing, _words, _foreign, _bare, _newer, _older, _header_only, _rubbish])
def test_no_other_file_is_replaced(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "catalog.sqlite"
    assert not renew_bundled(path)
    make(path)
    before = path.read_bytes()
    assert not renew_bundled(path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_processes_that_start_at_once_share_one_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "catalog.sqlite"
    code = (
        "import sys; from pathlib import Path; from playground.store import open_store;"
        "from playground.catalog.model import *;"
        "store = open_store(Path(sys.argv[1]));"
        "store.replace(Catalog(provider=Provider(name=sys.argv[2], title=''), operations=(), definitions={}), b'')"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", code, str(path), f"p{number}"], cwd=Path(__file__).parents[2]
        )
        for number in range(4)
    ]
    assert [process.wait() for process in started] == [0, 0, 0, 0]
    with open_store(path) as store:
        assert [provider.name for provider in store.providers()] == ["p0", "p1", "p2", "p3"]
