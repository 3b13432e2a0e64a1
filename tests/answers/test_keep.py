from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest

from playground.answers.keep import Bounds, FolderKeep, Kept, digest_of
from playground.contentviews.registry import body_of


def kept(data: bytes = b"{}") -> Kept:
    return Kept(body=body_of(data, "application/json"), content_type="application/json", about={"operation": "x"})


def put(keep: FolderKeep, data: bytes = b"{}", visitor: str = "v") -> str:
    token = keep.put(visitor, kept(data))
    assert token is not None
    return token


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_an_answer_is_found_by_its_token_in_every_worker(tmp_path: Path) -> None:
    token = put(FolderKeep(tmp_path), b'{"a":1}\nmore')
    found = FolderKeep(tmp_path).get(token)
    assert found is not None
    assert (found.body.data, found.content_type, dict(found.about)) == (
        b'{"a":1}\nmore', "application/json", {"operation": "x"}
    )  # fmt: skip


LARGE = b'["' + b"x" * 20_000 + b'"]'


@pytest.mark.parametrize("data", [b"{}", LARGE])
def test_the_folder_tells_no_token_and_is_the_sites_own(tmp_path: Path, data: bytes) -> None:
    folder = tmp_path / "answers"
    token = put(FolderKeep(folder), data)
    (file,) = files(folder)
    assert token not in f"{file} {file.read_text()}"
    assert file.name.endswith(digest_of(token)) is (data == LARGE)
    modes = [path.stat().st_mode & 0o777 for path in (file, file.parent, folder)]
    assert modes == [0o600, 0o700, 0o700]


@pytest.mark.parametrize("token", ["", "nothing", "../../etc/passwd", "*", "x" * 500, "0" * 12 + "x" * 24])
def test_an_unknown_token_is_nothing(tmp_path: Path, token: str) -> None:
    keep = FolderKeep(tmp_path)
    put(keep)
    assert keep.get(token) is None


def test_old_answers_go(tmp_path: Path) -> None:
    keep = FolderKeep(tmp_path, Bounds(seconds=60))
    token = put(keep)
    (file,) = files(tmp_path)
    os.utime(file, (time.time() - 61, time.time() - 61))
    assert keep.get(token) is None
    put(FolderKeep(tmp_path, Bounds(seconds=60)), visitor="w")
    assert not file.parent.exists()


def test_nothing_is_removed_that_is_somebody_elses(tmp_path: Path) -> None:
    old = [tmp_path / "notes.txt", tmp_path / "0123456789ab" / "photo.jpg", tmp_path / f"{'0' * 64}.{'0' * 12}"]
    for path in old:
        path.parent.mkdir(exist_ok=True)
        path.write_text("old")
        os.utime(path, (1, 1))
    put(FolderKeep(tmp_path))
    assert [path.exists() for path in old] == [True, True, False], "the last is an answer of an earlier version"


def test_what_all_visitors_have_is_bounded(tmp_path: Path) -> None:
    keep = FolderKeep(tmp_path, Bounds(everybody=2_000))
    tokens = [put(keep, b"[%d]" % number + b" " * 500, str(number)) for number in range(8)]
    assert sum(path.stat().st_size for path in files(tmp_path)) < 3_000
    assert keep.get(tokens[0]) is None
    assert keep.get(tokens[-1]) is not None


def test_an_answer_that_was_just_shown_is_not_read_again(tmp_path: Path) -> None:
    keep, shown = FolderKeep(tmp_path), kept(LARGE)
    token = keep.put("v", shown)
    assert token is not None
    found = keep.get(token)
    assert found is not None
    assert found.body is shown.body


def test_small_answers_of_a_visitor_share_a_file_and_each_is_found(tmp_path: Path) -> None:
    one, other = FolderKeep(tmp_path), FolderKeep(tmp_path)
    bodies = [b'{"n":%d,"text":"\n0123\n"}' % number for number in range(20)]
    tokens = [put((one, other)[number % 2], body) for number, body in enumerate(bodies)]
    assert len(files(tmp_path)) == 4, "each worker has its own, of eight answers"
    for keep in (one, other, FolderKeep(tmp_path)):
        found = [keep.get(token) for token in tokens]
        assert [answer.body.data for answer in found if answer is not None] == bodies
    again = one.get(tokens[0])
    assert again is not None
    assert again is one.get(tokens[0]), "what was read of it stays at hand"


def test_a_small_answer_goes_when_it_is_old_and_with_its_file(tmp_path: Path) -> None:
    keep = FolderKeep(tmp_path, Bounds(seconds=60))
    tokens = [put(keep), put(keep)]
    (file,) = files(tmp_path)
    came = re.search(rb"%s (\d{20})" % digest_of(tokens[0]).encode(), file.read_bytes())
    assert came is not None
    file.write_bytes(file.read_bytes().replace(came[1], b"%020d" % (int(came[1]) - 61 * 10**9)))
    assert [keep.get(token) is not None for token in tokens] == [False, True]
    file.unlink()
    assert keep.get(tokens[1]) is None
    assert keep.get(put(keep)) is not None, "a new file is begun where it was removed"


def test_a_small_answer_that_was_cut_off_on_disk_is_none(tmp_path: Path) -> None:
    tokens = [put(keep := FolderKeep(tmp_path)), put(keep)]
    (file,) = files(tmp_path)
    file.write_bytes(file.read_bytes()[:-1])
    assert [keep.get(token) is not None for token in tokens] == [True, False]


def test_many_small_answers_of_a_visitor_are_bounded(tmp_path: Path) -> None:
    keep = FolderKeep(tmp_path, Bounds(visitor_answers=10))
    tokens = [put(keep, b'"%s"' % (b"x" * 9_500)) for _ in range(40)]
    assert keep.get(tokens[0]) is None
    assert keep.get(tokens[-1]) is not None
    assert sum(path.stat().st_size for path in files(tmp_path)) < 150_000


def test_a_visitor_has_so_many_answers_and_takes_none_of_the_others(tmp_path: Path) -> None:
    keep = FolderKeep(tmp_path, Bounds(visitor_answers=2))
    other = put(keep, visitor="w")
    tokens = [put(keep, str(number).encode()) for number in range(4)]
    assert [keep.get(token) is not None for token in tokens] == [False, False, True, True]
    assert keep.get(other) is not None


def test_what_is_too_large_or_has_no_place_is_not_kept(tmp_path: Path) -> None:
    assert FolderKeep(tmp_path, Bounds(answer=3)).put("v", kept(b"four")) is None
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert FolderKeep(blocked / "below").put("v", kept()) is None
