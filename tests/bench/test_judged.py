"""`python -m bench judge`: what an independent reader says of sampled requests, each difference with its reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench import judged
from bench.pieces import Piece
from tests.support.pages import document

OK = {"responses": {"200": {"description": "ok"}}}
DEEP = {"name": "filter", "in": "query", "style": "deepObject", "required": True, "schema": {
    "type": "object", "required": ["at"],
    "properties": {"at": {"type": "object", "properties": {"from": {"type": "integer"}}}},
}}  # fmt: skip
LIST = {"name": "ids", "in": "query", "required": True, "schema": {"type": "array", "items": {"type": "integer"}}}


@pytest.fixture
def piece(tmp_path: Path) -> Piece:
    paths = {"/deep": {"get": {"parameters": [DEEP], **OK}}, "/list": {"get": {"parameters": [LIST], **OK}}}
    path = tmp_path / "api.json"
    path.write_text(json.dumps(document(paths)))
    return Piece(path=path, name="api.json")


def test_what_is_read_otherwise_has_a_reason(piece: Piece) -> None:
    found = judged._judged(piece)
    assert found["asked"] == 2
    assert [(key, reason) for key, _, reason in found["different"]] == [("GET /deep", "deep object")]


@pytest.mark.parametrize(("reason", "is_sound"), [("deep object", True), ("", False)])
def test_a_difference_without_a_reason_is_a_failure(
    piece: Piece, reason: str, is_sound: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    notes = piece.path.with_suffix(".jsonl")
    noted: dict[str, Any] = {"asked": 100, "different": [["GET /deep", "refuses: x", reason]]}
    notes.write_text(json.dumps([piece.label, noted]) + "\n")
    text, sound = judged.report(piece.path.parent, notes=notes)
    assert sound is is_sound
    assert text.startswith("99 of 100 requests read back as they were put in; 1 otherwise:\n")
    assert ("4.8.12.3 Style Values" in text) is is_sound
    assert ("no reason: api.json GET /deep: refuses: x" in text) is not is_sound


def test_nothing_asked_is_no_agreement(tmp_path: Path) -> None:
    assert judged.report(tmp_path) == ("0 of 0 requests read back as they were put in", False)
