from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from playground.answers.keep import Bounds, FolderKeep, digest_of


def put(keep: FolderKeep, data: bytes = b"{}", visitor: str = "v") -> str:
    token = keep.put(visitor, data, "application/json", {"operation": "x"}, truncated=False)
    assert token is not None
    return token


def test_an_answer_is_found_by_its_token_in_every_worker(tmp_path: Path) -> None:
    token = put(FolderKeep(tmp_path), b'{"a":1}\nmore')
    kept = FolderKeep(tmp_path).get(token)
    assert kept is not None
    assert (kept.body.data, kept.content_type, dict(kept.about)) == (
        b'{"a":1}\nmore', "application/json", {"operation": "x"}
    )  # fmt: skip


def test_the_folder_tells_no_token_and_is_the_sites_own(tmp_path: Path) -> None:
    folder = tmp_path / "answers"
    token = put(FolderKeep(folder))
    (file,) = folder.iterdir()
    assert token not in file.name
    assert file.name.startswith(digest_of(token))
    assert (file.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)


@pytest.mark.parametrize("token", ["", "nothing", "../../etc/passwd", "*", "x" * 500])
def test_an_unknown_token_is_nothing(tmp_path: Path, token: str) -> None:
    keep = FolderKeep(tmp_path)
    put(keep)
    assert keep.get(token) is None


def test_old_answers_go(tmp_path: Path) -> None:
    keep = FolderKeep(tmp_path, Bounds(seconds=60))
    token = put(keep)
    (file,) = tmp_path.iterdir()
    os.utime(file, (time.time() - 61, time.time() - 61))
    assert keep.get(token) is None
    put(FolderKeep(tmp_path, Bounds(seconds=60)))
    assert not file.exists()


def test_a_visitor_has_so_many_answers_and_takes_none_of_the_others(tmp_path: Path) -> None:
    keep = FolderKeep(tmp_path, Bounds(visitor_answers=2))
    other = put(keep, visitor="w")
    tokens = []
    for number in range(4):
        tokens.append(put(keep, str(number).encode()))
        newest = max(tmp_path.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        os.utime(newest, (time.time() - 100 + number, time.time() - 100 + number))
    assert [keep.get(token) is not None for token in tokens] == [False, False, True, True]
    assert keep.get(other) is not None


def test_what_is_too_large_or_has_no_place_is_not_kept(tmp_path: Path) -> None:
    assert FolderKeep(tmp_path, Bounds(answer=3)).put("v", b"four", "", {}, truncated=False) is None
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert FolderKeep(blocked / "below").put("v", b"x", "", {}, truncated=False) is None
