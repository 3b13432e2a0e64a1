"""A checkout of the Overlay Specification is read: what passes, what fails, what is made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench.overlays import report

OVERLAY = {"overlay": "1.0.0", "info": {"title": "O", "version": "1"},
           "actions": [{"target": "$.info", "update": {"title": "B"}}]}  # fmt: skip


@pytest.mark.parametrize(("title", "sound"), [("B", True), ("A", False)])
def test_what_is_dealt_with_otherwise_is_named(tmp_path: Path, title: str, sound: bool) -> None:
    made = tmp_path / "compliant-sets" / "retitle"
    files: dict[Path, Any] = {
        tmp_path / "tests/v1.0/pass/one.yaml": OVERLAY,
        tmp_path / "tests/v1.1/fail/two.yaml": {**OVERLAY, "actions": []},
        made / "overlay.yaml": OVERLAY,
        made / "openapi.yaml": {"info": {"title": "A"}},
        made / "output.yaml": {"info": {"title": title}},
    }
    for path, value in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value))
    text, is_sound = report(tmp_path)
    assert is_sound is sound
    assert ("retitle: the description is another one" in text) is not sound
    assert "2 documents and 1 sets" in text
