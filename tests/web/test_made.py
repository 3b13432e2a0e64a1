"""Files that are made anew at each start are kept whole, in a folder that nobody else writes to, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from playground.web.made import MadeFiles, made_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "kind"
    made.mkdir(mode=0o700)
    return made


@pytest.mark.parametrize("data", [b"", b"made", bytes(range(256)) * 500])
def test_what_is_kept_is_found_by_its_name(folder: Path, data: bytes) -> None:
    files = MadeFiles(folder)
    assert files.get("name") is None
    files.put("name", b"earlier")
    files.put("name", data)
    assert MadeFiles(folder).get("name") == data
    assert [path.name for path in folder.iterdir()] == ["name"]


@pytest.mark.parametrize("cut", [0, 10, 32, 35])
def test_a_file_that_is_cut_is_none(folder: Path, cut: int) -> None:
    MadeFiles(folder).put("name", b"made")
    kept = folder / "name"
    kept.write_bytes(kept.read_bytes()[:cut])
    assert MadeFiles(folder).get("name") is None


def test_a_file_that_was_changed_is_none(folder: Path) -> None:
    MadeFiles(folder).put("name", b"made")
    kept = folder / "name"
    kept.write_bytes(kept.read_bytes().replace(b"made", b"mad!"))
    assert MadeFiles(folder).get("name") is None


def test_a_folder_that_others_may_write_to_is_not_used(folder: Path) -> None:
    MadeFiles(folder).put("name", b"made")
    folder.chmod(0o770)
    files = MadeFiles(folder)
    files.put("other", b"made")
    assert files.get("name") is None
    assert [path.name for path in folder.iterdir()] == ["name"]


def test_a_folder_that_goes_away_is_done_without(folder: Path) -> None:
    files = MadeFiles(folder)
    folder.rmdir()
    files.put("name", b"made")
    assert files.get("name") is None
    assert MadeFiles(None).get("name") is None


def test_the_users_cache_folder_holds_the_files_of_one_maker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made_folder.cache_clear()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    try:
        first = made_folder("templates", "one compiler")
        assert first is not None
        assert first.stat().st_mode & 0o777 == 0o700
        other = made_folder("messages", "one compiler")
        second = made_folder("templates", "another compiler")
        assert list((tmp_path / "tryit-playground" / "templates").iterdir()) == [second]
        assert list((tmp_path / "tryit-playground" / "messages").iterdir()) == [other]
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
        (tmp_path / "file").write_text("")
        assert made_folder("templates", "a third") is None
    finally:
        made_folder.cache_clear()
