"""All descriptions in pieces: each operation once, found again in the notes, and nothing done twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench import judged, pieces, roundtrip
from bench.pieces import Piece, pieces_of, worked


def size_of(piece: Piece) -> dict[str, Any]:
    """What a piece comes to, done in another process."""
    return {"size": piece.path.stat().st_size}


def test_pieces_have_every_item_once_and_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_LARGE", 10)
    (tmp_path / "one").write_text("x" * 35)
    (tmp_path / "two").write_text("x")
    found = pieces_of(tmp_path)
    assert [one.label for one in found] == ["one 1/4", "one 2/4", "one 3/4", "one 4/4", "two"]
    items = list(range(11))
    assert [item for one in found[:4] for item in one.of(items)] == list(found[4].of(items)) == items


def test_what_stands_in_the_notes_is_not_done_again(tmp_path: Path) -> None:
    folder, notes = tmp_path / "descriptions", tmp_path / "notes"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / name).write_text(name)
    notes.write_text('["a", {"size": 42}]\n["b", {"si')
    first = {piece.name: found for piece, found in worked(pieces_of(folder), size_of, workers=1, notes=notes)}
    assert first == {"a": {"size": 42}, "b": {"size": 1}}
    (folder / "b").write_text("longer")
    again = {piece.name: found for piece, found in worked(pieces_of(folder), size_of, workers=1, notes=notes)}
    assert again == first


@pytest.mark.long
def test_a_folder_goes_round_and_before_the_judge(tmp_path: Path) -> None:
    (tmp_path / "small.json").write_text(
        '{"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/a": {"get": {"parameters": '
        '[{"name": "q", "in": "query", "schema": {"type": "string"}}], "responses": {"200": {"description": "ok"}}}}}}'
    )
    outcomes = list(roundtrip.check_all(tmp_path, workers=1))
    assert roundtrip.summary(outcomes).startswith("1 documents, 1 operations, 1 models")
    text, sound = judged.report(tmp_path, workers=1)
    assert text == "1 of 1 requests read back as they were put in"
    assert sound
